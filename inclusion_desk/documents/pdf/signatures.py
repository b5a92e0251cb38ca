"""The block of signatures: place and date, then who signs, side by side, with room to sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from inclusion_desk.documents.blocks import Run, Signatory, Signatures
from inclusion_desk.documents.pdf.flow import Piece
from inclusion_desk.documents.pdf.ink import Ink
from inclusion_desk.documents.pdf.lines import Line, break_lines
from inclusion_desk.documents.pdf.meta import Sheet
from inclusion_desk.documents.pdf.structure import Structure
from inclusion_desk.documents.pdf.styles import SIGNATURE, SIGNATURE_BOX, Look

_GUTTER = 24.0
_COLUMNS = 2
_UNDER = 5.0
"""Between the quality and the box, and between the box and the name."""


@dataclass(frozen=True, slots=True)
class _Text:
    element: int
    x: float
    depth: float
    lines: tuple[Line, ...]


@dataclass(slots=True)
class SignaturePiece:
    """The whole block, drawn on one page."""

    texts: list[_Text]
    boxes: list[tuple[float, float]]
    box: float
    height: float
    before: float
    keep: bool = False
    repeat: Piece | None = None

    def draw(self, ink: Ink, y: float) -> None:
        """Draw the texts, then the boxes."""
        for text in self.texts:
            first = y - text.depth - SIGNATURE.size
            placed = [(text.x, first - rank * SIGNATURE.leading, line) for rank, line in enumerate(text.lines)]
            ink.text(text.element, placed, SIGNATURE.size)
        for x, depth in self.boxes:
            ink.frame(x, y - depth - SIGNATURE_BOX[1], self.box, SIGNATURE_BOX[1])


class _Writer:
    """Stacks texts in columns, from the top."""

    def __init__(self, structure: Structure, column: float) -> None:
        self._structure = structure
        self._column = column
        self.texts: list[_Text] = []
        self.boxes: list[tuple[float, float]] = []

    def text(self, text: str, x: float, depth: float, *, bold: bool = False) -> float:
        """Write a text and give the depth reached."""
        lines = tuple(break_lines((Run(text, bold),), SIGNATURE.size, self._column, self._column))
        self.texts.append(_Text(self._structure.add("P"), x, depth, lines))
        return depth + len(lines) * SIGNATURE.leading

    def signatory(self, who: Signatory, x: float, depth: float, box: float) -> float:
        """Write a signatory, the box if any at the depth ``box``, and give the depth reached."""
        for line in who.lines:
            depth = self.text(line, x, depth)
        depth += _UNDER
        if who.box:
            self.boxes.append((x, box))
            depth = box + SIGNATURE_BOX[1] + _UNDER
        return self.text(who.name, x, depth, bold=True)

    def pair(self, pair: Sequence[tuple[Signatory, float]], depth: float) -> float:
        """Write who signs side by side, their boxes at one height, and give the depth reached."""
        box = depth + max(sum(map(self._height, who.lines)) for who, _ in pair) + _UNDER
        return max(self.signatory(who, x, depth, box) for who, x in pair)

    def _height(self, text: str) -> float:
        lines = break_lines((Run(text),), SIGNATURE.size, self._column, self._column)
        return sum(1 for _ in lines) * SIGNATURE.leading


def signature_piece(
    block: Signatures, structure: Structure, sheet: Sheet, gap: Callable[[Look], float]
) -> SignaturePiece:
    """Lay out a block of signatures; a single signatory stands at the right."""
    column = (sheet.width - _GUTTER) / _COLUMNS
    places = [sheet.margin + rank * (column + _GUTTER) for rank in range(_COLUMNS)]
    writer = _Writer(structure, column)
    depth = writer.text(block.place, places[1], 0.0) + 8 if block.place else 0.0
    alone = len(block.signatories) == 1
    for first in range(0, len(block.signatories), _COLUMNS):
        pair = block.signatories[first : first + _COLUMNS]
        start = depth + (16 if first else 0)
        depth = writer.pair([(who, places[rank or alone]) for rank, who in enumerate(pair)], start)
    box = min(SIGNATURE_BOX[0], max(column, 0.0))
    return SignaturePiece(writer.texts, writer.boxes, box, depth, gap(SIGNATURE))
