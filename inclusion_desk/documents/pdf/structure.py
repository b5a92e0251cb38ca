"""The logical structure of a tagged PDF: what assistive readers follow (ISO 32000-1, 14.7; ISO 14289-1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

DOCUMENT = 0
"""Index of the element that holds all others."""
_DEEPEST = 6


class Structure:
    """The tree of elements, and which marked content of which page belongs to each.

    An element holds other elements, or marks and their annotations, never both. Kept as parallel lists: a long table
    has 200 000 cells.
    """

    def __init__(self) -> None:
        self._tags = ["Document"]
        self._parents = [-1]
        self._attributes: dict[int, str] = {}
        self.pages: list[list[int]] = []
        self._level = 0
        self._holder = DOCUMENT
        self._annotations: list[tuple[int, int, int]] = []

    def add(self, tag: str, parent: int | None = None, attributes: str = "") -> int:
        """Add an element at the end of its parent (the document, or what ``within`` says), and give its index."""
        self._tags.append(tag)
        self._parents.append(self._holder if parent is None else parent)
        index = len(self._tags) - 1
        if attributes:
            self._attributes[index] = attributes
        return index

    def add_heading(self, level: int) -> int:
        """Add a heading, one level at most below the last: readers must find no gap (ISO 14289-1, 7.4.2)."""
        self._level = min(level, self._level + 1, _DEEPEST)
        return self.add(f"H{self._level}")

    @contextmanager
    def within(self, element: int) -> Iterator[None]:
        """Make an element the parent of what is added meanwhile without naming its own."""
        outer, self._holder = self._holder, element
        try:
            yield
        finally:
            self._holder = outer

    def add_page(self) -> None:
        """Begin a page; marks go to the last one."""
        self.pages.append([])

    def mark(self, element: int) -> str:
        """Open marked content that belongs to an element, on the current page."""
        marks = self.pages[-1]
        marks.append(element)
        return f"/{self._tags[element]} <</MCID {len(marks) - 1}>> BDC"

    def attach(self, element: int, page: int, number: int) -> None:
        """Say that an annotation, object ``number`` on a page (from 0), belongs to an element that has marks."""
        self._annotations.append((element, page, number))

    def objects(self, first: int, pages: list[int]) -> Iterator[str]:
        """Write the objects numbered from ``first``: the root, its parent tree, then the elements.

        ``pages`` are the object numbers of the pages.
        """
        base = first + 2
        elements = len(self._tags)
        following = len(self.pages) + len(self._annotations)
        yield f"<</Type/StructTreeRoot/K {base} 0 R/ParentTree {first + 1} 0 R/ParentTreeNextKey {following}>>"
        yield f"<</Nums[{' '.join(self._parent_arrays(base))}]>>"
        kids = self._kids(base, pages)
        parents = self._parents
        for index in range(elements):
            parent = base + parents[index] if index else first
            attributes = self._attributes.get(index, "")
            yield f"<</S/{self._tags[index]}/P {parent} 0 R{attributes}{kids.get(index, '')}>>"

    def _parent_arrays(self, base: int) -> Iterator[str]:
        for rank, marks in enumerate(self.pages):
            yield f"{rank}[{' '.join(f'{base + element} 0 R' for element in marks)}]"
        for rank, (element, _, _) in enumerate(self._annotations, start=len(self.pages)):
            yield f"{rank} {base + element} 0 R"

    def _kids(self, base: int, pages: list[int]) -> dict[int, str]:
        kids: dict[int, str] = {}
        several: defaultdict[int, list[str]] = defaultdict(list)
        for page, marks in zip(pages, self.pages, strict=True):
            for mcid, element in enumerate(marks):
                if element in kids:
                    several[element].append(f"<</Type/MCR/Pg {page} 0 R/MCID {mcid}>>")
                else:
                    kids[element] = f"/Pg {page} 0 R/K {mcid}"
        for element, place, number in self._annotations:
            several[element].append(f"<</Type/OBJR/Obj {number} 0 R/Pg {pages[place]} 0 R>>")
        for element, more in several.items():
            # « /Pg 5 0 R/K 3 » becomes a first reference beside the others.
            first = kids[element].replace("/K", "/MCID")
            kids[element] = f"/K[<</Type/MCR{first}>>{''.join(more)}]"
        children: defaultdict[int, list[int]] = defaultdict(list)
        for index, parent in enumerate(self._parents[1:], start=1):
            children[parent].append(base + index)
        for parent, numbers in children.items():
            kids[parent] = f"/K[{' '.join(f'{n} 0 R' for n in numbers)}]"
        return kids
