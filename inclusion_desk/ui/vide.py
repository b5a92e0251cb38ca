"""What stands in place of an empty table: what to do first, or how to see the rows again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from inclusion_desk.ui.icones import icone

_ICONE = 48
_LARGEUR = 460


class Vide(QWidget):
    """An icon, a title, a sentence and one button."""

    def __init__(self, image: str, bouton: str, action: Callable[[], object]) -> None:
        super().__init__()
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._image = image
        self._dessin = QLabel()
        self._titre = QLabel()
        self._phrase = QLabel()
        self._titre.setProperty("role", "titre")
        self._phrase.setProperty("role", "doux")
        self._phrase.setWordWrap(True)
        self._phrase.setFixedWidth(_LARGEUR)
        self.bouton = QPushButton(bouton)
        self.bouton.clicked.connect(action)
        pile = QVBoxLayout(self)
        pile.setSpacing(12)
        pile.addStretch(2)
        for element in (self._dessin, self._titre, self._phrase, self.bouton):
            if isinstance(element, QLabel):
                element.setTextFormat(Qt.TextFormat.PlainText)
                element.setAlignment(Qt.AlignmentFlag.AlignCenter)
            pile.addWidget(element, 0, Qt.AlignmentFlag.AlignHCenter)
        pile.addStretch(3)

    def dire(self, titre: str, phrase: str) -> None:
        """Set the title and the sentence."""
        self._titre.setText(titre)
        self._phrase.setText(phrase)
        self._dessin.setPixmap(icone(self._image, QPalette.ColorRole.PlaceholderText).pixmap(QSize(_ICONE, _ICONE)))
