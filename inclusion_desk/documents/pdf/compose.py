"""Turns each kind of block into pieces, and registers it in the logical structure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from inclusion_desk.documents.blocks import (
    Block,
    BulletList,
    Contents,
    Fields,
    Heading,
    Item,
    KeepTogether,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    Signatures,
    Table,
    announces,
    blocks_of_cell,
)
from inclusion_desk.documents.pdf.anchors import Anchors
from inclusion_desk.documents.pdf.contents import entry_pieces
from inclusion_desk.documents.pdf.fields import field_pieces
from inclusion_desk.documents.pdf.flow import BreakPiece, Piece, TextPiece
from inclusion_desk.documents.pdf.ink import Ink
from inclusion_desk.documents.pdf.lines import Line, break_lines
from inclusion_desk.documents.pdf.meta import PORTRAIT, Sheet
from inclusion_desk.documents.pdf.signatures import signature_piece
from inclusion_desk.documents.pdf.structure import Structure
from inclusion_desk.documents.pdf.styles import CELL, ITEM_STEP, PAGE, Look, Setting
from inclusion_desk.documents.pdf.tables import table_pieces

_TOGETHER = 3
"""A paragraph of so many lines is never cut; a longer one keeps two lines on each side."""
_BULLETS = ("•", "–", "·")


@dataclass(slots=True)
class RuledPiece(TextPiece):
    """A title between two rules."""

    sheet: Sheet = PORTRAIT

    @property
    def height(self) -> float:
        """Height with the rules, in points."""
        return self.leading * len(self.lines) + 22

    def draw(self, ink: Ink, y: float) -> None:
        """Draw the title between its rules."""
        ink.rule(self.sheet.margin, y, self.sheet.width, 0.8, 0.25)
        # The two-argument form of super() is needed: slots make the class anew.
        TextPiece.draw(self, ink, y - 10)
        ink.rule(self.sheet.margin, y - self.height, self.sheet.width, 0.8, 0.25)


class Composer:
    """Composes the blocks of one section for its pages."""

    _setting: ClassVar[Setting] = PAGE

    def __init__(self, structure: Structure, sheet: Sheet, anchors: Anchors) -> None:
        self._structure = structure
        self._sheet = sheet
        self._anchors = anchors
        self._above: Look | None = None

    def compose(self, blocks: Iterable[Block]) -> Iterator[Piece]:
        """Give the pieces of blocks, in order."""
        for block in blocks:
            match block:
                case Heading():
                    yield from self._heading(block)
                case Paragraph():
                    yield from self._paragraph(block)
                case BulletList():
                    yield from self._list(block)
                case Table() | Fields():
                    yield from self._table(block)
                case Signatures():
                    yield signature_piece(block, self._structure, self._sheet, self._gap)
                case KeepTogether(blocks=inner):
                    yield from _together(self.compose(inner))
                case PageBreak():
                    yield BreakPiece()
                case Contents(depth=depth):
                    yield from entry_pieces(self._anchors.following(depth), self._structure, self._sheet, self._gap)

    def _gap(self, look: Look) -> float:
        """Give the space above what comes next: a heading's own wish below it, else the larger of both wishes."""
        above, self._above = self._above, look
        if above is None:
            return 0.0
        return above.after if above in self._setting.headings else max(above.after, look.before)

    def _spaced(self, look: Look, pieces: list[TextPiece]) -> list[TextPiece]:
        pieces[0].before = self._gap(look)
        return pieces

    def _table(self, block: Table | Fields) -> Iterator[Piece]:
        if isinstance(block, Table):
            return table_pieces(block, self._structure, self._sheet, self._gap)
        return field_pieces(block, self._structure, self._sheet, self._gap, self._cell)

    def _cell(self, blocks: Iterable[Block], column: Sheet) -> Iterator[Piece]:
        return _CellComposer(self._structure, column, self._anchors).compose(blocks_of_cell(blocks))

    def _paragraph(self, block: Paragraph) -> list[TextPiece]:
        look = self._setting.paragraphs[block.style]
        pieces = self._spaced(look, self._text(look, block.runs, self._structure.add("P"), look.indent))
        pieces[-1].keep = announces(block)
        return pieces

    def _heading(self, block: Heading) -> Iterator[Piece]:
        look = self._setting.heading(block.level)
        element = self._structure.add_heading(block.level)
        (piece,) = self._whole(look, _bold(block), element)
        piece.keep = True
        piece.before = self._gap(look)
        self._anchors.take(piece)
        yield piece

    def _whole(self, look: Look, runs: Runs, element: int) -> list[TextPiece]:
        lines = self._lines(look, runs, 0.0)
        if look.ruled:
            return [RuledPiece(element, lines, look.size, look.leading, sheet=self._sheet)]
        return [TextPiece(element, lines, look.size, look.leading)]

    def _lines(self, look: Look, runs: Runs, indent: float) -> list[tuple[float, Line]]:
        room = self._sheet.width - indent
        lines = break_lines(runs, look.size, room, room - look.hang)
        if look.centred:
            return [(self._sheet.margin + (self._sheet.width - line.width) / 2, line) for line in lines]
        return [(self._sheet.margin + indent + (look.hang if rank else 0), line) for rank, line in enumerate(lines)]

    def _text(self, look: Look, runs: Runs, element: int, indent: float = 0.0) -> list[TextPiece]:
        """Cut a text into pieces that leave no single line at the top or bottom of a page."""
        lines = self._lines(look, runs, indent)
        whole = len(lines) <= _TOGETHER
        parts = [lines] if whole else [lines[:2], *([line] for line in lines[2:-2]), lines[-2:]]
        return [TextPiece(element, part, look.size, look.leading) for part in parts if part]

    def _list(self, block: BulletList) -> Iterator[Piece]:
        numbering = "/A<</O/List/ListNumbering/Decimal>>" if block.first is not None else ""
        holder = self._structure.add("L", attributes=numbering)
        for rank, item in enumerate(block.items):
            label = f"{block.first + rank}." if block.first is not None else _BULLETS[min(item.level, 2)]
            yield from self._spaced(self._setting.item, self._item(item, label, holder))

    def _item(self, item: Item, label: str, holder: int) -> list[TextPiece]:
        entry = self._structure.add("LI", holder)
        marker = self._structure.add("Lbl", entry)
        body = self._structure.add("LBody", entry)
        look = self._setting.item
        # However deep, an entry keeps half of the width.
        indent = min(ITEM_STEP * (item.level + 1), self._sheet.width / 2)
        pieces = self._text(look, item.runs, body, indent)
        (line,) = break_lines((Run(label),), look.size, self._sheet.width, self._sheet.width)
        pieces[0].label = (marker, self._sheet.margin + indent - ITEM_STEP + 2, line)
        return pieces


class _CellComposer(Composer):
    """Composes the blocks of one cell of a sheet for its column."""

    _setting = CELL

    def _heading(self, block: Heading) -> Iterator[Piece]:
        """Print a heading as a paragraph: the outline of the document goes past sheets."""
        look = self._setting.heading(block.level)
        pieces = self._spaced(look, self._text(look, _bold(block), self._structure.add("P")))
        pieces[-1].keep = True
        yield from pieces


def _bold(heading: Heading) -> Runs:
    return tuple(replace(run, bold=True) for run in heading.runs)


def _together(pieces: Iterable[Piece]) -> Iterator[Piece]:
    held = list(pieces)
    for piece in held[:-1]:
        piece.keep = True
    yield from held
