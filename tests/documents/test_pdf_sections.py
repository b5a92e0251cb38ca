"""Sections, tables of contents, bookmarks, attachments and what a PDF says of itself."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO

import page
import pikepdf
import pypdfium2
import pytest

from inclusion_desk.documents.blocks import Contents, Heading, KeepTogether, Run, Section
from inclusion_desk.documents.pdf import Attachment, Author, PdfMeta, render_pdf
from inclusion_desk.domain.refus import Refus
from tests.documents.test_pdf import META, everything, paragraph, table, texts

CLASSEUR = Attachment("classeur (été).xlsx", "application/vnd.ms-excel", "Le classeur – phase 6", bytes(range(256)))
TOURNE = Section((Heading(1, (Run("Annexe"),)), table(60)), landscape=True, footer="pied de l’annexe")


def heading(level: int, text: str) -> Heading:
    return Heading(level, (Run(text),))


def dossier() -> tuple[Section, ...]:
    return (
        Section((heading(1, "Dossier"), heading(2, "Sommaire"), Contents())),
        Section(everything()),
        TOURNE,
        Section((heading(1, "Fin"), heading(2, "Dernière partie"), heading(3, "Détail"), paragraph("texte"))),
    )


def read(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def elements(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Dictionary]:
    """List the elements of the structure of one tag, in the order of the file."""
    return [
        thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == pikepdf.Name(tag)
    ]


@pytest.mark.parametrize("profile", ["2a", "ua1"])
@pytest.mark.parametrize("watermark", ["", "PROJET", "DOCUMENT DE TRAVAIL"])
def test_a_dossier_can_be_archived_and_heard(profile: str, watermark: str) -> None:
    report = page.validate_pdf_bytes(render_pdf(dossier(), replace(META, watermark=watermark)), profile=profile)
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_each_section_begins_a_page_of_its_orientation() -> None:
    sections = (Section((paragraph("un"),)), replace(TOURNE, blocks=(table(60),)), Section((paragraph("trois"),)))
    with read(render_pdf(sections, META)) as pdf:
        sizes = [(round(float(leaf.mediabox[2])), round(float(leaf.mediabox[3]))) for leaf in pdf.pages]
    turned = sizes[1:-1]
    assert sizes[0] == sizes[-1] == (595, 842)
    assert len(turned) > 1
    assert set(turned) == {(842, 595)}


def test_page_numbers_run_on_and_a_section_may_have_its_own_footer() -> None:
    pages = texts(render_pdf((Section((paragraph("un"),)), TOURNE, Section((paragraph("fin"),))), META))
    for number, text in enumerate(pages, start=1):
        assert text.endswith(f"Page {number} / {len(pages)}")
    assert "pied Page 1 /" in pages[0]
    assert all("pied de l’annexe Page" in text for text in pages[1:-1])
    assert "pied Page" in pages[-1]


def test_an_empty_section_makes_no_page() -> None:
    assert len(texts(render_pdf((Section(()), Section((paragraph("un"),)), Section(())), META))) == 1


def test_blocks_and_one_section_of_them_give_the_same_file() -> None:
    assert render_pdf(everything(), META) == render_pdf((Section(everything()),), META)
    turned = replace(META, landscape=True)
    assert render_pdf(everything(), turned) == render_pdf((Section(everything(), landscape=True),), META)


@pytest.mark.parametrize("watermark", ["PROJET", "DOCUMENT DE TRAVAIL"])
@pytest.mark.parametrize("landscape", [False, True])
def test_the_watermark_is_centred_and_the_footer_within_the_margins(*, landscape: bool, watermark: str) -> None:
    section = replace(TOURNE, landscape=landscape, footer="très long pied " * 20)
    with pypdfium2.PdfDocument(render_pdf((section,), replace(META, watermark=watermark))) as pdf:
        for leaf in pdf:
            wide, high = leaf.get_size()
            mark, *others = (thing.get_bounds() for thing in leaf.get_objects(filter=[1]))
            assert (mark[0] + mark[2]) / 2 == pytest.approx(wide / 2, abs=12)
            assert (mark[1] + mark[3]) / 2 == pytest.approx(high / 2, abs=12)
            assert 0 < mark[0] < mark[2] < wide
            assert max(box[2] for box in others) == pytest.approx(wide - min(box[0] for box in others), abs=6)
            assert min(box[1] for box in others) > 30


@pytest.mark.parametrize("count", [3, 40, 150])
def test_the_contents_give_the_page_each_heading_is_on(count: int) -> None:
    parts = tuple(block for n in range(count) for block in (heading(2, f"Partie{n}."), paragraph("texte " * 200)))
    pages = texts(render_pdf((heading(1, "Sommaire"), Contents(), *parts), META))
    for n in range(count):
        printed = next(number for number, text in enumerate(pages, start=1) if f"Partie{n}. texte" in text)
        assert sum(f"Partie{n}. {printed} " in text for text in pages) == 1


def test_the_contents_list_what_follows_down_to_their_depth() -> None:
    blocks = (
        heading(1, "Avant"),
        Contents(2),
        heading(1, "Un"),
        KeepTogether((heading(2, "Deux"), paragraph("x"))),
        heading(3, "Trois"),
    )
    with read(render_pdf(blocks, META)) as pdf:
        said = [str(note.Contents) for note in pdf.pages[0].Annots]
    assert said == ["Aller à «\u00a0Un\u00a0», page 1", "Aller à «\u00a0Deux\u00a0», page 1"]


def test_contents_with_nothing_after_them_print_nothing() -> None:
    content = render_pdf((heading(1, "Seul"), Contents()), META)
    with read(content) as pdf:
        assert elements(pdf, "/TOC") == []
    assert page.is_pdf_compliant_bytes(content, profile="ua1")


def test_each_entry_of_the_contents_leads_to_its_heading() -> None:
    with read(render_pdf(dossier(), META)) as pdf:
        notes = list(pdf.pages[0].Annots)
        goals = [pikepdf.Page(note.Dest[0]).index for note in notes]
        marks = _bookmarks(pdf)
    assert len(notes) == 6
    wanted = [(goal, y) for level, title, goal, y in marks if level <= 1 and title not in {"Dossier", "Sommaire"}]
    assert [(goal, int(note.Dest[3])) for goal, note in zip(goals, notes, strict=True)] == wanted


def _bookmarks(pdf: pikepdf.Pdf) -> list[tuple[int, str, int, int]]:
    """List depth, title, page and height of each bookmark."""
    found: list[tuple[int, str, int, int]] = []

    def walk(item: pikepdf.Object, depth: int) -> None:
        previous = None
        while True:
            goal = item.Dest
            found.append((depth, str(item.Title), pikepdf.Page(goal[0]).index, int(goal[3])))
            assert (item.get("/Prev") is None) == (previous is None)
            if "/First" in item:
                walk(item.First, depth + 1)
            if "/Next" not in item:
                return
            previous, item = item, item.Next

    walk(pdf.Root.Outlines.First, 0)
    return found


def test_links_are_elements_of_nested_tables_of_contents() -> None:
    with read(render_pdf(dossier(), META)) as pdf:
        links = elements(pdf, "/Link")
        assert len(links) == len(pdf.pages[0].Annots) == 6
        for link, note in zip(links, pdf.pages[0].Annots, strict=True):
            assert link.K[-1].Type == pikepdf.Name.OBJR
            assert link.K[-1].Obj == note
            assert pikepdf.Name.Reference == link.P.S
            assert link.P.P.S == pikepdf.Name.TOCI
        tree = pdf.Root.StructTreeRoot.ParentTree.Nums
        owners = {int(tree[n]): tree[n + 1] for n in range(0, len(tree), 2)}
        assert [owners[int(note.StructParent)] for note in pdf.pages[0].Annots] == links
        assert {holder.P.S for holder in elements(pdf, "/TOC")} == {pikepdf.Name.Document, pikepdf.Name.TOCI}


def test_bookmarks_are_nested_as_headings_are() -> None:
    with read(render_pdf(dossier(), META)) as pdf:
        shown = [(depth, title) for depth, title, _, _ in _bookmarks(pdf)]
        assert int(pdf.Root.Outlines.Count) == len(shown)
    assert shown == [
        (0, "Dossier"),
        (1, "Sommaire"),
        (0, "Titre"),
        (1, "Partie"),
        (1, "Tableau"),
        (0, "Annexe"),
        (0, "Fin"),
        (1, "Dernière partie"),
        (2, "Détail"),
    ]


def test_many_bookmarks_open_at_their_first_level_only() -> None:
    blocks = tuple(heading(level, f"{n}-{level}") for n in range(30) for level in (1, 2, 3))
    with read(render_pdf(blocks, META)) as pdf:
        outline = pdf.Root.Outlines
        assert int(outline.Count) == 30
        assert int(outline.First.Count) == -1
        assert len(_bookmarks(pdf)) == 90


def test_headings_are_heard_without_a_gap_of_level() -> None:
    content = render_pdf((heading(2, "a"), heading(4, "b"), heading(1, "c"), heading(3, "d")), META)
    with read(content) as pdf:
        tags = [str(child.S) for child in pdf.Root.StructTreeRoot.K.K]
    assert tags == ["/H1", "/H2", "/H1", "/H2"]
    assert page.is_pdf_compliant_bytes(content, profile="ua1")


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_file_with_attachments_can_be_archived_and_heard(profile: str) -> None:
    meta = replace(META, attachments=(CLASSEUR, replace(CLASSEUR, name="b.csv", mime="text/csv", content=b"")))
    report = page.validate_pdf_bytes(render_pdf(dossier(), meta), profile=profile)
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_an_attachment_comes_back_whole_with_what_is_said_of_it() -> None:
    meta = replace(META, attachments=(replace(CLASSEUR, name="z.txt"), CLASSEUR))
    with read(render_pdf(everything(), meta)) as pdf:
        assert sorted(pdf.attachments) == ["classeur (été).xlsx", "z.txt"]
        specification = pdf.attachments[CLASSEUR.name]
        assert specification.get_file().read_bytes() == CLASSEUR.content
        raw = specification.obj
        assert (str(raw.F), str(raw.UF), str(raw.Desc)) == (CLASSEUR.name, CLASSEUR.name, CLASSEUR.description)
        assert raw.AFRelationship == pikepdf.Name.Data
        assert raw.EF.F.Subtype == pikepdf.Name("/application/vnd.ms-excel")
        assert (int(raw.EF.F.Params.Size), str(raw.EF.F.Params.ModDate)) == (256, "D:20241209000000+00'00'")
        assert [str(one.UF) for one in pdf.Root.AF] == ["z.txt", CLASSEUR.name]


def test_a_stream_that_ends_with_a_carriage_return_keeps_its_length() -> None:
    contents = (bytes([n, m]) for n in range(256) for m in range(256))
    awkward = next(content for content in contents if zlib.compress(content).endswith(b"\r"))
    content = render_pdf(everything(), replace(META, attachments=(replace(CLASSEUR, content=awkward),)))
    assert b"\r\r\nendstream" in content
    assert page.is_pdf_compliant_bytes(content, profile="3a")
    with read(content) as pdf:
        assert pdf.attachments[CLASSEUR.name].get_file().read_bytes() == awkward


def test_only_a_file_with_attachments_claims_the_third_part() -> None:
    for meta, part in ((META, "2"), (replace(META, attachments=(CLASSEUR,)), "3")):
        with read(render_pdf(everything(), meta)) as pdf, pdf.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == (part, "A")
            assert ("/AF" in pdf.Root, "/Names" in pdf.Root) == (part == "3", part == "3")


def test_two_attachments_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        render_pdf(everything(), replace(META, attachments=(CLASSEUR, CLASSEUR)))


def test_metadata_say_who_the_act_is_of() -> None:
    author = Author("Jean-Claude", "LEROY", "Président du Conseil départemental")
    with read(render_pdf(everything(), replace(META, signed_by=author))) as pdf, pdf.open_metadata() as xmp:
        expected = "Jean-Claude LEROY, Président du Conseil départemental – Auteur"
        assert xmp["dc:creator"] == [expected]
        assert str(pdf.docinfo.Author) == expected
    assert replace(META, signed_by=Author("", "LEROY", "")).creator == "LEROY – Auteur"
    assert META.creator == "Auteur"


@pytest.mark.parametrize(
    "text", ["A</rdf:li><b>&(x)\\", "]]>", '"’\u00a0œ', "a\x07b\ud800\uffff", "😀 漢", "{title}", ""]
)
def test_no_text_breaks_the_metadata(text: str) -> None:
    meta = PdfMeta(f"T{text}", f"A{text}", f"S{text}", date(2024, 1, 1), attachments=(replace(CLASSEUR, name="a.b"),))
    content = render_pdf(everything(), meta)
    assert page.is_pdf_compliant_bytes(content, profile="3a")
    kept = text.translate(dict.fromkeys((7, 0xD800, 0xFFFF)))
    with read(content) as pdf, pdf.open_metadata() as xmp:
        assert (xmp["dc:title"], xmp["dc:creator"], xmp["dc:description"]) == (f"T{kept}", [f"A{kept}"], f"S{kept}")
        assert (str(pdf.docinfo.Title), str(pdf.docinfo.Subject)) == (f"T{kept}", f"S{kept}")


@pytest.mark.parametrize("title", ["ASSOC <b>X", "a (b) \\", "Été «\u00a0œuvre\u00a0» – 1"])
def test_a_hostile_heading_stays_inert_in_links_and_bookmarks(title: str) -> None:
    content = render_pdf((Contents(), heading(1, title)), META)
    with read(content) as pdf:
        assert str(pdf.pages[0].Annots[0].Contents) == f"Aller à «\u00a0{title}\u00a0», page 1"
        assert str(pdf.Root.Outlines.First.Title) == title
        assert pdf.check_pdf_syntax() == []
    assert page.is_pdf_compliant_bytes(content, profile="ua1")


def test_a_missing_glyph_in_a_section_or_its_footer_is_refused() -> None:
    for section in (Section((paragraph("漢"),)), Section((), footer="漢")):
        with pytest.raises(Refus, match=r"U\+6F22"):
            render_pdf((section,), META)


def test_the_same_dossier_gives_the_same_bytes() -> None:
    meta = replace(META, attachments=(CLASSEUR,), watermark="PROJET")
    assert render_pdf(dossier(), meta) == render_pdf(dossier(), meta)
    assert render_pdf(list(dossier()), meta) == render_pdf(iter(dossier()), meta)


def test_progress_counts_the_pages_of_all_sections() -> None:
    seen: list[tuple[int, int]] = []
    content = render_pdf(dossier(), META, lambda done, total: seen.append((done, total)))
    count = len(texts(content))
    assert seen == [(n, count) for n in range(1, count + 1)]
