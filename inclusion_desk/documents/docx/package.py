"""The file itself: the empty package that the document is written into, and the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

from inclusion_desk.documents.docx.fonts import CONTENT_TYPE, embedded_fonts
from inclusion_desk.documents.docx.numbering import numbering
from inclusion_desk.documents.docx.styles import styles
from inclusion_desk.documents.docx.xml import R, W, written
from inclusion_desk.documents.pdf.archive import PRODUCER, writable
from inclusion_desk.documents.pdf.meta import PdfMeta

_NO_DATE = date(2000, 1, 1)
_MOMENT = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "numbering", "settings", "fontTable")

_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Default Extension="odttf" ContentType="{CONTENT_TYPE}"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    + "".join(f'<Override PartName="/word/{part}.xml" ContentType="{_WORD}.{part}+xml"/>' for part in _PARTS)
    + '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_ROOT_LINKS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_LINKS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{rank}" Type="{_OFFICE}/{part}" Target="{part}.xml"/>'
        for rank, part in enumerate(_PARTS, start=1)
    )
    + "</Relationships>"
)
_DOCUMENT = f'{_HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body/></w:document>'
_SETTINGS = (
    f'{_HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:embedTrueTypeFonts/><w:defaultTabStop w:val="708"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="fr-FR"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


def empty_package(meta: PdfMeta, *, parts: bool) -> bytes:
    """Make a document with our styles and metadata, and nothing in it; ``parts`` is about its table of contents."""
    return _zipped(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _ROOT_LINKS.encode(),
            "docProps/core.xml": _properties(meta).encode(),
            "word/_rels/document.xml.rels": _LINKS.encode(),
            "word/document.xml": _DOCUMENT.encode(),
            **embedded_fonts(_HEAD, f"{_PACKAGE}/relationships"),
            "word/numbering.xml": written(numbering()),
            "word/settings.xml": _SETTINGS.encode(),
            "word/styles.xml": written(styles(parts=parts)),
        }
    )


def _properties(meta: PdfMeta) -> str:
    moment = f"{meta.date or _NO_DATE:%Y-%m-%dT00:00:00Z}"
    texts = {"title": meta.title, "subject": meta.subject, "creator": meta.creator, "language": "fr-FR"}
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        + "".join(f"<dc:{tag}>{escape(writable(text))}</dc:{tag}>" for tag, text in texts.items())
        + f"<cp:lastModifiedBy>{PRODUCER}</cp:lastModifiedBy>"
        + "".join(
            f'<dcterms:{tag} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{tag}>' for tag in ("created", "modified")
        )
        + "</cp:coreProperties>"
    )


def sealed(content: bytes) -> bytes:
    """Write a package again with its entries in one order and no clock in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return _zipped({entry: source.read(entry) for entry in sorted(source.namelist())})


def _zipped(entries: dict[str, bytes]) -> bytes:
    # Sorted, « [Content_Types].xml » comes first, as readers of packages like it.
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry, content in entries.items():
            information = zipfile.ZipInfo(entry, _MOMENT)
            information.compress_type = zipfile.ZIP_DEFLATED
            information.create_system = 0
            target.writestr(information, content)
    return out.getvalue()
