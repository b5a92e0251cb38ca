"""The status bar: what was just done on the left, counts and totals of the page on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar

from inclusion_desk.ui.apparence import police_chiffres
from inclusion_desk.ui.progression import Progression

_DUREE_MS = 8000
_CASES = 3


class Etat(QStatusBar):
    """Says what the page sums up to, and shows the job under way."""

    def __init__(self, *, lecture_seule: bool) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(12, 0, 12, 0)
        self.progression = Progression()
        self.addPermanentWidget(self.progression)
        if lecture_seule:
            self.addPermanentWidget(QLabel("Lecture seule"))
        self._cases = [QLabel() for _ in range(_CASES)]
        for case in self._cases:
            case.setTextFormat(Qt.TextFormat.PlainText)
            case.setFont(police_chiffres(case.font()))
            case.setContentsMargins(12, 4, 4, 4)
            self.addPermanentWidget(case)

    def dire(self, phrase: str) -> None:
        """Say something for a few seconds."""
        self.showMessage(phrase, _DUREE_MS)

    def resumer(self, phrases: Sequence[str]) -> None:
        """Show the counts and totals of a page."""
        for rang, case in enumerate(self._cases):
            case.setText(phrases[rang] if rang < len(phrases) else "")
            case.setVisible(rang < len(phrases))
