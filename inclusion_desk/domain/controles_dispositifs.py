"""The controls of the dispositifs a phase proposes: number, amount, text, and the ratios an instructor looks at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from inclusion_desk.domain.constats import Cible, Constat, Controle, Gravite, cibles_lignes, dire_lignes
from inclusion_desk.domain.controles_mots import citer, guillemets
from inclusion_desk.domain.controles_vue import Vue, VueOperation
from inclusion_desk.domain.dispositifs import UNITES
from inclusion_desk.domain.dossier import Ligne
from inclusion_desk.domain.money import format_montant, format_nombre
from inclusion_desk.domain.text import pluriel

FACTEUR = 2
"""How many times over or under the median a cost is told."""
LIGNES_MIN = 4
"""How many lines a median takes to mean something."""
PLACES_PAR_ETP = (55, 70)
"""The portfolio of one ETP, in places (the case, action sheet « accompagnement équilibré »)."""
DIAGNOSTICS_PAR_ETP = 400
"""What one ETP makes in a year (the case, action sheet « accueil »); told beyond 5 %."""
_ATTENDUES = frozenset({"place", "diagnostic"})
"""The units whose volume is set by the ETP."""


def _sans_numero(vue: Vue) -> Iterator[Constat]:
    """Point at the dispositifs without a number (two in the case)."""
    for operation in vue.dossier.operations:
        if not operation.numero:
            yield Constat(
                "DIS-01",
                Gravite.ATTENTION,
                f"Le dispositif {guillemets(operation.intitule)} n’a pas de numéro : donnez-lui-en un, ou précisez "
                "dans le rapport qu’il s’agit d’une expérimentation.",
                (Cible("dispositifs", operation.dispositif_id),),
            )


def _sans_montant(vue: Vue) -> Iterator[Constat]:
    """Point at the dispositifs counted in an article though they have no amount (one in the case)."""
    for operation in vue.operations:
        if operation.montant == 0:
            yield Constat(
                "DIS-02",
                Gravite.INFORMATION,
                f"Le dispositif {guillemets(operation.libelle)} est proposé sans montant et compte parmi ceux que "
                f"finance l’article de la thématique {operation.thematique} : dites-le dans son texte.",
                (Cible("dispositifs", operation.operation.dispositif_id),),
            )


def _sans_texte(vue: Vue) -> Iterator[Constat]:
    """Point at the operations of which the annexe of their thématique says nothing."""
    muettes = [operation for operation in vue.operations if not operation.operation.texte.strip()]
    if muettes:
        quoi = citer(operation.libelle for operation in muettes)
        yield Constat(
            "DIS-03",
            Gravite.ATTENTION,
            f"{pluriel(len(muettes), 'Le dispositif', 'Les dispositifs')} {quoi} "
            f"{pluriel(len(muettes), 'n’a', 'n’ont')} pas de texte pour l’annexe de la thématique : rédigez ce qui est "
            "proposé.",
            tuple(Cible("dispositifs", operation.operation.dispositif_id) for operation in muettes),
        )


def _numero_en_double(vue: Vue) -> Iterator[Constat]:
    """Check that a number names one dispositif of the phase."""
    fois = Counter(operation.numero for operation in vue.dossier.operations if operation.numero)
    for numero, nombre in fois.items():
        if nombre > 1:
            memes = [operation for operation in vue.dossier.operations if operation.numero == numero]
            yield Constat(
                "DIS-04",
                Gravite.ATTENTION,
                f"{nombre} dispositifs portent le numéro {numero} ({citer(o.intitule for o in memes)}) : "
                "renumérotez-les.",
                tuple(Cible("dispositifs", operation.dispositif_id) for operation in memes),
            )


def _numero_etranger(vue: Vue) -> Iterator[Constat]:
    """Check that the number of a dispositif begins with that of its thématique (3.14 stands in 3)."""
    for operation in vue.operations:
        numero = operation.operation.numero
        if numero and numero.split(".")[0] != str(operation.thematique):
            yield Constat(
                "DIS-05",
                Gravite.ATTENTION,
                f"Le dispositif {guillemets(operation.libelle)} est rangé dans la thématique {operation.thematique}, "
                "que son numéro ne désigne pas : changez l’un ou l’autre.",
                (Cible("dispositifs", operation.operation.dispositif_id),),
            )


def _cout_par_unite(vue: Vue) -> Iterator[Constat]:
    """Point at costs per unit of volume far from the dispositif’s median (the case: 209,59 € a place)."""
    for operation in vue.operations:
        unite = operation.operation.unite
        if unite != "etp":
            couts = [(li.montant / li.volume, li) for li in operation.lignes if li.montant and li.volume]
            yield from _extremes("RAT-01", operation, couts, UNITES.get(unite, unite))


def _cout_par_etp(vue: Vue) -> Iterator[Constat]:
    """Point at costs per ETP far from the dispositif’s median (the case: 66 541,67 € in operation 3)."""
    for operation in vue.operations:
        couts = [(li.montant * 100 / li.etp, li) for li in operation.lignes if li.montant and li.etp]
        yield from _extremes("RAT-02", operation, couts, "ETP")


def _extremes(code: str, operation: VueOperation, couts: list[tuple[float, Ligne]], unite: str) -> Iterator[Constat]:
    if len(couts) < LIGNES_MIN:
        return
    tries = sorted(cout for cout, _ in couts)
    milieu = (tries[(len(tries) - 1) // 2] + tries[len(tries) // 2]) / 2
    loin = [(cout, li) for cout, li in couts if cout > FACTEUR * milieu or cout * FACTEUR < milieu]
    if loin:
        lignes = [li for _, li in loin]
        bas, haut = (format_montant(round(f([cout for cout, _ in loin]))) for f in (min, max))
        yield Constat(
            code,
            Gravite.ATTENTION,
            f"Pour le dispositif {guillemets(operation.libelle)}, {dire_lignes(lignes, 'coûte', 'coûtent')} "
            f"{haut if bas == haut else f'de {bas} à {haut}'} par {unite}, loin de la médiane de "
            f"{format_montant(round(milieu))} : vérifiez le montant et le volume.",
            cibles_lignes(lignes),
        )


def _places_par_etp(vue: Vue) -> Iterator[Constat]:
    """Point at portfolios outside 55-70 places per ETP (the case, action sheet « accompagnement équilibré »)."""
    bas, haut = PLACES_PAR_ETP
    for operation in vue.operations:
        places = [li for li in operation.lignes if li.unite == "place" and li.etp and li.volume]
        loin = [li for li in places if not bas * (li.etp or 0) <= li.volume * 100 <= haut * (li.etp or 0)]
        yield from _hors_norme("RAT-03", operation, loin, f"places par ETP, hors de la fourchette de {bas} à {haut}")


def _diagnostics_par_etp(vue: Vue) -> Iterator[Constat]:
    """Point at lines far from 400 diagnostics per ETP (the case, action sheet « accueil »)."""
    for operation in vue.operations:
        diagnostics = [li for li in operation.lignes if li.unite == "diagnostic" and li.etp and li.volume]
        loin = [
            li
            for li in diagnostics
            if abs(li.volume * 100 - DIAGNOSTICS_PAR_ETP * (li.etp or 0)) * 20 > DIAGNOSTICS_PAR_ETP * (li.etp or 0)
        ]
        norme = f"diagnostics par ETP, loin des {DIAGNOSTICS_PAR_ETP} attendus"
        yield from _hors_norme("RAT-04", operation, loin, norme)


def _hors_norme(code: str, operation: VueOperation, lignes: list[Ligne], norme: str) -> Iterator[Constat]:
    if lignes:
        parts = [round(li.volume * 100 / (li.etp or 1)) for li in lignes]
        bas, haut = format_nombre(min(parts)), format_nombre(max(parts))
        yield Constat(
            code,
            Gravite.ATTENTION,
            f"Pour le dispositif {guillemets(operation.libelle)}, {dire_lignes(lignes, 'prévoit', 'prévoient')} "
            f"{haut if bas == haut else f'de {bas} à {haut}'} {norme} : vérifiez le volume et les ETP.",
            cibles_lignes(lignes),
        )


def _incomplets(vue: Vue) -> Iterator[Constat]:
    """Point at a volume without ETP, or an ETP without volume, where the unit or the other lines call for both."""
    for operation in vue.operations:
        lignes = operation.lignes
        moitie = len(lignes) / 2
        etp_usuel = operation.operation.unite in _ATTENDUES or sum(bool(li.etp) for li in lignes) > moitie
        sans_etp = [li for li in lignes if li.volume and not li.etp] if etp_usuel else []
        sans_volume = [li for li in lignes if li.etp and not li.volume and li.unite != "etp"]
        for manquantes, quoi in ((sans_etp, "un volume sans ETP"), (sans_volume, "des ETP sans volume")):
            if manquantes:
                yield Constat(
                    "RAT-05",
                    Gravite.ATTENTION,
                    f"Pour le dispositif {guillemets(operation.libelle)}, "
                    f"{dire_lignes(manquantes, 'porte', 'portent')} {quoi} : complétez.",
                    cibles_lignes(manquantes),
                )


_USAGE = "Règle de la maison"
CONTROLES_DISPOSITIFS = (
    Controle("DIS-01", "Dispositif sans numéro", _sans_numero, _USAGE),
    Controle("DIS-02", "Dispositif sans montant", _sans_montant, "Délibération n° 2024-587, article 1"),
    Controle("DIS-03", "Dispositif sans texte", _sans_texte, "Délibération n° 2024-587, annexes 1 à 3"),
    Controle("DIS-04", "Numéro de dispositif en double", _numero_en_double, _USAGE),
    Controle("DIS-05", "Numéro et thématique", _numero_etranger, _USAGE),
    Controle("RAT-01", "Coût par unité", _cout_par_unite, _USAGE),
    Controle("RAT-02", "Coût par ETP", _cout_par_etp, _USAGE),
    Controle("RAT-03", "Places par ETP", _places_par_etp, "Fiche action « accompagnement équilibré »"),
    Controle("RAT-04", "Diagnostics par ETP", _diagnostics_par_etp, "Fiche action « accueil des BRSA »"),
    Controle("RAT-05", "Volume et ETP", _incomplets, _USAGE),
)
"""The rules of the dispositifs and of their ratios, in the order in which they are shown."""
