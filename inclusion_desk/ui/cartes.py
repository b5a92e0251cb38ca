"""The cards of which sections are made: a frame, a title, and what it holds, one under the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from inclusion_desk.ui.champs import etiquette

_LARGEUR = 1040


def vider(pile: QLayout, reste: int = 0) -> None:
    """Take the widgets out of a layout, but for the last ``reste`` entries."""
    while pile.count() > reste:
        entree = pile.takeAt(0)
        ancien = entree.widget() if entree is not None else None
        if ancien is not None:
            ancien.hide()
            ancien.deleteLater()


class Carte(QFrame):
    """A frame with a title; what is added goes under it."""

    def __init__(self, titre: str = "") -> None:
        super().__init__()
        self.setProperty("role", "carte")
        self.pile = QVBoxLayout(self)
        self.pile.setContentsMargins(20, 16, 20, 18)
        self.pile.setSpacing(12)
        if titre:
            nom = QLabel(titre)
            nom.setProperty("role", "rubrique")
            self.pile.addWidget(nom)

    def ajouter(self, element: QWidget | QLayout) -> None:
        """Add something under what is there."""
        if isinstance(element, QWidget):
            self.pile.addWidget(element)
        else:
            self.pile.addLayout(element)


class Colonne(QWidget):
    """Cards one under the other, no wider than one reads at ease."""

    def __init__(self) -> None:
        super().__init__()
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(16, 4, 16, 16)
        dedans = QWidget()
        dedans.setMaximumWidth(_LARGEUR)
        self.pile = QVBoxLayout(dedans)
        self.pile.setContentsMargins(0, 0, 0, 0)
        self.pile.setSpacing(12)
        self.pile.addStretch()
        rangee.addWidget(dedans, 1)
        rangee.addStretch()
        rangee.setStretchFactor(dedans, 1000)

    def ajouter(self, element: QWidget) -> None:
        """Add a card at the foot."""
        self.pile.insertWidget(self.pile.count() - 1, element)


class Faits(QWidget):
    """Facts in two columns: what they are, what they say."""

    def __init__(self) -> None:
        super().__init__()
        self._grille = QGridLayout(self)
        self._grille.setContentsMargins(0, 0, 0, 0)
        self._grille.setHorizontalSpacing(20)
        self._grille.setVerticalSpacing(6)
        self._grille.setColumnStretch(1, 1)

    def montrer(self, faits: dict[str, str]) -> None:
        """Show facts by name; those that say nothing are left out."""
        vider(self._grille)
        for rang, (nom, texte) in enumerate((n, t) for n, t in faits.items() if t):
            self._grille.addWidget(etiquette(nom, "doux"), rang, 0)
            valeur = etiquette(texte)
            valeur.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grille.addWidget(valeur, rang, 1)


class Chiffre(QFrame):
    """A figure of a sitting, large, with what it counts beneath."""

    def __init__(self, nom: str) -> None:
        super().__init__()
        self.setProperty("role", "chiffre")
        self._valeur = QLabel("–")
        self._valeur.setProperty("role", "nombre")
        self._nom = QLabel(nom)
        self._nom.setProperty("role", "doux")
        pile = QVBoxLayout(self)
        pile.setContentsMargins(14, 8, 14, 8)
        pile.setSpacing(0)
        pile.addWidget(self._valeur)
        pile.addWidget(self._nom)

    def dire(self, valeur: str, nom: str = "", *, faute: bool = False) -> None:
        """Show a figure; ``faute`` when it is not enough."""
        self._valeur.setText(valeur)
        if nom:
            self._nom.setText(nom)
        self._valeur.setProperty("faute", "true" if faute else "false")
        self._valeur.style().unpolish(self._valeur)
        self._valeur.style().polish(self._valeur)
