"""Headings as places to go to, and the links that lead there."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, bottom, right and top of a place on a page, in points."""


@dataclass(slots=True, eq=False)
class Anchor:
    """A heading; its page (from 0), and height on it in points, are known once pages are made."""

    level: int
    title: str
    page: int = 0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page, of an element of the structure, that leads to a heading."""

    element: int
    box: Box
    anchor: Anchor
