"""The headings of a document: taken as they are composed, then found on their pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inclusion_desk.documents.blocks import Heading, title_of
from inclusion_desk.documents.pdf.flow import Piece, Placed
from inclusion_desk.documents.pdf.links import Anchor


class Anchors:
    """The headings of a document, known before the first is composed, so that a table of contents can precede them."""

    def __init__(self, headings: Iterable[Heading]) -> None:
        self.all = [Anchor(heading.level, title_of(heading)) for heading in headings]
        self._pieces: list[Piece] = []

    def take(self, piece: Piece) -> None:
        """Say which piece the next heading became."""
        self._pieces.append(piece)

    def following(self, depth: int) -> list[Anchor]:
        """List the headings not yet composed, down to a level."""
        return [anchor for anchor in self.all[len(self._pieces) :] if anchor.level <= depth]

    def place(self, pages: Iterable[Sequence[Placed]]) -> None:
        """Find where each heading was placed."""
        sought = {id(piece): anchor for piece, anchor in zip(self._pieces, self.all, strict=True)}
        for number, page in enumerate(pages):
            for placed in page:
                anchor = sought.get(id(placed.piece))
                if anchor:
                    anchor.page, anchor.y = number, placed.y


def parents_of(levels: Iterable[int]) -> list[int]:
    """Give the parent of each heading, from 1; 0 is the outline itself. A skipped level is forgiven."""
    parents: list[int] = []
    open_: list[tuple[int, int]] = []
    for rank, level in enumerate(levels, start=1):
        while open_ and open_[-1][0] >= level:
            open_.pop()
        parents.append(open_[-1][1] if open_ else 0)
        open_.append((level, rank))
    return parents
