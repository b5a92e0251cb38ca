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
_CHASSE = 1.25  # characters of the table font (10 pt) per unit of column width, measured 1.34
_CAPITALE = 0.4  # what a capital takes more than a small letter
_LONGUEUR_MESUREE = 4000  # beyond, the row has its greatest height anyway
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
    """Estimate how many lines a text takes once wrapped in a column of that width; capitals are wider."""
    capacite = max(1.0, (largeur - _MARGES) * _CHASSE)
    return sum(_wrapped(ligne, capacite) for ligne in texte[:_LONGUEUR_MESUREE].split("\n"))


def _wrapped(ligne: str, capacite: float) -> int:
    if _measure(ligne) <= capacite:
        return 1
    lignes, place = 1, 0.0
    for mot in ligne.split(" "):
        besoin = _measure(mot)
        if place and place + 1 + besoin > capacite:
            lignes, place = lignes + 1, 0.0
        pleines = int(besoin // capacite)
        lignes += pleines
        place += besoin - pleines * capacite + (1 if place else 0)
    return lignes


def _measure(texte: str) -> float:
    return len(texte) + _CAPITALE * sum(map(str.isupper, texte))
