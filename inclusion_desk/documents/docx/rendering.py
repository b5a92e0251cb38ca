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
    depth = _depth(sections)
    document = docx.Document(io.BytesIO(empty_package(meta, parts=depth > 1)))
    body = Body(document.element.body, document.part.numbering_part.element, _entries(sections, depth))
    margins = [one for one in sections if body.write_section(one)]
    if not margins:
        margins = [Section((Paragraph(()),), meta.landscape)]
        body.write_section(margins[0])
    body.end()
    write_margins(document, margins, meta)
    out = io.BytesIO()
    document.save(out)
    return sealed(out.getvalue())


def _entries(sections: Sequence[Section], depth: int) -> list[Entry]:
    """List the headings, with the pages they would be printed on when a table of contents must say so."""
    anchors = Anchors(headings_of(sections))
    if depth:
        anchors.place([leaf.pieces for leaf in lay_out(sections, Structure(), anchors)])
    return [Entry(anchor.level, anchor.title, rank, anchor.page + 1) for rank, anchor in enumerate(anchors.all)]


def _depth(blocks: Iterable[Block | Section]) -> int:
    """Give the deepest level that a table of contents lists; 0 when there is none."""
    deepest = 0
    for block in blocks:
        if isinstance(block, Contents):
            deepest = max(deepest, block.depth)
        elif isinstance(block, KeepTogether | Section):
            deepest = max(deepest, _depth(block.blocks))
    return deepest
