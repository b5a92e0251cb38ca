"""What a PDF says of itself, and the page it is printed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

A4 = (595.28, 841.89)
"""Width and height in points."""
MARGIN = 71.0
TOP = 62.0
BOTTOM = 72.0
FOOTER = 40.0
"""Height of the footer's text above the edge, in points."""


@dataclass(frozen=True, slots=True)
class PdfMeta:
    """Metadata and what each page repeats; ``date`` comes from the case, never from a clock.

    ``footer`` stands at the left of « Page X / Y »; ``watermark`` crosses every page.
    """

    title: str
    author: str
    subject: str
    date: date | None = None
    footer: str = ""
    watermark: str = ""
    landscape: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page, in points."""
        return (A4[1], A4[0]) if self.landscape else A4

    @property
    def width(self) -> float:
        """Width between the margins, in points."""
        return self.size[0] - 2 * MARGIN

    @property
    def height(self) -> float:
        """Height between the margins, in points."""
        return self.size[1] - TOP - BOTTOM
