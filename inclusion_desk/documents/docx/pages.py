"""Pages: size and margins of each section, its footer, and the watermark in its header."""

from __future__ import annotations

import math
import re
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.oxml import parse_xml
from docx.section import Section as Pages

from inclusion_desk.documents.blocks import Section
from inclusion_desk.documents.docx.styles import FONT
from inclusion_desk.documents.docx.texts import field, paragraph, properties_of, write_text
from inclusion_desk.documents.docx.xml import Element, add, add_value, twips
from inclusion_desk.documents.pdf.fonts import BOLD, width
from inclusion_desk.documents.pdf.ink import FOOTER_SIZE, shorten
from inclusion_desk.documents.pdf.meta import FOOTER, PORTRAIT, PdfMeta, Sheet, sheet_of
from inclusion_desk.domain.money import INSECABLE

_HEADER_DISTANCE = 30.0
_DESCENT = 3.0
_NUMBERS = 90.0
"""Room kept for the page number at the right of a footer."""
_MARK_SIZE = 120.0
_STRETCH = 1.25
"""Height of the box of a watermark for a size of 1: Word fits a whole line in it, LibreOffice decides by itself."""
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
# The shape that Word itself writes for « Filigrane ».
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
    'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
)


def write_page(properties: Element, sheet: Sheet, *, alone: bool = False) -> None:
    """Write the size and margins of a section, and whether its pages are counted by themselves."""
    add_value(properties, "type", "nextPage")
    wide, high = (twips(side) for side in sheet.size)
    add(properties, "pgSz", w=wide, h=high, orient="landscape" if wide > high else "portrait")
    side = twips(sheet.margin)
    edges = {"top": twips(sheet.top), "right": side, "bottom": twips(sheet.bottom), "left": side}
    add(properties, "pgMar", edges, header=twips(_HEADER_DISTANCE), footer=twips(FOOTER - _DESCENT), gutter=0)
    if alone:
        add(properties, "pgNumType", start=1)


def write_margins(document: Document, sections: list[Section], meta: PdfMeta) -> None:
    """Write the footer and the watermark of each section."""
    before: Section | None = None
    for rank, (pages, section) in enumerate(zip(document.sections, sections, strict=True)):
        sheet = sheet_of(landscape=section.landscape)
        if meta.watermark and (before is None or before.landscape != section.landscape):
            _header(pages, meta.watermark, sheet, rank)
        if before is None or _margins(before) != _margins(section):
            _footer(pages, section.footer or meta.footer, sheet, "SECTIONPAGES" if section.alone else "NUMPAGES")
        before = section


def _margins(section: Section) -> tuple[bool, str, bool]:
    """Give what the footer of a section depends on."""
    return section.landscape, section.footer, section.alone


def _footer(pages: Pages, text: str, sheet: Sheet, count: str) -> None:
    pages.footer.is_linked_to_previous = False
    line = _only(pages.footer._element, "Footer")  # noqa: SLF001 - python-docx has no public way to the part's root
    if sheet != PORTRAIT:
        tabs = add(properties_of(line), "tabs")
        add(tabs, "tab", val="clear", pos=twips(PORTRAIT.width))
        add(tabs, "tab", val="right", pos=twips(sheet.width))
    shown = " ".join(re.split(r"[\n\t]", shorten(text, FOOTER_SIZE, sheet.width - _NUMBERS)))
    write_text(line, f"{shown}\tPage{INSECABLE}")
    field(line, "PAGE", "1")
    write_text(line, f"{INSECABLE}/{INSECABLE}")
    field(line, count, "1")


def _header(pages: Pages, watermark: str, sheet: Sheet, rank: int) -> None:
    pages.header.is_linked_to_previous = False
    line = _only(pages.header._element, "Header")  # noqa: SLF001 - idem
    add(line, "r").append(_watermark(watermark, sheet, rank))


def _only(root: Element, style: str) -> Element:
    """Empty a header or footer, and begin its one paragraph."""
    for child in list(root):
        root.remove(child)
    return paragraph(root, style)


def _watermark(text: str, sheet: Sheet, rank: int) -> Element:
    """Write the text along the diagonal of the page, behind all else."""
    diagonal = math.hypot(*sheet.size)
    size = min(_MARK_SIZE, 0.8 * diagonal / width(BOLD, text, 1))
    wide = width(BOLD, text, size)
    angle = 360 - math.degrees(math.atan2(sheet.size[1], sheet.size[0]))
    place = "".join(
        f"mso-position-{way}:center;mso-position-{way}-relative:page;" for way in ("horizontal", "vertical")
    )
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{wide:.1f}pt;height:{_STRETCH * size:.1f}pt;"
        f"rotation:{angle:.0f};z-index:-251658752;{place}"
    )
    element: Element = parse_xml(
        f'<w:pict {_SPACES}>{_SHAPE_TYPE}<v:shape id="PowerPlusWaterMarkObject{rank + 1}" '
        f'o:spid="_x0000_s{2049 + rank}" type="#_x0000_t136" style="{style}" '
        'o:allowincell="f" fillcolor="#ebebeb" stroked="f">'
        f"<v:textpath style=\"font-family:'{FONT}';font-size:1pt;font-weight:bold\" string={quoteattr(text)}/>"
        '<w10:wrap anchorx="page" anchory="page"/></v:shape></w:pict>'
    )
    return element
