"""The controls of the structures of a phase: identifiers, look-alikes, spellings, what the law asks of a subsidy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from inclusion_desk.domain.constats import Cible, Constat, Controle, Gravite, cibles_structures, dire_structures
from inclusion_desk.domain.controles_mots import citer, guillemets
from inclusion_desk.domain.controles_noms import mots, orthographes
from inclusion_desk.domain.controles_vue import Vue, VueStructure
from inclusion_desk.domain.dossier import Ligne, somme
from inclusion_desk.domain.identifiants import LONGUEUR_SIRET, format_siret, siret_valide
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.text import compter, fold, pluriel

SEUIL_CONVENTION = 23_000_00
"""The yearly total above which a private-law body must have a convention, in cents (décret 2001-495, art. 1)."""
RESSEMBLANCE = 90
"""From which score two names of one commune are told to be perhaps one, out of 100."""
_MAXIMUM = 20
"""How many groups of look-alikes are told one by one."""
_DOUBLES = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
"""Each digit doubled, the digits of the double added up."""
_REPUBLICAINES = frozenset({"association", "fondation"})
"""The legal forms that sign the contrat d’engagement républicain (loi 2000-321, art. 10-1)."""


def _premieres(vue: Vue) -> list[Ligne]:
    return [structure.premiere for structure in vue.structures]


def _siret(vue: Vue) -> Iterator[Constat]:
    """Check the SIRET of every structure of the phase: missing, or failing its check."""
    sans = [ligne for ligne in _premieres(vue) if not ligne.siret]
    faux = [ligne for ligne in _premieres(vue) if ligne.siret and not _valide(ligne.siret)]
    if faux:
        quoi = dire_structures(faux, "a un SIRET qui ne passe", "ont un SIRET qui ne passe")
        yield Constat(
            "STR-01",
            Gravite.BLOQUANT,
            f"{quoi} pas le contrôle de la clé : corrigez-le d’après l’avis de situation.",
            cibles_structures(faux),
        )
    if sans:
        yield Constat(
            "STR-01",
            Gravite.ATTENTION,
            f"{dire_structures(sans, 'n’a pas de SIRET', 'n’ont pas de SIRET')} : relevez-le sur l’avis de situation.",
            cibles_structures(sans),
        )


def _valide(siret: str) -> bool:
    """Tell whether a SIRET is possible; the usual rule is tried first, twenty times faster than the whole of it."""
    usuel = len(siret) == LONGUEUR_SIRET and siret.isascii() and siret.isdigit()
    return (usuel and _luhn(siret[:9]) and _luhn(siret)) or siret_valide(siret)


def _luhn(chiffres: str) -> bool:
    a_l_envers = [int(c) for c in reversed(chiffres)]
    return (sum(a_l_envers[::2]) + sum(_DOUBLES[c] for c in a_l_envers[1::2])) % 10 == 0


def _representant(vue: Vue) -> Iterator[Constat]:
    """Point at the structures whose representative, needed to sign, is not recorded."""
    sans = [ligne for ligne in _premieres(vue) if not ligne.representant]
    if sans:
        quoi = dire_structures(sans, "n’a pas de représentant enregistré", "n’ont pas de représentant enregistré")
        yield Constat(
            "STR-02", Gravite.INFORMATION, f"{quoi} pour signer l’acte : complétez la fiche.", cibles_structures(sans)
        )


@dataclass(frozen=True, slots=True)
class _Nom:
    """The name of a structure as it is compared: its words sorted, and its numbers, which must be the same."""

    ligne: Ligne
    cle: str
    nombres: tuple[str, ...]


def _compose(ligne: Ligne) -> _Nom:
    siens = sorted(mot for mot, _, _ in mots(ligne.structure))
    nombres = tuple(mot for mot in siens if not mot.isalpha())
    return _Nom(ligne, " ".join(siens), nombres)


def _ressemblances(vue: Vue) -> Iterator[Constat]:
    """Point at structures that are perhaps one: same name but for the typing, or close names in one commune."""
    noms = [_compose(ligne) for ligne in _premieres(vue)]
    groupes = [*_memes_noms(noms), *_noms_proches(noms)]
    for groupe in groupes[:_MAXIMUM]:
        commune = groupe[0].commune
        ou = f" à {commune}" if commune and all(li.commune == commune for li in groupe) else ""
        yield Constat(
            "STR-03",
            Gravite.ATTENTION,
            f"{len(groupe)} structures se ressemblent{ou} : {citer(_nommer(groupe))} ; s’il s’agit de la même, "
            "gardez une seule fiche.",
            cibles_structures(groupe),
        )
    if reste := [ligne for groupe in groupes[_MAXIMUM:] for ligne in groupe]:
        yield Constat(
            "STR-03",
            Gravite.ATTENTION,
            f"{compter(len(reste), 'autre structure', 'autres structures')} se ressemblent : vérifiez d’abord les "
            "précédentes.",
            cibles_structures(reste),
        )


def _nommer(groupe: list[Ligne]) -> list[str]:
    """Name look-alikes so that each can be told: with the SIRET where the names are written the same."""
    noms = [ligne.structure for ligne in groupe]
    if len(set(noms)) == len(noms):
        return noms
    return [f"{li.structure} ({format_siret(li.siret) if li.siret else 'sans SIRET'})" for li in groupe]


def _memes_noms(noms: list[_Nom]) -> Iterator[list[Ligne]]:
    par_nom: dict[str, list[Ligne]] = defaultdict(list)
    for nom in noms:
        par_nom[nom.cle].append(nom.ligne)
    return (groupe for groupe in par_nom.values() if len(groupe) > 1)


def _noms_proches(noms: list[_Nom]) -> Iterator[list[Ligne]]:
    """Group close names of one commune: within a commune and a set of numbers, or 2 000 names take a second."""
    blocs: dict[tuple[str, tuple[str, ...]], dict[str, Ligne]] = defaultdict(dict)
    communes = {commune: fold(commune) for commune in {nom.ligne.commune for nom in noms} if commune}
    for nom in noms:
        if nom.ligne.commune:
            blocs[communes[nom.ligne.commune], nom.nombres].setdefault(nom.cle, nom.ligne)
    for bloc in blocs.values():
        if len(bloc) > 1:
            yield from _proches(bloc)


def _proches(bloc: dict[str, Ligne]) -> Iterator[list[Ligne]]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - 20 ms that the start of the window does not need

    restantes = list(bloc)
    while restantes:
        premiere, *restantes = restantes
        trouves = process.extract(premiere, restantes, scorer=fuzz.ratio, score_cutoff=RESSEMBLANCE, limit=None)
        if trouves:
            pris = {cle for cle, _, _ in trouves}
            yield [bloc[premiere], *(bloc[cle] for cle in restantes if cle in pris)]
            restantes = [cle for cle in restantes if cle not in pris]


def _meme_siren(vue: Vue) -> Iterator[Constat]:
    """Point at structures of one SIREN: one recorded twice when the SIRET is the same, else two establishments."""
    par_siren: dict[str, list[Ligne]] = defaultdict(list)
    for ligne in _premieres(vue):
        if ligne.siret and _valide(ligne.siret):
            par_siren[ligne.siret[:9]].append(ligne)
    for groupe in par_siren.values():
        if len(groupe) > 1:
            meme = len({ligne.siret for ligne in groupe}) < len(groupe)
            suite = "gardez une seule fiche" if meme else "vérifiez qu’il s’agit bien de plusieurs établissements"
            yield Constat(
                "STR-04",
                Gravite.ATTENTION if meme else Gravite.INFORMATION,
                f"{citer(_nommer(groupe))} ont le même {'SIRET' if meme else 'SIREN'} : {suite}.",
                cibles_structures(groupe),
            )


def _orthographes(vue: Vue) -> Iterator[Constat]:
    """Point at names of structures that texts spell otherwise (Pas-de-Calais Actif has four spellings in the case)."""
    noms = {ligne.structure: ligne for ligne in _premieres(vue)}
    for nom, autres in orthographes(noms, [texte.imprime for texte in vue.textes]).items():
        lieux = [texte.lieu for texte in vue.textes if any(autre in texte.imprime for autre in autres)]
        reste = f" et {compter(len(lieux) - 1, 'autre texte', 'autres textes')}" if len(lieux) > 1 else ""
        yield Constat(
            "STR-05",
            Gravite.ATTENTION,
            f"Le nom de la structure {guillemets(nom)} est aussi écrit {citer(autres)}, dans {lieux[0]}{reste} : "
            "écrivez-le comme sur sa fiche.",
            (Cible("structures", noms[nom].structure_id),),
        )


def _sans_convention(vue: Vue) -> Iterator[Constat]:
    """Check that a private-law body has a convention above 23 000 € a year (loi 2000-321, art. 10; décret 2001-495).

    The yearly total adds the other phases of the campaign; a convention or an avenant in the phase will do.
    """
    ailleurs = dict(vue.dossier.autres_montants)
    for structure in vue.structures:
        notifiees = [li for li in structure.lignes if li.acte not in {"convention", "avenant"} and li.montant]
        total = structure.montant + ailleurs.get(structure.premiere.structure_id, 0)
        if structure.premiere.droit_prive and notifiees and total > SEUIL_CONVENTION:
            yield _constat_convention(structure, notifiees, total)


def _constat_convention(structure: VueStructure, notifiees: list[Ligne], total: int) -> Constat:
    aucune = len([li for li in structure.lignes if li.montant]) == len(notifiees)
    suite = "choisissez l’acte « Convention »" if aucune else "rattachez cette attribution à sa convention"
    return Constat(
        "STR-06",
        Gravite.BLOQUANT if aucune else Gravite.ATTENTION,
        f"La structure {guillemets(structure.premiere.structure)}, de droit privé, reçoit {format_montant(total)} sur "
        f"l’année, dont {format_montant(somme(notifiees))} sans convention ; au-delà de "
        f"{format_montant(SEUIL_CONVENTION)}, la convention est obligatoire : {suite}.",
        tuple(Cible("propositions", ligne.proposition_id) for ligne in notifiees),
    )


def _engagement(vue: Vue) -> Iterator[Constat]:
    """Check that associations and foundations signed the contrat d’engagement républicain (loi 2000-321, art. 10-1)."""
    sans = [
        structure.premiere
        for structure in vue.structures
        if structure.premiere.forme in _REPUBLICAINES
        and structure.montant
        and not structure.premiere.engagement_republicain
    ]
    if sans:
        quoi = dire_structures(sans, "n’a pas souscrit", "n’ont pas souscrit")
        yield Constat(
            "STR-07",
            Gravite.BLOQUANT,
            f"{quoi} le contrat d’engagement républicain, exigé de toute association ou fondation subventionnée : "
            f"recueillez-le et notez-le sur {pluriel(len(sans), 'sa fiche', 'leur fiche')}.",
            cibles_structures(sans),
        )


_SUBVENTIONS = "Loi n° 2000-321, article 10, et décret n° 2001-495"
CONTROLES_STRUCTURES = (
    Controle("STR-01", "SIRET", _siret, "Code de commerce, article R.123-221"),
    Controle("STR-02", "Représentant", _representant, "Règle de la maison"),
    Controle("STR-03", "Structures semblables", _ressemblances, "Règle de la maison"),
    Controle("STR-04", "Même SIREN", _meme_siren, "Règle de la maison"),
    Controle("STR-05", "Orthographe des structures", _orthographes, "Délibération n° 2024-587, annexe 10"),
    Controle("STR-06", "Convention au-delà de 23 000 €", _sans_convention, _SUBVENTIONS),
    Controle("STR-07", "Contrat d’engagement républicain", _engagement, "Loi n° 2000-321, article 10-1"),
)
"""The rules of the structures, in the order in which they are shown."""
