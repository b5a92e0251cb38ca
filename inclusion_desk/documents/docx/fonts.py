"""The typeface of the document, embedded in the file: it reads and breaks lines alike where ours is not installed."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from inclusion_desk.documents.docx.styles import FONT
from inclusion_desk.documents.docx.xml import R, W
from inclusion_desk.resources import resource

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_FACES = {
    "Regular": UUID("6d0cb0a1-3c52-4f0e-9a67-2b8e51c7d901"),
    "Bold": UUID("6d0cb0a1-3c52-4f0e-9a67-2b8e51c7d902"),
}
"""Each face's key: any number will do, as long as it stays the same."""
_HIDDEN = 32


def embedded_fonts(head: str, relationships: str) -> dict[str, bytes]:
    """Give the parts of the typeface by name: the table of fonts, its links and the faces.

    ``head`` is the declaration of an XML file, ``relationships`` the namespace of a package's links.
    """
    faces = list(_FACES.items())
    embeds = "".join(
        f'<w:embed{face} r:id="rId{rank}" w:fontKey="{_braced(key)}"/>' for rank, (face, key) in enumerate(faces, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{rank}" Type="{_LINK}" Target="fonts/font{rank}.odttf"/>'
        for rank, _ in enumerate(faces, 1)
    )
    # The other name is the face to take where embedded ones are not read.
    table = (
        f'{head}<w:fonts xmlns:w="{W}" xmlns:r="{R}"><w:font w:name="{FONT}"><w:altName w:val="Calibri"/>'
        '<w:panose1 w:val="020B0503030403020204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
        f'<w:pitch w:val="variable"/>{embeds}</w:font></w:fonts>'
    )
    wanted = f'{head}<Relationships xmlns="{relationships}">{links}</Relationships>'
    return {
        "word/fontTable.xml": table.encode(),
        "word/_rels/fontTable.xml.rels": wanted.encode(),
        **{f"word/fonts/font{rank}.odttf": _hidden(face) for rank, (face, _) in enumerate(faces, 1)},
    }


def _braced(key: UUID) -> str:
    return f"{{{str(key).upper()}}}"


@cache
def _hidden(face: str) -> bytes:
    """Read the Latin part of a face, its first bytes mixed with its key (ECMA-376, part 4, 2.8.1)."""
    content = resource(f"polices/SourceSans3-{face}-latin.ttf").read_bytes()
    key = _FACES[face].bytes[::-1]
    mixed = bytes(byte ^ key[place % len(key)] for place, byte in enumerate(content[:_HIDDEN]))
    return mixed + content[_HIDDEN:]
