"""The bubble that says, under a cell, why what was typed is refused."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from inclusion_desk.domain.text import typo

_LARGEUR = 380
_ECART = 4
_MARGE = 16


def hauteur_texte(etiquette: QLabel, largeur: int) -> int:
    """Give the height that a label's text takes once wrapped to a width, in pixels."""
    cadre = QRect(0, 0, largeur, 10_000)
    return etiquette.fontMetrics().boundingRect(cadre, Qt.TextFlag.TextWordWrap, etiquette.text()).height()


class Bulle(QLabel):
    """A sentence in a frame, laid over the window under the editor it is about."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._fenetre = parent
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "bandeau")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def montrer(self, phrase: str, editeur: QWidget) -> None:
        """Show a sentence under an editor, or above it where there is no room."""
        fenetre = self._fenetre
        self.setText(typo(phrase))
        self.ensurePolished()
        self.setFixedSize(_LARGEUR, hauteur_texte(self, _LARGEUR - 2 * _MARGE) + _MARGE)
        bas = editeur.mapTo(fenetre, QPoint(0, editeur.height() + _ECART))
        if bas.y() + self.height() > fenetre.height():
            bas.setY(editeur.mapTo(fenetre, QPoint(0, 0)).y() - self.height() - _ECART)
        self.move(max(0, min(bas.x(), fenetre.width() - self.width())), max(0, bas.y()))
        self.raise_()
        self.show()
