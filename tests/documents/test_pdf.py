"""The renderer: pages, structure and tables of any length."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import page
import pikepdf
import pypdfium2
import pytest

from inclusion_desk.documents.blocks import (
    Alignment,
    Block,
    BulletList,
    Heading,
    Item,
    KeepTogether,
    PageBreak,
    Paragraph,
    Run,
    Signatory,
    Signatures,
    Style,
    Table,
)
from inclusion_desk.documents.pdf import PdfMeta, render_pdf
from inclusion_desk.documents.pdf.anchors import parents_of
from inclusion_desk.documents.pdf.ink import shorten
from inclusion_desk.documents.pdf.lines import break_lines
from inclusion_desk.domain.refus import Refus

META = PdfMeta("Titre", "Auteur", "Sujet", date(2024, 12, 9), "pied")
MOTS = "Le texte est assez long pour occuper plusieurs lignes de la page. "


def texts(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as read:
        return [" ".join(leaf.get_textpage().get_text_range().split()) for leaf in read]


def paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def table(rows: int, totals: frozenset[int] = frozenset()) -> Table:
    return Table(
        ("Code", "Structure", "Montant"),
        tuple((f"ligne{n}", "CCAS de Liévin", f"{n} 000,00") for n in range(rows)),
        (Alignment.LEFT, Alignment.LEFT, Alignment.RIGHT),
        totals=totals,
    )


def everything() -> tuple[Block, ...]:
    return (
        Paragraph((Run("En-tête"),), Style.LETTERHEAD),
        Heading(1, (Run("Titre"),)),
        Heading(2, (Run("Partie"),)),
        *[paragraph(MOTS * 6)] * 12,
        BulletList((Item((Run(MOTS * 3),)), Item((Run("sous-entrée"),), 1))),
        BulletList((Item((Run("un"),)), Item((Run("deux"),))), 7),
        PageBreak(),
        Heading(2, (Run("Tableau"),)),
        table(90, frozenset({89})),
        Paragraph((Run("gras", bold=True), Run(" penché", italic=True), Run(" les deux", bold=True, italic=True))),
        Signatures("Fait ici", (Signatory(("Le maire,",), "A", box=True), Signatory((), "B", box=False))),
    )


@pytest.mark.parametrize("profile", ["2a", "ua1"])
@pytest.mark.parametrize("meta", [META, PdfMeta("T", "A", "S", watermark="PROJET", landscape=True)])
def test_any_document_can_be_archived_and_heard(profile: str, meta: PdfMeta) -> None:
    report = page.validate_pdf_bytes(render_pdf(everything(), meta), profile=profile)
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_the_same_blocks_give_the_same_bytes() -> None:
    assert render_pdf(everything(), META) == render_pdf(everything(), META)


def test_nothing_gives_one_empty_page() -> None:
    assert len(texts(render_pdf((), META))) == 1


def test_the_header_is_drawn_on_each_page_but_heard_once() -> None:
    content = render_pdf((table(200),), META)
    pages = texts(content)
    assert len(pages) > 3
    assert all("Code Structure Montant" in text for text in pages)
    assert all(sum(f"ligne{n} " in text for text in pages) == 1 for n in range(200))
    with pikepdf.open(BytesIO(content)) as read:
        tags = [str(thing.S) for thing in read.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing]
    assert (tags.count("/TH"), tags.count("/TR"), tags.count("/TD")) == (3, 201, 600)


def test_a_total_is_never_alone_on_a_page() -> None:
    for rows in range(28, 40):
        last = texts(render_pdf((table(rows, frozenset({rows - 1})),), META))[-1]
        assert f"ligne{rows - 2} " in last


def test_a_heading_stays_with_what_follows() -> None:
    for lines in range(38, 56):
        filling = paragraph("\n".join(["x"] * lines))
        pages = texts(render_pdf((filling, Heading(2, (Run("Intitulé"),)), paragraph("La suite.")), META))
        assert sum("Intitulé La suite." in text for text in pages) == 1


def test_no_line_is_left_alone() -> None:
    for lines in range(30, 50):
        pages = texts(
            render_pdf((paragraph("\n".join(["x"] * lines)), paragraph("\n".join(f"mot{n}" for n in range(9)))), META)
        )
        assert all(text.count("mot") != 1 for text in pages)


def test_blocks_kept_together_share_a_page() -> None:
    for lines in range(34, 50):
        kept = KeepTogether((paragraph("début"), paragraph("milieu"), paragraph("fin")))
        pages = texts(render_pdf((paragraph("\n".join(["x"] * lines)), kept), META))
        assert sum("début milieu fin" in text for text in pages) == 1


def test_what_is_kept_together_and_too_high_is_still_printed() -> None:
    kept = KeepTogether(tuple(paragraph(f"mot{n} " + MOTS * 5) for n in range(40)))
    assert all(f"mot{n} " in " ".join(texts(render_pdf((kept,), META))) for n in range(40))


def test_a_page_break_makes_no_empty_page() -> None:
    blocks = (PageBreak(), paragraph("un"), PageBreak(), PageBreak(), paragraph("deux"), PageBreak())
    assert len(texts(render_pdf(blocks, META))) == 2


def test_a_cell_higher_than_a_page_goes_on() -> None:
    words = [f"mot{n}" for n in range(3000)]
    rows = ((" ".join(words), "x"),)
    content = render_pdf((Table(("A", "B"), rows, (Alignment.LEFT, Alignment.LEFT)),), META)
    assert [word for word in " ".join(texts(content)).split() if word.startswith("mot")] == words
    assert page.is_pdf_compliant_bytes(content, profile="ua1")


def test_a_word_wider_than_the_page_is_cut_without_loss() -> None:
    word = "".join(chr(97 + n % 26) for n in range(900))
    assert word in "".join("".join(texts(render_pdf((paragraph(word),), META))).split())


def test_more_characters_than_one_font_can_hold_are_all_read_back() -> None:
    letters = [chr(c) for c in (*range(0xC0, 0x180), *range(0x391, 0x3A2), *range(0x410, 0x450))]
    content = render_pdf((paragraph(" ".join(letters)),), META)
    read = " ".join(texts(content))
    assert [letter for letter in letters if letter not in read] == []
    assert page.is_pdf_compliant_bytes(content, profile="2a")


def test_lines_that_go_on_end_with_a_space() -> None:
    lines = break_lines((Run("un deux "), Run("trois", bold=True), Run("quatre cinq")), 10, 60, 60)
    joined = ["".join(text for _, text in line.segments) for line in lines]
    assert "".join(joined) == "un deux troisquatre cinq"
    assert all(text.endswith(" ") for text in joined[:-1])


def test_given_widths_are_kept() -> None:
    shares = Table(("A", "B"), (("1", "2"),), (Alignment.RIGHT, Alignment.RIGHT), (1, 3))
    with pypdfium2.PdfDocument(render_pdf((shares,), META)) as read:
        edges = [thing.get_bounds() for thing in read[0].get_objects(filter=[1])]
    ends = {round(right) for _, bottom, right, _ in edges if bottom > 100}
    assert min(ends) == pytest.approx(71 + (595.28 - 142) / 4 - 5, abs=1.5)
    assert max(ends) == pytest.approx(595.28 - 71 - 5, abs=1.5)


def test_a_missing_glyph_is_refused_wherever_it_is() -> None:
    for blocks, meta in (
        ((paragraph("漢"),), META),
        ((Table(("漢",), (), (Alignment.LEFT,)),), META),
        ((), PdfMeta("T", "A", "S", footer="漢")),
    ):
        with pytest.raises(Refus, match=r"U\+6F22"):
            render_pdf(blocks, meta)


def test_the_outline_forgives_a_skipped_level() -> None:
    assert parents_of([1, 3, 3, 2, 3, 1]) == [0, 1, 1, 1, 4, 0]


def test_a_footer_too_long_keeps_its_end() -> None:
    pied = f"{'Annexes à la délibération ' * 6}– Commission permanente du 09/12/2024 – journal 123456-0123456789ab"
    court = shorten(pied, 8, 300)
    assert court.startswith("Annexes à la délibération")
    assert court.endswith("… – journal 123456-0123456789ab")
    assert shorten("un mot", 8, 300) == "un mot"
    assert shorten(f"Début – {'sans fin ' * 40}", 8, 300).endswith("…")
