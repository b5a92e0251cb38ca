"""From blocks to the bytes of a PDF."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from inclusion_desk.documents.blocks import Block, Section, headings_of, runs_of, sections_of
from inclusion_desk.documents.pdf.anchors import Anchors
from inclusion_desk.documents.pdf.compose import Composer
from inclusion_desk.documents.pdf.fields import framed
from inclusion_desk.documents.pdf.flow import Placed, paginate
from inclusion_desk.documents.pdf.fonts import BOLD, REGULAR, missing_glyph
from inclusion_desk.documents.pdf.ink import Ink
from inclusion_desk.documents.pdf.meta import PdfMeta, Sheet, sheet_of
from inclusion_desk.documents.pdf.structure import Structure
from inclusion_desk.documents.pdf.writer import TaggedDocument
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus

_LAID_OUT = {"\n", "\t"}
"""Characters that set out a text instead of being printed."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page not yet drawn; ``run`` is the rank of the pages it is counted among."""

    sheet: Sheet
    footer: str
    pieces: list[Placed]
    run: int = 0


def render_pdf(
    content: Iterable[Block | Section], meta: PdfMeta, progress: Callable[[int, int], None] | None = None
) -> bytes:
    """Render blocks, or sections of them, as a tagged PDF/A-2a and PDF/UA-1 (PDF/A-3a with attachments).

    The same content and metadata give the same bytes. ``progress`` is told the pages done and their number, and may
    raise to interrupt.

    Raises:
        Refus: a character that the typeface has not.
    """
    sections = sections_of(content, landscape=meta.landscape)
    check_texts(sections, meta)
    document = TaggedDocument(meta)
    ink = Ink(document, meta)
    anchors = Anchors(headings_of(sections))
    leaves = list(lay_out(sections, ink.structure, anchors)) or [Leaf(sheet_of(landscape=meta.landscape), "", [])]
    anchors.place(leaf.pieces for leaf in leaves)
    counts, numbers = Counter(leaf.run for leaf in leaves), Counter[int]()
    for number, leaf in enumerate(leaves, start=1):
        numbers[leaf.run] += 1
        drawn = _draw(ink, leaf, numbers[leaf.run], counts[leaf.run])
        document.add_content(drawn, leaf.sheet.size, ink.links)
        if progress:
            progress(number, len(leaves))
    return document.finish(ink.structure, anchors.all)


def lay_out(sections: Iterable[Section], structure: Structure, anchors: Anchors) -> Iterator[Leaf]:
    """Share the blocks of sections out between pages."""
    for rank, section in enumerate(sections, start=1):
        sheet = sheet_of(landscape=section.landscape)
        pieces = Composer(structure, sheet, anchors).compose(section.blocks)
        for page in paginate(pieces, sheet.height, sheet.first):
            yield Leaf(sheet, section.footer, framed(page), rank if section.alone else 0)


def check_texts(content: Iterable[Block | Section], meta: PdfMeta) -> None:
    """Check that each text’s face has its characters.

    Raises:
        Refus: naming the first character that could not be printed, and the text it is in.
    """
    texts: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for run in runs_of(content):
        texts[run.bold + 2 * run.italic][run.text] = None
    texts[REGULAR][meta.footer] = None
    texts[BOLD][meta.watermark] = None
    for face, used in texts.items():
        character = missing_glyph(face, set().union(*used) - _LAID_OUT)
        if character:
            raise _refus_glyph(character, next(text for text in used if character in text))


def _refus_glyph(character: str, text: str) -> Refus:
    place = text.index(character)
    excerpt = " ".join(text[max(0, place - 20) : place + 20].split())
    code = f"U+{ord(character):04X}"
    shown = f"«{INSECABLE}{character}{INSECABLE}» ({code})" if character.isprintable() else code
    return Refus(
        f"Le caractère {shown} ne peut pas être imprimé, la police du document ne l’a pas : remplacez-le dans le texte "
        f"«{INSECABLE}{excerpt}{INSECABLE}»."
    )


def _draw(ink: Ink, leaf: Leaf, number: int, count: int) -> str:
    ink.begin_page(leaf.sheet)
    for placed in leaf.pieces:
        placed.piece.draw(ink, placed.y)
    return ink.end_page(number, count, leaf.footer or ink.meta.footer)
