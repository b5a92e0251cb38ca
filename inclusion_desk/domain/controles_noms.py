"""Finds names of structures in texts, whatever their hyphens, accents and capitals, and tells the other spellings."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

_MOT = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans({"'": "’", "\u00a0": " ", "\u202f": " "})
_LATIN = {
    code: unicodedata.normalize("NFD", chr(code))[0].lower()
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x180))
    if chr(code).isalpha()
}
"""Each Latin letter to its base in lower case: one character for one, so that positions stay those of the text."""
MOTS_MIN = 2
"""A name of one word is too common a word to be looked for."""


def mots(texte: str) -> list[tuple[str, int, int]]:
    """List the words of a text, without accents or capitals, with where each begins and ends."""
    return [(trouve.group(), *trouve.span()) for trouve in _MOT.finditer(texte.translate(_LATIN))]


def orthographes(noms: Iterable[str], textes: Iterable[str]) -> dict[str, list[str]]:
    """Give for each name the other ways in which texts write it; names written as they are are left out."""
    par_debut: dict[tuple[str, str], list[tuple[str, list[str]]]] = defaultdict(list)
    for nom in noms:
        siens = [mot for mot, _, _ in mots(nom)]
        if len(siens) >= MOTS_MIN:
            par_debut[siens[0], siens[1]].append((nom, siens))
    autres: dict[str, list[str]] = {}
    for texte in textes if par_debut else ():
        _read(texte, par_debut, autres)
    return autres


def _read(
    texte: str, par_debut: dict[tuple[str, str], list[tuple[str, list[str]]]], autres: dict[str, list[str]]
) -> None:
    lus = mots(texte)
    for place in range(len(lus) - 1):
        for nom, voulus in par_debut.get((lus[place][0], lus[place + 1][0]), ()):
            suite = lus[place : place + len(voulus)]
            if [mot for mot, _, _ in suite] != voulus:
                continue
            ecrit = texte[suite[0][1] : suite[-1][2]]
            if "\n\n" not in ecrit and _net(ecrit) != _net(nom) and ecrit not in autres.setdefault(nom, []):
                autres[nom].append(ecrit)
    for nom in [nom for nom, trouves in autres.items() if not trouves]:
        del autres[nom]


def _net(nom: str) -> str:
    """Leave out what is not spelling: kinds of space and of apostrophe, line breaks, closing punctuation."""
    return " ".join(nom.translate(_APOSTROPHES).split()).rstrip(" .)»")
