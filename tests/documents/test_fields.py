"""Sheets in two columns: tagged, cut over pages with clean edges, editable, read back whole."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import page
import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from inclusion_desk.documents.blocks import (
    Alignment,
    Block,
    BulletList,
    Contents,
    FieldRow,
    Fields,
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
    blocks_of_cell,
    headings_of,
    runs_of,
    sections_of,
)
from inclusion_desk.documents.docx import render_docx
from inclusion_desk.documents.lecture import compare, read_docx, read_pdf
from inclusion_desk.documents.pdf import render_pdf
from inclusion_desk.documents.pdf.anchors import Anchors
from inclusion_desk.documents.pdf.fields import CellPiece, FramePiece
from inclusion_desk.documents.pdf.flow import Placed
from inclusion_desk.documents.pdf.lines import break_lines
from inclusion_desk.documents.pdf.meta import FOOTER, PORTRAIT
from inclusion_desk.documents.pdf.rendering import lay_out
from inclusion_desk.documents.pdf.structure import Structure
from inclusion_desk.documents.pdf.styles import FIELD
from inclusion_desk.domain.refus import Refus
from tests.documents.test_deliberation import HOSTILES
from tests.documents.test_docx import has
from tests.documents.test_pdf import META, MOTS, paragraph, texts

SOFFICE = shutil.which("soffice")


def words(prefix: str, count: int) -> str:
    return " ".join(f"{prefix}{n}" for n in range(count))


def title(text: str) -> Heading:
    return Heading(4, (Run(text),))


def entries(*said: str, first: int | None = None) -> BulletList:
    return BulletList(tuple(Item((Run(text),)) for text in said), first)


def sheet(*rows: tuple[str, tuple[Block, ...]], share: float = 0.22) -> Fields:
    return Fields(tuple(FieldRow(label, blocks) for label, blocks in rows), share)


FICHE = sheet(
    ("Durée", (paragraph("Du 1er janvier 2025 au 30 juin 2025"),)),
    ("Coût", (paragraph("567\u00a0150,00\u00a0€"),)),
    ("Public cible", (entries("les nouveaux entrants", "les parcours à réorienter"),)),
    ("Déroulement de l’action", (paragraph(MOTS), title("Accueil"), entries("diagnostic", "orientation", first=1))),
    ("Objectifs", (title("À six mois"), paragraph(MOTS * 40), title("Au terme"), paragraph(MOTS * 30))),
    ("Territoire d’intervention", ()),
    ("Profil du professionnel intervenant sur la mission", (paragraph("Travailleur social."),)),
    (
        "Modalités de versement",
        (entries("une avance de 340\u00a0290,00\u00a0€", "le solde de 226\u00a0860,00\u00a0€"),),
    ),
)


def strange_blocks(text: str) -> tuple[Block, ...]:
    """Give everything a cell may be asked to hold, and what it must leave out."""
    return (
        *(Paragraph((Run(f"{style.value}{text}"),), style) for style in Style),
        BulletList((Item((Run(f"puce{text}"),)), Item((Run(f"fond{text}"),), 12))),
        Table((f"tete{text}", "x"), ((f"cellule{text}", "y"),) * 3, (Alignment.LEFT, Alignment.RIGHT)),
        PageBreak(),
        Contents(),
        KeepTogether((paragraph(f"ensemble{text}"), PageBreak(), title(f"intertitre{text}"))),
        sheet((f"dedans{text}", (paragraph(f"encore{text}"),))),
        Signatures(f"lieu{text}", (Signatory((f"qualite{text}",), f"nom{text}", box=True),)),
    )


STRANGE = [
    *(style.value for style in Style), "puce", "fond", "tete", "cellule", "ensemble", "intertitre", "dedans", "encore",
    "lieu", "qualite", "nom",
]  # fmt: skip


def tree(content: bytes) -> list[object]:
    """Read the structure under the document: the tag of each element with its children's."""

    def read(element: pikepdf.Object) -> list[object]:
        kids = element.get("/K", pikepdf.Array())
        held = kids if isinstance(kids, pikepdf.Array) else [kids]
        return [str(element.S), *(read(kid) for kid in held if isinstance(kid, pikepdf.Dictionary) and "/S" in kid)]

    with pikepdf.open(BytesIO(content)) as pdf:
        return read(pdf.Root.StructTreeRoot.K)


def placed(*blocks: Block) -> list[list[Placed]]:
    sections = sections_of(blocks)
    return [leaf.pieces for leaf in lay_out(sections, Structure(), Anchors(headings_of(sections)))]


def frames(leaf: Iterable[Placed]) -> Iterator[tuple[float, FramePiece]]:
    for one in leaf:
        if isinstance(one.piece, FramePiece):
            yield one.y, one.piece


def valid(content: bytes) -> bool:
    return all(page.is_pdf_compliant_bytes(content, profile=profile) for profile in ("2a", "ua1"))


def test_a_cell_holds_neither_page_breaks_nor_contents_nor_sheets() -> None:
    kept = tuple(blocks_of_cell(strange_blocks("")))
    assert not any(isinstance(block, PageBreak | Contents | Fields) for block in kept)
    assert {run.text for run in runs_of(kept)} == {run.text for run in runs_of(strange_blocks(""))}


def test_every_text_of_a_sheet_is_seen_and_its_titles_are_no_headings() -> None:
    runs = list(runs_of((FICHE,)))
    assert Run("Durée", bold=True) in runs
    assert Run("À six mois", bold=True) in runs
    assert Run("diagnostic") in runs
    assert list(headings_of((FICHE, KeepTogether((FICHE,))))) == []


def test_a_row_is_heard_as_its_label_then_what_is_said_of_it() -> None:
    content = render_pdf((Heading(1, (Run("Fiche"),)), FICHE), META)
    document = tree(content)
    assert document[:2] == ["/Document", ["/H1"]]
    table = document[2]
    assert isinstance(table, list)
    assert [row[1] for row in table[1:]] == [["/TH"]] * len(FICHE.rows)
    entry = ["/LI", ["/Lbl"], ["/LBody"]]
    cells = [row[2] for row in table[1:]]
    assert cells[:4] == [
        ["/TD", ["/P"]], ["/TD", ["/P"]], ["/TD", ["/L", entry, entry]], ["/TD", ["/P"], ["/P"], ["/L", entry, entry]],
    ]  # fmt: skip
    with pikepdf.open(BytesIO(content)) as pdf:
        heads = [row.K[0] for row in pdf.Root.StructTreeRoot.K.K[1].K]
        assert {str(head.A.Scope) for head in heads} == {"/Row"}


def test_a_sheet_can_be_archived_and_heard_and_has_no_bookmark() -> None:
    content = render_pdf((Heading(1, (Run("Fiche"),)), FICHE, paragraph("suite")), META)
    assert valid(content)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert [str(one.title) for one in pdf.open_outline().root] == ["Fiche"]


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert render_pdf((FICHE,), META) == render_pdf((FICHE,), META)
    assert render_docx((FICHE,), META) == render_docx((FICHE,), META)


def test_a_sheet_without_rows_is_nothing() -> None:
    assert render_pdf((sheet(),), META) == render_pdf((), META)
    assert "tbl" not in str(docx.Document(BytesIO(render_docx((sheet(), paragraph("x")), META))).element.xml)


def test_empty_rows_and_labels_are_printed_one_line_high() -> None:
    blank = sheet(("", ()), ("A", ()), ("", (paragraph("x"),)))
    ((*_, (_, last)),) = [list(frames(leaf)) for leaf in placed(blank)]
    assert {piece.height for leaf in placed(blank) for _, piece in frames(leaf)} == {FIELD.leading + 2 * FIELD.y}
    assert last.texts == ()
    assert valid(render_pdf((blank,), META))


def test_a_row_of_five_pages_goes_on_with_its_label_said_again_but_heard_once() -> None:
    content = render_pdf((sheet(("Moyens", (paragraph(words("mot", 2600)),)), ("Fin", ())),), META)
    pages = texts(content)
    assert len(pages) >= 5
    assert [text.startswith("Moyens (suite) mot") for text in pages] == [False] + [True] * (len(pages) - 1)
    assert [word for word in " ".join(pages).split() if word.startswith("mot")] == words("mot", 2600).split()
    with pikepdf.open(BytesIO(content)) as pdf:
        head = pdf.Root.StructTreeRoot.K.K[0].K[0].K[0]
        assert isinstance(head.K, int)
    assert valid(content)


@pytest.mark.parametrize("label", ["Bilan", "Profil du professionnel intervenant sur la mission", words("long", 14)])
def test_no_label_stands_alone_and_each_part_of_a_row_holds_its_label(label: str) -> None:
    for lines in range(36, 54):
        filling = paragraph("\n".join(["x"] * lines))
        for said in ((paragraph(MOTS * 3),), (title("T"), paragraph(MOTS * 12)), (entries(*[MOTS] * 6),)):
            for leaf in placed(filling, sheet((label, said))):
                kinds = [type(one.piece) for one in leaf]
                for rank, kind in enumerate(kinds):
                    assert kind is not FramePiece or kinds[rank + 1] is CellPiece
                for _, piece in frames(leaf):
                    assert piece.texts
                    assert len(piece.texts) * FIELD.leading + 2 * FIELD.y <= piece.height + 0.01


def test_a_heading_stays_with_the_first_row() -> None:
    for lines in range(36, 54):
        filling = paragraph("\n".join(["x"] * lines))
        pages = texts(render_pdf((filling, Heading(2, (Run("Intitulé"),)), FICHE), META))
        (on,) = (text for text in pages if "Intitulé" in text)
        assert "Durée Du 1er" in on


def test_frames_hold_their_texts_and_follow_one_another() -> None:
    for leaf in placed(paragraph("avant"), *[FICHE] * 2):
        bottom: float | None = None
        for one in leaf:
            if isinstance(one.piece, FramePiece):
                assert bottom is None or one.y <= bottom + 0.01
                bottom = one.y - one.piece.height
            elif isinstance(one.piece, CellPiece):
                assert bottom is not None
                assert one.y - one.piece.height >= bottom - 0.01
        assert bottom is None or bottom >= PORTRAIT.bottom - FIELD.y - 0.01


def test_rules_close_each_page_and_the_sheet_stands_between_strong_ones() -> None:
    pages = [[piece.rules for _, piece in frames(leaf)] for leaf in placed(FICHE)]
    strong, thin = (0.8, 0.25), (0.4, 0.6)
    assert len(pages) > 1
    assert [rules[0][0] for rules in pages] == [strong] + [thin] * (len(pages) - 1)
    assert [rules[-1][1] for rules in pages] == [thin] * (len(pages) - 1) + [strong]
    assert all(head is None for rules in pages for head, _ in rules[1:])


@pytest.mark.parametrize("text", ["anticonstitutionnellement" * 20, words("mot", 900), "12345678901234567890" * 9])
@pytest.mark.parametrize("share", [-1.0, 0.0, 0.22, 0.5, 1.0, 7.0])
def test_nothing_overflows_and_no_letter_is_lost(text: str, share: float) -> None:
    block = sheet((text, (paragraph(text), BulletList((Item((Run(text),), 9),)), title(text))), share=share)
    content = render_pdf((block,), replace(META, footer=""))
    with pypdfium2.PdfDocument(content) as pdf:
        for leaf in pdf:
            boxes = [thing.get_bounds() for thing in leaf.get_objects(filter=[1])]
            assert min(box[0] for box in boxes) > PORTRAIT.margin - 1
            assert max(box[2] for box in boxes) < PORTRAIT.right + 1
            assert all(box[1] > PORTRAIT.bottom for box in boxes if box[1] > FOOTER + 10)
    if share == 0.22:
        letters = Counter(read_pdf(content).replace("(suite)", ""))
        assert all(letters[letter] >= 4 * count for letter, count in Counter(text.replace(" ", "")).items())


def test_a_label_of_several_pages_loses_no_word_and_leaves_the_next_row_its_place() -> None:
    content = render_pdf((sheet((words("lab", 1200), (paragraph("dit"),)), ("suivant", (paragraph("fin"),))),), META)
    pages = texts(content)
    assert [word for word in " ".join(pages).split() if word.startswith("lab")] == words("lab", 1200).split()
    assert "lab1199 suivant fin" in pages[-1]
    assert valid(content)


def test_a_small_title_of_several_pages_fills_them() -> None:
    pages = texts(render_pdf((sheet(("Titre", (title(words("mot", 2000)),))),), META))
    assert len(pages) > 2
    assert all(len(text) > 2000 for text in pages[:-1])


def test_a_cell_holds_tables_and_signatures_within_its_column() -> None:
    content = render_pdf((sheet(("Tout", strange_blocks("x"))),), META)
    assert valid(content)
    assert [label for label in STRANGE if f"{label}x" not in read_pdf(content)] == []
    with pypdfium2.PdfDocument(content) as pdf:
        shapes = [thing.get_bounds() for leaf in pdf for thing in leaf.get_objects(filter=[2])]
    assert max(box[2] for box in shapes) <= PORTRAIT.right + 1


def test_the_header_of_a_table_in_a_cell_is_repeated_on_its_pages() -> None:
    long = Table(("Tête", "B"), tuple((f"ligne{n}", "x") for n in range(120)), (Alignment.LEFT, Alignment.LEFT))
    pages = texts(render_pdf((sheet(("Tableau", (long,))),), META))
    assert len(pages) > 2
    assert all("Tête" in text for text in pages)


@pytest.mark.parametrize("hostile", HOSTILES)
def test_hostile_texts_are_printed_as_they_are(hostile: str) -> None:
    block = sheet((f"label{hostile}", strange_blocks(hostile)))
    try:
        content = render_pdf((block,), META)
    except Refus as refus:
        assert "ne peut pas être imprimé" in str(refus)  # noqa: PT017 - either outcome is right, none other
    else:
        assert valid(content)
    said = [str(node.text) for node in docx.Document(BytesIO(render_docx((block,), META))).element.iter(qn("w:t"))]
    assert [label for label in ("label", *STRANGE) if f"{label}{hostile}" not in said] == []


def test_a_character_without_a_glyph_is_refused_wherever_it_stands() -> None:
    for block in (sheet(("\u4e2d", ())), sheet(("x", (title("\u4e2d"),))), sheet(("x", (entries("\u4e2d"),)))):
        with pytest.raises(Refus, match=r"U\+4E2D"):
            render_pdf((block,), META)


@settings(max_examples=20, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 12), st.lists(st.integers(0, 260), max_size=5), st.integers(0, 3)), max_size=7
    ),
    share=st.floats(0.1, 0.6),
)
def test_whatever_the_sheet_each_word_is_printed_once_and_in_order(
    rows: list[tuple[int, list[int], int]], share: float
) -> None:
    makers = (paragraph, title, lambda text: entries(text, first=1), entries)
    block = sheet(
        *(
            (
                words(f"l{n}x", label),
                tuple(makers[(kind + m) % 4](words(f"m{n}x{m}x", some)) for m, some in enumerate(said)),
            )
            for n, (label, said, kind) in enumerate(rows)
        ),
        share=share,
    )
    printed = [text for leaf in placed(block) for text in cell_texts(leaf)]
    expected = " ".join(run.text for row in block.rows for run in runs_of(row.blocks)).split()
    assert " ".join(printed).split() == expected
    labels = [text for leaf in placed(block) for _, piece in frames(leaf) if piece.element for text in piece.texts]
    assert " ".join(labels).split() == " ".join(row.label for row in block.rows).split()


def cell_texts(leaf: Iterable[Placed]) -> Iterator[str]:
    for one in leaf:
        lines = getattr(one.piece.inner, "lines", ()) if isinstance(one.piece, CellPiece) else ()
        yield from ("".join(text for _, text in line.segments) for _, line in lines)


def test_a_character_wider_than_its_room_is_printed_all_the_same() -> None:
    lines = break_lines((Run("mot", bold=True), Run("gras")), 10, -5, -5)
    assert "".join(text for line in lines for _, text in line.segments) == "motgras"


def test_amounts_are_compared_where_they_stand() -> None:
    sections = (Section((Heading(1, (Run("Fiche"),)), FICHE)),)
    for read in (read_pdf(render_pdf(sections, META)), read_docx(render_docx(sections, META))):
        compare(read, sections)
        for before, after in (("567\u00a0150,00", "567\u00a0510,00"), ("340\u00a0290,00", "0,00"), ("Coût", "1,00")):
            with pytest.raises(Refus, match="au lieu de"):
                compare(read.replace(before, after), sections)


def test_an_amount_in_a_label_may_be_printed_again() -> None:
    long = sheet(("Part de 79\u00a0850,00\u00a0€", (paragraph(MOTS * 120), paragraph("30\u00a0000,00\u00a0€"))))
    sections = (Section((long,)),)
    read = read_pdf(render_pdf(sections, META))
    assert read.count("79\u00a0850,00") > 1
    compare(read, sections)
    with pytest.raises(Refus, match="30"):
        compare(read.replace("30\u00a0000,00", "30\u00a0001,00"), sections)


def test_the_editable_sheet_is_one_table_of_two_fixed_columns() -> None:
    document = docx.Document(BytesIO(render_docx((Heading(1, (Run("Fiche"),)), FICHE), META)))
    (table,) = document.tables
    assert len(table.columns) == 2
    assert [cell.text for cell in table.columns[0].cells] == [row.label for row in FICHE.rows]
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(widths) == round(PORTRAIT.width * 20)
    assert widths[0] / sum(widths) == pytest.approx(0.22, abs=0.001)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstColumn")), look.get(qn("w:firstRow"))) == ("1", "0")
    for cell in table.columns[0].cells:
        (line,) = cell.paragraphs
        assert line.style is not None
        assert line.style.font.bold
        assert cell._tc.tcPr.find(qn("w:shd")) is not None


def test_the_editable_cells_hold_real_lists_and_small_titles_out_of_the_outline() -> None:
    document = docx.Document(BytesIO(render_docx((FICHE,), META)))
    cell = document.tables[0].cell(3, 1)
    assert [line.style.name for line in cell.paragraphs if line.style] == [
        "Fiche – texte", "Fiche – intertitre", "Fiche – numéro", "Fiche – numéro",
    ]  # fmt: skip
    assert all(line._p.pPr.numPr is not None for line in cell.paragraphs[2:])
    small = document.styles["Fiche – intertitre"].element
    assert small.pPr.find(qn("w:outlineLvl")) is None
    assert small.pPr.find(qn("w:keepNext")) is not None


def test_long_editable_rows_may_be_cut_and_short_ones_are_not() -> None:
    rows = docx.Document(BytesIO(render_docx((FICHE,), META))).tables[0].rows
    whole = {row.cells[0].text: row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows}
    assert whole.pop("Objectifs") is False
    assert all(whole.values())


def test_an_editable_cell_ends_with_a_paragraph_and_adds_no_space_under_it() -> None:
    block = sheet(("vide", ()), ("tableau", (strange_blocks("x")[5],)), ("liste", (entries("a", first=3),)))
    for cell in docx.Document(BytesIO(render_docx((block,), META))).tables[0].columns[1].cells:
        last = cell._tc[-1]
        assert last.tag == qn("w:p")
        assert last.pPr.find(qn("w:spacing")).get(qn("w:after")) == "0"


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed: nothing opens the document")
def test_libreoffice_prints_every_word_of_a_sheet(tmp_path: Path) -> None:
    high = sheet(
        ("Moyens", (paragraph(words("mot", 2600)),)),
        (words("lab", 700), (entries("puce"),)),
        ("Tout", strange_blocks("x")),
    )
    source = tmp_path / "fiche.docx"
    source.write_bytes(render_docx((FICHE, high), META))
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = [SOFFICE or "", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    whole = " ".join(texts(source.with_suffix(".pdf").read_bytes()))
    for prefix, count in (("mot", 2600), ("lab", 700)):
        assert [word for word in whole.split() if word.startswith(prefix)] == words(prefix, count).split()
    assert [label for label in STRANGE if f"{label}x" not in whole] == []
    assert all(row.label in whole for row in FICHE.rows)


def test_what_announces_a_list_does_not_end_a_page() -> None:
    announced = (paragraph(MOTS), paragraph("Le porteur\u00a0:"), entries("rend compte", "justifie"))
    for lines in range(36, 54):
        filling = paragraph("\n".join(["x"] * lines))
        for blocks in (announced, (sheet(("Suivi", (*announced, paragraph(MOTS * 9)))),)):
            (on,) = (text for text in texts(render_pdf((filling, *blocks), META)) if "Le porteur" in text)
            assert "rend compte" in on
    kept = [has(line, "w:keepNext") for line in docx.Document(BytesIO(render_docx(announced, META))).paragraphs]
    assert kept == [False, True, False, False]
