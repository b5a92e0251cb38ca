"""Reads produced texts back before anyone trusts them: every amount must be there, as often as the dossier asks."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO

import pypdfium2

from inclusion_desk.documents.blocks import (
    Block,
    BulletList,
    Fields,
    Heading,
    KeepTogether,
    Paragraph,
    Section,
    Table,
    headings_of,
    plain,
    runs_of,
)
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus

_BLANKS = re.compile(r"[ \t\r\n]+")
_AMOUNT = re.compile(
    rf"\d(?<![\d,.-]\d)(?<!\d{INSECABLE}\d)\d{{0,2}}(?:{INSECABLE}\d{{3}})*(?:,\d{{2}}(?!\d)|{INSECABLE}€)"
)
"""An amount; what stands before its first digit is looked at after it: the search then leaps from digit to digit."""
_REMEDE = "il n’est pas enregistré. Vérifiez le modèle employé, puis produisez-le de nouveau."
_ILLISIBLE = "Le document produit ne peut pas être relu : il n’est pas enregistré. Produisez-le de nouveau."


def read_pdf(content: bytes) -> str:
    """Extract the text of a PDF, white space as one plain space; the spaces that bind a number stay as they are.

    Raises:
        Refus: it cannot be read.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refus(_ILLISIBLE) from error
    with document:
        return _squeezed(_page(page) for page in document)


def _page(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def read_docx(content: bytes) -> str:
    """Extract the text of a DOCX, its body and its tables, as ``read_pdf`` does.

    Raises:
        Refus: it cannot be read.
    """
    from docx import Document  # noqa: PLC0415 - loaded on first use, like what writes such files
    from docx.opc.exceptions import OpcError  # noqa: PLC0415 - idem

    try:
        body = Document(BytesIO(content)).element.body
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Refus(_ILLISIBLE) from error
    return _squeezed("".join(_pieces(paragraph)) for paragraph in body.iter(f"{_W}p"))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _pieces(paragraph: Iterable[object]) -> Iterator[str]:
    for piece in paragraph.iter(f"{_W}t", f"{_W}br", f"{_W}tab"):  # type: ignore[attr-defined]
        yield piece.text or "" if piece.tag == f"{_W}t" else " "


def _squeezed(texts: Iterable[str]) -> str:
    return _BLANKS.sub(" ", " ".join(texts))


def amounts(texte: str) -> list[str]:
    """List the amounts a text prints, in order."""
    return _AMOUNT.findall(texte)


def require(texte: str, attendus: Mapping[str, int]) -> None:
    """Check that each text expected is read at least as often as it must be.

    Raises:
        Refus: naming the first that is not.
    """
    for attendu, fois in attendus.items():
        if _count(texte, attendu) < fois:
            raise Refus(
                f"Le document produit ne porte pas «{INSECABLE}{attendu}{INSECABLE}» comme le dossier l’exige : "
                f"{_REMEDE}"
            )


def _count(texte: str, attendu: str) -> int:
    """Count a text where no longer number holds it: 1 712 000 holds 712 000.

    Its place is found first, and what stands around it looked at then: ten times faster than one expression.
    """
    compte, place = 0, texte.find(attendu)
    while place >= 0:
        fin = place + len(attendu)
        if not (_BEFORE.search(texte[max(0, place - 2) : place]) or _AFTER.match(texte, fin)):
            compte, suite = compte + 1, fin
        else:
            suite = place + 1
        place = texte.find(attendu, suite)
    return compte


_BEFORE = re.compile(rf"[\d,.-]\Z|\d{INSECABLE}\Z")
_AFTER = re.compile(rf"[\d-]|[{INSECABLE},.]\d")


def compare(texte: str, sections: Iterable[Section]) -> None:
    """Check that the amounts read are those of the blocks, each exactly as often.

    Those of headings, footers, headers of tables and labels of sheets are left aside: a table of contents or a page
    prints them again.

    Raises:
        Refus: naming the first that differs.
    """
    held = tuple(sections)
    lus, ecrits = Counter(amounts(texte)), Counter(amounts(_text(held)))
    repetes = set(amounts(" ".join(_repeated(held))))
    for montant in sorted((lus.keys() | ecrits.keys()) - repetes):
        if lus[montant] != ecrits[montant]:
            raise Refus(
                f"Le document produit porte {_fois(lus[montant])} «{INSECABLE}{montant}{INSECABLE}» au lieu de "
                f"{_fois(ecrits[montant])} : {_REMEDE}"
            )


def _text(sections: Iterable[Section]) -> str:
    return _squeezed(text for section in sections for text in _texts(section.blocks))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Go through the texts of blocks as pages show them: the runs of one paragraph follow one another."""
    for block in blocks:
        match block:
            case Heading(runs=runs) | Paragraph(runs=runs):
                yield plain(runs)
            case BulletList(items=items):
                yield from (plain(item.runs) for item in items)
            case KeepTogether(blocks=inner):
                yield from _texts(inner)
            case Fields(rows=rows):
                for row in rows:
                    yield row.label
                    yield from _texts(row.blocks)
            case other:
                yield from (run.text for run in runs_of((other,)))


def _repeated(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.footer
        yield from (plain(heading.runs) for heading in headings_of(section.blocks))
        yield from _repeated_in(section.blocks)


def _repeated_in(blocks: Iterable[Block]) -> Iterator[str]:
    """Go through the texts of blocks that each page may print again."""
    for block in blocks:
        match block:
            case Table(header=header):
                yield from header
            case Fields(rows=rows):
                for row in rows:
                    yield row.label
                    yield from _repeated_in(row.blocks)
            case KeepTogether(blocks=inner):
                yield from _repeated_in(inner)
            case _:
                pass


def _fois(nombre: int) -> str:
    return f"{nombre} fois" if nombre else "zéro fois"
