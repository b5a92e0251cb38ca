"""The file of the editable document: the same bytes, nothing foreign in it, read alike by LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import etree
from reportlab.pdfbase.ttfonts import TTFontFace

from inclusion_desk.documents.blocks import (
    Alignment,
    Block,
    BulletList,
    Contents,
    Heading,
    Item,
    Paragraph,
    Run,
    Section,
    Signatory,
    Signatures,
    Style,
    Table,
)
from inclusion_desk.documents.docx import render_docx
from inclusion_desk.documents.pdf.fonts import BOLD, REGULAR, font
from inclusion_desk.domain.refus import Refus
from tests.documents.test_deliberation import HOSTILES
from tests.documents.test_pdf import META, everything, paragraph

SOFFICE = shutil.which("soffice")
FIELDS = ['{ QUOTE "x" }', "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe", "]]></w:t><w:p/>", "&#x41;", '" onload="x']

# The order of children that the schema asks (ECMA-376, part 1, annexe A), of the elements that are written here.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr tabs spacing ind jc outlineLvl sectPr",
    "rPr": "rFonts b bCs i iCs color sz szCs lang",
    "tblPr": "tblStyle tblW tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan tcBorders shd",
    "sectPr": "headerReference footerReference type pgSz pgMar",
    "style": "name basedOn next qFormat pPr rPr tblPr",
    "lvl": "start numFmt lvlText lvlJc pPr",
    "tc": "tcPr p",
    "tr": "trPr tc",
    "tbl": "tblPr tblGrid tr",
    "numbering": "abstractNum num",
}


def hostile_blocks(text: str) -> tuple[Block, ...]:
    """Put a text everywhere one can stand."""
    return (
        Heading(1, (Run(f"titre{text}"),)),
        Contents(3),
        Heading(2, (Run(f"partie{text}"),)),
        *(Paragraph((Run(f"{style.value}{text}", bold=True),), style) for style in Style),
        BulletList((Item((Run(f"puce{text}"),)), Item((Run(f"sous{text}"),), 1))),
        BulletList((Item((Run(f"num{text}"),)),), 1),
        Table(
            (f"tete{text}",),
            ((f"groupe{text}",), (f"cellule{text}",), (f"total{text}",)),
            (Alignment.LEFT,),
            groups=frozenset({0}),
            totals=frozenset({2}),
        ),
        Signatures(f"lieu{text}", (Signatory((f"qualite{text}",), f"nom{text}", box=True),)),
    )


LABELS = [
    "titre", "partie", "corps", "en-tete", "centre", "visas", "puce", "sous", "num", "tete", "groupe", "cellule",
    "total", "lieu", "qualite", "nom",
]  # fmt: skip


def parts(content: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {e: etree.fromstring(package.read(e)) for e in package.namelist() if not e.endswith(".odttf")}


def dossier() -> tuple[Section, ...]:
    return (
        Section((Heading(1, (Run("Dossier"),)), Contents())),
        Section(everything()),
        Section((Heading(1, (Run("Annexe"),)), *hostile_blocks("x")), landscape=True, footer="annexe"),
    )


@pytest.mark.parametrize("hostile", [*HOSTILES, *FIELDS])
def test_hostile_texts_are_written_as_they_are(hostile: str) -> None:
    meta = replace(META, title=hostile, author=hostile, subject=hostile, footer=hostile, watermark=hostile)
    content = render_docx((Section(hostile_blocks(hostile), footer=f"pied{hostile}"),), meta)
    calm = render_docx((Section(hostile_blocks("x"), footer="piedx"),), replace(META, watermark="x", footer="x"))
    document = docx.Document(io.BytesIO(content))
    said = [str(node.text) for node in document.element.iter(qn("w:t"))]
    assert [label for label in LABELS if f"{label}{hostile}" not in said] == []
    assert f"pied{hostile}\t" in document.sections[0].footer.paragraphs[0].text
    assert (document.core_properties.title, document.core_properties.author) == (hostile, hostile)
    for entry, root in parts(calm).items():
        written = parts(content)[entry]
        assert [node.tag for node in written.iter()] == [node.tag for node in root.iter()], entry
        assert _instructions(written) == _instructions(root)


def _instructions(root: etree._Element) -> list[str | None]:
    return [node.text for node in root.iter(qn("w:instrText"))]


def test_nothing_is_linked_from_outside_and_nothing_runs() -> None:
    content = render_docx(dossier(), replace(META, watermark="PROJET"))
    for entry, root in parts(content).items():
        assert not any(node.get("TargetMode") for node in root.iter()), entry
        assert entry.endswith((".xml", ".rels"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        others = sorted(set(package.namelist()) - set(parts(content)))
    assert others == ["word/fonts/font1.odttf", "word/fonts/font2.odttf"]


def test_a_character_that_xml_cannot_hold_is_named() -> None:
    for blocks, meta in (
        ((paragraph("a\x07b"),), META),
        ((Section((paragraph("x"),), footer="\x07"),), META),
        ((paragraph("x"),), replace(META, watermark="\x07")),
    ):
        with pytest.raises(Refus, match=r"U\+0007"):
            render_docx(blocks, meta)


def test_a_title_that_xml_cannot_hold_is_written_without() -> None:
    document = docx.Document(io.BytesIO(render_docx((), replace(META, title="a\x07b"))))
    assert document.core_properties.title == "ab"


def test_the_same_dossier_gives_the_same_bytes_at_any_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    meta = replace(META, watermark="PROJET")
    first = render_docx(dossier(), meta)
    monkeypatch.setattr(time, "time", lambda: 4e9)
    monkeypatch.setattr(time, "localtime", lambda *_: time.struct_time((2031, 1, 1, 0, 0, 0, 0, 1, 0)))
    assert render_docx(iter(dossier()), meta) == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist() == sorted(package.namelist())
        assert package.namelist()[0] == "[Content_Types].xml"


def test_children_stand_in_the_order_of_the_schema() -> None:
    for root in parts(render_docx(dossier(), replace(META, watermark="PROJET"))).values():
        for node in root.iter():
            order = ORDERS.get(etree.QName(node).localname, "").split()
            ranks = [order.index(etree.QName(child).localname) for child in node] if order else []
            assert ranks == sorted(ranks), etree.tostring(node)[:300]


def test_every_cell_ends_with_a_paragraph_and_every_row_fills_the_grid() -> None:
    for root in parts(render_docx(dossier(), META)).values():
        for one in root.iter(qn("w:tbl")):
            columns = len(one.find(qn("w:tblGrid")))
            for row in one.iter(qn("w:tr")):
                spans = [int(span.get(qn("w:val"))) for span in row.iter(qn("w:gridSpan"))]
                cells = list(row.iter(qn("w:tc")))
                assert sum(spans) + len(cells) - len(spans) == columns
                assert all(cell[-1].tag == qn("w:p") for cell in cells)


def test_the_typeface_travels_with_the_document() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(dossier(), META))) as package:
        table = etree.fromstring(package.read("word/fontTable.xml"))
        links = etree.fromstring(package.read("word/_rels/fontTable.xml.rels"))
        targets = {link.get("Id"): link.get("Target") for link in links}
        for face, ours in (("Regular", REGULAR), ("Bold", BOLD)):
            embedded = next(table.iter(qn(f"w:embed{face}")))
            key = UUID(embedded.get(qn("w:fontKey"))).bytes[::-1] * 2
            hidden = package.read(f"word/{targets[embedded.get(qn('r:id'))]}")
            shown = bytes(a ^ b for a, b in zip(hidden, key, strict=False)) + hidden[32:]
            carried = TTFontFace(io.BytesIO(shown))
            assert carried.familyName == b"Source Sans 3"
            texts = "ÀÂÇÉÈÊËÎÏÔŒÙÛÜŸàâçéèêëîïôœùûüÿæ’«»–—…•€°²½≤≥×☐\u00a0\u202f0123456789"
            assert set(map(ord, texts)) <= carried.charToGlyph.keys()
            assert [carried.charWidths[ord(c)] for c in texts] == [font(ours).face.charWidths[ord(c)] for c in texts]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed: nothing opens the document")
def test_libreoffice_prints_every_text_on_pages_of_the_right_shape(tmp_path: Path) -> None:
    words = [f"mot{n}" for n in range(2500)]
    high = Table(("A", "B"), ((" ".join(words), "x"),), (Alignment.LEFT, Alignment.LEFT), (1, 3))
    source = tmp_path / "dossier.docx"
    source.write_bytes(render_docx((*dossier(), Section((high,))), replace(META, watermark="PROJET")))
    profile = (tmp_path / "profil").as_uri()
    subprocess.run(
        [
            SOFFICE or "",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            source,
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    with pypdfium2.PdfDocument(source.with_suffix(".pdf")) as pdf:
        read = [" ".join(leaf.get_textpage().get_text_range().split()) for leaf in pdf]
        turned = [leaf.get_width() > leaf.get_height() for leaf in pdf]
    for number, text in enumerate(read, start=1):
        assert f"Page {number} / {len(read)}" in text
    assert [page for page in range(len(read)) if turned[page]] == [
        page for page, text in enumerate(read) if "annexe Page" in text
    ]
    whole = " ".join(read)
    assert [label for label in LABELS if f"{label}x" not in whole] == []
    assert [word for word in whole.split() if word.startswith("mot")] == words
