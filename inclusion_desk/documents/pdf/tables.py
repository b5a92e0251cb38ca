"""Tables: wrapped cells, rows drawn one by one, rows that head others, the header drawn again on each page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from inclusion_desk.documents.blocks import Run, Table
from inclusion_desk.documents.pdf.columns import Grid, grid_of
from inclusion_desk.documents.pdf.flow import Piece
from inclusion_desk.documents.pdf.fonts import BOLD, REGULAR, width
from inclusion_desk.documents.pdf.ink import Ink
from inclusion_desk.documents.pdf.lines import break_lines
from inclusion_desk.documents.pdf.meta import Sheet
from inclusion_desk.documents.pdf.structure import Structure
from inclusion_desk.documents.pdf.styles import Look

_MOST_LINES = 40
"""A row higher than so many lines, or than a page, goes on as a second piece."""
_HEADER, _GROUP = 0.92, 0.96
"""Greys under headers and under rows that head others."""

Cells = tuple[tuple[str, ...], ...]
"""The lines of each cell of a row."""


@dataclass(slots=True)
class RowPiece:
    """One row, or a slice of a very high one; ``elements`` are its cells, nothing for a repeated header."""

    grid: Grid
    cells: Cells
    face: int
    elements: tuple[int, ...] = ()
    shade: float = 1.0
    closing: bool = True
    before: float = 0.0
    keep: bool = False
    repeat: Piece | None = None

    @property
    def height(self) -> float:
        """Height of the highest cell with its padding, in points."""
        look = self.grid.look
        return max(map(len, self.cells)) * look.leading + 2 * look.y

    def draw(self, ink: Ink, y: float) -> None:
        """Draw the row and the rule under it; headers and totals stand between two stronger rules."""
        left, wide, look = self.grid.edges[0], self.grid.width, self.grid.look
        if self.shade < 1:
            ink.shade(left, y - self.height, wide, self.height, self.shade)
        ink.row(self.face, look.size, self._texts(y - look.y - 0.5 * (look.leading + 0.66 * look.size)))
        strong = self.face == BOLD and self.shade != _GROUP
        weight, grey = (0.8, 0.25) if strong else (0.4, 0.6)
        if strong:
            ink.rule(left, y, wide, weight, grey)
        if self.closing:
            ink.rule(left, y - self.height, wide, weight, grey)

    def _texts(self, first: float) -> Iterator[tuple[int | None, float, float, str]]:
        leading = self.grid.look.leading
        for column, lines in enumerate(self.cells):
            element = self.elements[column] if self.elements else None
            for rank, text in enumerate(lines):
                yield element, self.grid.x(column, text.rstrip(" "), self.face), first - rank * leading, text


def table_pieces(table: Table, structure: Structure, sheet: Sheet, gap: Callable[[Look], float]) -> Iterator[RowPiece]:
    """Give the rows of a table as pieces; a header or a group stays with the next row, a total with the row above."""
    return _Rows(table, structure, sheet).pieces(gap)


class _Rows:
    """Makes the rows of one table."""

    def __init__(self, table: Table, structure: Structure, sheet: Sheet) -> None:
        self._table = table
        self._structure = structure
        self._holder = structure.add("Table")
        self._grid = grid_of(table, sheet)
        self._whole = self._grid.whole()
        self._room = sheet.height

    def pieces(self, gap: Callable[[Look], float]) -> Iterator[RowPiece]:
        """Give the header, then the rows."""
        look = self._grid.look
        header = self._header()
        header.before = gap(look)
        yield header
        # A header that fills half a page would leave no room for rows under it.
        repeat = replace(header, elements=(), before=0.0) if header.height < self._room / 2 else None
        above = header.height if repeat else 0.0
        most = max(1, min(_MOST_LINES, int((self._room - above - 2 * look.y) / look.leading)))
        for index in range(len(self._table.rows)):
            row = self._group(index) if index in self._table.groups else self._row(index)
            row.repeat = repeat
            if max(map(len, row.cells)) <= most:
                yield row
            else:
                yield from _slices(row, most)

    def _header(self) -> RowPiece:
        cells = _wrapped_row(self._grid, self._table.header, BOLD)
        line = self._structure.add("TR", self._holder)
        elements = tuple(self._structure.add("TH", line, "/A<</O/Table/Scope/Column>>") for _ in cells)
        return RowPiece(self._grid, cells, BOLD, elements, _HEADER, keep=True)

    def _group(self, index: int) -> RowPiece:
        text = " ".join(filter(None, self._table.rows[index]))
        line = self._structure.add("TR", self._holder)
        span = f"/A<</O/Table/Scope/Row/ColSpan {len(self._table.header)}>>"
        cells = _wrapped_row(self._whole, (text,), BOLD)
        return RowPiece(self._whole, cells, BOLD, (self._structure.add("TH", line, span),), _GROUP, keep=True)

    def _row(self, index: int) -> RowPiece:
        face = BOLD if index in self._table.totals else REGULAR
        cells = _wrapped_row(self._grid, self._table.rows[index], face)
        line = self._structure.add("TR", self._holder)
        elements = tuple(self._structure.add("TD", line) for _ in cells)
        return RowPiece(self._grid, cells, face, elements, keep=index + 1 in self._table.totals)


def _slices(row: RowPiece, most: int) -> Iterator[RowPiece]:
    """Cut a row that no page could hold."""
    high = max(map(len, row.cells))
    for start in range(0, high, most):
        last = start + most >= high
        cells = tuple(lines[start : start + most] for lines in row.cells)
        yield replace(row, cells=cells, closing=last, keep=row.keep and last)


def _wrapped_row(grid: Grid, row: Sequence[str], face: int) -> Cells:
    look = grid.look
    return tuple(
        _wrapped(text, face, look.size, wide - 2 * look.x) for text, wide in zip(row, grid.widths, strict=True)
    )


def _wrapped(text: str, face: int, size: float, room: float) -> tuple[str, ...]:
    if not text:
        return ()
    if "\n" not in text and width(face, text, size) <= room:
        return (text,)
    lines = break_lines((Run(text, face == BOLD),), size, room, room)
    return tuple("".join(part for _, part in line.segments) for line in lines)
