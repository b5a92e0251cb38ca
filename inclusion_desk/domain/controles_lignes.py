"""The controls of the lines of annexe 4: duplicates, empty or impossible lines, periods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from inclusion_desk.domain.constats import Constat, Controle, Gravite, cibles_lignes, dire_lignes
from inclusion_desk.domain.controles_mots import citer, guillemets
from inclusion_desk.domain.controles_vue import Vue, VueOperation
from inclusion_desk.domain.dossier import Ligne
from inclusion_desk.domain.text import compter, format_date, pluriel

MOIS_MAX = 36
"""The longest period usually funded, in months."""


def _doublon(vue: Vue) -> Iterator[Constat]:
    """Point at lines of one dispositif for the same structure and territory: one of them is counted twice."""
    for operation in vue.operations:
        cles = [(li.dispositif_id, li.structure_id, li.territoire) for li in operation.lignes]
        if len(set(cles)) == len(cles):
            continue
        fois = Counter(cles)
        doubles = [ligne for ligne, cle in zip(operation.lignes, cles, strict=True) if fois[cle] > 1]
        yield Constat(
            "LIG-01",
            Gravite.ATTENTION,
            f"Pour le dispositif {guillemets(operation.libelle)}, {compter(len(doubles), 'proposition')} répètent une "
            f"même structure et un même territoire ({citer(li.structure for li in doubles)}) : réunissez-les ou "
            "supprimez le doublon.",
            cibles_lignes(doubles),
        )


def _negative(vue: Vue) -> Iterator[Constat]:
    """Check that no amount, volume or ETP is negative: a sum would hide it."""
    lignes = [li for li in vue.lignes if li.montant < 0 or li.volume < 0 or (li.etp or 0) < 0]
    if lignes:
        yield Constat(
            "LIG-02",
            Gravite.BLOQUANT,
            f"{dire_lignes(lignes, 'porte', 'portent')} un montant, un volume ou un nombre d’ETP négatif : "
            "saisissez une valeur positive ou nulle.",
            cibles_lignes(lignes),
        )


def _vide(vue: Vue) -> Iterator[Constat]:
    """Point at the lines that propose nothing; a line of 0 € is legal where it changes a volume (the case, op. 1)."""
    lignes = [li for li in vue.lignes if not (li.montant or li.volume or li.etp)]
    if lignes:
        yield Constat(
            "LIG-03",
            Gravite.ATTENTION,
            f"{dire_lignes(lignes, 'n’a', 'n’ont')} ni montant, ni volume, ni ETP : "
            f"{pluriel(len(lignes), 'complétez-la ou supprimez-la', 'complétez-les ou supprimez-les')}.",
            cibles_lignes(lignes),
        )


def _pour(operation: VueOperation, code: str, gravite: Gravite, lignes: list[Ligne], suite: str) -> Constat:
    """Make a finding about some lines of one operation; ``suite`` follows « Pour le dispositif « X », »."""
    return Constat(code, gravite, f"Pour le dispositif {guillemets(operation.libelle)}, {suite}", cibles_lignes(lignes))


def _avant_vote(vue: Vue) -> Iterator[Constat]:
    """Point at the periods that start before the vote and end after it (the case, l.323 and l.332)."""
    jour = vue.dossier.seance.jour
    for operation in vue.operations if jour else ():
        lignes = [li for li in operation.lignes if jour and li.debut < jour <= li.fin]
        if jour and lignes:
            yield _pour(
                operation, "PER-01", Gravite.ATTENTION, lignes,
                f"{dire_lignes(lignes, 'commence', 'commencent')} avant la séance du {format_date(jour)} : reculez "
                "le début, ou justifiez-le dans le rapport.",
            )  # fmt: skip


def _periodes_inegales(vue: Vue) -> Iterator[Constat]:
    """Point at the lines whose period is not that of most lines of their dispositif, though as long."""
    for operation, (debut, fin), ecarts in _ecarts(vue, memes_durees=True):
        yield _pour(
            operation, "PER-02", Gravite.INFORMATION, ecarts,
            f"{dire_lignes(ecarts, 's’écarte', 's’écartent')} de la période la plus courante, du "
            f"{format_date(debut)} au {format_date(fin)} : vérifiez les dates.",
        )  # fmt: skip


def _durees_inegales(vue: Vue) -> Iterator[Constat]:
    """Point at the lines whose period is longer or shorter than that of most lines of their dispositif."""
    for operation, (debut, fin), ecarts in _ecarts(vue, memes_durees=False):
        yield _pour(
            operation, "PER-03", Gravite.ATTENTION, ecarts,
            f"{dire_lignes(ecarts, 'ne dure pas', 'ne durent pas')} {mois(debut, fin)} mois comme les autres : "
            "vérifiez les dates, puis le montant.",
        )  # fmt: skip


def _ecarts(vue: Vue, *, memes_durees: bool) -> Iterator[tuple[VueOperation, tuple[date, date], list[Ligne]]]:
    """Find in each operation its most usual period, and the lines of another one that is as long, or that is not."""
    for operation, fois in zip(vue.operations, vue.periodes, strict=True):
        (usuelle, _), *_ = fois.most_common(1)
        autres = {p for p in fois if p != usuelle and (mois(*p) == mois(*usuelle)) is memes_durees}
        if autres:
            yield operation, usuelle, [ligne for ligne in operation.lignes if (ligne.debut, ligne.fin) in autres]


def mois(debut: date, fin: date) -> int:
    """Count the months of a period, rounded: 01/01–31/12 is 12, 01/11/2024–30/11/2025 is 13."""
    jours = fin.toordinal() - debut.toordinal() + 1
    return round(jours / 30.4375)


def _trop_longue(vue: Vue) -> Iterator[Constat]:
    """Point at the periods longer than what is usually funded."""
    longues = {periode for fois in vue.periodes for periode in fois if mois(*periode) > MOIS_MAX}
    lignes = [li for li in vue.lignes if (li.debut, li.fin) in longues] if longues else []
    if lignes:
        yield Constat(
            "PER-04",
            Gravite.ATTENTION,
            f"{dire_lignes(lignes, 'dure', 'durent')} plus de {MOIS_MAX} mois : vérifiez la date de fin.",
            cibles_lignes(lignes),
        )


def _finie(vue: Vue) -> Iterator[Constat]:
    """Point at the periods that are over when the vote is taken: nothing is left to fund."""
    jour = vue.dossier.seance.jour
    lignes = [li for li in vue.lignes if li.debut <= li.fin < jour] if jour else []
    if jour and lignes:
        yield Constat(
            "PER-05",
            Gravite.ATTENTION,
            f"{dire_lignes(lignes, 'se termine', 'se terminent')} avant la séance du {format_date(jour)} : vérifiez "
            "les dates.",
            cibles_lignes(lignes),
        )


def _a_rebours(vue: Vue) -> Iterator[Constat]:
    """Check that no period ends before it starts."""
    lignes = [li for li in vue.lignes if li.fin < li.debut]
    if lignes:
        yield Constat(
            "PER-06",
            Gravite.BLOQUANT,
            f"{dire_lignes(lignes, 'finit', 'finissent')} avant de commencer : corrigez l’une des deux dates.",
            cibles_lignes(lignes),
        )


_USAGE = "Règle de la maison"
CONTROLES_LIGNES = (
    Controle("LIG-01", "Proposition en double", _doublon, _USAGE),
    Controle("LIG-02", "Valeur négative", _negative, "Arithmétique"),
    Controle("LIG-03", "Proposition vide", _vide, _USAGE),
    Controle("PER-01", "Début avant le vote", _avant_vote, "Délibération n° 2024-587, annexe 2"),
    Controle("PER-02", "Périodes d’un dispositif", _periodes_inegales, _USAGE),
    Controle("PER-03", "Durées d’un dispositif", _durees_inegales, _USAGE),
    Controle("PER-04", "Période de plus de 36 mois", _trop_longue, _USAGE),
    Controle("PER-05", "Période achevée avant le vote", _finie, _USAGE),
    Controle("PER-06", "Période à rebours", _a_rebours, "Calendrier"),
)
"""The rules of the lines and of their periods, in the order in which they are shown."""
