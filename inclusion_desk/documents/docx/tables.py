"""Tables: the columns of the printed page, a header that repeats, rows that are never cut, groups and totals."""

from __future__ import annotations

from collections.abc import Sequence

from inclusion_desk.documents.blocks import Alignment, Table
from inclusion_desk.documents.docx.styles import SPACER, STRONG, TABLES, cell_style
from inclusion_desk.documents.docx.texts import Flow, paragraph, write_text
from inclusion_desk.documents.docx.xml import Element, add, add_value, twips
from inclusion_desk.documents.pdf.columns import Grid, grid_of
from inclusion_desk.documents.pdf.meta import Sheet

_HEADER, _GROUP = "EBEBEB", "F5F5F5"
_TALL = 30
"""A cell of so many lines may be higher than a page: its row must be free to go on."""


def write_table(parent: Element, table: Table, sheet: Sheet) -> None:
    """Write a table, then the small paragraph that keeps it apart from another."""
    _Writer(parent, table, grid_of(table, sheet)).write()
    paragraph(parent, SPACER)


class _Writer:
    """Writes one table."""

    def __init__(self, parent: Element, table: Table, grid: Grid) -> None:
        self._table = table
        self._grid = grid
        self._widths = [twips(wide) for wide in grid.widths]
        self._element = frame(parent, TABLES[table.compact], self._widths)
        self._styles = [cell_style(side, compact=table.compact) for side in table.alignments]

    def write(self) -> None:
        """Write the header, then the rows."""
        self._row(self._table.header, Flow(keep=True), shade=_HEADER, strong=True)
        for index, row in enumerate(self._table.rows):
            if index in self._table.groups:
                self._group(" ".join(filter(None, row)))
            else:
                keep = Flow(keep=index + 1 in self._table.totals)
                self._row(row, keep, strong=index in self._table.totals)

    def _row(self, texts: Sequence[str], flow: Flow, *, shade: str = "", strong: bool = False) -> None:
        row = new_row(self._element, header=bool(shade), whole=self._whole(texts, self._grid.widths))
        for text, wide, style in zip(texts, self._widths, self._styles, strict=True):
            properties = new_cell(row, wide)
            if strong:
                _rules(properties)
            if shade:
                tint(properties, shade)
            write_text(paragraph(properties.getparent(), style, flow), text, bold=strong)

    def _whole(self, texts: Sequence[str], widths: Sequence[float]) -> bool:
        """Say whether a row surely fits a page: a letter is about half as wide as its size."""
        look = self._grid.look
        lines = (
            text.count("\n") + len(text) * look.size / 2 / (wide - 2 * look.x)
            for text, wide in zip(texts, widths, strict=True)
        )
        return max(lines) < _TALL

    def _group(self, text: str) -> None:
        row = new_row(self._element, whole=self._whole([text], [self._grid.width]))
        properties = new_cell(row, sum(self._widths), len(self._widths))
        tint(properties, _GROUP)
        style = cell_style(Alignment.LEFT, compact=self._table.compact)
        write_text(paragraph(properties.getparent(), style, Flow(keep=True)), text, bold=True)


def frame(parent: Element, style: str, widths: Sequence[int], *, labels: bool = False) -> Element:
    """Begin a table of columns of fixed widths, in twentieths of a point; with ``labels`` the first heads the rows."""
    element = add(parent, "tbl")
    properties = add(element, "tblPr")
    add_value(properties, "tblStyle", style)
    add(properties, "tblW", w=sum(widths), type="dxa")
    add(properties, "tblLayout", type="fixed")
    first = {"val": "0680" if labels else "0620", "firstRow": int(not labels), "lastRow": 0, "firstColumn": int(labels)}
    add(properties, "tblLook", first, lastColumn=0, noHBand=1, noVBand=1)
    grid = add(element, "tblGrid")
    for wide in widths:
        add(grid, "gridCol", w=wide)
    return element


def new_row(table: Element, *, header: bool = False, whole: bool = True, height: int = 0) -> Element:
    """Begin a row, never cut when ``whole``, of a given height if any."""
    row = add(table, "tr")
    properties = add(row, "trPr")
    if whole:
        add(properties, "cantSplit")
    if height:
        add(properties, "trHeight", val=height, hRule="exact")
    if header:
        add(properties, "tblHeader")
    return row


def new_cell(row: Element, wide: int, span: int = 1) -> Element:
    """Begin a cell over ``span`` columns and give its properties; a paragraph must follow."""
    properties = add(add(row, "tc"), "tcPr")
    add(properties, "tcW", w=wide, type="dxa")
    if span > 1:
        add_value(properties, "gridSpan", span)
    return properties


def _rules(properties: Element) -> None:
    borders = add(properties, "tcBorders")
    for edge in ("top", "bottom"):
        add(borders, edge, val="single", sz=6, space=0, color=STRONG)


def tint(properties: Element, fill: str) -> None:
    """Lay a colour under a cell."""
    add(properties, "shd", val="clear", color="auto", fill=fill)
