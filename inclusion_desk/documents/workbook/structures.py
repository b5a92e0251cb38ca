"""The sheet Par structure: one row per structure, with its lines, ETP, amount and share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inclusion_desk.documents.workbook.cells import Ink, row
from inclusion_desk.documents.workbook.formulas import count_where, share, subtotal, sum_where
from inclusion_desk.documents.workbook.plan import PREMIERE, Cumul, Plan, group_by, territoire
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
from inclusion_desk.documents.workbook.synthese import ratio
from inclusion_desk.domain.text import fold

NOM, FORME, SIRET, TERRITOIRES, LIGNES, ETP, MONTANT, PART = range(1, 9)


def structures(plan: Plan) -> tuple[Cumul, ...]:
    """Group the lines by structure, in alphabetical order."""
    cles = (plan.noms[ligne.structure_id] for ligne in plan.lignes())
    return tuple(sorted(group_by(plan.lignes(), cles), key=lambda cumul: fold(cumul.cle)))


def par_structure(plan: Plan, ink: Ink, cumuls: tuple[Cumul, ...]) -> Sheet:
    """Prepare the sheet of the structures: one row each, with its lines, ETP, amount and share."""
    colonnes = (
        Column("Structure", 48.0, Fmt.LONG),
        Column("Forme juridique", 27.0, Fmt.LONG),
        Column("SIRET", 17.0, Fmt.CENTRE),
        Column("Territoires", 30.0, Fmt.LONG),
        Column("Lignes", 10.0, Fmt.NOMBRE),
        Column("ETP", 11.0, Fmt.ETP),
        Column("Montant", money_width(plan.montant) + 1, Fmt.EUROS),
        Column("Part du total", 14.0, Fmt.PART),
    )
    derniere = PREMIERE + max(len(cumuls), 1)
    rows = _structure_rows(plan, ink, colonnes, cumuls)
    return Sheet("Par structure", colonnes, derniere, rows, filtre=derniere - 1)


def _structure_rows(plan: Plan, ink: Ink, colonnes: Sequence[Column], cumuls: tuple[Cumul, ...]) -> Iterator[str]:
    yield from head(ink, "Montants par structure", context(plan), colonnes)
    if not cumuls:
        yield sentence(ink, PREMIERE, AUCUNE_LIGNE, colonnes)
    for numero, cumul in enumerate(cumuls, start=PREMIERE):
        textes = _structure_texts(cumul)
        cells = [ink.text(Band.LIGNE, c.fmt)(texte) for c, texte in zip(colonnes, textes, strict=False)]
        hauteur = height(zip(textes, (c.largeur for c in colonnes), strict=False), 18.0)
        yield row(numero, [*cells, *_structure_sums(plan, ink, numero, cumul)], hauteur=hauteur)
    yield _structure_total(plan, ink, colonnes, PREMIERE + max(len(cumuls), 1))


def _structure_texts(cumul: Cumul) -> tuple[str, str, str, str]:
    premiere = cumul.lignes[0]
    lieux = dict.fromkeys(territoire(ligne) for ligne in cumul.lignes)
    return cumul.cle, premiere.forme_libelle, premiere.siret or "", ", ".join(lieux)


def _structure_sums(plan: Plan, ink: Ink, numero: int, cumul: Cumul) -> list[str]:
    cellule, look = f"A{numero}", Band.LIGNE
    return [
        ink.formula(look, Fmt.NOMBRE)(count_where("Lignes_structure", cellule, cumul.cle), len(cumul.lignes)),
        ink.formula(look, Fmt.ETP)(sum_where("Lignes_ETP", "Lignes_structure", cellule, cumul.cle), cumul.etp),
        ink.formula(look, Fmt.EUROS)(
            sum_where("Lignes_montant", "Lignes_structure", cellule, cumul.cle), cumul.montant
        ),
        ink.formula(look, Fmt.PART)(share(f"G{numero}"), ratio(cumul.montant, plan.montant)),
    ]


def _structure_total(plan: Plan, ink: Ink, colonnes: Sequence[Column], numero: int) -> str:
    look, etendue, ensemble = Band.TOTAL, (PREMIERE, numero - 1), plan.montant
    etp = sum(bloc.operation.etp for bloc in plan.blocs)
    nombre = sum(len(bloc.operation.lignes) for bloc in plan.blocs)
    cells = {
        NOM: ink.text(look)(TOTAL_GENERAL),
        LIGNES: ink.formula(look, Fmt.NOMBRE)(subtotal(LIGNES, *etendue), nombre),
        ETP: ink.formula(look, Fmt.ETP)(subtotal(ETP, *etendue), etp),
        MONTANT: ink.formula(look, Fmt.EUROS)(subtotal(MONTANT, *etendue), ensemble),
        PART: ink.formula(look, Fmt.PART)(share(f"G{numero}"), ratio(ensemble, ensemble)),
    }
    return row(numero, band(ink, look, colonnes, cells), hauteur=24)
