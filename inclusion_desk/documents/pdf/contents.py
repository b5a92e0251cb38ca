"""The table of contents: entries whose page numbers are known when they are drawn, each a link."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from inclusion_desk.documents.blocks import Run
from inclusion_desk.documents.pdf.anchors import parents_of
from inclusion_desk.documents.pdf.flow import TextPiece
from inclusion_desk.documents.pdf.fonts import REGULAR, width
from inclusion_desk.documents.pdf.ink import Ink
from inclusion_desk.documents.pdf.lines import Line, break_lines
from inclusion_desk.documents.pdf.links import Anchor
from inclusion_desk.documents.pdf.meta import Sheet
from inclusion_desk.documents.pdf.structure import Structure
from inclusion_desk.documents.pdf.styles import CONTENTS, CONTENTS_PART, CONTENTS_STEP, Look

_NUMBER = 34.0
"""Room kept for the page number: the length of the table depends on titles only, so numbers cannot move pages."""


@dataclass(slots=True, kw_only=True)
class EntryPiece(TextPiece):
    """One entry, never cut: its title, a leader, the number of the page."""

    anchor: Anchor
    right: float

    def draw(self, ink: Ink, y: float) -> None:
        """Draw the entry and lay its link over it."""
        number = str(self.anchor.page + 1)
        base = y - 0.5 * (self.leading + 0.66 * self.size)
        placed = [(x, base - rank * self.leading, line) for rank, (x, line) in enumerate(self.lines)]
        x, base, last = placed.pop()
        start = self.right - width(REGULAR, number, self.size)
        # A space, or assistive readers hear the number as part of the title.
        spaced = Line((*last.segments, (REGULAR, " ")), last.width)
        ink.text(self.element, [*placed, (x, base, spaced), (start, base, Line(((REGULAR, number),), 0))], self.size)
        ink.leader(x + last.width + 5, base, start - 5)
        ink.link(self.element, (self.lines[0][0], y - self.height, self.right, y), self.anchor)


def entry_pieces(
    anchors: Sequence[Anchor], structure: Structure, sheet: Sheet, gap: Callable[[Look], float]
) -> Iterator[EntryPiece]:
    """Give the entries of a table of contents, nested in the structure as headings are."""
    if not anchors:
        return
    holders = [structure.add("TOC")]
    levels = [anchor.level for anchor in anchors]
    top = min(levels)
    parts = max(levels) > top
    items = [0]
    for anchor, parent in zip(anchors, parents_of(levels), strict=True):
        if not holders[parent]:
            holders[parent] = structure.add("TOC", items[parent])
        items.append(structure.add("TOCI", holders[parent]))
        holders.append(0)
        element = structure.add("Link", structure.add("Reference", items[-1]))
        part = parts and anchor.level == top
        piece = _entry(anchor, element, sheet, CONTENTS_STEP * (anchor.level - top), bold=part)
        piece.before = gap(CONTENTS_PART if part else CONTENTS)
        yield piece


def _entry(anchor: Anchor, element: int, sheet: Sheet, indent: float, *, bold: bool) -> EntryPiece:
    left, room = sheet.margin + indent, sheet.width - indent - _NUMBER
    lines = break_lines((Run(anchor.title, bold),), CONTENTS.size, room, room)
    placed = [(left, line) for line in lines]
    return EntryPiece(element, placed, CONTENTS.size, CONTENTS.leading, anchor=anchor, right=sheet.right)
