"""Pieces of the PDF language: objects written by hand, texts, names and streams."""

from __future__ import annotations

import string

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFObject, PDFStream, PDFString, PDFZCompress

_PLAIN = f"{string.ascii_letters}{string.digits}-._".encode()


class Raw(PDFObject):
    """An object whose text is known, or will be by the time it is written."""

    def __init__(self, text: str = "") -> None:
        self.text = text

    def format(self, document: PDFDocument) -> bytes:
        """Give the text as it stands."""
        del document
        return self.text.encode("latin-1")


def text_string(text: str, document: PDFDocument) -> str:
    """Write a text for readers (ISO 32000-1, 7.9.2.2)."""
    written: bytes = PDFString(text).format(document)
    return written.decode("latin-1")


def name(text: str) -> str:
    """Write a name, any character of it (ISO 32000-1, 7.3.5)."""
    return "/" + "".join(chr(c) if c in _PLAIN else f"#{c:02X}" for c in text.encode())


def stream(content: bytes, entries: dict[str, object], *, packed: bool = True) -> PDFStream:
    """Make a stream of bytes, with the entries of its dictionary."""
    return PDFStream(PDFDictionary(entries), content, [PDFZCompress] if packed else None)
