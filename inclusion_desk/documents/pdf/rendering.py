"""From blocks to the bytes of a PDF."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from inclusion_desk.documents.blocks import Block, runs_of
from inclusion_desk.documents.pdf.compose import Bookmark, Composer
from inclusion_desk.documents.pdf.flow import Placed, paginate
from inclusion_desk.documents.pdf.fonts import BOLD, REGULAR, missing_glyph
from inclusion_desk.documents.pdf.ink import Ink
from inclusion_desk.documents.pdf.meta import TOP, PdfMeta
from inclusion_desk.documents.pdf.writer import TaggedDocument, Target
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus

_LAID_OUT = {"\n", "\t"}
"""Characters that set out a text instead of being printed."""


def render_pdf(blocks: Iterable[Block], meta: PdfMeta, progress: Callable[[int, int], None] | None = None) -> bytes:
    """Render blocks as a tagged PDF/A-2a and PDF/UA-1; the same blocks and metadata give the same bytes.

    ``progress`` is told the pages done and their number, and may raise to interrupt.

    Raises:
        Refus: a character that the typeface has not.
    """
    held = tuple(blocks)
    check_texts(held, meta)
    document = TaggedDocument(meta)
    ink = Ink(document, meta)
    composer = Composer(ink.structure, meta.width)
    pages = list(paginate(composer.compose(held), meta.height, meta.size[1] - TOP)) or [[]]
    for number, page in enumerate(pages, start=1):
        document.add_content(_draw(ink, page, number, len(pages)))
        if progress:
            progress(number, len(pages))
    return document.finish(ink.structure, _targets(composer.bookmarks, pages))


def check_texts(blocks: Iterable[Block], meta: PdfMeta) -> None:
    """Check that each text’s face has its characters.

    Raises:
        Refus: naming the first character that could not be printed, and the text it is in.
    """
    texts: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for run in runs_of(blocks):
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


def _draw(ink: Ink, page: list[Placed], number: int, count: int) -> str:
    ink.begin_page()
    for placed in page:
        placed.piece.draw(ink, placed.y)
    return ink.end_page(number, count)


def _targets(bookmarks: Iterable[Bookmark], pages: list[list[Placed]]) -> Iterator[Target]:
    """Find where each heading was placed."""
    where = {id(placed.piece): (page, placed.y) for page, pieces in enumerate(pages) for placed in pieces}
    for bookmark in bookmarks:
        page, y = where[id(bookmark.piece)]
        yield Target(bookmark.level, bookmark.title, page, y)
