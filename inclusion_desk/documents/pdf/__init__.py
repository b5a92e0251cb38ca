"""Blocks to PDF: embedded typeface, tagged, archivable, the same bytes for the same input."""

from inclusion_desk.documents.pdf.meta import PdfMeta
from inclusion_desk.documents.pdf.rendering import render_pdf

__all__ = ["PdfMeta", "render_pdf"]
