"""Tables: widths of columns, wrapped cells, rows drawn one by one, the header drawn again on each page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from inclusion_desk.documents.blocks import Alignment, Run, Table
from inclusion_desk.documents.pdf.flow import Piece
from inclusion_desk.documents.pdf.fonts import BOLD, REGULAR, width
from inclusion_desk.documents.pdf.ink import Ink
from inclusion_desk.documents.pdf.lines import break_lines
from inclusion_desk.documents.pdf.meta import MARGIN
from inclusion_desk.documents.pdf.structure import Structure
from inclusion_desk.documents.pdf.styles import CELL_X, CELL_Y, TABLE, Look

_MOST_LINES = 40
"""A row higher than so many lines goes on as a second piece, or it could not fit any page."""
_BASELINE = 0.5 * (TABLE.leading + 0.66 * TABLE.size)

Cells = tuple[tuple[str, ...], ...]
"""The lines of each cell of a row."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns stand: left edges and widths in points, alignments."""

    edges: tuple[float, ...]
    widths: tuple[float, ...]
    alignments: tuple[Alignment, ...]

    @property
    def width(self) -> float:
        """Width of the whole table, in points."""
        return sum(self.widths)

    def x(self, column: int, text: str, face: int) -> float:
        """Give where a text begins in its column."""
        alignment = self.alignments[column]
        if alignment is Alignment.LEFT:
            return self.edges[column] + CELL_X
        free = self.widths[column] - width(face, text, TABLE.size)
        return self.edges[column] + (free - CELL_X if alignment is Alignment.RIGHT else free / 2)


@dataclass(slots=True)
class RowPiece:
    """One row, or a slice of a very high one; ``elements`` are its cells, nothing for a repeated header."""

    grid: Grid
    cells: Cells
    face: int
    elements: tuple[int, ...] = ()
    shaded: bool = False
    closing: bool = True
    before: float = 0.0
    keep: bool = False
    repeat: Piece | None = None

    @property
    def height(self) -> float:
        """Height of the highest cell with its padding, in points."""
        return max(map(len, self.cells)) * TABLE.leading + 2 * CELL_Y

    def draw(self, ink: Ink, y: float) -> None:
        """Draw the row and the rule under it."""
        left, wide = self.grid.edges[0], self.grid.width
        if self.shaded:
            ink.shade(left, y - self.height, wide, self.height)
        ink.row(self.face, TABLE.size, self._texts(y - CELL_Y - _BASELINE))
        weight, grey = (0.8, 0.25) if self.face == BOLD else (0.4, 0.6)
        if self.face == BOLD:
            ink.rule(left, y, wide, weight, grey)
        if self.closing:
            ink.rule(left, y - self.height, wide, weight, grey)

    def _texts(self, first: float) -> Iterator[tuple[int | None, float, float, str]]:
        for column, lines in enumerate(self.cells):
            element = self.elements[column] if self.elements else None
            for rank, text in enumerate(lines):
                yield element, self.grid.x(column, text.rstrip(" "), self.face), first - rank * TABLE.leading, text


def table_pieces(table: Table, structure: Structure, room: float, gap: Callable[[Look], float]) -> Iterator[RowPiece]:
    """Give the rows of a table as pieces; the header stays with the first row, a total with the row above."""
    grid = grid_of(table, room)
    holder = structure.add("Table")
    header = RowPiece(grid, _wrapped_row(grid, table.header, BOLD), BOLD, shaded=True, keep=True, before=gap(TABLE))
    repeat = replace(header, before=0.0)
    line = structure.add("TR", holder)
    header.elements = tuple(structure.add("TH", line, "/A<</O/Table/Scope/Column>>") for _ in table.header)
    yield header
    for index, row in enumerate(table.rows):
        face = BOLD if index in table.totals else REGULAR
        cells = _wrapped_row(grid, row, face)
        line = structure.add("TR", holder)
        elements = tuple(structure.add("TD", line) for _ in cells)
        keep = index + 1 in table.totals
        if max(map(len, cells)) <= _MOST_LINES:
            yield RowPiece(grid, cells, face, elements, keep=keep, repeat=repeat)
        else:
            yield from _slices(RowPiece(grid, cells, face, elements, keep=keep, repeat=repeat))


def _slices(row: RowPiece) -> Iterator[RowPiece]:
    """Cut a row that no page could hold."""
    high = max(map(len, row.cells))
    for start in range(0, high, _MOST_LINES):
        last = start + _MOST_LINES >= high
        cells = tuple(lines[start : start + _MOST_LINES] for lines in row.cells)
        yield replace(row, cells=cells, closing=last, keep=row.keep and last)


def _wrapped_row(grid: Grid, row: Sequence[str], face: int) -> Cells:
    return tuple(_wrapped(text, face, wide - 2 * CELL_X) for text, wide in zip(row, grid.widths, strict=True))


def _wrapped(text: str, face: int, room: float) -> tuple[str, ...]:
    if not text:
        return ()
    if "\n" not in text and width(face, text, TABLE.size) <= room:
        return (text,)
    lines = break_lines((Run(text, face == BOLD),), TABLE.size, room, room)
    return tuple("".join(part for _, part in line.segments) for line in lines)


def grid_of(table: Table, room: float) -> Grid:
    """Share the page's width between the columns, by the table's own shares or by what the texts need."""
    shares = table.widths or _fitted(table, room)
    widths = [room * share / sum(shares) for share in shares]
    edges = [MARGIN + sum(widths[:column]) for column in range(len(widths))]
    return Grid(tuple(edges), tuple(widths), table.alignments)


def _fitted(table: Table, room: float) -> list[float]:
    """Share the room out: first every text on one line, then headers wrapped, then long texts wrapped too."""
    columns = [set(texts) for texts in zip(*table.rows, strict=True)] or [set() for _ in table.header]
    words = [_widest(title.split(" ")) for title in table.header]
    texts = [_widest(column) for column in columns]
    wrapped = [max(pair) for pair in zip(words, texts, strict=True)]
    if sum(wrapped) <= room:
        whole = [max(_widest([title]), wide) for title, wide in zip(table.header, texts, strict=True)]
        return _spread(_widened(wrapped, whole, room), room, table.alignments)
    parts = [_widest({word for text in column for word in text.split(" ")}) for column in columns]
    least = [max(pair) for pair in zip(words, parts, strict=True)]
    scale = min(1.0, room / sum(least))
    return _widened([low * scale for low in least], wrapped, room)


def _widened(low: list[float], high: list[float], room: float) -> list[float]:
    """Widen columns from ``low`` towards ``high``, those that ask least first, the others by equal parts."""
    widths, spare = list(low), max(0.0, room - sum(low))
    asked = [max(0.0, most - least) for least, most in zip(low, high, strict=True)]
    for rank, column in enumerate(sorted(range(len(low)), key=asked.__getitem__)):
        given = min(asked[column], spare / (len(low) - rank))
        widths[column] += given
        spare -= given
    return widths


def _spread(widths: list[float], room: float, alignments: Sequence[Alignment]) -> list[float]:
    """Give what is left to the columns of texts."""
    takers = [side is Alignment.LEFT for side in alignments]
    takers = takers if any(takers) else [True] * len(widths)
    spare = (room - sum(widths)) / sum(takers)
    return [wide + spare * taker for wide, taker in zip(widths, takers, strict=True)]


def _widest(texts: Iterable[str]) -> float:
    # Measured in the wider face: a total may stand in any column.
    return max((width(BOLD, text, TABLE.size) for text in texts), default=0.0) + 2 * CELL_X + 0.5
