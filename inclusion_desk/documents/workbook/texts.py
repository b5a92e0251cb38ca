"""What a worksheet may hold as text: legal characters, a bounded length, keys that formulas can compare."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.sax.saxutils import escape

LONGUEUR_CELLULE = 32_767
"""The longest text of a cell, in UTF-16 units (the file format's limit)."""
LONGUEUR_CLE = 255
"""The longest text a criterion of SUMIFS accepts."""

_ILLEGAL = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ECHAPPEMENT = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CHASSE = 1.2  # characters of the table font (10 pt) per unit of column width, measured 1.34
_MARGES = 2.0  # what padding and indent take of a column's width


def clean(texte: str, maximum: int = LONGUEUR_CELLULE) -> str:
    """Drop what XML forbids (control characters, lone surrogates) and cut with an ellipsis over ``maximum``.

    ``maximum`` is in UTF-16 units, as spreadsheets count.
    """
    net = _ILLEGAL.sub("", texte.replace("\r\n", "\n").replace("\r", "\n"))
    if len(net) * 2 <= maximum or len(net.encode("utf-16-le")) <= 2 * maximum:
        return net
    return f"{net.encode('utf-16-le')[: 2 * maximum - 2].decode('utf-16-le', 'ignore')}…"


@lru_cache(maxsize=4096)
def clean_key(texte: str, defaut: str) -> str:
    """Clean a text that formulas compare: one line, never empty, short enough for a criterion."""
    return clean(" ".join(texte.split()), LONGUEUR_CLE) or defaut


def escape_xml(texte: str) -> str:
    """Escape a clean text for an element of the sheet; a literal ``_x000D_`` must not be read as an escape."""
    return escape(_ECHAPPEMENT.sub("_x005F_", texte))


def needs_quote(texte: str) -> bool:
    """Tell whether a spreadsheet would take the text for a formula once it is edited."""
    return texte.startswith(("=", "+", "-", "@"))


@lru_cache(maxsize=4096)
def count_lines(texte: str, largeur: float) -> int:
    """Estimate how many lines a text takes once wrapped in a column of that width."""
    capacite = max(1, int((largeur - _MARGES) * _CHASSE))
    if len(texte) <= capacite and "\n" not in texte:
        return 1
    return sum(_wrapped(ligne, capacite) for ligne in texte[:4000].split("\n"))


def _wrapped(ligne: str, capacite: int) -> int:
    lignes, place = 1, 0
    for mot in ligne.split(" "):
        besoin = len(mot) + (1 if place else 0)
        if place and place + besoin > capacite:
            lignes, place, besoin = lignes + 1, 0, len(mot)
        lignes += max(0, besoin - 1) // capacite if not place else 0
        place += besoin if besoin <= capacite else besoin % capacite
    return lignes
