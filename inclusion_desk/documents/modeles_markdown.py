"""Reads the Markdown of a filled template into blocks, then puts the values where they belong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

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
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import typo

FIRST_PLACE, LAST_PLACE = 0xF0000, 0xFFFFD
"""The private-use characters that stand for values while the Markdown is read."""
_SIGN = "[signature]"
_STYLES = {style.value: style for style in Style}
_MARKDOWN = MarkdownIt("zero").enable(["heading", "list", "fence", "table", "hr", "emphasis", "escape", "newline"])
# A template's own words are the same from one act to the next.
_typo = lru_cache(maxsize=4096)(typo)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reading needs: values by place, tables by name, the style of paragraphs."""

    values: Mapping[int, str]
    tables: Mapping[str, Table]
    style: Style = Style.BODY

    def fill(self, text: str) -> str:
        """Set the typography of the template's own words, then put the values in, as they are."""
        return _typo(text).translate(self.values)


def to_blocks(text: str, values: Mapping[int, str], tables: Mapping[str, Table]) -> tuple[Block, ...]:
    """Read Markdown into blocks; a character of ``values`` becomes its value, never read as Markdown.

    Fences give what Markdown has no word for: a style of paragraphs, ``ensemble`` (kept on one page),
    ``signatures``, and ``tableau`` followed by a name.

    Raises:
        Refus: an unknown fence or table.
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
    bold = italic = False
    runs: list[Run] = []
    for child in token.children or []:
        match child.type:
            case "strong_open" | "strong_close":
                bold = child.nesting > 0
            case "em_open" | "em_close":
                italic = child.nesting > 0
            case kind:
                text = {"softbreak": " ", "hardbreak": "\n"}.get(kind, child.content)
                if runs and (runs[-1].bold, runs[-1].italic) == (bold, italic):
                    runs[-1] = replace(runs[-1], text=runs[-1].text + text)
                elif text:
                    runs.append(Run(text, bold, italic))
    return tuple(replace(run, text=reader.fill(run.text)) for run in runs)


def _items(tokens: Sequence[Token], reader: _Reader) -> Iterator[Item]:
    level = -1
    for token in tokens:
        if token.type.endswith("_list_open"):
            level += 1
        elif token.type.endswith("_list_close"):
            level -= 1
        elif token.type == "inline":
            yield Item(_runs(token, reader), level)


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
    if info in _STYLES:
        yield from _blocks(content, replace(reader, style=_STYLES[info]))
    elif info == "ensemble":
        yield KeepTogether(tuple(_blocks(content, reader)))
    elif info == "signatures":
        yield _signatures(content, reader)
    elif info.startswith("tableau "):
        yield _named(info.removeprefix("tableau ").strip(), reader)
    else:
        raise Refus(f"Le modèle ouvre une partie inconnue («{INSECABLE}{info}{INSECABLE}») : corrigez son nom.")


def _named(name: str, reader: _Reader) -> Table:
    if name not in reader.tables:
        raise Refus(f"Le modèle demande un tableau inconnu («{INSECABLE}{name}{INSECABLE}») : corrigez son nom.")
    return reader.tables[name]


def _signatures(content: str, reader: _Reader) -> Signatures:
    """Read place and date, then signatories, between blank lines; the last line of each is a name."""
    place, *others = [part for part in content.split("\n\n") if part.strip()] or [""]
    return Signatures(reader.fill(place.strip()), tuple(_signatory(part, reader) for part in others))


def _signatory(part: str, reader: _Reader) -> Signatory:
    lines = [line.strip() for line in part.splitlines() if line.strip()]
    box = _SIGN in lines
    *quality, name = (reader.fill(line) for line in lines if line != _SIGN)
    return Signatory(tuple(quality), name, box)
