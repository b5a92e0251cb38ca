"""The Synthèse sheet: thématiques, dispositifs, shares of the total, and a chart of the amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction

from inclusion_desk.documents.workbook import annexe4
from inclusion_desk.documents.workbook.cells import Ink, row
from inclusion_desk.documents.workbook.formulas import ANNEXE, share, span, subtotal
from inclusion_desk.documents.workbook.plan import PREMIERE, Bloc, Groupe, Plan, common_unit
from inclusion_desk.documents.workbook.sheet import (
    AUCUNE_LIGNE,
    TOTAL_GENERAL,
    Chart,
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
from inclusion_desk.domain.dispositifs import unite_accordee
from inclusion_desk.domain.dossier import Operation
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.text import format_date_longue, typo

LIBELLE, STRUCTURES, VOLUME, UNITE, ETP, MONTANT, PART = 2, 3, 4, 5, 6, 7, 8
_BARRES_MAX = 20  # beyond, the bars are the thématiques
_PAGE = 16  # rows that still read well on one page with their chart


def ratio(partie: int, ensemble: int) -> float:
    """Give a share as the formula computes it: zero of nothing is zero."""
    return float(Fraction(partie, ensemble)) if ensemble else 0.0


def synthese(plan: Plan, ink: Ink, *, structures: str, nombre: int, edited: datetime) -> Sheet:
    """Prepare the sheet; ``structures`` is the address of the structures' names, ``nombre`` how many there are."""
    colonnes = (
        Column("N°", 7.0, Fmt.CENTRE),
        Column("Thématique et dispositif", 62.0, Fmt.LONG),
        Column("Structures", 12.5, Fmt.NOMBRE),
        Column("Volume", 11.0, Fmt.NOMBRE),
        Column("Unité", 14.0),
        Column("ETP", 11.5, Fmt.ETP),
        Column("Montant", money_width(plan.montant) + 1, Fmt.EUROS),
        Column("Part du total", 14.0, Fmt.PART),
    )
    une_page = plan.total_synthese - PREMIERE <= _PAGE
    rows = _rows(plan, ink, colonnes, edited, (f"COUNTA({structures})", nombre))
    return Sheet("Synthèse", colonnes, plan.total_synthese, rows, chart=_chart(plan), une_page=une_page)


def _rows(
    plan: Plan, ink: Ink, colonnes: tuple[Column, ...], edited: datetime, structures: tuple[str, int]
) -> Iterator[str]:
    heure = f"{edited.hour}{INSECABLE}h{INSECABLE}{edited.minute:02}"
    edition = f"{context(plan)} – édité le {format_date_longue(edited.date())} à {heure}"
    yield from head(ink, typo(plan.dossier.titre), edition, colonnes)
    if plan.vide:
        yield sentence(ink, PREMIERE, AUCUNE_LIGNE, colonnes)
    ensemble = plan.montant
    for groupe in plan.groupes:
        yield _group_row(groupe, ink, colonnes, ensemble)
        for bloc in groupe.blocs:
            yield _bloc_row(bloc, ink, colonnes, ensemble)
    yield _total_row(plan, ink, colonnes, structures)


def _bloc_row(bloc: Bloc, ink: Ink, colonnes: Sequence[Column], ensemble: int) -> str:
    operation, numero, look = bloc.operation, bloc.synthese, Band.LIGNE
    intitule = typo(operation.intitule)
    cells = {
        1: ink.text(look, Fmt.CENTRE)(operation.numero or "–"),
        LIBELLE: ink.text(look, Fmt.LONG)(intitule),
        STRUCTURES: ink.number(look, Fmt.NOMBRE)(operation.structures),
        UNITE: ink.text(look)(unite_accordee(operation.unite, operation.volume)),
        ETP: ink.formula(look, Fmt.ETP)(_sum(annexe4.ETP, bloc), operation.etp),
        MONTANT: ink.formula(look, Fmt.EUROS)(_sum(annexe4.MONTANT, bloc), operation.montant),
        PART: ink.formula(look, Fmt.PART)(share(f"G{numero}"), ratio(operation.montant, ensemble)),
    }
    if annexe4.shown_volume(operation.unite, operation.volume) is not None:
        cells[VOLUME] = ink.formula(look, Fmt.NOMBRE)(_sum(annexe4.VOLUME, bloc), operation.volume)
    return row(numero, band(ink, look, colonnes, cells), hauteur=height([(intitule, colonnes[1].largeur)], 18.0))


def _sum(colonne: int, bloc: Bloc) -> str:
    return f"SUM({span(colonne, bloc.debut, bloc.fin, ANNEXE)})"


def _group_row(groupe: Groupe, ink: Ink, colonnes: Sequence[Column], ensemble: int) -> str:
    look, intitule, thematique = Band.GROUPE, typo(groupe.thematique.intitule), groupe.thematique
    operations = [bloc.operation for bloc in groupe.blocs]
    structures = {ligne.structure_id for operation in operations for ligne in operation.lignes}
    cells = {
        1: ink.text(look, Fmt.CENTRE)(str(thematique.numero)),
        LIBELLE: ink.text(look, Fmt.LONG)(intitule),
        STRUCTURES: ink.number(look, Fmt.NOMBRE)(len(structures)),
        PART: ink.formula(look, Fmt.PART)(share(f"G{groupe.synthese}"), ratio(thematique.montant, ensemble)),
        **_sums(ink, look, operations, groupe.dispositifs),
    }
    hauteur = height([(intitule, colonnes[1].largeur * 0.94)], 20.0)
    return row(groupe.synthese, band(ink, look, colonnes, cells), hauteur=hauteur)


def _sums(ink: Ink, look: Band, operations: list[Operation], etendue: tuple[int, int]) -> dict[int, str]:
    cells = {
        ETP: ink.formula(look, Fmt.ETP)(subtotal(ETP, *etendue), sum(o.etp for o in operations)),
        MONTANT: ink.formula(look, Fmt.EUROS)(subtotal(MONTANT, *etendue), sum(o.montant for o in operations)),
    }
    unite, volume = common_unit(operations), sum(o.volume for o in operations)
    if unite and annexe4.shown_volume(unite, volume) is not None:
        cells[VOLUME] = ink.formula(look, Fmt.NOMBRE)(subtotal(VOLUME, *etendue), volume)
        cells[UNITE] = ink.text(look)(unite_accordee(unite, volume))
    return cells


def _total_row(plan: Plan, ink: Ink, colonnes: Sequence[Column], structures: tuple[str, int]) -> str:
    look, numero, ensemble = Band.TOTAL, plan.total_synthese, plan.montant
    compte = ink.number(look, Fmt.NOMBRE)(0) if plan.vide else ink.formula(look, Fmt.NOMBRE)(*structures)
    cells = {
        1: ink.text(look)(TOTAL_GENERAL),
        STRUCTURES: compte,
        PART: ink.formula(look, Fmt.PART)(share(f"G{numero}"), ratio(ensemble, ensemble)),
        **_sums(ink, look, [bloc.operation for bloc in plan.blocs], (PREMIERE, numero - 1)),
    }
    return row(numero, band(ink, look, colonnes, cells), hauteur=24)


def _chart(plan: Plan) -> Chart | None:
    if not plan.montant:
        return None
    if len(plan.blocs) <= _BARRES_MAX:
        return Chart(
            "Montant proposé par dispositif",
            tuple(groupe.dispositifs for groupe in plan.groupes),
            tuple(typo(bloc.operation.intitule) for bloc in plan.blocs),
            tuple(bloc.operation.montant for bloc in plan.blocs),
            plan.total_synthese,
        )
    return Chart(
        "Montant proposé par thématique",
        tuple((groupe.synthese, groupe.synthese) for groupe in plan.groupes),
        tuple(typo(groupe.thematique.intitule) for groupe in plan.groupes),
        tuple(groupe.thematique.montant for groupe in plan.groupes),
        plan.total_synthese,
    )
