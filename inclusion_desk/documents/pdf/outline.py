"""The bookmarks, nested as headings are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from inclusion_desk.documents.pdf.anchors import parents_of
from inclusion_desk.documents.pdf.links import Anchor

_MOST_OPEN = 40
"""With more bookmarks than this, only the first level shows when the file is opened."""


def outline_entries(
    anchors: Sequence[Anchor],
    references: Sequence[str],
    title: Callable[[str], str],
    destination: Callable[[Anchor], str],
) -> list[str]:
    """Write the outline, then the entry of each heading; ``references`` are theirs, in that order."""
    parents = parents_of(anchor.level for anchor in anchors)
    children: list[list[int]] = [[] for _ in references]
    for rank, parent in enumerate(parents, start=1):
        children[parent].append(rank)
    sizes = _open_sizes(children, parents)
    texts = [_family(children[0], references, sizes[0])]
    for rank, (anchor, parent) in enumerate(zip(anchors, parents, strict=True), start=1):
        texts.append(
            f"/Title {title(anchor.title)}/Parent {references[parent]}{destination(anchor)}"
            f"{_family(children[rank], references, sizes[rank])}"
        )
    for siblings in children:
        for before, after in pairwise(siblings):
            texts[before] += f"/Next {references[after]}"
            texts[after] += f"/Prev {references[before]}"
    return [f"<<{text}>>" for text in texts]


def _open_sizes(children: Sequence[Sequence[int]], parents: Sequence[int]) -> list[int]:
    """Count what shows under each entry (ISO 32000-1, table 153); negative when it is closed."""
    if len(parents) > _MOST_OPEN:
        return [len(children[0]), *(-len(own) for own in children[1:])]
    sizes = [0] * len(children)
    for rank in range(len(parents), 0, -1):
        sizes[parents[rank - 1]] += 1 + sizes[rank]
    return sizes


def _family(children: Sequence[int], references: Sequence[str], size: int) -> str:
    if not children:
        return ""
    return f"/First {references[children[0]]}/Last {references[children[-1]]}/Count {size}"
