"""The sheet Par territoire: dispositifs down, territoires across, totals both ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inclusion_desk.documents.workbook import annexe4
from inclusion_desk.documents.workbook.cells import Ink, letter, row
from inclusion_desk.documents.workbook.formulas import ANNEXE, share, span, sum_where, total
from inclusion_desk.documents.workbook.plan import ENTETE, PREMIERE, Bloc, Cumul, Plan, group_by, territoire
from inclusion_desk.documents.workbook.sheet import (
    AUCUNE_LIGNE,
    TOTAL_GENERAL,
    Column,
    Sheet,
    context,
    head,
    height,
    money_width,
    sentence,
)
from inclusion_desk.documents.workbook.styles import Band, Fmt
from inclusion_desk.documents.workbook.synthese import ratio
from inclusion_desk.domain.text import fold, typo

_PREMIER = 3  # the column of the first territoire, after the number and the title of the dispositif


def par_territoire(plan: Plan, ink: Ink) -> Sheet:
    """Prepare the cross-table; a phase may have many dispositifs, and the territoires are few: these go across."""
    cumuls = _territoires(plan)
    largeur = money_width(max((cumul.montant for cumul in cumuls), default=0))
    colonnes = (
        Column("N°", 7.0, Fmt.CENTRE),
        Column("Dispositif", 44.0, Fmt.LONG),
        *(Column(cumul.cle, largeur, Fmt.EUROS_TIRET) for cumul in cumuls),
        Column("Total", money_width(plan.montant) + 1, Fmt.EUROS),
        Column("Part du total", 10.5, Fmt.PART),
    )
    derniere = PREMIERE + max(len(plan.blocs), 1) + 1
    return Sheet("Par territoire", colonnes, derniere, _rows(plan, ink, colonnes, cumuls))


def _territoires(plan: Plan) -> tuple[Cumul, ...]:
    cles = (territoire(ligne) for ligne in plan.lignes())
    return tuple(sorted(group_by(plan.lignes(), cles), key=lambda cumul: fold(cumul.cle)))


def _rows(plan: Plan, ink: Ink, colonnes: Sequence[Column], cumuls: tuple[Cumul, ...]) -> Iterator[str]:
    yield from head(ink, "Montants par dispositif et par territoire", context(plan), colonnes)
    if plan.vide:
        yield sentence(ink, PREMIERE, AUCUNE_LIGNE, colonnes)
    for numero, bloc in enumerate(plan.blocs, start=PREMIERE):
        yield _bloc_row(plan, ink, numero, bloc, [cumul.cle for cumul in cumuls])
    montants = [*(cumul.montant for cumul in cumuls), plan.montant]
    yield from _total_rows(plan, ink, PREMIERE + max(len(plan.blocs), 1), montants)


def _bloc_row(plan: Plan, ink: Ink, numero: int, bloc: Bloc, cles: list[str]) -> str:
    operation, look, marge = bloc.operation, Band.LIGNE, Band.SOUS_TOTAL
    sommes, fin = _by_territoire(bloc), _PREMIER + len(cles)
    intitule, dernier = typo(operation.intitule), letter(fin - 1)
    cells = [
        ink.text(look, Fmt.CENTRE)(operation.numero or "–"),
        ink.text(look, Fmt.LONG)(intitule),
        *(
            ink.formula(look, Fmt.EUROS_TIRET)(_crossed(bloc, colonne, cle), sommes.get(cle.lower(), 0))
            for colonne, cle in enumerate(cles, start=_PREMIER)
        ),
        ink.formula(marge, Fmt.EUROS)(f"SUM({letter(_PREMIER)}{numero}:{dernier}{numero})", operation.montant),
        ink.formula(marge, Fmt.PART)(share(f"{letter(fin)}{numero}"), ratio(operation.montant, plan.montant)),
    ]
    return row(numero, cells, hauteur=height([(intitule, 44.0)], 20.0))


def _by_territoire(bloc: Bloc) -> dict[str, int]:
    sommes: dict[str, int] = {}
    for ligne in bloc.operation.lignes:
        cle = territoire(ligne).lower()
        sommes[cle] = sommes.get(cle, 0) + ligne.montant
    return sommes


def _crossed(bloc: Bloc, colonne: int, cle: str) -> str:
    montants = span(annexe4.MONTANT, bloc.debut, bloc.fin, ANNEXE)
    lieux = span(annexe4.TERRITOIRE, bloc.debut, bloc.fin, ANNEXE)
    return sum_where(montants, lieux, f"{letter(colonne)}${ENTETE}", cle)


def _total_rows(plan: Plan, ink: Ink, numero: int, montants: list[int]) -> Iterator[str]:
    look, fin, ensemble = Band.TOTAL, _PREMIER + len(montants) - 1, plan.montant
    colonnes = range(_PREMIER, fin + 1)
    sommes = [
        ink.formula(look, Fmt.EUROS)(total(colonne, PREMIERE, numero - 1), montant)
        for colonne, montant in zip(colonnes, montants, strict=True)
    ]
    part = ink.formula(look, Fmt.PART)(share(f"{letter(fin)}{numero}"), ratio(ensemble, ensemble))
    yield row(numero, [ink.text(look)(TOTAL_GENERAL), ink.blank(look), *sommes, part], hauteur=24)
    parts = [
        ink.formula(Band.SOUS_TOTAL, Fmt.PART)(share(f"{letter(colonne)}{numero}"), ratio(montant, ensemble))
        for colonne, montant in zip(colonnes, montants, strict=True)
    ]
    titre, vide = ink.text(Band.SOUS_TOTAL)("Part du total"), ink.blank(Band.SOUS_TOTAL)
    yield row(numero + 1, [titre, vide, *parts, vide], hauteur=20)
