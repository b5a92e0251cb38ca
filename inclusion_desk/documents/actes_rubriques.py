"""Reads the texts of sheets: paragraphs, small titles, lists with bullets or numbers; never read as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from inclusion_desk.documents.blocks import Block, BulletList, Heading, Item, Paragraph, Run
from inclusion_desk.domain.text import typo

_BLANCHE = re.compile(r"\n[ \t]*\n")
_MARQUE = re.compile(r"(?P<retrait>[ \t]*)(?:(?P<titre>#{1,3})|(?P<puce>[-–•])|(?P<numero>\d{1,2})\.)[ \t]+(?=\S)")
_RETRAIT = 2
"""Spaces before a dash that make its entry one of a list within the list."""
TITRE = 4
"""A small title in a cell is no heading of the document."""


@dataclass(frozen=True, slots=True)
class _Partie:
    """One stretch of a text; ``sorte`` is ``titre``, ``puce``, ``numero``, or ``texte`` for a paragraph."""

    sorte: str
    texte: str
    niveau: int = 0
    numero: int | None = None


@lru_cache(maxsize=256)
def blocs(texte: str) -> tuple[Block, ...]:
    """Give a text as blocks, with French non-breaking spaces; the same sheet serves many acts of a batch.

    A blank line ends a paragraph or a list; « - » begins an entry, indented by two spaces one of a list within it;
    « 1. » a numbered one, « # » a small title. Any other line goes on the one before: a single line break stays one.
    """
    return tuple(_blocs(texte))


def _blocs(texte: str) -> Iterator[Block]:
    for part in _BLANCHE.split(typo(texte)):
        parties = enumerate(_parties(part))
        # Numbers that follow one another keep the same distance to their rank: a gap begins another list.
        for (sorte, *_), groupe in groupby(parties, key=lambda un: (un[1].sorte, (un[1].numero or un[0]) - un[0])):
            suite = tuple(partie for _, partie in groupe)
            if sorte in {"puce", "numero"}:
                yield BulletList(tuple(Item((Run(une.texte),), une.niveau) for une in suite), suite[0].numero)
            else:
                yield from (_ligne(partie) for partie in suite)


def _ligne(partie: _Partie) -> Block:
    runs = (Run(partie.texte),)
    return Heading(TITRE, runs) if partie.sorte == "titre" else Paragraph(runs)


def _parties(part: str) -> Iterator[_Partie]:
    """Cut what stands between two blank lines."""
    tenue: _Partie | None = None
    for brute in part.splitlines():
        lue = _read(brute)
        if tenue and lue.sorte == "texte" and tenue.sorte != "titre":
            lien = "\n" if tenue.sorte == "texte" else " "
            tenue = replace(tenue, texte=f"{tenue.texte}{lien}{lue.texte}")
            continue
        if tenue:
            yield tenue
        tenue = lue
    if tenue and tenue.texte:
        yield tenue


def _read(brute: str) -> _Partie:
    trouvee = _MARQUE.match(brute)
    if trouvee is None or trouvee.lastgroup is None:
        return _Partie("texte", brute.strip())
    texte, numero = brute[trouvee.end() :].strip(), trouvee["numero"]
    dedans = trouvee.lastgroup == "puce" and len(trouvee["retrait"].expandtabs(_RETRAIT)) >= _RETRAIT
    return _Partie(trouvee.lastgroup, texte, int(dedans), int(numero) if numero else None)
