"""From blocks to the bytes of a PDF."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from inclusion_desk.documents.blocks import Block, runs_of
from inclusion_desk.documents.pdf.compose import Bookmark, Composer
from inclusion_desk.documents.pdf.flow import Placed, paginate
from inclusion_desk.documents.pdf.fonts import BOLD, REGULAR, check_glyphs
from inclusion_desk.documents.pdf.ink import Ink
from inclusion_desk.documents.pdf.meta import TOP, PdfMeta
from inclusion_desk.documents.pdf.writer import TaggedDocument, Target

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
        Refus: naming the first character that could not be printed.
    """
    used: defaultdict[int, set[str]] = defaultdict(set)
    for run in runs_of(blocks):
        used[run.bold + 2 * run.italic].update(run.text)
    used[REGULAR].update(meta.footer)
    used[BOLD].update(meta.watermark)
    for face, characters in used.items():
        check_glyphs(face, characters - _LAID_OUT)


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
