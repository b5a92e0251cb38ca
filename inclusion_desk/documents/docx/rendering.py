"""From blocks to the bytes of a DOCX."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import docx

from inclusion_desk.documents.blocks import (
    Block,
    Contents,
    KeepTogether,
    Paragraph,
    Section,
    headings_of,
    sections_of,
)
from inclusion_desk.documents.docx.body import Body
from inclusion_desk.documents.docx.contents import Entry
from inclusion_desk.documents.docx.package import empty_package, sealed
from inclusion_desk.documents.docx.pages import write_margins
from inclusion_desk.documents.docx.texts import check_texts
from inclusion_desk.documents.pdf.anchors import Anchors
from inclusion_desk.documents.pdf.meta import PdfMeta
from inclusion_desk.documents.pdf.rendering import lay_out
from inclusion_desk.documents.pdf.structure import Structure


def render_docx(content: Iterable[Block | Section], meta: PdfMeta) -> bytes:
    """Render blocks, or sections of them, as an editable document; the same input gives the same bytes.

    Attachments of the metadata are left to the PDF.

    Raises:
        Refus: a character that no XML file can hold.
    """
    sections = sections_of(content, landscape=meta.landscape)
    check_texts(sections, meta)
    document = docx.Document(io.BytesIO(empty_package(meta)))
    body = Body(document.element.body, document.part.numbering_part.element, _entries(sections))
    margins = [(one.landscape, one.footer) for one in sections if body.write_section(one)]
    if not margins:
        body.write_section(Section((Paragraph(()),), meta.landscape))
        margins = [(meta.landscape, "")]
    body.end()
    write_margins(document, margins, meta)
    out = io.BytesIO()
    document.save(out)
    return sealed(out.getvalue())


def _entries(sections: Sequence[Section]) -> list[Entry]:
    """List the headings, with the pages they would be printed on when a table of contents must say so."""
    anchors = Anchors(headings_of(sections))
    if any(_has_contents(section.blocks) for section in sections):
        anchors.place([leaf.pieces for leaf in lay_out(sections, Structure(), anchors)])
    return [Entry(anchor.level, anchor.title, rank, anchor.page + 1) for rank, anchor in enumerate(anchors.all)]


def _has_contents(blocks: Iterable[Block]) -> bool:
    return any(
        isinstance(block, Contents) or (isinstance(block, KeepTogether) and _has_contents(block.blocks))
        for block in blocks
    )
