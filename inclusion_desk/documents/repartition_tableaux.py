"""The tables of the breakdown: every line with its sub-totals, then the totals by structure and by territory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from inclusion_desk.documents import textes_mots as mots
from inclusion_desk.documents.blocks import Alignment, Table
from inclusion_desk.documents.modeles import bind
from inclusion_desk.domain.champs import format_centiemes
from inclusion_desk.domain.dossier import (
    Cumul,
    DossierSeance,
    Ligne,
    Operation,
    ThematiqueDossier,
    par_structure,
    par_territoire,
)
from inclusion_desk.domain.identifiants import format_siret
from inclusion_desk.domain.money import INSECABLE, format_montant, format_nombre, format_part
from inclusion_desk.domain.propositions import ACTES
from inclusion_desk.domain.text import fold, format_date

TOTAL = "Total général"
SANS_SIRET = "non renseigné"
_GAUCHE, _DROITE = Alignment.LEFT, Alignment.RIGHT
_COLONNES = (
    ("Structure", 208, _GAUCHE),
    ("Territoire", 82, _GAUCHE),
    ("Acte", 92, _GAUCHE),
    ("Période", 60, _GAUCHE),
    ("Volume", 78, _DROITE),
    ("ETP", 36, _DROITE),
    ("Montant (€)", 74, _DROITE),
    ("Cofinancement", 68, Alignment.CENTRE),
    ("Code opération et imputation", 68, _GAUCHE),
)
_VIDE = ("",) * (len(_COLONNES) - 1)
Row = tuple[str, ...]


@dataclass(slots=True)
class _Rows:
    """The rows of the breakdown while they are gathered, and which of them head or add up others."""

    rows: list[Row] = field(default_factory=list)
    groups: set[int] = field(default_factory=set)
    totals: set[int] = field(default_factory=set)

    def group(self, titre: str) -> None:
        """Head what follows."""
        self.groups.add(len(self.rows))
        self.rows.append((titre, *_VIDE))

    def total(self, row: Row) -> None:
        """Add up what precedes."""
        self.totals.add(len(self.rows))
        self.rows.append(row)


def tableau(dossier: DossierSeance) -> Table:
    """Give every line, grouped by thématique and dispositif, with their sub-totals and the grand total."""
    held, jointes = _Rows(), {jointe.modele: jointe.numero for jointe in dossier.annexes if jointe.modele}
    for thematique in dossier.thematiques:
        if thematique.lignes:
            _thematique(held, thematique, jointes)
    held.total(_total(TOTAL, dossier.operations))
    titres, widths, alignments = zip(*_COLONNES, strict=True)
    return Table(
        titres, tuple(held.rows), alignments, widths, frozenset(held.totals), frozenset(held.groups), compact=True
    )


def _thematique(held: _Rows, thematique: ThematiqueDossier, jointes: Mapping[str, int]) -> None:
    held.group(bind(f"Thématique {thematique.numero} « {thematique.intitule} »"))
    for operation in thematique.operations:
        if operation.lignes:
            held.group(bind(operation.libelle))
            held.rows += (_ligne(ligne, jointes) for ligne in operation.lignes)
            nom = f" du dispositif {operation.numero}" if operation.numero else f" – {operation.intitule}"
            held.total(_total(bind(f"Sous-total{nom}"), (operation,)))
    held.total(_total(f"Total de la thématique {thematique.numero}", thematique.operations))


def _ligne(ligne: Ligne, jointes: Mapping[str, int]) -> Row:
    return (
        _structure(ligne),
        ligne.territoire,
        _acte(ligne, jointes.get(ligne.modele or "")),
        f"{format_date(ligne.debut)} au\n{format_date(ligne.fin)}",
        mots.volume(ligne.volume, ligne.unite) or "–",
        format_centiemes(ligne.etp) if ligne.etp else "–",
        format_montant(ligne.montant, symbole=False),
        ligne.cofinancement or "–",
        f"{ligne.code_operation}\n{ligne.imputation}",
    )


def _structure(ligne: Ligne) -> str:
    return bind(f"{ligne.structure}\n{ligne.forme_libelle} – SIRET{INSECABLE}{_siret(ligne)}")


def _siret(ligne: Ligne) -> str:
    return format_siret(ligne.siret) if ligne.siret else SANS_SIRET.replace(" ", INSECABLE)


def _acte(ligne: Ligne, annexe: int | None) -> str:
    """Name the act, the annexe where its project is joined, the convention it amends."""
    acte = ACTES.get(ligne.acte, ligne.acte)
    modele = f" (annexe{INSECABLE}{annexe})" if annexe and ligne.acte == "avenant" else ""
    initiale = f"\nconvention {ligne.convention_initiale}" if ligne.convention_initiale else ""
    return bind(f"{acte}{modele}{initiale}")


def _total(libelle: str, operations: Iterable[Operation]) -> Row:
    """Add up operations; volumes only where they count one thing."""
    toutes = [operation for operation in operations if operation.lignes]
    unites = {operation.unite for operation in toutes}
    volume = sum(operation.volume for operation in toutes)
    etp = sum(operation.etp for operation in toutes)
    return (
        libelle, "", "", "",
        mots.volume(volume, unites.pop()) if len(unites) == 1 else "",
        format_centiemes(etp) if etp else "",
        format_montant(sum(operation.montant for operation in toutes), symbole=False),
        "", "",
    )  # fmt: skip


def tableau_structures(dossier: DossierSeance) -> Table:
    """Add the lines up by structure, in alphabetical order."""
    rows = [
        (bind(cumul.cle), _forme(cumul), _siret(cumul.lignes[0]), _territoires(cumul), *_sums(cumul, dossier.montant))
        for cumul in _sorted(par_structure(dossier))
    ]
    total = (TOTAL, "", "", "", *_totals(dossier))
    return Table(
        ("Structure", "Forme juridique", "SIRET", "Territoire", "Lignes", "Montant (€)", "Part"),
        (*rows, total),
        (_GAUCHE, _GAUCHE, _GAUCHE, _GAUCHE, _DROITE, _DROITE, _DROITE),
        (220, 130, 96, 130, 44, 76, 48),
        frozenset({len(rows)}),
        compact=True,
    )


def tableau_territoires(dossier: DossierSeance) -> Table:
    """Add the lines up by territory, in alphabetical order."""
    rows = [
        (bind(cumul.cle), format_nombre(mots.structures(cumul.lignes)), *_sums(cumul, dossier.montant))
        for cumul in _sorted(par_territoire(dossier))
    ]
    total = (TOTAL, format_nombre(mots.structures(dossier.lignes)), *_totals(dossier))
    return Table(
        ("Territoire", "Structures", "Lignes", "Montant (€)", "Part"),
        (*rows, total),
        (_GAUCHE, _DROITE, _DROITE, _DROITE, _DROITE),
        (330, 90, 80, 120, 80),
        frozenset({len(rows)}),
        compact=True,
    )


def _sorted(cumuls: Iterable[Cumul]) -> Iterator[Cumul]:
    """Sort as a French reader does: accents count for nothing."""
    return iter(sorted(cumuls, key=lambda cumul: fold(cumul.cle)))


def _forme(cumul: Cumul) -> str:
    return bind(cumul.lignes[0].forme_libelle)


def _territoires(cumul: Cumul) -> str:
    return bind(", ".join(dict.fromkeys(ligne.territoire for ligne in cumul.lignes)))


def _sums(cumul: Cumul, ensemble: int) -> Row:
    lignes = format_nombre(len(cumul.lignes))
    return (lignes, format_montant(cumul.montant, symbole=False), format_part(cumul.montant, ensemble))


def _totals(dossier: DossierSeance) -> Row:
    lignes, montant = format_nombre(len(dossier.lignes)), dossier.montant
    return (lignes, format_montant(montant, symbole=False), format_part(montant, montant))
