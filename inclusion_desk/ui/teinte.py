"""Cells whose words take the colour of the row's state: red when late, amber when awaited, green when done."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from inclusion_desk.ui.apparence import couleurs_de
from inclusion_desk.ui.modele import LIGNE

TEINTES = {
    "retard": "bloquant", "attente": "attention", "exigible": "attention", "attendu": "attention",
    "paye": "accord", "recu": "accord", "recu_retard": "accord", "a_venir": "doux",
    "sans_suite": "doux",
}  # fmt: skip
"""The colour of each state of an instalment or a bilan, by the name it has in ``Couleurs``."""


class Teinte(QStyledItemDelegate):
    """Paints the state of a row, which has a ``statut``, in its colour; the word says it too."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Set the colour of the words."""
        super().initStyleOption(option, index)
        statut = getattr(index.data(LIGNE), "statut", "")
        couleur = QColor(getattr(couleurs_de(option.palette), TEINTES.get(statut, "texte")))
        option.palette.setColor(QPalette.ColorRole.Text, couleur)
        option.palette.setColor(QPalette.ColorRole.HighlightedText, couleur)
        if statut == "retard":
            police = QFont(option.font)
            police.setBold(True)
            option.font = police
