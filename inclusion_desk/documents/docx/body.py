"""Writes each kind of block into the body of the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from inclusion_desk.documents.blocks import (
    Block,
    BulletList,
    Contents,
    Fields,
    Heading,
    KeepTogether,
    PageBreak,
    Paragraph,
    Section,
    Signatures,
    Style,
    Table,
    announces,
    blocks_of_cell,
)
from inclusion_desk.documents.docx import numbering, styles
from inclusion_desk.documents.docx.contents import Entry, label, write_contents
from inclusion_desk.documents.docx.fields import Cell, write_fields
from inclusion_desk.documents.docx.pages import write_page
from inclusion_desk.documents.docx.signatures import write_signatures
from inclusion_desk.documents.docx.tables import write_table
from inclusion_desk.documents.docx.texts import Bookmarks, Flow, end_cell, paragraph, properties_of, style_of, write
from inclusion_desk.documents.docx.xml import Element, add, name
from inclusion_desk.documents.pdf.meta import PORTRAIT, Sheet, sheet_of


class Body:
    """The body of one document, written block by block; ``entries`` are its headings, in order."""

    _names: ClassVar[styles.Names] = styles.ON_PAGE

    def __init__(self, body: Element, lists: Element, entries: Sequence[Entry]) -> None:
        self.element = body
        self._sheet = PORTRAIT
        self._before: Element | None = None
        self._lists = lists
        self._entries = entries
        self._headings = 0
        self._bookmarks = Bookmarks()
        self._open: list[int] = []
        self._fresh = False

    def write_section(self, section: Section) -> bool:
        """Write a section; False, and nothing is written, when nothing is in it."""
        self._sheet = sheet_of(landscape=section.landscape)
        self._before, self._fresh = self._last(), False
        self.write(section.blocks)
        if self._at_start():
            return False
        # Whatever the block, the last element is a paragraph: it ends the section.
        write_page(add(properties_of(self.element[-1]), "sectPr"), self._sheet, alone=section.alone)
        return True

    def write(self, blocks: Iterable[Block]) -> None:
        """Write blocks in order."""
        for block in blocks:
            match block:
                case Heading():
                    self._heading(block)
                case Paragraph():
                    self._text(block)
                case BulletList():
                    self._list(block)
                case Table() | Fields() | Signatures():
                    self._turn()
                    _write_table(self.element, block, self._sheet, self._cell)
                case KeepTogether(blocks=inner):
                    self._together(inner)
                case PageBreak():
                    self._fresh = not self._at_start()
                case Contents():
                    self._contents(block)

    def end(self) -> None:
        """Close what runs to the end of the document; its last section is the body's own."""
        properties = properties_of(self.element[-1])[-1]
        for number in self._open:
            Bookmarks.close(self.element, number)
        self.element.append(properties)

    def _last(self) -> Element | None:
        last: Element | None = next(self.element.iterchildren(reversed=True), None)
        return last

    def _at_start(self) -> bool:
        """Say whether nothing is written yet in the section."""
        return self._last() is self._before

    def _flow(self, *, spaced: bool = True) -> Flow:
        fresh, self._fresh = self._fresh, False
        return Flow(fresh=fresh, top=not spaced and (fresh or self._at_start()))

    def _paragraph(self, style: str) -> Element:
        return paragraph(self.element, style, self._flow(spaced=False))

    def _turn(self) -> None:
        """Begin the page asked for, before what cannot ask for it itself."""
        if self._fresh:
            self._paragraph(styles.SPACER)

    def _text(self, block: Paragraph) -> None:
        line = self._paragraph(self._names.body[block.style])
        write(line, block.runs)
        _keep([line] if announces(block) else ())

    def _heading(self, block: Heading) -> None:
        line = self._paragraph(f"Heading{min(block.level, styles.DEEPEST)}")
        number = self._bookmarks.open(line, label(self._headings))
        write(line, block.runs)
        Bookmarks.close(line, number)
        self._headings += 1

    def _cell(self, cell: Element, blocks: Iterable[Block], column: Sheet) -> None:
        _Cell(cell, self._lists, ()).write_cell(blocks, column)

    def _list(self, block: BulletList) -> None:
        own = numbering.start_list(self._lists, block.first) if block.first is not None else numbering.BULLETS
        for item in block.items:
            style = self._names.numbers if block.first is not None else self._names.bullets
            line = paragraph(self.element, style, self._flow())
            numbering.enter(properties_of(line), own, item.level, numbered=block.first is not None)
            write(line, item.runs)

    def _together(self, blocks: Iterable[Block]) -> None:
        before = self._last()
        self.write(blocks)
        written = list(self.element if before is None else before.itersiblings())
        _keep(line for element in written[:-1] for line in element.iter(name("p")))

    def _contents(self, block: Contents) -> None:
        self._turn()
        following = self._entries[self._headings :]
        number = write_contents(self.element, block, following, self._sheet, self._bookmarks)
        if number is not None:
            self._open.append(number)


class _Cell(Body):
    """The right-hand cell of a row of a sheet."""

    _names = styles.IN_CELL

    def write_cell(self, blocks: Iterable[Block], column: Sheet) -> None:
        """Write what the cell holds, at least one paragraph."""
        self._sheet, self._before = column, self._last()
        self.write(blocks_of_cell(blocks))
        if self._at_start():
            self._paragraph(self._names.body[Style.BODY])
        end_cell(self.element[-1])

    def _flow(self, *, spaced: bool = True) -> Flow:
        # As on the printed page, the space under a title is the title's own.
        return replace(super()._flow(spaced=spaced), top=not spaced and (self._at_start() or self._under_title()))

    def _under_title(self) -> bool:
        last = self._last()
        return last is not None and last.tag == name("p") and style_of(last) == styles.SUBTITLE

    def _heading(self, block: Heading) -> None:
        """Write a heading as a small title: the outline of the document goes past sheets."""
        write(self._paragraph(styles.SUBTITLE), block.runs)


def _write_table(parent: Element, block: Table | Fields | Signatures, sheet: Sheet, cell: Cell) -> None:
    match block:
        case Table():
            write_table(parent, block, sheet)
        case Fields():
            write_fields(parent, block, sheet, cell)
        case Signatures():
            write_signatures(parent, block, sheet)


def _keep(lines: Iterable[Element]) -> None:
    """Keep paragraphs each with the next one."""
    for properties in map(properties_of, lines):
        if properties.find(name("keepNext")) is None:
            add(properties, "keepNext")
            properties.insert(1, properties[-1])
