"""Sheets in two columns: labels on the left, on the right what is said of each, over as many pages as it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from inclusion_desk.documents.blocks import Block, FieldRow, Fields, Run
from inclusion_desk.documents.pdf.columns import floored
from inclusion_desk.documents.pdf.flow import Piece, Placed
from inclusion_desk.documents.pdf.fonts import BOLD
from inclusion_desk.documents.pdf.ink import Ink
from inclusion_desk.documents.pdf.lines import break_lines
from inclusion_desk.documents.pdf.meta import Sheet
from inclusion_desk.documents.pdf.structure import Structure
from inclusion_desk.documents.pdf.styles import FIELD, Look

SUITE = "(suite)"
_SHADE = 0.955
_LEAST = 3
"""So many lines of a row, at least, stand on the page it begins and on the page it ends."""
_UNCUT = 0.25
"""A label is never cut up to this share of the page."""
_THIN, _STRONG = (0.4, 0.6), (0.8, 0.25)
"""Weights and greys of the rules between rows, and around the sheet."""

Cell = Callable[[Iterable[Block], Sheet], Iterable[Piece]]
"""Composes what stands in a cell, for a column of the page."""


@dataclass(slots=True)
class Blank:
    """Room with nothing in it."""

    height: float
    before: float = 0.0
    keep: bool = False
    repeat: Piece | None = None

    def draw(self, ink: Ink, y: float) -> None:
        """Draw nothing."""


@dataclass(slots=True)
class CellPiece:
    """A piece of the right-hand cell of a row, with the space inside the cell above and below it."""

    inner: Piece
    line: FieldLine
    before: float = 0.0
    keep: bool = False
    above: float = 0.0
    below: float = 0.0
    repeat: Piece | None = None

    @property
    def height(self) -> float:
        """Height with the space inside the cell, in points."""
        return self.above + self.inner.height + self.below

    def draw(self, ink: Ink, y: float) -> None:
        """Draw the piece in its cell."""
        self.inner.draw(ink, y - self.above)


@dataclass(slots=True)
class FramePiece:
    """What surrounds the part of a row that stands on one page: the shaded label and the rules."""

    line: FieldLine
    height: float
    texts: tuple[str, ...]
    element: int | None
    rules: tuple[tuple[float, float] | None, tuple[float, float]]
    before: float = 0.0
    keep: bool = False
    repeat: Piece | None = None

    def draw(self, ink: Ink, y: float) -> None:
        """Draw the label on its ground, and the rules above (if any) and below."""
        columns = self.line.columns
        ink.shade(columns.left, y - self.height, columns.label, self.height, _SHADE)
        first, x = y - FIELD.y - 0.5 * (FIELD.leading + 0.66 * FIELD.size), columns.left + FIELD.x
        cells = ((self.element, x, first - rank * FIELD.leading, text) for rank, text in enumerate(self.texts))
        ink.row(BOLD, FIELD.size, cells)
        for height, rule in zip((y, y - self.height), self.rules, strict=True):
            if rule:
                ink.rule(columns.left, height, columns.width, *rule)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a sheet stands: its left edge, its width, and what labels take of it, in points."""

    left: float
    width: float
    label: float

    def right(self, sheet: Sheet) -> Sheet:
        """Give the inside of the right-hand column."""
        return sheet.column(self.left + self.label + FIELD.x, self.width - self.label - 2 * FIELD.x, FIELD.y)

    def wrapped(self, *runs: Run) -> tuple[str, ...]:
        """Break a label into lines."""
        room = self.label - 2 * FIELD.x
        lines = break_lines(runs, FIELD.size, room, room)
        return tuple("".join(text for _, text in line.segments) for line in lines)


@dataclass(slots=True, eq=False)
class FieldLine:
    """One row of a sheet: the lines of its label, those printed again on the pages after, and where it stands."""

    columns: Columns
    element: int
    label: tuple[str, ...]
    again: tuple[str, ...]
    rank: int
    last: bool
    pieces: Sequence[CellPiece] = ()
    printed: int = 0

    def frame(self, placed: Sequence[Placed], *, top: bool) -> Placed:
        """Surround what a page holds of the row; ``top`` is whether it stands at the top of the page."""
        begins, ends = (placed[one].piece is self.pieces[one] for one in (0, -1))
        end = placed[-1]
        high = placed[0].y - (end.y - end.piece.height - (0 if ends else FIELD.y))
        element = self.element if self.printed < len(self.label) else None
        texts = self._texts(int((high - 2 * FIELD.y) / FIELD.leading + 0.01), ends=ends)
        head = _STRONG if begins and self.rank == 0 else _THIN if top else None
        rules = (head, _STRONG if ends and self.last else _THIN)
        return Placed(FramePiece(self, high, texts, element, rules), placed[0].y)

    def _texts(self, room: int, *, ends: bool) -> tuple[str, ...]:
        """Take the lines of the label that this page holds; once all are printed, print the label again if it fits."""
        left = self.label[self.printed :]
        if not left:
            return self.again if len(self.again) <= room else ()
        taken = left if ends else left[:room]
        self.printed += len(taken)
        return taken


def columns_of(block: Fields, sheet: Sheet) -> Columns:
    """Share the width of a page between labels and texts."""
    share = min(max(block.share, 0.0), 1.0)
    shares = floored([sheet.width * share, sheet.width * (1 - share)], 2 * FIELD.x + FIELD.size)
    return Columns(sheet.margin, sheet.width, shares[0])


def field_pieces(
    block: Fields, structure: Structure, sheet: Sheet, gap: Callable[[Look], float], cell: Cell
) -> Iterator[CellPiece]:
    """Give the pieces of the rows of a sheet, in order; ``framed`` draws the rest of the rows once pages are made."""
    if not block.rows:
        return
    holder = structure.add("Table")
    columns = columns_of(block, sheet)
    before = gap(FIELD)
    for rank, row in enumerate(block.rows):
        entry = structure.add("TR", holder)
        head = structure.add("TH", entry, "/A<</O/Table/Scope/Row>>")
        with structure.within(structure.add("TD", entry)):
            inner = list(cell(row.blocks, columns.right(sheet)))
        line = FieldLine(columns, head, *_labels(columns, row), rank, last=rank == len(block.rows) - 1)
        line.pieces = _pieces(inner, line, sheet.height)
        line.pieces[0].before = before
        before = 0.0
        yield from line.pieces


def _labels(columns: Columns, row: FieldRow) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not row.label:
        return (), ()
    return columns.wrapped(Run(row.label, bold=True)), columns.wrapped(Run(f"{row.label} {SUITE}", bold=True))


def _pieces(inner: Sequence[Piece], line: FieldLine, page: float) -> list[CellPiece]:
    """Make the pieces of a row: as high as its label, kept together at both ends of what is cut."""
    head = CellPiece(Blank(0.0), line, above=FIELD.y)
    found = [
        CellPiece(
            piece, line, piece.before, piece.keep,
            repeat=CellPiece(piece.repeat, line, above=FIELD.y) if piece.repeat else head,
        )
        for piece in inner
    ]  # fmt: skip
    found += [CellPiece(blank, line, repeat=head) for blank in _blanks(_high(found), len(line.label), page)]
    found[0].above, found[0].repeat, found[-1].below = FIELD.y, None, FIELD.y
    found[-1].keep = False
    least = max(len(line.label), len(line.again), _LEAST) * FIELD.leading + FIELD.y
    _bind(found, min(least, page * _UNCUT))
    return found


def _high(pieces: Iterable[Piece]) -> float:
    return sum(piece.before + piece.height for piece in pieces)


def _blanks(high: float, lines: int, page: float) -> Iterator[Blank]:
    """Give the room that a label needs under a shorter text, line by line: a label may run over pages too."""
    # An empty row is one line high; each page of a text beside a label that is cut may leave two lines of it out.
    spare = 2 * (1 + int(high / page)) if lines * FIELD.leading > page * _UNCUT else 0
    missing = max(1, lines + spare) * FIELD.leading - high
    while missing > 0:
        yield Blank(min(missing, FIELD.leading))
        missing -= FIELD.leading


def _bind(pieces: Sequence[CellPiece], least: float) -> None:
    """Keep together the first pieces, then the last ones, until they are ``least`` points high."""
    high = 0.0
    for piece in pieces[:-1]:
        high += piece.before + piece.height
        piece.keep = piece.keep or high < least
    high = 0.0
    for above, piece in reversed(list(pairwise(pieces))):
        high += piece.before + piece.height
        above.keep = above.keep or high < least


def framed(page: list[Placed]) -> list[Placed]:
    """Add to the pieces of a page what surrounds the rows of sheets among them, each before its own."""
    found: list[Placed] = []
    for line, group in groupby(page, key=_line_of):
        placed = list(group)
        if line:
            found.append(line.frame(placed, top=not found))
        found += placed
    return found


def _line_of(placed: Placed) -> FieldLine | None:
    return placed.piece.line if isinstance(placed.piece, CellPiece) else None
