"""The Budget and Contrôles sheets: the budget table of the phase, and what the controls found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inclusion_desk.documents.workbook.cells import Ink, row
from inclusion_desk.documents.workbook.formulas import sum_where, total
from inclusion_desk.documents.workbook.plan import PREMIERE, Plan
from inclusion_desk.documents.workbook.sheet import (
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
from inclusion_desk.domain.budget import LigneBudgetaire
from inclusion_desk.domain.constats import Constat, Gravite
from inclusion_desk.domain.text import typo

CODE, AE, DISPONIBLE, PROPOSITION, SOLDE, CONSOMMATION = 1, 4, 5, 6, 7, 8
_GRAVITES = {
    Gravite.BLOQUANT: Fmt.BLOQUANT,
    Gravite.ATTENTION: Fmt.ATTENTION,
    Gravite.INFORMATION: Fmt.INFORMATION,
}


def budget(plan: Plan, ink: Ink) -> Sheet:
    """Prepare the budget table (DOMAIN §3): the proposition follows annexe 4, the solde follows the proposition."""
    lignes = plan.dossier.budget
    largeur = money_width(sum(ligne.ae for ligne in lignes)) + 2
    colonnes = (
        Column("Code opération", 17.0),
        Column("Imputation", 14.0),
        Column("Libellé", 44.0, Fmt.LONG),
        Column("AE", largeur, Fmt.EUROS),
        Column("Disponible", largeur, Fmt.EUROS),
        Column("Proposition", largeur, Fmt.EUROS),
        Column("Solde", largeur, Fmt.SOLDE),
        Column("Consommation de l’AE", 18.0, Fmt.PART),
    )
    return Sheet("Budget", colonnes, PREMIERE + max(len(lignes), 1), _budget_rows(plan, ink, colonnes))


def proposed(plan: Plan) -> dict[str, int]:
    """Add up the lines of annexe 4 by operation code, in cents: what the formulas of the table compute."""
    sommes: dict[str, int] = {}
    for ligne in plan.lignes():
        sommes[ligne.code_operation.lower()] = sommes.get(ligne.code_operation.lower(), 0) + ligne.montant
    return sommes


def _budget_rows(plan: Plan, ink: Ink, colonnes: Sequence[Column]) -> Iterator[str]:
    lignes, sommes = plan.dossier.budget, proposed(plan)
    yield from head(ink, "Imputation budgétaire", context(plan), colonnes)
    if not lignes:
        yield sentence(ink, PREMIERE, "Aucune ligne budgétaire n’est ouverte pour cette phase.", colonnes)
    for numero, ligne in enumerate(lignes, start=PREMIERE):
        yield _budget_row(ink, numero, ligne, sommes.get(ligne.code_operation.lower(), 0), colonnes)
    yield _budget_total(ink, lignes, [sommes.get(li.code_operation.lower(), 0) for li in lignes], colonnes)


def _budget_row(ink: Ink, numero: int, ligne: LigneBudgetaire, propose: int, colonnes: Sequence[Column]) -> str:
    look, solde = Band.LIGNE, ligne.disponible - propose
    libelle = typo(ligne.libelle)
    somme = sum_where("Lignes_montant", "Lignes_code", f"A{numero}", ligne.code_operation)
    cells = [
        ink.text(look)(ligne.code_operation),
        ink.text(look)(ligne.imputation),
        ink.text(look, Fmt.LONG)(libelle),
        ink.number(look, Fmt.EUROS)(ligne.ae),
        ink.number(look, Fmt.EUROS)(ligne.disponible),
        ink.formula(look, Fmt.EUROS)(somme, propose),
        ink.formula(look, Fmt.SOLDE)(f"ROUND(E{numero}-F{numero},2)", solde),
        _consumption(ink, look, numero, ligne.ae, solde),
    ]
    return row(numero, cells, hauteur=height([(libelle, colonnes[2].largeur)], 20.0))


def _consumption(ink: Ink, look: Band, numero: int, ae: int, solde: int) -> str:
    expression = f"IF(D{numero}=0,0,(D{numero}-G{numero})/D{numero})"
    return ink.formula(look, Fmt.PART)(expression, ratio(ae - solde, ae))


def _budget_total(
    ink: Ink, lignes: tuple[LigneBudgetaire, ...], proposes: list[int], colonnes: Sequence[Column]
) -> str:
    look, numero = Band.TOTAL, PREMIERE + max(len(lignes), 1)
    ae, disponible, propose = sum(li.ae for li in lignes), sum(li.disponible for li in lignes), sum(proposes)
    sommes = {AE: ae, DISPONIBLE: disponible, PROPOSITION: propose, SOLDE: disponible - propose}
    cells = {
        colonne: ink.formula(look, colonnes[colonne - 1].fmt)(total(colonne, PREMIERE, numero - 1), somme)
        for colonne, somme in sommes.items()
    }
    cells[1] = ink.text(look)(TOTAL_GENERAL)
    cells[CONSOMMATION] = _consumption(ink, look, numero, ae, sommes[SOLDE])
    return row(numero, band(ink, look, colonnes, cells), hauteur=24)


def controles(plan: Plan, ink: Ink, constats: Sequence[Constat]) -> Sheet:
    """Prepare the sheet of the findings, in the order given (the gravest first)."""
    colonnes = (
        Column("Règle", 11.0, Fmt.CENTRE),
        Column("Gravité", 14.0, Fmt.CENTRE),
        Column("Constat", 110.0, Fmt.LONG),
        Column("Éléments concernés", 15.0, Fmt.NOMBRE),
    )
    return Sheet("Contrôles", colonnes, PREMIERE + max(len(constats), 1) - 1, _findings(plan, ink, colonnes, constats))


def _findings(plan: Plan, ink: Ink, colonnes: Sequence[Column], constats: Sequence[Constat]) -> Iterator[str]:
    yield from head(ink, "Contrôles de la phase", context(plan), colonnes)
    if not constats:
        yield sentence(ink, PREMIERE, "Les contrôles n’ont relevé aucune anomalie.", colonnes)
    for numero, constat in enumerate(constats, start=PREMIERE):
        phrase = typo(constat.phrase)
        cells = [
            ink.text(Band.LIGNE, Fmt.CENTRE)(constat.code),
            ink.text(Band.LIGNE, _GRAVITES[constat.gravite])(constat.gravite.value),
            ink.text(Band.LIGNE, Fmt.LONG)(phrase),
            ink.number(Band.LIGNE, Fmt.NOMBRE)(len(constat.cibles) or None),
        ]
        yield row(numero, cells, hauteur=height([(phrase, colonnes[2].largeur)], 20.0))
