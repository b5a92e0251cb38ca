"""The editable document: real styles, lists, tables, fields and sections, opened again with python-docx."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as Line

from inclusion_desk.documents.blocks import (
    Alignment,
    Block,
    BulletList,
    Contents,
    Heading,
    Item,
    KeepTogether,
    PageBreak,
    Paragraph,
    Run,
    Section,
    Signatory,
    Signatures,
    Style,
    Table,
)
from inclusion_desk.documents.docx import render_docx
from inclusion_desk.documents.pdf import Author, PdfMeta
from inclusion_desk.documents.pdf.meta import LANDSCAPE
from tests.documents.test_pdf import META, everything, paragraph, table

LEFT, RIGHT = Alignment.LEFT, Alignment.RIGHT
ARTICLES = Table(
    ("Imputation", "Montant"),
    (("Chapitre 934", ""), ("6568/93446", "712\u00a0000,00"), ("Total", "871\u00a0218,00")),
    (LEFT, RIGHT),
    totals=frozenset({2}),
    groups=frozenset({0}),
)


def opened(content: tuple[Block, ...] | tuple[Section, ...], meta: PdfMeta = META) -> Document:
    return docx.Document(BytesIO(render_docx(content, meta)))


def heading(level: int, text: str) -> Heading:
    return Heading(level, (Run(text),))


def has(line: Line, tag: str) -> bool:
    return line._p.pPr is not None and line._p.pPr.find(qn(tag)) is not None


def test_headings_are_word_s_own_and_keep_with_what_follows() -> None:
    lines = opened(tuple(heading(level, f"Titre {level}") for level in range(1, 8))).paragraphs
    assert [(line.text, line.style.name) for line in lines if line.style] == [
        (f"Titre {level}", f"Heading {min(level, 6)}") for level in range(1, 8)
    ]
    for line in lines:
        assert line.style is not None
        assert line.style.paragraph_format.keep_with_next
        assert line.style.element.pPr.find(qn("w:outlineLvl")) is not None


def test_paragraphs_are_styled_by_what_they_are_for() -> None:
    document = opened(tuple(Paragraph((Run(style.value),), style) for style in Style))
    assert {line.text: line.style.name for line in document.paragraphs if line.style} == {
        "corps": "Body Text",
        "en-tete": "Collectivité",
        "centre": "Centré",
        "visas": "Visa",
        "destinataire": "Destinataire",
    }


def test_faces_and_line_breaks_are_kept() -> None:
    runs = (Run("un "), Run("deux\ntrois", bold=True), Run("\u00a0quatre", italic=True))
    (line,) = opened((Paragraph(runs),)).paragraphs
    assert [(run.text, run.bold, run.italic) for run in line.runs] == [
        ("un ", None, None),
        ("deux\ntrois", True, None),
        ("\u00a0quatre", None, True),
    ]


def test_lists_are_real_and_each_begins_at_its_number() -> None:
    items = (Item((Run("a"),)), Item((Run("b"),), 1))
    document = opened((BulletList(items, 3), BulletList(items), BulletList(items, 1)))
    numbering = document.part.numbering_part.element
    starts = {
        number.get(qn("w:numId")): [int(one.get(qn("w:val"))) for one in number.iter(qn("w:startOverride"))]
        for number in numbering.iter(qn("w:num"))
    }
    own = [
        tuple(
            str(line._p.find(f"w:pPr/w:numPr/{tag}", line._p.nsmap).get(qn("w:val"))) for tag in ("w:numId", "w:ilvl")
        )
        for line in document.paragraphs
    ]
    assert [starts[number] for number, _ in own] == [[3], [3], [], [], [1], [1]]
    assert own[0][0] != own[4][0]
    assert [level for _, level in own] == ["0", "0", "0", "1", "0", "0"]
    assert [line.style.name for line in document.paragraphs if line.style] == [
        *["List Number"] * 2,
        *["List Bullet"] * 2,
        *["List Number"] * 2,
    ]
    assert [line.text for line in document.paragraphs] == ["a", "b"] * 3


def test_a_table_repeats_its_header_and_never_cuts_a_row() -> None:
    (read,) = opened((ARTICLES,)).tables
    properties = [row._tr.trPr for row in read.rows]
    assert [one.find(qn("w:tblHeader")) is not None for one in properties] == [True, False, False, False]
    assert all(one.find(qn("w:cantSplit")) is not None for one in properties)
    assert [cell.text for cell in read.rows[2].cells] == ["6568/93446", "712\u00a0000,00"]


def test_a_row_higher_than_a_page_may_go_on() -> None:
    (read,) = opened((Table(("A", "B"), (("mot " * 2000, "x"), ("a", "b")), (LEFT, LEFT)),)).tables
    cut = [row._tr.trPr.find(qn("w:cantSplit")) is None for row in read.rows]
    assert cut == [False, True, False]


def test_amounts_are_aligned_and_totals_bold_between_rules() -> None:
    (read,) = opened((ARTICLES,)).tables
    for row, bold in zip(read.rows, (True, True, False, True), strict=True):
        for cell in row.cells:
            assert all(bool(run.bold) is bold for run in cell.paragraphs[0].runs)
    amount = read.rows[2].cells[1].paragraphs[0].style
    assert amount is not None
    assert amount.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    ruled = [len(list(row._tr.iter(qn("w:tcBorders")))) for row in read.rows]
    assert ruled == [2, 0, 0, 2]


def test_a_group_spans_the_table_and_stays_with_the_next_row() -> None:
    (read,) = opened((ARTICLES,)).tables
    group = read.rows[1]
    assert len(group._tr.tc_lst) == 1
    assert group.cells[0].text == "Chapitre 934"
    assert group._tr.tc_lst[0].grid_span == 2
    kept = [has(row.cells[0].paragraphs[0], "w:keepNext") for row in read.rows]
    assert kept == [True, True, True, False]


def test_columns_are_as_wide_as_printed_ones() -> None:
    shares = replace(ARTICLES, widths=(1, 3))
    (read,) = opened((Section((shares,), landscape=True),)).tables
    wide = [column.width.pt for column in read.columns if column.width]
    assert wide == pytest.approx([LANDSCAPE.width / 4, LANDSCAPE.width * 3 / 4], abs=0.1)


def test_compact_tables_have_a_style_of_their_own() -> None:
    styles = [one.style.name for one in opened((table(1), replace(table(1), compact=True))).tables if one.style]
    assert styles == ["Tableau de l’acte", "Tableau serré"]


def test_two_tables_in_a_row_stay_two() -> None:
    assert len(opened((table(1), table(2))).tables) == 2


@pytest.mark.parametrize("block", [table(1), Signatures("ici", ()), BulletList((Item((Run("a"),)),)), heading(1, "t")])
def test_any_block_may_begin_a_page(block: Block) -> None:
    lines = opened((paragraph("un"), PageBreak(), block, paragraph("fin"))).paragraphs
    assert [has(line, "w:pageBreakBefore") for line in lines].count(True) == 1
    assert has(lines[1], "w:pageBreakBefore")


def test_blocks_kept_together_hold_each_other() -> None:
    document = opened((paragraph("a"), KeepTogether((paragraph("b"), table(2), paragraph("c"))), paragraph("d")))
    assert [has(line, "w:keepNext") for line in document.paragraphs if line.text] == [False, True, False, False]
    assert all(has(cell.paragraphs[0], "w:keepNext") for row in document.tables[0].rows for cell in row.cells)


def signing(*boxes: bool) -> Signatures:
    return Signatures("Fait ici", tuple(Signatory((f"Qualité {n},",), f"Nom {n}", box) for n, box in enumerate(boxes)))


@pytest.mark.parametrize("boxes", [(True, True), (True, False), (False, False), (True,), (False,), (True,) * 3])
def test_who_signs_stands_under_the_quality_and_the_box(boxes: tuple[bool, ...]) -> None:
    (read,) = opened((signing(*boxes),)).tables
    said = [node.text for node in read._tbl.iter(qn("w:t"))]
    assert said.index("Fait ici") == 0
    for n in range(len(boxes)):
        assert said.index(f"Qualité {n},") < said.index(f"Nom {n}")
    ruled = [cell for cell in read._tbl.iter(qn("w:tc")) if cell.tcPr.find(qn("w:tcBorders")) is not None]
    assert len(ruled) == sum(boxes)
    assert read._tbl.tblPr.find(qn("w:tblBorders")) is None
    bold = {
        run.text for row in read.rows for cell in row.cells for line in cell.paragraphs for run in line.runs if run.bold
    }
    assert bold == {f"Nom {n}" for n in range(len(boxes))}


def test_a_block_of_signatures_is_never_cut() -> None:
    (read,) = opened((signing(True, True),)).tables
    for row in read.rows:
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None
        assert all(has(line, "w:keepNext") for cell in row.cells for line in cell.paragraphs)


def test_a_single_signatory_stands_at_the_right() -> None:
    (read,) = opened((signing(True),)).tables
    left, *_, right = (cell.text for cell in read.rows[-1].cells)
    assert (left, right) == ("", "Nom 0")


def test_properties_come_from_the_metadata_and_no_clock() -> None:
    author = Author("Jean-Claude", "LEROY", "Président")
    properties = opened(everything(), replace(META, title="T" * 600, signed_by=author)).core_properties
    assert properties.title == "T" * 600
    assert (properties.author, properties.subject) == ("Jean-Claude LEROY, Président – Auteur", "Sujet")
    assert properties.created is not None
    assert properties.modified == properties.created
    assert properties.created.date() == date(2024, 12, 9)
    assert properties.language == "fr-FR"


def test_the_language_and_the_typeface_are_said_once_for_all() -> None:
    document = opened(everything())
    defaults = document.styles.element.find(qn("w:docDefaults"))
    (language,) = defaults.iter(qn("w:lang"))
    (face,) = defaults.iter(qn("w:rFonts"))
    assert language.get(qn("w:val")) == "fr-FR"
    assert face.get(qn("w:ascii")) == "Source Sans 3"
    assert list(document.element.iter(qn("w:lang"), qn("w:rFonts"))) == []


def test_every_style_named_is_defined() -> None:
    document = opened((Section((*everything(), Contents(), heading(2, "x"), ARTICLES)), Section((signing(True),))))
    defined = {style.style_id for style in document.styles}
    tags = (qn("w:pStyle"), qn("w:tblStyle"), qn("w:basedOn"), qn("w:next"))
    roots = [document.element, document.styles.element, *(pages.footer._element for pages in document.sections)]
    named = {node.get(qn("w:val")) for root in roots for node in root.iter(*tags)}
    assert named <= defined
