"""Turns blocks into pieces that are never cut, in the order in which pages take them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from inclusion_desk.documents.pdf.ink import Ink
from inclusion_desk.documents.pdf.lines import Line


class Piece(Protocol):
    """What is drawn whole on one page; heights in points."""

    before: float
    """Space above, dropped at the top of a page."""
    keep: bool
    """Whether the next piece must begin on the same page."""

    @property
    def height(self) -> float:
        """Height without the space above."""

    @property
    def repeat(self) -> Piece | None:
        """What is drawn again above this piece when it begins a page."""

    def draw(self, ink: Ink, y: float) -> None:
        """Draw the piece, ``y`` being its top."""


@dataclass(slots=True)
class TextPiece:
    """Some lines of one paragraph, heading or list entry."""

    element: int
    lines: list[tuple[float, Line]]
    size: float
    leading: float
    before: float = 0.0
    keep: bool = False
    label: tuple[int, float, Line] | None = None
    repeat: Piece | None = None

    @property
    def height(self) -> float:
        """Height of the lines, in points."""
        return self.leading * len(self.lines)

    def draw(self, ink: Ink, y: float) -> None:
        """Draw the lines, each on its baseline."""
        # The first baseline leaves above it what a capital and its accent need.
        first = y - 0.5 * (self.leading + 0.66 * self.size)
        if self.label:
            element, x, line = self.label
            ink.text(element, [(x, first, line)], self.size)
        placed = [(x, first - rank * self.leading, line) for rank, (x, line) in enumerate(self.lines)]
        ink.text(self.element, placed, self.size)


@dataclass(slots=True)
class BreakPiece:
    """A page break asked for."""

    before: float = 0.0
    keep: bool = False
    height: float = 0.0
    repeat: Piece | None = None

    def draw(self, ink: Ink, y: float) -> None:
        """Draw nothing."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and its top on its page."""

    piece: Piece
    y: float


def paginate(pieces: Iterable[Piece], height: float, top: float) -> Iterator[list[Placed]]:
    """Share pieces out between pages ``height`` points high, the first line at ``top``; chains are kept together."""
    page: list[Placed] = []
    left = height
    for chain in _chains(pieces, height):
        asked = isinstance(chain[0], BreakPiece)
        if page and (asked or _high(chain, fresh=False) > left):
            yield page
            page, left = [], height
        for piece in () if asked else chain:
            if page and piece.before + piece.height > left:
                yield page
                page, left = [], height
            left = _place(piece, page, left, top - height)
    if page:
        yield page


def _place(piece: Piece, page: list[Placed], left: float, floor: float) -> float:
    """Place a piece (under what it repeats, at the top of a page) and give the height left."""
    if page:
        left -= piece.before
    elif piece.repeat:
        page.append(Placed(piece.repeat, floor + left))
        left -= piece.repeat.height
    page.append(Placed(piece, floor + left))
    return left - piece.height


def _chains(pieces: Iterable[Piece], height: float) -> Iterator[list[Piece]]:
    """Group pieces that must share a page; a chain higher than a page is given up as it stands."""
    chain: list[Piece] = []
    for piece in pieces:
        chain.append(piece)
        if not piece.keep or _high(chain, fresh=True) > height:
            yield chain
            chain = []
    if chain:
        yield chain


def _high(chain: list[Piece], *, fresh: bool) -> float:
    return sum(piece.before + piece.height for piece in chain) - (chain[0].before if fresh else 0)
