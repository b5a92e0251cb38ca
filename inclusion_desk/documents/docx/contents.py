"""The table of contents: a field that Word can compute again, filled in with what the printed pages would say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inclusion_desk.documents.blocks import Contents
from inclusion_desk.documents.docx.styles import DEEPEST, SPACER
from inclusion_desk.documents.docx.texts import Bookmarks, field, instruct, mark, paragraph, properties_of, write_text
from inclusion_desk.documents.docx.xml import Element, add, twips
from inclusion_desk.documents.pdf.meta import PORTRAIT, Sheet


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading: its level, title, rank in the document, and the page it would be printed on."""

    level: int
    title: str
    rank: int
    page: int


def label(rank: int) -> str:
    """Name the bookmark of a heading, as Word names its own."""
    return f"_Toc{rank + 1:06d}"


def write_contents(
    parent: Element, block: Contents, following: Sequence[Entry], sheet: Sheet, bookmarks: Bookmarks
) -> int | None:
    """Write a table of the headings that follow; the bookmark given back marks them, to be closed at the end."""
    entries = [entry for entry in following if entry.level <= block.depth]
    if not entries:
        return None
    suite = f"_Suite{bookmarks.count}"
    for rank, entry in enumerate(entries):
        line = paragraph(parent, f"TOC{min(entry.level, DEEPEST)}")
        if sheet != PORTRAIT:
            _tab(properties_of(line), sheet)
        if rank == 0:
            mark(line, "begin")
            instruct(line, f'TOC \\o "1-{min(block.depth, DEEPEST)}" \\h \\z \\b {suite}')
            mark(line, "separate")
        _entry(line, entry)
        if rank == len(entries) - 1:
            mark(line, "end")
    # Apart from the field: this paragraph may end the section, whose footer has fields of its own.
    return bookmarks.open(paragraph(parent, SPACER), suite)


def _tab(properties: Element, sheet: Sheet) -> None:
    tabs = add(properties, "tabs")
    add(tabs, "tab", val="clear", pos=twips(PORTRAIT.width))
    add(tabs, "tab", val="right", leader="dot", pos=twips(sheet.width))


def _entry(line: Element, entry: Entry) -> None:
    link = add(line, "hyperlink", anchor=label(entry.rank), history=1)
    write_text(link, f"{entry.title}\t")
    field(link, f"PAGEREF {label(entry.rank)} \\h", str(entry.page))
