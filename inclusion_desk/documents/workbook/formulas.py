"""The formulas of the workbook, worded so that filters, wildcards and homonyms never change a total."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inclusion_desk.documents.workbook.cells import letter

ANNEXE = "'Annexe 4'"
_CRITERE_SUR = re.compile(r"[^\W\d_][^*?~]{0,254}")  # what SUMIFS compares letter by letter


def span(colonne: int, debut: int, fin: int, feuille: str = "") -> str:
    """Give the absolute address of a stretch of one column, on another sheet where one is named."""
    lettre = letter(colonne)
    adresse = f"${lettre}${debut}:${lettre}${fin}" if fin > debut else f"${lettre}${debut}"
    return f"{feuille}!{adresse}" if feuille else adresse


def union(colonne: int, etendues: Iterable[tuple[int, int]], feuille: str) -> str:
    """Give the address of several stretches of one column, as a name or a chart takes it."""
    return ",".join(span(colonne, debut, fin, feuille) for debut, fin in etendues)


def subtotal(colonne: int, debut: int, fin: int) -> str:
    """Add up a column, leaving out the sub-totals it holds and the rows a filter hides."""
    return f"SUBTOTAL(9,{letter(colonne)}{debut}:{letter(colonne)}{fin})"


def total(colonne: int, debut: int, fin: int) -> str:
    """Add up a column that holds no sub-total."""
    return f"SUM({letter(colonne)}{debut}:{letter(colonne)}{fin})"


def share(cellule: str, ensemble: str = "Total_general") -> str:
    """Divide a cell by a total, or give zero where the total is nil."""
    return f"IF({ensemble}=0,0,{cellule}/{ensemble})"


def sum_where(valeurs: str, cles: str, cellule: str, cle: str) -> str:
    """Add up the values whose key equals a cell; ``cle`` is the text in that cell.

    SUMIFS reads a number, an operator or a wildcard into some texts: those are compared one to one instead.
    """
    if _CRITERE_SUR.fullmatch(cle):
        return f"SUMIFS({valeurs},{cles},{cellule})"
    return f"SUMPRODUCT(({cles}={cellule})*{valeurs})"


def count_where(cles: str, cellule: str, cle: str) -> str:
    """Count the keys equal to a cell; ``cle`` is the text in that cell."""
    if _CRITERE_SUR.fullmatch(cle):
        return f"COUNTIFS({cles},{cellule})"
    return f"SUMPRODUCT(--({cles}={cellule}))"
