"""Sizes and spaces of the printed page, in points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inclusion_desk.documents.blocks import Style


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is set: body size, distance between lines, spaces around, hanging and whole indents, its place."""

    size: float
    leading: float
    before: float
    after: float
    hang: float = 0.0
    indent: float = 0.0
    centred: bool = False
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class CellLook(Look):
    """How the cells of a table are set: ``x`` and ``y`` are the space inside, left and right, above and below."""

    x: float = 5.0
    y: float = 3.4


@dataclass(frozen=True, slots=True)
class Setting:
    """How the texts of one place are set: paragraphs by style, headings by level, entries of lists."""

    paragraphs: Mapping[Style, Look]
    headings: tuple[Look, ...]
    item: Look

    def heading(self, level: int) -> Look:
        """Give the look of a heading; the deepest levels share one."""
        return self.headings[min(level, len(self.headings)) - 1]


PARAGRAPHS = {
    Style.BODY: Look(10.5, 14.2, 6.5, 6.5),
    Style.LETTERHEAD: Look(11, 15, 0, 3, centred=True),
    Style.CENTRED: Look(11, 15, 4, 10, centred=True),
    Style.HANGING: Look(10.5, 14, 0, 3.5, hang=14),
    Style.ADDRESSEE: Look(10.5, 14.2, 12, 10, indent=240),
}
HEADINGS = (
    Look(14.5, 19, 16, 14, centred=True, ruled=True),
    Look(12, 15.5, 15, 7),
    Look(10.5, 14.2, 10, 3),
    Look(10.5, 14.2, 7, 2),
)
ITEM = Look(10.5, 14.2, 0, 3)
ITEM_STEP = 18.0
"""Indent of one level of a list."""
PAGE = Setting(PARAGRAPHS, HEADINGS, ITEM)
FIELD = CellLook(10, 13, 9, 11, x=7.0, y=5.0)
"""A row of a sheet in two columns."""
CELL = Setting(
    {
        Style.BODY: Look(10, 13, 4.5, 4.5),
        Style.LETTERHEAD: Look(10, 13, 0, 3, centred=True),
        Style.CENTRED: Look(10, 13, 4.5, 6, centred=True),
        Style.HANGING: Look(10, 13, 0, 3, hang=14),
        Style.ADDRESSEE: Look(10, 13, 0, 1, indent=90),
    },
    (Look(10, 13, 8, 2),),
    Look(10, 13, 0, 2.5),
)
"""What stands in the cells of a sheet."""
TABLE = CellLook(9.3, 11.8, 8, 11)
COMPACT = CellLook(7.6, 9.4, 8, 11, x=3.0, y=2.3)
CONTENTS = Look(10.5, 14.2, 0, 3)
CONTENTS_PART = Look(10.5, 14.2, 6, 3)
"""An entry of the first level, when there are others under it."""
CONTENTS_STEP = 14.0
"""Indent of one level of the table of contents."""
SIGNATURE = Look(10.5, 14.2, 20, 8)
SIGNATURE_BOX = (190.0, 62.0)
"""Width, in a column that has it, and height."""


def heading(level: int) -> Look:
    """Give the look of a heading; the deepest levels share one."""
    return PAGE.heading(level)
