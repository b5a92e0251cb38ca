"""The colours that tell the series of a chart apart, in each mode; each stands out from the grounds it is set on."""

from __future__ import annotations

from PySide6.QtGui import QBrush, QColor, Qt

from inclusion_desk.ui.apparence import SOMBRE, Couleurs

CLAIRES = ("#24588f", "#b35c00", "#1f6f43", "#7a3e9d", "#0b7285", "#b3261e", "#6b6b00", "#57606c")
SOMBRES = ("#8ab9ef", "#f2a65a", "#86cfa3", "#cfa3e8", "#6fd0da", "#ff9d94", "#cfcf70", "#a9b1bc")
NOMBRE = len(CLAIRES)
"""How many series are told apart."""
_PALEUR = 0.72
"""How far a tint goes towards the ground."""


def teinte(couleurs: Couleurs, rang: int) -> QColor:
    """Give the colour of a series by its rank."""
    suite = SOMBRES if couleurs is SOMBRE else CLAIRES
    return QColor(suite[rang % NOMBRE])


def palir(couleur: QColor, fond: QColor) -> QColor:
    """Give the tint of a colour over a ground."""
    melange = (
        round(a + (b - a) * _PALEUR)
        for a, b in zip(couleur.getRgb()[:3], fond.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*melange)


def hachures(couleur: QColor) -> QBrush:
    """Give the hatching of a colour, so that tints are told apart without their colour."""
    return QBrush(couleur, Qt.BrushStyle.BDiagPattern)
