"""Real lists: one definition for bullets, one for numbers, and a count of its own for each numbered list."""

from __future__ import annotations

from inclusion_desk.documents.docx.xml import Element, add, add_value, root, twips
from inclusion_desk.documents.pdf.styles import ITEM_STEP

BULLETS, NUMBERS = 1, 2
"""The definitions that the styles of lists name."""
LEVELS = 9
_SIGNS = ("•", "–", "·")
_HANG = ITEM_STEP - 2


def numbering() -> Element:
    """Write the part of lists, with no list yet but those of the styles."""
    part = root("numbering")
    for definition, kind in ((BULLETS, "bullet"), (NUMBERS, "decimal")):
        abstract = add(part, "abstractNum", abstractNumId=definition)
        add_value(abstract, "multiLevelType", "hybridMultilevel")
        for level in range(LEVELS):
            sign = _SIGNS[min(level, len(_SIGNS) - 1)] if definition == BULLETS else f"%{level + 1}."
            _level(abstract, level, kind, sign)
    for definition in (BULLETS, NUMBERS):
        add_value(add(part, "num", numId=definition), "abstractNumId", definition)
    return part


def _level(abstract: Element, level: int, kind: str, sign: str) -> None:
    entry = add(abstract, "lvl", ilvl=level)
    for tag, value in (("start", 1), ("numFmt", kind), ("lvlText", sign), ("lvlJc", "left")):
        add_value(entry, tag, value)
    indent(add(entry, "pPr"), level)


def indent(properties: Element, level: int) -> None:
    """Set the indent of one level of a list."""
    add(properties, "ind", left=twips(ITEM_STEP * (level + 1)), hanging=twips(_HANG))


def enter(properties: Element, own: int, level: int, *, numbered: bool) -> None:
    """Make a paragraph an entry of the list ``own``, as deep as lists go."""
    level = min(level, LEVELS - 1)
    place = add(properties, "numPr")
    # Numbers run on through all levels, as they are printed: one level of the list, more indented.
    add_value(place, "ilvl", 0 if numbered else level)
    add_value(place, "numId", own)
    if level and numbered:
        indent(properties, level)


def start_list(part: Element, first: int) -> int:
    """Begin a numbered list at a number, and give its own number."""
    own = len(part) - NUMBERS + 1
    number = add(part, "num", numId=own)
    add_value(number, "abstractNumId", NUMBERS)
    add_value(add(number, "lvlOverride", ilvl=0), "startOverride", first)
    return own
