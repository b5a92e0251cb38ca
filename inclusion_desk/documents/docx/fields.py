"""Sheets in two columns: labels on the left, on the right paragraphs and lists; rows go on over pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from inclusion_desk.documents.blocks import Block, FieldRow, Fields, Run, runs_of
from inclusion_desk.documents.docx.styles import LABEL, SHEET_TABLE, SPACER
from inclusion_desk.documents.docx.tables import frame, new_cell, new_row, tint
from inclusion_desk.documents.docx.texts import paragraph, write_text
from inclusion_desk.documents.docx.xml import Element, twips
from inclusion_desk.documents.pdf.fields import Columns, columns_of
from inclusion_desk.documents.pdf.meta import Sheet
from inclusion_desk.documents.pdf.styles import FIELD

_GROUND = "F4F4F4"
_SHORT = 8
"""A row of fewer lines is never cut."""

Cell = Callable[[Element, Iterable[Block], Sheet], None]
"""Writes what stands in a cell, for a column of the page."""


def write_fields(parent: Element, block: Fields, sheet: Sheet, cell: Cell) -> None:
    """Write a sheet, then the small paragraph that keeps it apart from a table; nothing when it has no row."""
    if not block.rows:
        return
    columns, inside = columns_of(block, sheet), columns_of(block, sheet).right(sheet)
    widths = [twips(columns.label), twips(columns.width) - twips(columns.label)]
    table = frame(parent, SHEET_TABLE, widths, labels=True)
    for row in block.rows:
        line = new_row(table, whole=_lines(row, columns, inside) < _SHORT)
        head = new_cell(line, widths[0])
        tint(head, _GROUND)
        write_text(paragraph(head.getparent(), LABEL), row.label)
        cell(new_cell(line, widths[1]).getparent(), row.blocks, inside)
    paragraph(parent, SPACER)


def _lines(row: FieldRow, columns: Columns, inside: Sheet) -> float:
    """Estimate the lines of a row: a letter is about half as wide as its size."""
    said = (1 + run.text.count("\n") + len(run.text) * FIELD.size / 2 / inside.width for run in runs_of(row.blocks))
    return max(len(columns.wrapped(Run(row.label, bold=True))), sum(said))
