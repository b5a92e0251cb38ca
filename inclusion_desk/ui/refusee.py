"""What the window shows when a database cannot be opened: why, and the ways out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inclusion_desk.domain.text import typo
from inclusion_desk.ui.bulle import hauteur_texte

_LARGEUR = 560
_ECART = 16


class BaseNonOuverte(QWidget):
    """One sentence that can be selected, and two buttons: another database, or leave."""

    def __init__(self, phrase: str, choisir: Callable[[], object], quitter: Callable[[], object]) -> None:
        super().__init__()
        titre = QLabel("Cette base ne peut pas être ouverte")
        titre.setProperty("role", "titre")
        self._texte = QLabel(typo(phrase))
        self._texte.setTextFormat(Qt.TextFormat.PlainText)
        self._texte.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._texte.setWordWrap(True)
        self.boutons = (QPushButton("&Choisir une autre base…"), QPushButton("&Quitter"))
        self.boutons[0].setProperty("principal", "true")
        rangee = QHBoxLayout()
        rangee.setSpacing(8)
        for bouton, geste in zip(self.boutons, (choisir, quitter), strict=True):
            bouton.clicked.connect(geste)
            rangee.addWidget(bouton)
        rangee.addStretch()
        colonne = QWidget()
        colonne.setFixedWidth(_LARGEUR)
        pile = QVBoxLayout(colonne)
        pile.setSpacing(_ECART)
        pile.addWidget(titre)
        pile.addWidget(self._texte)
        pile.addLayout(rangee)
        cadre = QVBoxLayout(self)
        cadre.addStretch(2)
        cadre.addWidget(colonne, 0, Qt.AlignmentFlag.AlignHCenter)
        cadre.addStretch(3)

    @property
    def phrase(self) -> str:
        """The sentence shown."""
        return self._texte.text()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the sentence the height it takes once wrapped, and the focus to the first way out."""
        super().showEvent(event)
        self._texte.setFixedHeight(hauteur_texte(self._texte, _LARGEUR - 2 * _ECART) + _ECART)
        self.boutons[0].setFocus()
