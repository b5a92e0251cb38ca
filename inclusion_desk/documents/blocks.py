"""The content model under every text document: what a document says, before any page or file format."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, groupby


class Style(enum.Enum):
    """What a paragraph is for; the value is the word templates use for it."""

    BODY = "corps"
    LETTERHEAD = "en-tete"
    CENTRED = "centre"
    ADDRESSEE = "destinataire"
    HANGING = "visas"


class Alignment(enum.Enum):
    """Where the cells of a column stand; the value is CSS's word, as Markdown tables give it."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face; a line feed in it is a forced line break."""

    text: str
    bold: bool = False
    italic: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; ``level`` 1 is the document's own."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one of the styles."""

    runs: Runs
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list; ``level`` 0 is the outermost."""

    runs: Runs
    level: int = 0


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list; ``first`` is the number of its first entry, or None for bullets."""

    items: tuple[Item, ...]
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of plain texts.

    ``widths`` are shares of the page's width, or nothing to let the texts decide; ``totals`` are the indexes of the
    rows printed as totals, ``groups`` those of the rows that head the rows below them: their first cell spans the
    table, the others are empty. ``compact`` prints small, for many columns.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alignments: tuple[Alignment, ...]
    widths: tuple[float, ...] = ()
    totals: frozenset[int] = field(default=frozenset())
    groups: frozenset[int] = field(default=frozenset())
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: the lines of the quality, then the name; ``box`` leaves a ruled space for the signature."""

    lines: tuple[str, ...]
    name: str
    box: bool


@dataclass(frozen=True, slots=True)
class Signatures:
    """The block of signatures, never cut between pages; ``place`` is the line of place and date."""

    place: str
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One line of a sheet: its label, and what is said of it in paragraphs, small titles and lists."""

    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """A sheet in two columns, labels on the left; a row runs over pages where it must.

    ``share`` is the part of the width that labels take.
    """

    rows: tuple[FieldRow, ...]
    share: float = 0.22


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """Blocks kept on one page, as long as a page can hold them."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: every heading of the document that follows it, down to level ``depth``."""

    depth: int = 2


Block = Heading | Paragraph | BulletList | Table | Fields | Signatures | PageBreak | KeepTogether | Contents


@dataclass(frozen=True, slots=True)
class Section:
    """A run of pages of one orientation; ``footer``, when given, replaces the document's.

    ``alone`` counts its pages by themselves: a letter among others.
    """

    blocks: tuple[Block, ...]
    landscape: bool = False
    footer: str = ""
    alone: bool = False


def sections_of(content: Iterable[Block | Section], *, landscape: bool = False) -> tuple[Section, ...]:
    """Give the sections of a document; blocks that are in none make one of their own, ``landscape`` or not."""
    sections: list[Section] = []
    for loose, group in groupby(content, key=lambda one: not isinstance(one, Section)):
        if loose:
            sections.append(Section(tuple(one for one in group if not isinstance(one, Section)), landscape))
        else:
            sections += [one for one in group if isinstance(one, Section)]
    return tuple(sections)


def plain(runs: Iterable[Run]) -> str:
    """Join the texts of runs, without their faces."""
    return "".join(run.text for run in runs)


def announces(paragraph: Paragraph) -> bool:
    """Say whether a paragraph announces what follows, a list or a table: no page ends between them."""
    return plain(paragraph.runs).rstrip().endswith(":")


def title_of(heading: Heading) -> str:
    """Give a heading on one line, as bookmarks and tables of contents print it."""
    return plain(heading.runs).replace("\n", " ").replace("\t", " ")


def blocks_of_cell(blocks: Iterable[Block]) -> Iterator[Block]:
    """Go through what a cell of a sheet can hold: page breaks and contents are left out, sheets in it are unfolded."""
    for block in blocks:
        match block:
            case PageBreak() | Contents():
                pass
            case KeepTogether(blocks=inner):
                yield KeepTogether(tuple(blocks_of_cell(inner)))
            case Fields(rows=rows):
                for row in rows:
                    yield Heading(1, (Run(row.label),))
                    yield from blocks_of_cell(row.blocks)
            case _:
                yield block


def headings_of(blocks: Iterable[Block | Section]) -> Iterator[Heading]:
    """Go through every heading, in order; the small titles in the cells of a sheet are none."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, KeepTogether | Section):
            yield from headings_of(block.blocks)


def runs_of(blocks: Iterable[Block | Section]) -> Iterator[Run]:
    """Go through every text of blocks; those of tables and signatures come as runs of the face they print in."""
    for block in blocks:
        match block:
            case Heading(runs=runs):
                yield from (replace(run, bold=True) for run in runs)
            case Paragraph(runs=runs):
                yield from runs
            case BulletList(items=items):
                yield from chain.from_iterable(item.runs for item in items)
            case Table():
                yield from _runs_of_table(block)
            case Fields():
                yield from _runs_of_fields(block)
            case Signatures():
                yield from _runs_of_signatures(block)
            case KeepTogether(blocks=inner):
                yield from runs_of(inner)
            case Section(blocks=inner, footer=footer):
                yield from runs_of(inner)
                yield Run(footer)
            # Page breaks and contents have no text of their own.


def _runs_of_table(table: Table) -> Iterator[Run]:
    for text in table.header:
        yield Run(text, bold=True)
    for index, row in enumerate(table.rows):
        bold = index in table.totals or index in table.groups
        for text in row:
            yield Run(text, bold)


def _runs_of_fields(block: Fields) -> Iterator[Run]:
    for row in block.rows:
        yield Run(row.label, bold=True)
        yield from runs_of(row.blocks)


def _runs_of_signatures(block: Signatures) -> Iterator[Run]:
    yield Run(block.place)
    for who in block.signatories:
        yield from (*map(Run, who.lines), Run(who.name, bold=True))
