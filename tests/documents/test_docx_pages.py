"""Pages of the editable document: sections, footers, watermark, table of contents, page breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as Line

from inclusion_desk.documents.blocks import Contents, PageBreak, Section
from inclusion_desk.documents.pdf import render_pdf
from inclusion_desk.documents.pdf.meta import LANDSCAPE, PORTRAIT
from tests.documents.test_docx import has, heading, opened
from tests.documents.test_pdf import META, paragraph, table, texts


def fields(document: Document) -> list[str]:
    return [str(node.text).strip() for node in document.element.iter(qn("w:instrText"))]


def test_sections_have_the_pages_of_the_pdf() -> None:
    sections = (Section((paragraph("un"),)), Section((table(2),), landscape=True), Section((paragraph("fin"),)))
    read = opened(sections).sections
    for pages, sheet in zip(read, (PORTRAIT, LANDSCAPE, PORTRAIT), strict=True):
        assert (pages.page_width.pt, pages.page_height.pt) == pytest.approx(sheet.size, abs=0.1)  # type: ignore[union-attr]
        margins = (pages.left_margin, pages.right_margin, pages.top_margin, pages.bottom_margin)
        expected = (sheet.margin, sheet.margin, sheet.top, sheet.bottom)
        assert [one.pt for one in margins if one] == pytest.approx(expected, abs=0.1)
    assert [pages.orientation for pages in read] == [0, 1, 0]


def test_blocks_outside_sections_follow_the_metadata() -> None:
    assert [pages.orientation for pages in opened((paragraph("x"),), replace(META, landscape=True)).sections] == [1]
    assert [pages.orientation for pages in opened((), META).sections] == [0]


def test_an_empty_section_makes_no_page() -> None:
    document = opened((Section(()), Section((paragraph("un"),)), Section((PageBreak(),))))
    assert len(document.sections) == 1
    assert [line.text for line in document.paragraphs] == ["un"]


def test_footers_say_the_page_and_may_differ_by_section() -> None:
    sections = (
        Section((paragraph("un"),)),
        Section((paragraph("deux"),)),
        Section((paragraph("trois"),), landscape=True, footer="pied de l’annexe"),
        Section((paragraph("quatre"),)),
    )
    read = opened(sections).sections
    shown = [pages.footer.paragraphs[0].text for pages in read]
    assert [text.split("\t")[0] for text in shown] == ["pied", "pied", "pied de l’annexe", "pied"]
    assert all(text.endswith("\tPage\u00a01\u00a0/\u00a01") for text in shown)
    assert [pages.footer.is_linked_to_previous for pages in read] == [False, True, False, False]
    asked = [node.text.strip() for node in read[0].footer._element.iter(qn("w:instrText"))]
    assert asked == ["PAGE", "NUMPAGES"]


def test_the_watermark_is_in_every_header_or_in_none() -> None:
    sections = (Section((paragraph("un"),)), Section((paragraph("deux"),), landscape=True), Section((table(1),)))
    for watermark in ("PROJET", 'A & <b> "C"'):
        for pages in opened(sections, replace(META, watermark=watermark)).sections:
            (path,) = [
                node
                for node in pages.header._element.iter()
                if node.tag.endswith("}textpath") and "string" in node.attrib
            ]
            assert path.get("string") == watermark
    assert all(pages.header.is_linked_to_previous for pages in opened(sections).sections)


def test_contents_are_a_field_already_filled_in_as_the_pdf_is() -> None:
    parts = tuple(one for n in range(60) for one in (heading(2, f"Partie{n}."), paragraph("texte " * 200)))
    blocks = (heading(1, "Dossier"), Contents(), *parts, heading(3, "Trop profond"))
    document = opened(blocks)
    entries = [line.text for line in document.paragraphs if line.style and line.style.name.startswith("toc")]
    pages = texts(render_pdf(blocks, META))
    for n in range(60):
        printed = next(number for number, text in enumerate(pages, start=1) if f"Partie{n}. texte" in text)
        assert entries[n] == f"Partie{n}.\t{printed}"
    assert len(entries) == 60
    assert fields(document)[0].startswith('TOC \\o "1-2"')


def test_contents_lead_to_headings_and_are_computed_again_from_what_follows_only() -> None:
    document = opened((heading(1, "Avant"), Contents(), heading(1, "Un"), heading(2, "Deux")))
    body = document.element.body
    names = {node.get(qn("w:name")): node for node in body.iter(qn("w:bookmarkStart"))}
    links = [node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))]
    assert len(links) == 2
    headed = [names[link].getparent() for link in links]
    assert [Line(node, document).text for node in headed] == ["Un", "Deux"]
    (suite,) = (word for word in fields(document)[0].split() if word.startswith("_Suite"))
    order = [node for node in body.iter() if node is names[suite] or node in headed]
    assert order[0] is names[suite]
    opened_marks = sorted(node.get(qn("w:id")) for node in body.iter(qn("w:bookmarkStart")))
    assert opened_marks == sorted(node.get(qn("w:id")) for node in body.iter(qn("w:bookmarkEnd")))


def test_the_first_level_of_contents_is_bold_when_it_heads_others() -> None:
    for depth in (1, 2):
        styles = opened((Contents(depth), heading(1, "Un"), heading(2, "Deux"))).styles
        assert bool(styles["toc 1"].font.bold) == (depth > 1)


def test_contents_with_nothing_after_them_write_nothing() -> None:
    assert fields(opened((heading(1, "Seul"), Contents()))) == []


def test_fields_are_closed_before_their_section_ends() -> None:
    sections = (Section((heading(1, "Sommaire"), Contents())), Section((heading(1, "Un"), table(1))))
    depth = 0
    for node in opened(sections).element.body.iter(qn("w:fldChar"), qn("w:sectPr")):
        if node.tag == qn("w:sectPr"):
            assert depth == 0
        else:
            depth += {"begin": 1, "separate": 0, "end": -1}[node.get(qn("w:fldCharType"))]
    assert depth == 0


def test_a_page_break_makes_no_empty_page() -> None:
    document = opened((PageBreak(), paragraph("un"), PageBreak(), PageBreak(), paragraph("deux"), PageBreak()))
    assert [(line.text, has(line, "w:pageBreakBefore")) for line in document.paragraphs] == [
        ("un", False),
        ("deux", True),
    ]
