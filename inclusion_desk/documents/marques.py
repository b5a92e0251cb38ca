"""Bold within a value: a template prints it as one, and nothing in it is read as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inclusion_desk.documents.blocks import Run
from inclusion_desk.domain.figures import Sources, reperer

_OUVRE, _FERME = "\ufdd0", "\ufdd1"
"""Two code points that Unicode gives to no character, and that no field accepts."""
_MARQUES = re.compile(f"[{_OUVRE}{_FERME}]")


def marquer(texte: str, connues: Sources) -> str:
    """Mark the figures of a text as printed: those tied to a source, and every other amount."""
    morceaux: list[str] = []
    suite = 0
    for repere in reperer(texte, connues):
        morceaux += (texte[suite : repere.debut], _OUVRE, texte[repere.debut : repere.fin], _FERME)
        suite = repere.fin
    return "".join((*morceaux, texte[suite:]))


def sans_marques(texte: str) -> str:
    """Give a text without its marks, where one face only prints."""
    return _MARQUES.sub("", texte)


def runs_marked(texte: str, *, bold: bool, italic: bool) -> Iterator[Run]:
    """Cut a text at its marks: what stands between two of them is bold."""
    morceaux = _MARQUES.split(texte)
    for rang, morceau in enumerate(morceaux):
        if morceau or len(morceaux) == 1:
            yield Run(morceau, bold or rang % 2 == 1, italic)
