"""Blocks to PDF: embedded typeface, tagged, archivable, the same bytes for the same input."""

from inclusion_desk.documents.pdf.meta import Attachment, Author, PdfMeta
from inclusion_desk.documents.pdf.rendering import render_pdf

__all__ = ["Attachment", "Author", "PdfMeta", "render_pdf"]
