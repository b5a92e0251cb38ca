"""The embedded typeface: four faces read once, their widths, and the check that every character has a glyph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.resources import resource

REGULAR, BOLD, ITALIC, BOLD_ITALIC = range(4)
_FILES = ("Regular", "Bold", "It", "BoldIt")
_MAP = re.compile(r"\d+ beginbfchar\n(.*?)\nendbfchar", re.DOTALL)
_PRINTED = range(32, 127)
_BOUND = 0xE0A0
"""reportlab prints U+00A0 as a plain space; ours is printed under this private code, and read back as U+00A0."""


class EmbeddedFont(TTFont):
    """A face whose text can be read back: codes that stand for no character are left out of its map."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, asciiReadable=False)
        for table in (self.face.charToGlyph, self.face.charWidths):
            table[_BOUND] = table[ord(INSECABLE)]

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802 - reportlab's names, and objects it does not type
        """Write the subsets used by a document."""
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:") and name.endswith(f"+{self.fontName}"):
                stream.content = _MAP.sub(_readable, stream.content)


def _readable(found: re.Match[str]) -> str:
    """Write a map again without empty entries, a hundred in each section (ISO 32000-1, 9.10.3)."""
    read = found[1].replace(f"<{_BOUND:04X}>", f"<{ord(INSECABLE):04X}>")
    entries = [line for line in read.splitlines() if not line.endswith("<0000>")]
    hundreds = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    return "\n".join("\n".join([f"{len(some)} beginbfchar", *some, "endbfchar"]) for some in hundreds)


@cache
def font(face: int) -> EmbeddedFont:
    """Give a face, read once per process; ``face`` is bold + 2 × italic."""
    name = f"SourceSans3-{_FILES[face]}"
    return EmbeddedFont(name, str(resource(f"polices/{name}.ttf")))


def width(face: int, text: str, size: float) -> float:
    """Measure a text in points."""
    return float(font(face).stringWidth(text, size))


def missing_glyph(face: int, characters: Iterable[str]) -> str | None:
    """Name the first character a face has no glyph for, in code order, or None."""
    known = font(face).face.charToGlyph
    return next((c for c in sorted(characters) if ord(c) not in known or ord(c) == _BOUND), None)


class Encoder(dict[int, str]):
    """Turns text into the operands of one face in one document; use through ``show``."""

    def __init__(self, face: int, document: PDFDocument) -> None:
        super().__init__()
        self._font = font(face)
        self._document = document
        self.name = self.resource(0)

    def __missing__(self, code: int) -> str:
        ((subset, encoded),) = self._split(chr(code))
        self[code] = "\n" if subset else _escape(encoded)
        return self[code]

    def resource(self, subset: int) -> str:
        """Name one subset of the face in the page's resources."""
        # The state of a face in a document exists once a first text was split.
        self._split(" ")
        return str(self._font.getSubsetInternalName(subset, self._document))

    def show(self, text: str, size: float) -> str:
        """Write the operators that show a text, the face being already selected at ``size`` points."""
        operand = text.translate(self)
        if "\n" not in operand:
            return f"({operand}) Tj"
        parts = self._split(text)
        shown = " ".join(f"{self.resource(subset)} {size:g} Tf ({_escape(part)}) Tj" for subset, part in parts)
        return f"{shown} {self.name} {size:g} Tf"

    def _split(self, text: str) -> list[tuple[int, bytes]]:
        """Cut a text into stretches of one subset of the face."""
        return list(self._font.splitString(text.replace(INSECABLE, chr(_BOUND)), self._document))


class Faces(dict[int, Encoder]):
    """The faces of one document; one that is never used is not embedded."""

    def __init__(self, document: PDFDocument) -> None:
        super().__init__()
        self._document = document

    def __missing__(self, face: int) -> Encoder:
        self[face] = Encoder(face, self._document)
        return self[face]


def _escape(encoded: bytes) -> str:
    return "".join(chr(c) if c in _PRINTED and c not in b"()\\" else f"\\{c:03o}" for c in encoded)
