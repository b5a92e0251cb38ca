"""The bar of consumption of a budget line: committed before, proposed, remaining."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from inclusion_desk.domain.budget import LigneBudgetaire
from inclusion_desk.domain.money import INSECABLE, format_montant, format_part, partager
from inclusion_desk.ui.apparence import couleurs_de
from inclusion_desk.ui.modele import LIGNE

_EPAISSEUR = 10
_MARGE = 10
_VISIBLE = 3
"""The least width of a part that is not nil, in pixels."""


def largeurs(ligne: LigneBudgetaire, total: int) -> tuple[int, ...]:
    """Split a width in pixels between the three parts; a part that is not nil stays visible."""
    parts = ligne.consommation
    if ligne.ae <= 0 or min(parts) < 0:
        return 0, 0, total
    brutes = list(partager(total, parts))
    for rang, part in enumerate(parts):
        manque = _VISIBLE - brutes[rang] if part else 0
        if manque > 0:
            brutes[brutes.index(max(brutes))] -= manque
            brutes[rang] = _VISIBLE
    return tuple(brutes)


def bulle(ligne: LigneBudgetaire) -> str:
    """Say the figures of the bar, one part a line."""
    parts = zip(("Déjà engagé", "Proposé", "Solde"), ligne.consommation, strict=True)
    return "\n".join(
        f"{nom}{INSECABLE}: {format_montant(part)} ({format_part(part, ligne.ae)} de l’AE)" for nom, part in parts
    )


def texte(ligne: LigneBudgetaire) -> str:
    """Say what the bar shows in a word, for copying and screen readers: the share of the AE that remains."""
    return f"solde{INSECABLE}: {format_part(ligne.solde, ligne.ae)} de l’AE"


class DelegueBarre(QStyledItemDelegate):
    """Paints the bar in its cell."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the ground of the cell, then the three parts in a rounded frame."""
        ligne = index.data(LIGNE)
        self.initStyleOption(option, index)
        option.text = ""
        vue = option.widget
        vue.style().drawControl(vue.style().ControlElement.CE_ItemViewItem, option, painter, vue)
        if not isinstance(ligne, LigneBudgetaire):
            return
        cadre = QRectF(option.rect).adjusted(_MARGE, 0, -_MARGE, 0)
        cadre.setTop(cadre.center().y() - _EPAISSEUR / 2)
        cadre.setHeight(_EPAISSEUR)
        self._fill(painter, cadre, ligne, option)

    def _fill(self, painter: QPainter, cadre: QRectF, ligne: LigneBudgetaire, option: QStyleOptionViewItem) -> None:
        couleurs = couleurs_de(option.palette)
        contour = QPainterPath()
        contour.addRoundedRect(cadre, _EPAISSEUR / 2, _EPAISSEUR / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(contour)
        gauche = cadre.left()
        nuances = (couleurs.engage, couleurs.propose, couleurs.reste)
        for large, nuance in zip(largeurs(ligne, int(cadre.width())), nuances, strict=True):
            painter.fillRect(QRectF(gauche, cadre.top(), large + 1, _EPAISSEUR), QColor(nuance))
            gauche += large
        painter.restore()
