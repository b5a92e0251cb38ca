"""A table's columns as data: what each shows, how wide, and the field it edits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from inclusion_desk.domain.champs import NATURES_A_DROITE, Champ, Nature

A_GAUCHE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
A_DROITE = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    ``attribut`` is the attribute of the frozen row, and the name sorted on; ``champ`` the field edited in place;
    ``montrer`` turns the row into text when the field does not; ``largeur`` is in pixels; an ``elastique`` column takes
    the room left; ``bulle`` words the tooltip of a cell.
    """

    attribut: str
    titre: str
    largeur: int
    champ: Champ | None = None
    editable: bool = True
    montrer: Callable[[Any], str] | None = None
    bulle: Callable[[Any], str] | None = None
    nature: Nature = Nature.TEXTE
    aide: str = ""
    visible: bool = True
    elastique: bool = False
    dessin: bool = False
    """The cell is painted by its own delegate and copied as the text of ``montrer``."""

    @property
    def a_droite(self) -> bool:
        """Whether the cells line up on the right: amounts and numbers."""
        return self.nature in NATURES_A_DROITE or (self.champ is not None and self.champ.nature in NATURES_A_DROITE)

    @property
    def alignement(self) -> int:
        """The Qt alignment of the cells and of the title."""
        return A_DROITE if self.a_droite else A_GAUCHE

    def texte(self, row: Any) -> str:  # noqa: ANN401 - a frozen row of any subject
        """Give the text of a cell as shown."""
        if self.montrer is not None:
            return self.montrer(row)
        valeur = getattr(row, self.attribut)
        if self.champ is not None and self.champ.nature is not Nature.REFERENCE:
            return self.champ.montrer(valeur)
        return _CHAMPS_NUS[self.nature].montrer(valeur) if self.nature is not Nature.TEXTE else str(valeur or "")

    def valeur(self, row: Any) -> Any:  # noqa: ANN401 - idem
        """Give the value of the field this column edits."""
        return getattr(row, self.champ.nom) if self.champ is not None else None


_CHAMPS_NUS = {nature: Champ("", "", "", nature) for nature in Nature}
"""Formatters for columns that show a computed value no field edits."""
