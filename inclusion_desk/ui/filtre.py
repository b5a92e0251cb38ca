"""The filter field above a table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QLineEdit

from inclusion_desk.ui.icones import icone

_LARGEUR = 360
_MINIMUM = 180


class Filtre(QLineEdit):
    """Filters as one types; Esc clears it, Enter and the down arrow go to the table."""

    quitte = Signal()

    def __init__(self, invite: str) -> None:
        super().__init__()
        self.setPlaceholderText(invite)
        self.setAccessibleName("Filtre")
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(_MINIMUM)
        self.setMaximumWidth(_LARGEUR)
        self.addAction(
            icone("rechercher", QPalette.ColorRole.PlaceholderText), QLineEdit.ActionPosition.LeadingPosition
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give Esc, Enter and the down arrow their meaning."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.quitte.emit()
        else:
            super().keyPressEvent(event)
