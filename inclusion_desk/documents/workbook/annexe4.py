"""The sheet of annexe 4: every line, its sub-totals by dispositif and thématique, the grand total."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from inclusion_desk.documents.workbook.cells import Ink, row, serial
from inclusion_desk.documents.workbook.formulas import subtotal
from inclusion_desk.documents.workbook.plan import PREMIERE, Bloc, Groupe, Plan, common_unit, territoire
from inclusion_desk.documents.workbook.sheet import (
    AUCUNE_LIGNE,
    TOTAL_GENERAL,
    Column,
    Sheet,
    band,
    context,
    head,
    height,
    money_width,
    sentence,
)
from inclusion_desk.documents.workbook.styles import Band, Fmt
from inclusion_desk.documents.workbook.texts import clean
from inclusion_desk.domain.annexes import libelle_modele
from inclusion_desk.domain.dispositifs import unite_accordee
from inclusion_desk.domain.dossier import Ligne, Operation
from inclusion_desk.domain.propositions import ACTES
from inclusion_desk.domain.text import typo

ACTION, TERRITOIRE, STRUCTURE, FORME, SIRET = 3, 4, 5, 6, 7
VOLUME, UNITE, ETP, MONTANT, COFINANCEMENT, CODE = 13, 14, 15, 16, 17, 18
_ACTION_MIN, _ACTION_MAX = 29, 52
_LIBELLE_MAX = 150  # what a sub-total's label may take, over the empty cells to its right


def columns(plan: Plan) -> tuple[Column, ...]:
    """List the columns of annexe 4 (DOMAIN §6), amounts as wide as the grand total."""
    return (
        Column("Thém.", 7.5, Fmt.CENTRE),
        Column("N°", 6.0, Fmt.CENTRE),
        Column("Action", _action_width(plan), Fmt.LONG),
        Column("Territoire", 15.0, Fmt.LONG),
        Column("Structure", 30.0, Fmt.LONG),
        Column("Forme juridique", 16.0, Fmt.LONG),
        Column("SIRET", 14.5, Fmt.CENTRE),
        Column("Acte", 11.5),
        Column("Modèle", 10.5),
        Column("Convention initiale", 11.0, Fmt.CENTRE),
        Column("Début", 10.3, Fmt.DATE),
        Column("Fin", 10.3, Fmt.DATE),
        Column("Volume", 9.5, Fmt.NOMBRE),
        Column("Unité", 11.0),
        Column("ETP", 8.0, Fmt.ETP),
        Column("Montant", money_width(plan.montant), Fmt.EUROS),
        Column("Cofinancement", 15.0, Fmt.LONG),
        Column("Code opération", 10.8, Fmt.CENTRE),
        Column("Imputation", 11.0, Fmt.CENTRE),
    )


def _action_width(plan: Plan) -> float:
    """Widen the column for long titles, repeated on every line: four lines each, within what a page bears."""
    longueur = max((len(bloc.operation.intitule) for bloc in plan.blocs), default=0)
    return float(min(_ACTION_MAX, max(_ACTION_MIN, longueur // 4)))


def annexe4(plan: Plan, ink: Ink) -> Sheet:
    """Prepare the sheet of annexe 4."""
    colonnes = columns(plan)
    filtre = max(plan.total_annexe - 1, PREMIERE)
    return Sheet("Annexe 4", colonnes, plan.total_annexe, _rows(plan, ink, colonnes), filtre=filtre, niveaux=2)


def _rows(plan: Plan, ink: Ink, colonnes: tuple[Column, ...]) -> Iterator[str]:
    titre = "Annexe 4 – Répartition financière par structure et par territoire"
    yield from head(ink, titre, context(plan), colonnes)
    if plan.vide:
        yield sentence(ink, PREMIERE, AUCUNE_LIGNE, colonnes)
    for groupe in plan.groupes:
        yield from _group_rows(groupe, ink, colonnes, plan)
    operations = [bloc.operation for bloc in plan.blocs]
    etendue = (PREMIERE, plan.total_annexe - 1)
    cells = _totals(ink, Band.TOTAL, TOTAL_GENERAL, operations, etendue)
    yield row(plan.total_annexe, band(ink, Band.TOTAL, colonnes, cells), hauteur=24)


def _group_rows(groupe: Groupe, ink: Ink, colonnes: tuple[Column, ...], plan: Plan) -> Iterator[str]:
    for bloc in groupe.blocs:
        yield from _line_rows(bloc, ink, colonnes, str(groupe.thematique.numero), plan)
        libelle = _cut(f"Sous-total {bloc.operation.numero or ''} – {bloc.operation.intitule}")
        cells = _totals(ink, Band.SOUS_TOTAL, libelle, [bloc.operation], (bloc.debut, bloc.fin))
        yield row(bloc.total, band(ink, Band.SOUS_TOTAL, colonnes, cells), hauteur=18, niveau=1)
    libelle = _cut(f"Total de la thématique {groupe.thematique.numero} – {groupe.thematique.intitule}")
    operations = [bloc.operation for bloc in groupe.blocs]
    cells = _totals(ink, Band.GROUPE, libelle, operations, (groupe.debut, groupe.total - 1))
    yield row(groupe.total, band(ink, Band.GROUPE, colonnes, cells), hauteur=20)


def _line_rows(bloc: Bloc, ink: Ink, colonnes: tuple[Column, ...], thematique: str, plan: Plan) -> Iterator[str]:
    makers = _makers(ink, colonnes)
    largeurs = {
        numero: colonnes[numero - 1].largeur for numero in (ACTION, TERRITOIRE, STRUCTURE, FORME, COFINANCEMENT)
    }
    numero_dispositif, action = bloc.operation.numero or "–", typo(bloc.operation.intitule)
    for numero, ligne in enumerate(bloc.operation.lignes, start=bloc.debut):
        annexe = libelle_modele(plan.dossier, ligne)
        valeurs = _values(ligne, (thematique, numero_dispositif, action), plan.noms[ligne.structure_id], annexe)
        hauteur = height((str(valeurs[n - 1]), largeur) for n, largeur in largeurs.items())
        yield row(numero, [make(v) for make, v in zip(makers, valeurs, strict=True)], hauteur=hauteur, niveau=2)


def _makers(ink: Ink, colonnes: tuple[Column, ...]) -> list[Callable[..., str]]:
    textes = {Fmt.TEXTE, Fmt.LONG, Fmt.CENTRE}
    return [(ink.text if column.fmt in textes else ink.number)(Band.LIGNE, column.fmt) for column in colonnes]


def _values(ligne: Ligne, operation: tuple[str, str, str], structure: str, annexe: str) -> tuple[str | int | None, ...]:
    return (
        *operation,
        territoire(ligne),
        structure,
        ligne.forme_libelle,
        ligne.siret or "",
        ACTES.get(ligne.acte, ligne.acte),
        annexe,
        ligne.convention_initiale or "",
        serial(ligne.debut),
        serial(ligne.fin),
        shown_volume(ligne.unite, ligne.volume),
        unite_accordee(ligne.unite, ligne.volume),
        ligne.etp,
        ligne.montant,
        ligne.cofinancement,
        ligne.code_operation,
        ligne.imputation,
    )


def shown_volume(unite: str, volume: int) -> int | None:
    """Give the volume to show: nothing where ETP are the unit and the ETP column carries the number."""
    return None if unite == "etp" and not volume else volume


def _totals(
    ink: Ink, look: Band, libelle: str, operations: list[Operation], etendue: tuple[int, int]
) -> dict[int, str]:
    cells = {
        1: ink.text(look)(libelle),
        ETP: ink.formula(look, Fmt.ETP)(subtotal(ETP, *etendue), sum(o.etp for o in operations)),
        MONTANT: ink.formula(look, Fmt.EUROS)(subtotal(MONTANT, *etendue), sum(o.montant for o in operations)),
    }
    unite, volume = common_unit(operations), sum(o.volume for o in operations)
    if unite and shown_volume(unite, volume) is not None:
        cells[VOLUME] = ink.formula(look, Fmt.NOMBRE)(subtotal(VOLUME, *etendue), volume)
        cells[UNITE] = ink.text(look)(unite_accordee(unite, volume))
    return cells


def _cut(libelle: str) -> str:
    return clean(typo(" ".join(libelle.split())), _LIBELLE_MAX)
