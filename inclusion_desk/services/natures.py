"""The documents that can be produced: what they are called, their formats, and those kept at the vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Nature = Literal["classeur", "rapport", "annexes", "annexe-4", "deliberation", "dossier-seance", "dossier-interne"]
Format = Literal["pdf", "docx", "xlsx"]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that can be produced: how it is called in a sentence, and the formats it exists in."""

    article: str
    formats: tuple[Format, ...]


_TEXTE: tuple[Format, ...] = ("pdf", "docx")
DOCUMENTS: Mapping[Nature, Document] = {
    "classeur": Document("le classeur", ("xlsx",)),
    "rapport": Document("le rapport du Président", _TEXTE),
    "annexes": Document("les annexes des thématiques", _TEXTE),
    "annexe-4": Document("la répartition par structure et par territoire", _TEXTE),
    "deliberation": Document("l’extrait de délibération", _TEXTE),
    "dossier-seance": Document("le dossier de séance", _TEXTE),
    "dossier-interne": Document("le dossier de séance interne, classeur joint", ("pdf",)),
}
"""Every document, in the order of the menus."""
NATURES: tuple[Nature, ...] = tuple(DOCUMENTS)
FIGES: tuple[Nature, ...] = ("rapport", "annexes", "annexe-4", "deliberation")
"""The documents whose very bytes are kept at the vote."""
