"""Writes the content of pages: text that belongs to the structure, and ornaments that readers skip."""

from __future__ import annotations

import math
from collections.abc import Iterable

from reportlab.pdfbase.pdfdoc import PDFDocument

from inclusion_desk.documents.pdf.fonts import BOLD, REGULAR, Faces, width
from inclusion_desk.documents.pdf.lines import Line
from inclusion_desk.documents.pdf.links import Anchor, Box, Link
from inclusion_desk.documents.pdf.meta import FOOTER, PORTRAIT, PdfMeta, Sheet
from inclusion_desk.documents.pdf.structure import Structure
from inclusion_desk.domain.money import INSECABLE

FOOTER_SIZE = 8.5
_WATERMARK_SIZE = 120.0
_CAPITAL = 0.66
"""Height of a capital, for a size of 1."""


class Ink:
    """The pen of one document; y grows upwards from the bottom edge, in points."""

    def __init__(self, document: PDFDocument, meta: PdfMeta) -> None:
        self.structure = Structure()
        self.meta = meta
        self.links: list[Link] = []
        """The links of the current page."""
        self._sheet = PORTRAIT
        self._faces = Faces(document)
        self._ops: list[str] = []
        self._ornaments: list[str] = []

    def begin_page(self, sheet: Sheet) -> None:
        """Begin a page, on its watermark."""
        self._sheet = sheet
        self._ops, self._ornaments, self.links = [], [], []
        self.structure.add_page()
        if self.meta.watermark:
            self._watermark()

    def end_page(self, number: int, count: int, footer: str) -> str:
        """Close a page with its ornaments and footer, and give its content."""
        if self._ornaments:
            self._ops += ["/Artifact BMC", *self._ornaments, "EMC"]
        self._footer(footer, f"Page{INSECABLE}{number}{INSECABLE}/{INSECABLE}{count}")
        return "\n".join(self._ops)

    def text(self, element: int, lines: Iterable[tuple[float, float, Line]], size: float) -> None:
        """Show lines of one element, each at its x and y."""
        ops = self._ops
        ops += [self.structure.mark(element), "BT"]
        face = -1
        for x, y, line in lines:
            ops.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
            for segment, text in line.segments:
                if segment != face:
                    face = segment
                    ops.append(f"{self._faces[face].name} {size:g} Tf")
                ops.append(self._faces[face].show(text, size))
        ops.append("ET EMC")

    def row(self, face: int, size: float, cells: Iterable[tuple[int | None, float, float, str]]) -> None:
        """Show the lines of cells, each with its element (None: repeated, skipped by readers), x, y and text."""
        encoder = self._faces[face]
        show, mark = encoder.show, self.structure.mark
        ops = self._ops
        ops.append(f"BT {encoder.name} {size:g} Tf")
        for element, x, y, text in cells:
            opening = "/Artifact BMC" if element is None else mark(element)
            ops.append(f"{opening} 1 0 0 1 {x:.2f} {y:.2f} Tm {show(text, size)} EMC")
        ops.append("ET")

    def rule(self, x: float, y: float, wide: float, weight: float = 0.4, grey: float = 0.6) -> None:
        """Draw a horizontal rule, once the text of the page is written."""
        self._ornaments.append(f"{grey:g} G {weight:g} w {x:.2f} {y:.2f} m {x + wide:.2f} {y:.2f} l S")

    def frame(self, x: float, y: float, wide: float, high: float) -> None:
        """Draw an empty ruled box, its lower left corner at x and y."""
        self._ornaments.append(f"0.45 G 0.6 w {x:.2f} {y:.2f} {wide:.2f} {high:.2f} re S")

    def shade(self, x: float, y: float, wide: float, high: float, grey: float = 0.92) -> None:
        """Fill a box under the text written after it."""
        self._ops.append(f"/Artifact BMC {grey:g} g {x:.2f} {y:.2f} {wide:.2f} {high:.2f} re f 0 g EMC")

    def leader(self, x: float, y: float, end: float) -> None:
        """Draw the dots that lead from a title to its page number, on their baseline."""
        if end > x:
            # From the right, so that the dots of all lines stand under each other.
            self._ornaments.append(
                f"1 J 0.35 G 0.9 w [0 4] 0 d {end:.2f} {y + 0.6:.2f} m {x:.2f} {y + 0.6:.2f} l S [] 0 d 0 J"
            )

    def link(self, element: int, box: Box, anchor: Anchor) -> None:
        """Lay a link over a place on the page."""
        self.links.append(Link(element, box, anchor))

    def _watermark(self) -> None:
        """Write along the diagonal, centred, as large as fits."""
        wide, high = self._sheet.size
        diagonal = math.hypot(wide, high)
        cosine, sine = wide / diagonal, high / diagonal
        text, bold = self.meta.watermark, self._faces[BOLD]
        size = min(_WATERMARK_SIZE, 0.8 * diagonal / width(BOLD, text, 1))
        half, rise = width(BOLD, text, size) / 2, _CAPITAL * size / 2
        x, y = wide / 2 - half * cosine + rise * sine, high / 2 - half * sine - rise * cosine
        self._ops.append(
            f"/Artifact <</Type/Background>> BDC 0.92 g BT {bold.name} {size:.2f} Tf "
            f"{cosine:.4f} {sine:.4f} -{sine:.4f} {cosine:.4f} {x:.2f} {y:.2f} Tm {bold.show(text, size)} "
            "ET 0 g EMC"
        )

    def _footer(self, footer: str, page: str) -> None:
        left, right = self._sheet.margin, self._sheet.right
        regular = self._faces[REGULAR]
        x = right - width(REGULAR, page, FOOTER_SIZE)
        shown = shorten(footer, FOOTER_SIZE, x - left - 12)
        self._ops.append(
            "/Artifact <</Type/Pagination/Subtype/Footer>> BDC "
            f"0.6 G 0.4 w {left:.2f} {FOOTER + 13:.2f} m {right:.2f} {FOOTER + 13:.2f} l S "
            f"0.3 g BT {regular.name} {FOOTER_SIZE:g} Tf "
            f"1 0 0 1 {left:.2f} {FOOTER:.2f} Tm {regular.show(shown, FOOTER_SIZE)} "
            f"1 0 0 1 {x:.2f} {FOOTER:.2f} Tm {regular.show(page, FOOTER_SIZE)} ET 0 g EMC"
        )


_SEPARATOR = " – "


def shorten(text: str, size: float, room: float) -> str:
    """Cut a text to ``room`` points, with an ellipsis; what follows its last dash, as the journal head, stays whole.

    The end is cut too where it would not leave half of the room to the beginning.
    """
    if width(REGULAR, text, size) <= room:
        return text
    beginning, dash, end = text.rpartition(_SEPARATOR)
    if dash and width(REGULAR, f"{dash}{end}", size) <= room / 2:
        return f"{_cut(beginning, size, room - width(REGULAR, f'{dash}{end}', size))}{dash}{end}"
    return _cut(text, size, room)


def _cut(text: str, size: float, room: float) -> str:
    while text and width(REGULAR, f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
