"""The progress of a long job in the status bar, with its Cancel button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

_LARGEUR = 160


class Progression(QWidget):
    """Hidden when nothing is under way."""

    def __init__(self) -> None:
        super().__init__()
        self._annuler: Callable[[], None] | None = None
        self._titre = QLabel()
        self._titre.setTextFormat(Qt.TextFormat.PlainText)
        self.barre = QProgressBar()
        self.barre.setFixedWidth(_LARGEUR)
        self.barre.setTextVisible(False)
        self.bouton = QPushButton("Annuler")
        self.bouton.clicked.connect(self._cancel)
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(0, 0, 8, 0)
        rangee.setSpacing(8)
        for element in (self._titre, self.barre, self.bouton):
            rangee.addWidget(element)
        self.hide()

    def commencer(self, titre: str, annuler: Callable[[], None]) -> None:
        """Show a job that begins; its length is not known yet."""
        self._annuler = annuler
        self._titre.setText(titre)
        self.barre.setRange(0, 0)
        self.bouton.setEnabled(True)
        self.show()

    def avancer(self, fait: int, total: int) -> None:
        """Show how far the job is."""
        self.barre.setRange(0, max(1, total))
        self.barre.setValue(fait)

    def finir(self) -> None:
        """Show nothing any more."""
        self._annuler = None
        self.hide()

    def _cancel(self) -> None:
        self.bouton.setEnabled(False)
        self._titre.setText("Annulation…")
        if self._annuler is not None:
            self._annuler()
