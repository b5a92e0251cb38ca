"""Paragraphs and runs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from inclusion_desk.documents.blocks import Run, Section, runs_of
from inclusion_desk.documents.docx.xml import Element, add, add_value, name
from inclusion_desk.documents.pdf.archive import writable
from inclusion_desk.documents.pdf.meta import PdfMeta
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus

_CUTS = re.compile(r"([\n\t])")
_SET_OUT = {"\n": "br", "\t": "tab"}


@dataclass(frozen=True, slots=True)
class Flow:
    """How a paragraph takes part in the division into pages."""

    keep: bool = False
    fresh: bool = False
    top: bool = False
    """Whether it stands at the top of a page, where there is nothing to be apart from."""


FREE = Flow()


def check_texts(content: Iterable[Section], meta: PdfMeta) -> None:
    """Check that each text can be written at all.

    Raises:
        Refus: naming the first character that XML has no way to hold, and the text it is in.
    """
    texts = [run.text for run in runs_of(content)] + [meta.footer, meta.watermark]
    for text in texts:
        kept = writable(text)
        if kept != text:
            character = next(one for one in text if one not in kept)
            excerpt = " ".join(kept[:40].split())
            raise Refus(
                f"Le caractère U+{ord(character):04X} ne peut pas être écrit dans un fichier Word : supprimez-le du "
                f"texte «{INSECABLE}{excerpt}{INSECABLE}»."
            )


def paragraph(parent: Element, style: str, flow: Flow = FREE) -> Element:
    """Begin a paragraph in one of the styles."""
    element = add(parent, "p")
    properties = add(element, "pPr")
    add_value(properties, "pStyle", style)
    if flow.keep:
        add(properties, "keepNext")
    if flow.fresh:
        add(properties, "pageBreakBefore")
    if flow.top:
        add(properties, "spacing", before=0)
    return element


def style_of(line: Element) -> str:
    """Give the style of a paragraph made here."""
    return str(properties_of(line)[0].get(name("val")))


def end_cell(line: Element) -> None:
    """Leave no space under the last paragraph of a cell: the cell has its own."""
    properties = properties_of(line)
    spacing = properties.find(name("spacing"))
    if spacing is None:
        spacing = add(properties, "spacing")
        indent = properties.find(name("ind"))
        if indent is not None:
            indent.addprevious(spacing)
    spacing.set(name("after"), "0")


def properties_of(element: Element) -> Element:
    """Give the properties of a paragraph made here."""
    properties: Element = element[0]
    return properties


def write(parent: Element, runs: Iterable[Run]) -> None:
    """Write runs at the end of a paragraph."""
    for run in runs:
        write_text(parent, run.text, bold=run.bold, italic=run.italic)


def write_text(parent: Element, text: str, *, bold: bool = False, italic: bool = False) -> None:
    """Write one text, its line feeds as line breaks."""
    if not text:
        return
    element = add(parent, "r")
    if bold or italic:
        face = add(element, "rPr")
        for tag in (*(("b", "bCs") if bold else ()), *(("i", "iCs") if italic else ())):
            add(face, tag)
    for part in _CUTS.split(text):
        if part in _SET_OUT:
            add(element, _SET_OUT[part])
        elif part:
            node = add(element, "t")
            node.set(name("xml:space"), "preserve")
            node.text = part


def field(parent: Element, instruction: str, shown: str) -> None:
    """Write a field of our own, with what it shows until it is computed again."""
    mark(parent, "begin")
    instruct(parent, instruction)
    mark(parent, "separate")
    write_text(parent, shown)
    mark(parent, "end")


def mark(parent: Element, kind: str) -> None:
    """Write one of the three marks of a field: begin, separate, end."""
    add(add(parent, "r"), "fldChar", fldCharType=kind)


def instruct(parent: Element, instruction: str) -> None:
    """Write what a field computes; never a text of the user's."""
    node = add(add(parent, "r"), "instrText")
    node.set(name("xml:space"), "preserve")
    node.text = f" {instruction} "


class Bookmarks:
    """Gives each place that fields and links name its number."""

    def __init__(self) -> None:
        self.count = 0

    def open(self, parent: Element, label: str) -> int:
        """Open a bookmark and give its number."""
        add(parent, "bookmarkStart", id=self.count, name=label)
        self.count += 1
        return self.count - 1

    @staticmethod
    def close(parent: Element, number: int) -> None:
        """Close a bookmark."""
        add(parent, "bookmarkEnd", id=number)
