"""Builds elements: every text enters as a text node or an attribute, so that none can become markup or a field."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

Element: TypeAlias = BaseOxmlElement

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = {"w": W, "r": R, "xml": "http://www.w3.org/XML/1998/namespace"}


@cache
def name(tag: str) -> str:
    """Write a name as lxml wants it; one without a prefix is Word's own."""
    prefix, _, local = tag.rpartition(":")
    return f"{{{_SPACES[prefix or 'w']}}}{local}"


def root(tag: str) -> Element:
    """Begin a tree."""
    element: Element = parse_xml(f'<w:{tag} xmlns:w="{W}" xmlns:r="{R}"/>')
    return element


def add(parent: Element, tag: str, attributes: Mapping[str, str | int] | None = None, /, **more: str | int) -> Element:
    """Add an element at the end of another; keywords are attributes of Word's own namespace."""
    element: Element = etree.SubElement(parent, name(tag))
    for key, value in {**(attributes or {}), **more}.items():
        element.set(name(key), str(value))
    return element


def add_value(parent: Element, tag: str, value: str | int) -> Element:
    """Add one of the many elements whose only attribute is ``val``."""
    return add(parent, tag, val=value)


def written(element: Element) -> bytes:
    """Write a tree as a part of the file."""
    content: bytes = etree.tostring(element, encoding="UTF-8", standalone=True)
    return content


def twips(points: float) -> int:
    """Give points as twentieths of a point."""
    return round(points * 20)
