"""Writes the content of pages: text that belongs to the structure, and ornaments that readers skip."""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.pdfbase.pdfdoc import PDFDocument

from inclusion_desk.documents.pdf.fonts import BOLD, REGULAR, Faces, width
from inclusion_desk.documents.pdf.lines import Line
from inclusion_desk.documents.pdf.meta import FOOTER, MARGIN, PdfMeta
from inclusion_desk.documents.pdf.structure import Structure
from inclusion_desk.domain.money import INSECABLE

FOOTER_SIZE = 8.5
_WATERMARK_SIZE = 120.0


class Ink:
    """The pen of one document; y grows upwards from the bottom edge, in points."""

    def __init__(self, document: PDFDocument, meta: PdfMeta) -> None:
        self.structure = Structure()
        self.meta = meta
        self._faces = Faces(document)
        self._ops: list[str] = []
        self._ornaments: list[str] = []

    def begin_page(self) -> None:
        """Begin a page, on its watermark."""
        self._ops, self._ornaments = [], []
        self.structure.add_page()
        if self.meta.watermark:
            self._watermark()

    def end_page(self, number: int, count: int) -> str:
        """Close a page with its ornaments and footer, and give its content."""
        if self._ornaments:
            self._ops += ["/Artifact BMC", *self._ornaments, "EMC"]
        self._footer(f"Page{INSECABLE}{number}{INSECABLE}/{INSECABLE}{count}")
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

    def _watermark(self) -> None:
        wide, high = self.meta.size
        half = width(BOLD, self.meta.watermark, _WATERMARK_SIZE) / 2
        bold = self._faces[BOLD]
        cosine = 0.5736
        sine = 0.8192
        x, y = wide / 2 - half * cosine, high / 2 - half * sine
        self._ops.append(
            f"/Artifact <</Type/Background>> BDC 0.92 g BT {bold.name} {_WATERMARK_SIZE:g} Tf "
            f"{cosine} {sine} -{sine} {cosine} {x:.2f} {y:.2f} Tm {bold.show(self.meta.watermark, _WATERMARK_SIZE)} "
            "ET 0 g EMC"
        )

    def _footer(self, page: str) -> None:
        right = self.meta.size[0] - MARGIN
        regular = self._faces[REGULAR]
        room = self.meta.width - width(REGULAR, page, FOOTER_SIZE) - 12
        left = shorten(self.meta.footer, FOOTER_SIZE, room)
        x = right - width(REGULAR, page, FOOTER_SIZE)
        self._ops.append(
            "/Artifact <</Type/Pagination/Subtype/Footer>> BDC "
            f"0.6 G 0.4 w {MARGIN:.2f} {FOOTER + 13:.2f} m {right:.2f} {FOOTER + 13:.2f} l S "
            f"0.3 g BT {regular.name} {FOOTER_SIZE:g} Tf "
            f"1 0 0 1 {MARGIN:.2f} {FOOTER:.2f} Tm {regular.show(left, FOOTER_SIZE)} "
            f"1 0 0 1 {x:.2f} {FOOTER:.2f} Tm {regular.show(page, FOOTER_SIZE)} ET 0 g EMC"
        )


def shorten(text: str, size: float, room: float) -> str:
    """Cut a text to ``room`` points, with an ellipsis."""
    if width(REGULAR, text, size) <= room:
        return text
    while text and width(REGULAR, f"{text}…", size) > room:
        text = text[:-1]
    return f"{text}…"
