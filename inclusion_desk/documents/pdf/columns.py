"""The columns of a table: how wide each is, by the table's own shares or by what its texts need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from inclusion_desk.documents.blocks import Alignment, Table
from inclusion_desk.documents.pdf.fonts import BOLD, width
from inclusion_desk.documents.pdf.meta import Sheet
from inclusion_desk.documents.pdf.styles import COMPACT, TABLE, CellLook

_MOST_FIRM = 0.75
"""The share of the page that columns of numbers may take before they are narrowed too."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns stand, left edges and widths in points, their alignments, and how cells are set."""

    edges: tuple[float, ...]
    widths: tuple[float, ...]
    alignments: tuple[Alignment, ...]
    look: CellLook

    @property
    def width(self) -> float:
        """Width of the whole table, in points."""
        return sum(self.widths)

    def whole(self) -> Grid:
        """Give the one column that spans the table."""
        return replace(self, edges=self.edges[:1], widths=(self.width,), alignments=(Alignment.LEFT,))

    def x(self, column: int, text: str, face: int) -> float:
        """Give where a text begins in its column."""
        alignment = self.alignments[column]
        if alignment is Alignment.LEFT:
            return self.edges[column] + self.look.x
        free = self.widths[column] - width(face, text, self.look.size)
        return self.edges[column] + (free - self.look.x if alignment is Alignment.RIGHT else free / 2)


def grid_of(table: Table, sheet: Sheet) -> Grid:
    """Share the page's width between the columns, by the table's own shares or by what the texts need."""
    look = COMPACT if table.compact else TABLE
    shares = table.widths or _Fit(table, look, sheet.width).widths()
    widths = floored([sheet.width * share / sum(shares) for share in shares], 2 * look.x + look.size)
    edges = [sheet.margin + sum(widths[:column]) for column in range(len(widths))]
    return Grid(tuple(edges), tuple(widths), table.alignments, look)


def floored(widths: list[float], least: float) -> list[float]:
    """Give each column ``least`` points, whatever its share, as far as all have room."""
    if min(widths) >= least:
        return widths
    room = sum(widths)
    least = min(least, room / len(widths))
    return [least + (room - least * len(widths)) * wide / room for wide in widths]


class _Fit:
    """Shares out ``room`` points: first every text on one line, then headers wrapped, then long texts wrapped too."""

    def __init__(self, table: Table, look: CellLook, room: float) -> None:
        self._table, self._look, self._room = table, look, room
        rows = [row for index, row in enumerate(table.rows) if index not in table.groups]
        self._columns = [set(texts) for texts in zip(*rows, strict=True)] or [set() for _ in table.header]

    def widths(self) -> list[float]:
        """Give the width of each column."""
        header, room = self._table.header, self._room
        words = [self._widest(title.split(" ")) for title in header]
        texts = [self._widest(column) for column in self._columns]
        wrapped = _larger(words, texts)
        if sum(wrapped) <= room:
            whole = _larger(texts, [self._widest([title]) for title in header])
            return self._spread(_widened(wrapped, whole, room))
        parts = [self._widest({word for text in column for word in text.split(" ")}) for column in self._columns]
        return _widened(self._narrowed(_larger(words, parts)), wrapped, room)

    def _narrowed(self, least: list[float]) -> list[float]:
        """Cut words where they must be: the widest of texts first, numbers and dates only when nothing else is left."""
        if sum(least) <= self._room:
            return least
        firm = [
            0.0 if any(map(str.isalpha, "".join(texts))) else wide
            for wide, texts in zip(least, self._columns, strict=True)
        ]
        if sum(firm) > self._room * _MOST_FIRM:
            return _capped(least, self._room)
        supple = [wide - hard for wide, hard in zip(least, firm, strict=True)]
        return [hard + wide for hard, wide in zip(firm, _capped(supple, self._room - sum(firm)), strict=True)]

    def _spread(self, widths: list[float]) -> list[float]:
        """Give what is left to the columns of texts."""
        takers = [side is Alignment.LEFT for side in self._table.alignments]
        takers = takers if any(takers) else [True] * len(widths)
        spare = (self._room - sum(widths)) / sum(takers)
        return [wide + spare * taker for wide, taker in zip(widths, takers, strict=True)]

    def _widest(self, texts: Iterable[str]) -> float:
        # Measured in the wider face: a total may stand in any column.
        size = self._look.size
        return max((width(BOLD, text, size) for text in texts), default=0.0) + 2 * self._look.x + 0.5


def _larger(some: Sequence[float], others: Sequence[float]) -> list[float]:
    return [max(pair) for pair in zip(some, others, strict=True)]


def _capped(widths: list[float], room: float) -> list[float]:
    """Narrow the widest columns to one width, so that all fit in ``room`` points."""
    left = room
    for rank, wide in enumerate(sorted(widths)):
        cap = left / (len(widths) - rank)
        if wide > cap:
            return [min(wide, cap) for wide in widths]
        left -= wide
    return widths


def _widened(low: list[float], high: list[float], room: float) -> list[float]:
    """Widen columns from ``low`` towards ``high``, those that ask least first, the others by equal parts."""
    widths, spare = list(low), max(0.0, room - sum(low))
    asked = [max(0.0, most - least) for least, most in zip(low, high, strict=True)]
    for rank, column in enumerate(sorted(range(len(low)), key=asked.__getitem__)):
        given = min(asked[column], spare / (len(low) - rank))
        widths[column] += given
        spare -= given
    return widths
