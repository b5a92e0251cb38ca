"""Pages of a PDF as images, rendered by pdfium in the one thread of the jobs (it is not thread-safe)."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2
from PySide6.QtGui import QImage

_POINTS_PAR_POUCE = 72


@dataclass(frozen=True, slots=True)
class Document:
    """An open PDF; page sizes are in points."""

    pdf: pypdfium2.PdfDocument
    tailles: tuple[tuple[float, float], ...]


def ouvrir(contenu: bytes) -> Document:
    """Open a PDF from its bytes."""
    pdf = pypdfium2.PdfDocument(contenu)
    return Document(pdf, tuple(pdf.get_page_size(rang) for rang in range(len(pdf))))


def dessiner(document: Document, rang: int, echelle: float) -> QImage:
    """Render a page; ``echelle`` is in pixels per point."""
    page = document.pdf[rang]
    try:
        image = page.render(scale=echelle, rev_byteorder=True, prefer_bgrx=True)
        tampon = bytes(image.buffer)
        faite = QImage(tampon, image.width, image.height, image.stride, QImage.Format.Format_RGBX8888).copy()
        image.close()
    finally:
        page.close()
    return faite


def resolution(dpi: int) -> float:
    """Turn dots per inch into pixels per point."""
    return dpi / _POINTS_PAR_POUCE


def fermer(document: Document) -> None:
    """Close a PDF in the thread that rendered it."""
    document.pdf.close()
