"""A field of several lines that gives back what is in it, non-breaking spaces included."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit

_FINS_DE_LIGNE = str.maketrans("\u2029\u2028", "\n\n")


class ZoneTexte(QPlainTextEdit):
    """``toPlainText`` turns every non-breaking space into a mere space; ``brut`` does not."""

    def brut(self) -> str:
        """Give the text as it stands."""
        return self.document().toRawText().translate(_FINS_DE_LIGNE)
