"""Breaks runs of text into lines of a given width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from inclusion_desk.documents.blocks import Run
from inclusion_desk.documents.pdf.fonts import REGULAR, width

Segment = tuple[int, str]
"""A face and a text."""


_LEAST_LEFT = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line ready to draw: its segments, and its width in points."""

    segments: tuple[Segment, ...]
    width: float


def break_lines(runs: Iterable[Run], size: float, first: float, following: float) -> list[Line]:
    """Fill lines with words, ``first`` and ``following`` points wide; over-long words are cut.

    Lines that go on end with a space, or assistive readers hear two words as one.
    """
    return list(_broken(tuple(runs), size, first, following))


@lru_cache(
    maxsize=2048
)  # an act is laid out to count its pages, then drawn; those of a batch share most of their texts
def _broken(runs: tuple[Run, ...], size: float, first: float, following: float) -> tuple[Line, ...]:
    lines: list[Line] = []
    for words in _forced_lines(runs):
        _fill(words, size, (first, following), lines)
    return tuple(lines)


def _forced_lines(runs: Iterable[Run]) -> Iterator[list[list[Segment]]]:
    """Cut runs at line feeds, then into words; a word may change face half-way."""
    words: list[list[Segment]] = [[]]
    for run in runs:
        face = run.bold + 2 * run.italic
        for rank, part in enumerate(run.text.split("\n")):
            if rank:
                yield words
                words = [[]]
            opening, *others = part.split(" ")
            if opening:
                words[-1].append((face, opening))
            words.extend([(face, word)] if word else [] for word in others)
    yield words


def _fill(words: list[list[Segment]], size: float, widths: tuple[float, float], lines: list[Line]) -> None:
    space = width(REGULAR, " ", size)
    room, used = widths[bool(lines)], 0.0
    current: list[list[Segment]] = []
    for word in words:
        if not word:
            continue
        wide = _wide(word, size)
        if current and used + space + wide > room:
            lines.append(_line(current, used, last=False))
            current, used, room = [], 0.0, widths[1]
        while word and wide > room:
            head, word = _cut(word, size, room)  # noqa: PLW2901 - the rest of an over-long word goes on
            lines.append(_line([head], _wide(head, size), last=True))
            wide, room = _wide(word, size), widths[1]
        if not word:
            continue
        used += wide + (space if current else 0)
        current.append(word)
    lines.append(_line(current, used, last=True))


def _wide(word: list[Segment], size: float) -> float:
    if len(word) == 1:
        return _measured(*word[0], size)
    return sum(_measured(face, text, size) for face, text in word)


# Acts of one kind are made of the same few thousand words.
_measured = lru_cache(maxsize=8192)(width)


def _cut(word: list[Segment], size: float, room: float) -> tuple[list[Segment], list[Segment]]:
    """Cut a word after as many characters as fit, at least one."""
    head: list[Segment] = []
    for index, (face, text) in enumerate(word):
        wide = width(face, text, size)
        if wide <= room:
            head.append((face, text))
            room -= wide
            continue
        count = _readable_cut(text, _fitting(face, text, size, room)) or (not head)
        if count:
            head.append((face, text[:count]))
        # Nothing must be left of a character wider than the room, or it would be cut for ever.
        return head, [*([(face, text[count:])] if count < len(text) else []), *word[index + 1 :]]
    return head, []


def _fitting(face: int, text: str, size: float, room: float) -> int:
    low, high = 0, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(face, text[:middle], size) <= room else (low, middle - 1)
    return low


def _readable_cut(text: str, most: int) -> int:
    """Give where to cut a word at ``most`` characters: after a hyphen or a slash, or leaving no one or two letters."""
    joint = max(text.rfind("-", 0, most), text.rfind("/", 0, most)) + 1
    return joint or max(min(most, len(text) - _LEAST_LEFT), min(most, 1))


def _line(words: list[list[Segment]], used: float, *, last: bool) -> Line:
    flat: list[Segment] = []
    for word in words:
        flat += word
        flat.append((word[-1][0], " "))
    if last and flat:
        flat.pop()
    faces = groupby(flat, key=itemgetter(0))
    return Line(tuple((face, "".join(text for _, text in some)) for face, some in faces), used)
