"""Texts that users typed: paragraphs, lists and headings, never read as Markdown, their figures filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inclusion_desk.documents.blocks import Block, BulletList, Heading, Item, Paragraph, Run
from inclusion_desk.documents.marques import marquer
from inclusion_desk.domain.figures import Sources, remplir
from inclusion_desk.domain.text import typo

_PUCE = re.compile(r"[-–•]\s+(?=\S)")
_TITRE = re.compile(r"(#{1,2})\s+(?=\S)")
_BLANCHE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Partie:
    """One stretch of a text: a paragraph, the entries of a list, or a heading when ``niveau`` is 1 or 2."""

    texte: str = ""
    puces: tuple[str, ...] = ()
    niveau: int = 0


def parties(texte: str, connues: Sources, *, titres: bool = False, gras: bool = False) -> tuple[Partie, ...]:
    """Cut a text at its blank lines; lines that begin by « - » make a list, those by « # » headings if ``titres``.

    A single line break stays one. Figures are printed as ``connues`` has them, with French non-breaking spaces; with
    ``gras`` they are marked, to be printed in bold.
    """
    net = typo(remplir(texte, connues))
    net = marquer(net, connues) if gras else net
    return tuple(partie for part in _BLANCHE.split(net) if part.strip() for partie in _read(part, titres=titres))


def _read(part: str, *, titres: bool) -> Iterator[Partie]:
    lignes: list[str] = []
    puces: list[str] = []
    for brute in part.strip().splitlines():
        ligne = brute.strip()
        marque, titre = _PUCE.match(ligne), _TITRE.match(ligne) if titres else None
        if (marque is None and titre is None) and puces:
            puces[-1] += f" {ligne}"
        elif marque:
            yield from _flush(lignes, [])
            puces.append(ligne[marque.end() :])
        elif titre:
            yield from _flush(lignes, puces)
            yield Partie(ligne[titre.end() :], niveau=len(titre[1]))
        else:
            lignes.append(ligne)
    yield from _flush(lignes, puces)


def _flush(lignes: list[str], puces: list[str]) -> Iterator[Partie]:
    """Give what was gathered, and empty it."""
    if lignes:
        yield Partie("\n".join(lignes))
    if puces:
        yield Partie(puces=tuple(puces))
    lignes.clear()
    puces.clear()


def blocs(texte: str, connues: Sources) -> Iterator[Block]:
    """Give a text as blocks, its headings under a title of level 1, without skipping a level."""
    profond = False
    for partie in parties(texte, connues, titres=True):
        if partie.niveau:
            profond |= partie.niveau == 1
            yield Heading(2 if partie.niveau == 1 or not profond else 3, (Run(partie.texte),))
        elif partie.puces:
            yield BulletList(tuple(Item((Run(puce),)) for puce in partie.puces))
        else:
            yield Paragraph((Run(partie.texte),))


def valeurs(texte: str, connues: Sources, *, gras: bool = False) -> list[dict[str, object]]:
    """Give a text as the parts a template goes through: ``texte``, or the ``puces`` of a list."""
    return [{"texte": partie.texte, "puces": list(partie.puces)} for partie in parties(texte, connues, gras=gras)]


def lines(texte: str, connues: Sources, *, gras: bool = False) -> list[str]:
    """Give a text as its paragraphs and entries of lists, one after the other."""
    return [ligne for partie in parties(texte, connues, gras=gras) for ligne in (partie.puces or (partie.texte,))]
