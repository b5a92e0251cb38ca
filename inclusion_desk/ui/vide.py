"""What stands in place of an empty table: what to do first, or how to see the rows again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from inclusion_desk.domain.text import typo
from inclusion_desk.ui.bulle import hauteur_texte
from inclusion_desk.ui.icones import dessiner

_ICONE = 48
_LARGEUR = 460


class Dessin(QWidget):
    """An icon painted in the soft colour of the mode of the day."""

    def __init__(self, image: str) -> None:
        super().__init__()
        self._image = image
        self.setFixedSize(_ICONE, _ICONE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon."""
        painter = QPainter(self)
        dessiner(painter, self.rect(), self._image, self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.end()


class Vide(QWidget):
    """An icon, a title, a sentence and one button."""

    def __init__(self, image: str, bouton: str, action: Callable[[], object]) -> None:
        super().__init__()
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        dessin = Dessin(image)
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
        for element in (dessin, self._titre, self._phrase, self.bouton):
            if isinstance(element, QLabel):
                element.setTextFormat(Qt.TextFormat.PlainText)
                element.setAlignment(Qt.AlignmentFlag.AlignCenter)
            pile.addWidget(element, 0, Qt.AlignmentFlag.AlignHCenter)
        pile.addStretch(3)

    def dire(self, titre: str, phrase: str) -> None:
        """Set the title and the sentence."""
        self._titre.setText(typo(titre))
        self._phrase.setText(typo(phrase))
        self._phrase.setFixedHeight(hauteur_texte(self._phrase, _LARGEUR) + 4)
