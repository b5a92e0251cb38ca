"""Reads the Markdown of a filled template into blocks, then puts the values where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from markdown_it import MarkdownIt
from markdown_it.token import Token

from inclusion_desk.documents.blocks import (
    Alignment,
    Block,
    BulletList,
    Heading,
    Item,
    KeepTogether,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    Signatory,
    Signatures,
    Style,
    Table,
)
from inclusion_desk.documents.marques import runs_marked, sans_marques
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import typo

FIRST_PLACE, LAST_PLACE = 0xF0000, 0xFFFFD
"""The private-use characters that stand for values while the Markdown is read."""
_SIGN = "[signature]"
_STYLES = {style.value: style for style in Style}
TABLEAU = "tableau"
PARTIES = (*_STYLES, "ensemble", "signatures", TABLEAU)
"""What a fence may open; ``tableau`` is followed by a name."""
PARTIES_EMBOITEES_MAX = LISTES_EMBOITEES_MAX = 6
"""How deep fences, then lists, may be nested; the reader of Markdown silently drops lists nested beyond ten."""
_MARKDOWN = MarkdownIt("zero").enable(["heading", "list", "fence", "table", "hr", "emphasis", "escape", "newline"])
_MOTS_MAX = 2_000
_ESPACES_DE_TROP = re.compile(r"(?<=[ \u00a0\u202f]{8})[ \u00a0\u202f]+")
"""Typography takes a time that grows with the square of a run of spaces."""
# A template's own words are the same from one act to the next; long ones would fill the memory.
_typo_courte = lru_cache(maxsize=4096)(typo)


def _typo(texte: str) -> str:
    net = _ESPACES_DE_TROP.sub("", texte)
    return _typo_courte(net) if len(net) <= _MOTS_MAX else typo(net)


_IN_LISTS = frozenset(
    f"{kind}_{side}"
    for kind in ("bullet_list", "ordered_list", "list_item", "paragraph", "heading")
    for side in ("open", "close")
)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reading needs: values by place, tables by name, the style of paragraphs, how many fences are open."""

    values: Mapping[int, str]
    tables: Mapping[str, Table]
    style: Style = Style.BODY
    parties: int = 0

    def fill(self, text: str) -> str:
        """Set the typography of the template's own words, then put the values in, in the one face of the place."""
        return sans_marques(self._filled(text))

    def runs(self, text: str, *, bold: bool, italic: bool) -> Iterator[Run]:
        """Fill a text that may change face within a value."""
        return runs_marked(self._filled(text), bold=bold, italic=italic)

    def _filled(self, text: str) -> str:
        return _typo(text).translate(self.values)


def to_blocks(text: str, values: Mapping[int, str], tables: Mapping[str, Table]) -> tuple[Block, ...]:
    """Read Markdown into blocks; a character of ``values`` becomes its value, never read as Markdown.

    Fences give what Markdown has no word for: a style of paragraphs, ``ensemble`` (kept on one page),
    ``signatures``, and ``tableau`` followed by a name.

    Raises:
        Refus: an unknown fence or table, fences or lists nested too deep, something else than text in a list.
    """
    return tuple(_blocks(text, _Reader(values, tables)))


def _blocks(text: str, reader: _Reader) -> Iterator[Block]:
    tokens = _MARKDOWN.parse(text)
    start = 0
    while start < len(tokens):
        end = _end(tokens, start)
        yield from _convert(tokens[start : end + 1], reader)
        start = end + 1


def _end(tokens: Sequence[Token], start: int) -> int:
    """Find where the block that begins at ``start`` ends."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    raise ValueError(start)


def _convert(tokens: Sequence[Token], reader: _Reader) -> Iterator[Block]:
    opening = tokens[0]
    match opening.type:
        case "heading_open":
            yield Heading(int(opening.tag[1]), _runs(tokens[1], reader))
        case "paragraph_open":
            yield Paragraph(_runs(tokens[1], reader), reader.style)
        case "bullet_list_open":
            yield BulletList(tuple(_items(tokens, reader)))
        case "ordered_list_open":
            yield BulletList(tuple(_items(tokens, reader)), int(opening.attrs.get("start", 1)))
        case "table_open":
            yield _table(tokens, reader)
        case "fence":
            yield from _fence(opening.info.strip(), opening.content, reader)
        case "hr":
            yield PageBreak()
        case other:
            raise ValueError(other)


def _runs(token: Token, reader: _Reader) -> Runs:
    """Read an inline text; neighbours in one face are joined, so that typography sees both sides of a line break."""
    faces = groupby(_stretches(token), key=itemgetter(0))
    return tuple(
        run
        for (bold, italic), group in faces
        for run in reader.runs("".join(text for _, text in group), bold=bold, italic=italic)
    )


def _stretches(token: Token) -> Iterator[tuple[tuple[bool, bool], str]]:
    """Go through the stretches of an inline text, each with its face: bold, italic."""
    bold = italic = False
    for child in token.children or []:
        match child.type:
            case "strong_open" | "strong_close":
                bold = child.nesting > 0
            case "em_open" | "em_close":
                italic = child.nesting > 0
            case kind:
                if text := {"softbreak": " ", "hardbreak": "\n"}.get(kind, child.content):
                    yield (bold, italic), text


def _items(tokens: Sequence[Token], reader: _Reader) -> Iterator[Item]:
    level = -1
    for token in tokens:
        if token.type.endswith("_list_open"):
            level += 1
        elif token.type.endswith("_list_close"):
            level -= 1
        elif token.type == "inline":
            yield Item(_runs(token, reader), level)
        elif token.type not in _IN_LISTS:
            raise Refus("Le modèle place dans une liste autre chose que du texte : sortez-le de la liste.")
        if level >= LISTES_EMBOITEES_MAX:
            raise Refus("Le modèle emboîte trop de listes : simplifiez-le.")


def _table(tokens: Sequence[Token], reader: _Reader) -> Table:
    """Read a table; a row all in bold is a total."""
    rows: list[list[Runs]] = []
    alignments: list[Alignment] = []
    for place, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_runs(token, reader))
            if len(rows) == 1:
                style = str(tokens[place - 1].attrs.get("style", "text-align:left"))
                alignments.append(Alignment(style.removeprefix("text-align:")))
    header, *body = [tuple("".join(run.text for run in cell) for cell in row) for row in rows]
    totals = frozenset(
        rank for rank, row in enumerate(rows[1:]) if any(row) and all(run.bold for cell in row for run in cell)
    )
    return Table(header, tuple(body), tuple(alignments), totals=totals)


def _fence(info: str, content: str, reader: _Reader) -> Iterator[Block]:
    if reader.parties == PARTIES_EMBOITEES_MAX:
        raise Refus("Le modèle ouvre trop de parties les unes dans les autres : simplifiez-le.")
    inner = replace(reader, parties=reader.parties + 1)
    if info in _STYLES:
        yield from _blocks(content, replace(inner, style=_STYLES[info]))
    elif info == "ensemble":
        yield KeepTogether(tuple(_blocks(content, inner)))
    elif info == "signatures":
        yield _signatures(content, reader)
    elif (name := nom_tableau(info)) is not None:
        yield _named(name, reader)
    else:
        raise Refus(f"Le modèle ouvre une partie inconnue ({_citee(info, reader)}) : corrigez son nom.")


def nom_tableau(info: str) -> str | None:
    """Give the name of the table that a fence calls for, or None when it opens something else."""
    return info.removeprefix(TABLEAU).strip() if info.startswith(f"{TABLEAU} ") else None


def _named(name: str, reader: _Reader) -> Table:
    if name not in reader.tables:
        raise Refus(f"Le modèle demande un tableau inconnu ({_citee(name, reader)}) : corrigez son nom.")
    return reader.tables[name]


def _citee(info: str, reader: _Reader) -> str:
    return f"«{INSECABLE}{info.translate(reader.values)[:40]}{INSECABLE}»"


def _signatures(content: str, reader: _Reader) -> Signatures:
    """Read place and date, then signatories, between blank lines; the last line of each is a name."""
    place, *others = [part for part in content.split("\n\n") if part.strip()] or [""]
    return Signatures(reader.fill(place.strip()), tuple(_signatory(part, reader) for part in others))


def _signatory(part: str, reader: _Reader) -> Signatory:
    lines = [line.strip() for line in part.splitlines() if line.strip()]
    box = _SIGN in lines
    *quality, name = (reader.fill(line) for line in lines if line != _SIGN)
    return Signatory(tuple(quality), name, box)
