"""The sheets that regroup the lines of annexe 4: by structure and by territoire."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inclusion_desk.documents.workbook import annexe4
from inclusion_desk.documents.workbook.cells import Ink, letter, row
from inclusion_desk.documents.workbook.formulas import ANNEXE, count_where, share, span, subtotal, sum_where, total
from inclusion_desk.documents.workbook.plan import PREMIERE, Bloc, Cumul, Plan, group_by, territoire
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
from inclusion_desk.domain.text import fold, typo

NOM, FORME, SIRET, TERRITOIRES, LIGNES, ETP, MONTANT, PART = range(1, 9)


def structures(plan: Plan) -> tuple[Cumul, ...]:
    """Group the lines by structure, in alphabetical order."""
    cles = (plan.noms[ligne.structure_id] for ligne in plan.lignes())
    return tuple(sorted(group_by(plan.lignes(), cles), key=lambda cumul: fold(cumul.cle)))


def territoires(plan: Plan) -> tuple[Cumul, ...]:
    """Group the lines by territoire, in alphabetical order."""
    cles = (territoire(ligne) for ligne in plan.lignes())
    return tuple(sorted(group_by(plan.lignes(), cles), key=lambda cumul: fold(cumul.cle)))


def par_structure(plan: Plan, ink: Ink, cumuls: tuple[Cumul, ...]) -> Sheet:
    """Prepare the sheet of the structures: one row each, with its lines, ETP, amount and share."""
    colonnes = (
        Column("Structure", 48.0, Fmt.LONG),
        Column("Forme juridique", 27.0, Fmt.LONG),
        Column("SIRET", 17.0, Fmt.CENTRE),
        Column("Territoires", 30.0, Fmt.LONG),
        Column("Lignes", 10.0, Fmt.NOMBRE),
        Column("ETP", 10.0, Fmt.ETP),
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


def par_territoire(plan: Plan, ink: Ink) -> Sheet:
    """Prepare the cross-table: territoires down, dispositifs across, totals both ways."""
    largeur = money_width(plan.montant)
    colonnes = (
        Column("Territoire", 24.0, Fmt.LONG),
        *(Column(typo(bloc.operation.libelle), largeur + 4, Fmt.EUROS_TIRET) for bloc in plan.blocs),
        Column("Total", largeur + 1, Fmt.EUROS),
        Column("Part du total", 14.0, Fmt.PART),
    )
    cumuls = territoires(plan)
    derniere = PREMIERE + max(len(cumuls), 1)
    return Sheet("Par territoire", colonnes, derniere, _territoire_rows(plan, ink, colonnes, cumuls))


def _territoire_rows(plan: Plan, ink: Ink, colonnes: Sequence[Column], cumuls: tuple[Cumul, ...]) -> Iterator[str]:
    yield from head(ink, "Montants par territoire et par dispositif", context(plan), colonnes)
    if not cumuls:
        yield sentence(ink, PREMIERE, AUCUNE_LIGNE, colonnes)
    croises = _crossed(plan.blocs)
    for numero, cumul in enumerate(cumuls, start=PREMIERE):
        cells = [ink.text(Band.LIGNE, Fmt.LONG)(cumul.cle)]
        for rang, bloc in enumerate(plan.blocs):
            montant = croises.get((rang, cumul.cle.lower()), 0)
            cells.append(ink.formula(Band.LIGNE, Fmt.EUROS_TIRET)(_crossed_sum(bloc, numero, cumul.cle), montant))
        yield row(numero, [*cells, *_margin(plan, ink, numero, cumul.montant)], hauteur=20)
    yield _territoire_total(plan, ink, PREMIERE + max(len(cumuls), 1))


def _crossed(blocs: tuple[Bloc, ...]) -> dict[tuple[int, str], int]:
    croises: dict[tuple[int, str], int] = {}
    for rang, bloc in enumerate(blocs):
        for ligne in bloc.operation.lignes:
            cle = (rang, territoire(ligne).lower())
            croises[cle] = croises.get(cle, 0) + ligne.montant
    return croises


def _crossed_sum(bloc: Bloc, numero: int, cle: str) -> str:
    montants = span(annexe4.MONTANT, bloc.debut, bloc.fin, ANNEXE)
    return sum_where(montants, span(annexe4.TERRITOIRE, bloc.debut, bloc.fin, ANNEXE), f"$A{numero}", cle)


def _margin(plan: Plan, ink: Ink, numero: int, montant: int) -> list[str]:
    dernier = len(plan.blocs) + 1
    return [
        ink.formula(Band.SOUS_TOTAL, Fmt.EUROS)(f"SUM(B{numero}:{letter(dernier)}{numero})", montant),
        ink.formula(Band.SOUS_TOTAL, Fmt.PART)(share(f"{letter(dernier + 1)}{numero}"), ratio(montant, plan.montant)),
    ]


def _territoire_total(plan: Plan, ink: Ink, numero: int) -> str:
    look, fin, ensemble = Band.TOTAL, len(plan.blocs) + 2, plan.montant
    montants = [*(bloc.operation.montant for bloc in plan.blocs), ensemble]
    cells = [
        ink.formula(look, Fmt.EUROS)(total(colonne, PREMIERE, numero - 1), montant)
        for colonne, montant in enumerate(montants, start=2)
    ]
    part = ink.formula(look, Fmt.PART)(share(f"{letter(fin)}{numero}"), ratio(ensemble, ensemble))
    return row(numero, [ink.text(look)(TOTAL_GENERAL), *cells, part], hauteur=24)
