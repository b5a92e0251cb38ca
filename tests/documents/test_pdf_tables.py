"""Tables on paper: rows that head others, small print, many columns, words that must be cut."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import page
import pikepdf
import pypdfium2
import pytest

from inclusion_desk.documents.blocks import Alignment, Heading, Run, Section, Table
from inclusion_desk.documents.pdf import PdfMeta, render_pdf
from inclusion_desk.documents.pdf.columns import grid_of
from inclusion_desk.documents.pdf.lines import break_lines
from inclusion_desk.documents.pdf.meta import LANDSCAPE
from tests.documents.test_pdf import META, paragraph, table, texts

LEFT, RIGHT = Alignment.LEFT, Alignment.RIGHT
LONG = "Accompagnement global des bénéficiaires du revenu de solidarité active"


def grouped(rows: int, every: int, title: str = "Groupe") -> Table:
    """Build a table in which every so many rows is a group."""
    groups = frozenset(range(0, rows, every))
    cells = tuple((f"{title}{n}.", "", "") if n in groups else (f"ligne{n}", "CCAS", "1,00") for n in range(rows))
    return replace(table(0), rows=cells, groups=groups)


def columns(count: int, text: str, widths: tuple[float, ...] = ()) -> Table:
    cells = (*[text] * (count - 6), *["8\u00a0589\u00a0450,00"] * 6)
    sides = (*[LEFT] * (count - 6), *[RIGHT] * 6)
    return Table(tuple(f"Colonne{n}" for n in range(count)), (cells,) * 4, sides, widths, compact=True)


def edges(content: bytes) -> list[tuple[float, float, float]]:
    """Give each page's width, and how far its texts go to the left and to the right."""
    found = []
    with pypdfium2.PdfDocument(content) as pdf:
        for leaf in pdf:
            boxes = [thing.get_bounds() for thing in leaf.get_objects(filter=[1])]
            found.append((leaf.get_width(), min(box[0] for box in boxes), max(box[2] for box in boxes)))
    return found


def test_a_group_stays_with_the_row_below_and_is_not_repeated() -> None:
    pages = texts(render_pdf((grouped(240, 3),), META))
    assert len(pages) > 4
    for n in range(0, 240, 3):
        (on,) = (text for text in pages if f"Groupe{n}. " in text)
        assert f"ligne{n + 1} " in on


def test_a_group_is_heard_as_a_heading_over_the_whole_table() -> None:
    content = render_pdf((grouped(4, 4),), META)
    with pikepdf.open(BytesIO(content)) as pdf:
        (whole,) = (one for one in pdf.Root.StructTreeRoot.K.K if pikepdf.Name.Table == one.S)
        (cell,) = whole.K[1].K
        kinds = [[str(one.S) for one in line.K] for line in whole.K]
        assert (int(cell.A.ColSpan), cell.A.Scope) == (3, pikepdf.Name.Row)
    assert kinds == [["/TH"] * 3, ["/TH"], ["/TD"] * 3, ["/TD"] * 3, ["/TD"] * 3]
    assert page.is_pdf_compliant_bytes(content, profile="ua1")


def test_a_long_group_wraps_and_loses_no_word() -> None:
    words = [f"mot{n}" for n in range(1500)]
    rows = ((" ".join(words), "", ""), ("ligne", "CCAS", "1,00"))
    content = render_pdf((replace(table(0), rows=rows, groups=frozenset({0})),), META)
    assert [word for word in " ".join(texts(content)).split() if word.startswith("mot")] == words
    assert all(right < wide - 65 for wide, _, right in edges(content))
    assert page.is_pdf_compliant_bytes(content, profile="ua1")


def test_compact_tables_are_printed_small() -> None:
    sizes = {}
    for compact in (False, True):
        with pikepdf.open(BytesIO(render_pdf((replace(table(3), compact=compact),), META))) as pdf:
            operations = pikepdf.parse_content_stream(pdf.pages[0])
        sizes[compact] = {float(step.operands[1]) for step in operations if str(step.operator) == "Tf"}
    assert sizes == {False: {9.3, 8.5}, True: {7.6, 8.5}}


@pytest.mark.parametrize("text", ["x", LONG, "anticonstitutionnellement" * 5, "12345678901234"])
@pytest.mark.parametrize("widths", [(), tuple(range(1, 19)), (0.4,) * 18])
def test_eighteen_columns_never_overflow(text: str, widths: tuple[float, ...]) -> None:
    content = render_pdf((Section((columns(18, text, widths),), landscape=True),), META)
    for wide, left, right in edges(content):
        assert left > 47
        assert right < wide - 47
    assert page.is_pdf_compliant_bytes(content, profile="2a")


def test_amounts_stay_whole_beside_long_texts() -> None:
    pages = texts(render_pdf((Section((columns(18, LONG),), landscape=True),), META))
    assert sum(text.replace("\u00a0", " ").count("8 589 450,00") for text in pages) == 24


def test_cells_stay_in_their_columns() -> None:
    grid = grid_of(columns(18, LONG), LANDSCAPE)
    assert grid.edges[0] == LANDSCAPE.margin
    assert grid.edges[-1] + grid.widths[-1] == pytest.approx(LANDSCAPE.right)
    for edge, wide, following in zip(grid.edges, grid.widths, grid.edges[1:], strict=False):
        assert edge + wide == pytest.approx(following)


def test_a_group_does_not_widen_the_first_column() -> None:
    rows = ((LONG * 3, ""), ("a", "b"))
    plain = Table(("A", "B"), rows[1:], (LEFT, RIGHT))
    headed = Table(("A", "B"), rows, (LEFT, RIGHT), groups=frozenset({0}))
    assert grid_of(headed, LANDSCAPE) == grid_of(plain, LANDSCAPE)


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("landscape", [False, True])
def test_no_row_goes_below_the_bottom_margin(*, landscape: bool, compact: bool) -> None:
    rows = tuple((" ".join(f"mot{n}.{m}" for m in range(n * 7)), "x") for n in range(1, 80))
    high = Table(("A", "B"), rows, (LEFT, LEFT), (1, 4), compact=compact)
    content = render_pdf((Section((high,), landscape=landscape),), PdfMeta("T", "A", "S"))
    with pypdfium2.PdfDocument(content) as pdf:
        for leaf in pdf:
            bottoms = [thing.get_bounds()[1] for thing in leaf.get_objects(filter=[1])]
            assert sorted(bottoms)[1] > 60
    read = {word for text in texts(content) for word in text.split() if word.startswith("mot")}
    assert len(read) == sum(n * 7 for n in range(1, 80))


def test_a_header_higher_than_half_a_page_is_not_repeated() -> None:
    high = Table(("mot\n" * 40, "B"), (("a", "b"),) * 90, (LEFT, LEFT))
    pages = texts(render_pdf((high,), META))
    assert ["mot" in text for text in pages] == [True] + [False] * (len(pages) - 1)


def test_words_that_must_be_cut_are_cut_where_reading_suffers_least() -> None:
    def cut(word: str, room: float) -> list[str]:
        return ["".join(text for _, text in line.segments) for line in break_lines((Run(word),), 10, room, room)]

    assert cut("socio-professionnel", 60) == ["socio-", "professionnel"]
    assert cut("6568/93446", 30)[0] == "6568/"
    assert all(len(piece) >= 3 for room in range(25, 60) for piece in cut("départementale", room))


def test_a_heading_stays_with_a_table_that_begins_with_a_group() -> None:
    for lines in range(38, 52):
        filling = paragraph("\n".join(["x"] * lines))
        pages = texts(render_pdf((filling, Heading(2, (Run("Intitulé"),)), grouped(6, 6)), META))
        (on,) = (text for text in pages if "Intitulé" in text)
        assert "Groupe0. ligne1" in on
