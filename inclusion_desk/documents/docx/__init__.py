"""Blocks to DOCX: an editable document of real styles, lists, tables and fields, the same bytes for the same input."""

from inclusion_desk.documents.docx.rendering import render_docx

__all__ = ["render_docx"]
