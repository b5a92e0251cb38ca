"""What a PDF says of itself, and the pages it is printed on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

A4 = (595.28, 841.89)
"""Width and height in points."""
FOOTER = 40.0
"""Height of the footer's text above the edge, in points."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of one orientation: its size and margins, in points."""

    size: tuple[float, float]
    margin: float
    top: float
    bottom: float

    @property
    def right(self) -> float:
        """Where the right margin begins."""
        return self.size[0] - self.margin

    @property
    def width(self) -> float:
        """Width between the margins."""
        return self.size[0] - 2 * self.margin

    @property
    def height(self) -> float:
        """Height between the margins."""
        return self.size[1] - self.top - self.bottom

    @property
    def first(self) -> float:
        """Height of the top margin above the bottom edge."""
        return self.size[1] - self.top

    def column(self, left: float, wide: float, inside: float) -> Sheet:
        """Give a column of the page as a page of its own, ``inside`` points being lost above and below."""
        size = (2 * left + wide, self.size[1])
        return replace(self, size=size, margin=left, top=self.top + inside, bottom=self.bottom + inside)


PORTRAIT = Sheet(A4, 71.0, 62.0, 72.0)
LANDSCAPE = Sheet((A4[1], A4[0]), 48.0, 50.0, 66.0)
"""Narrower margins: what is turned is wide."""


def sheet_of(*, landscape: bool) -> Sheet:
    """Give the page of an orientation."""
    return LANDSCAPE if landscape else PORTRAIT


@dataclass(frozen=True, slots=True)
class Author:
    """Who an act is of, as publication must say (CGCT, art. R.3131-2)."""

    first_name: str
    name: str
    quality: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried inside the PDF; ``relationship`` is PDF/A-3's word: Data, Source, Supplement, Alternative."""

    name: str
    mime: str
    description: str
    content: bytes
    relationship: str = "Data"


@dataclass(frozen=True, slots=True)
class PdfMeta:
    """Metadata and what each page repeats; ``date`` comes from the case, never from a clock.

    ``footer`` stands at the left of « Page X / Y »; ``watermark`` crosses every page; ``landscape`` is the orientation
    of blocks outside any section; ``signed_by`` comes before ``author``, the authority, in the metadata.
    """

    title: str
    author: str
    subject: str
    date: date | None = None
    footer: str = ""
    watermark: str = ""
    landscape: bool = False
    signed_by: Author | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def creator(self) -> str:
        """The author as metadata give it: first name, name, quality, then the authority."""
        who = self.signed_by
        if who is None:
            return self.author
        person = f"{who.first_name} {who.name}".strip()
        return " – ".join(filter(None, (", ".join(filter(None, (person, who.quality))), self.author)))
