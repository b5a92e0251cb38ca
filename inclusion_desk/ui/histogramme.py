"""Bars by year: what is paid and what is left to pay, one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from inclusion_desk.domain.money import INSECABLE, format_montant, format_montant_acte
from inclusion_desk.domain.text import pluriel
from inclusion_desk.ui.apparence import Couleurs, couleurs_de, police_chiffres

_HAUT, _BAS, _COTE = 52, 30, 12
_LARGEUR_MAX = 160
_BARRE = 0.5
"""The part of a year's width that its bar takes."""


@dataclass(frozen=True, slots=True)
class Barre:
    """One bar, in cents."""

    titre: str
    paye: int
    reste: int

    @property
    def total(self) -> int:
        """Its whole height."""
        return self.paye + self.reste

    @property
    def phrase(self) -> str:
        """What it says in words."""
        paye = f"{format_montant(self.paye)} {pluriel(self.paye // 100, 'payé')}"
        return f"{self.titre}{INSECABLE}: {paye}, {format_montant(self.reste)} restant à payer"


class Histogramme(QWidget):
    """Paints the bars from left to right, under their legend."""

    def __init__(self) -> None:
        super().__init__()
        self.barres: tuple[Barre, ...] = ()
        self.setMinimumHeight(200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFont(police_chiffres(self.font()))

    def montrer(self, barres: Sequence[Barre]) -> None:
        """Show bars; what is painted is also said to screen readers."""
        self.barres = tuple(barres)
        self.setAccessibleName(" ; ".join(barre.phrase for barre in self.barres))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a chart one reads at ease."""
        return QSize(640, 280)

    def _colonne(self, rang: int) -> QRectF:
        large = min(_LARGEUR_MAX, (self.width() - 2 * _COTE) / max(1, len(self.barres)))
        return QRectF(_COTE + rang * large, 0, large, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the legend, the base line and the bars."""
        painter = QPainter(self)
        couleurs = couleurs_de(self.palette())
        if self.barres:
            self._legend(painter, couleurs)
            base = self.height() - _BAS
            painter.setPen(QPen(QColor(couleurs.bord), 1))
            painter.drawLine(QPointF(_COTE, base), QPointF(self._colonne(len(self.barres) - 1).right(), base))
            for rang, barre in enumerate(self.barres):
                self._bar(painter, couleurs, self._colonne(rang), barre)
        painter.end()

    def _legend(self, painter: QPainter, couleurs: Couleurs) -> None:
        gauche = float(_COTE)
        for texte, couleur in (("Payé", couleurs.accord), ("Reste à payer", couleurs.propose)):
            painter.fillRect(QRectF(gauche, 8, 12, 12), QColor(couleur))
            painter.setPen(QColor(couleurs.doux))
            large = painter.fontMetrics().horizontalAdvance(texte)
            painter.drawText(QRectF(gauche + 18, 2, large + 4, 24), int(Qt.AlignmentFlag.AlignVCenter), texte)
            gauche += large + 42

    def _bar(self, painter: QPainter, couleurs: Couleurs, colonne: QRectF, barre: Barre) -> None:
        sommet = max(1, *(b.total for b in self.barres))
        utile, base = self.height() - _HAUT - _BAS, self.height() - _BAS
        cote = colonne.width() * (1 - _BARRE) / 2
        bas = float(base)
        for montant, couleur in ((barre.paye, couleurs.accord), (barre.reste, couleurs.propose)):
            haut = utile * montant / sommet
            painter.fillRect(QRectF(colonne.left() + cote, bas - haut, colonne.width() * _BARRE, haut), QColor(couleur))
            bas -= haut
        painter.setPen(QColor(couleurs.texte))
        milieu = int(Qt.AlignmentFlag.AlignHCenter)
        au_dessus = QRectF(colonne.left() - 8, bas - 22, colonne.width() + 16, 20)
        painter.drawText(au_dessus, milieu | int(Qt.TextFlag.TextDontClip), format_montant_acte(barre.total))
        painter.setPen(QColor(couleurs.doux))
        painter.drawText(QRectF(colonne.left(), base + 6, colonne.width(), 20), milieu, barre.titre)

    def event(self, event: QEvent) -> bool:
        """Say the figures of the bar under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = QPointF(event.pos())
            rang = next((n for n in range(len(self.barres)) if self._colonne(n).contains(place)), -1)
            QToolTip.showText(event.globalPos(), self.barres[rang].phrase if rang >= 0 else "", self)
            return True
        return super().event(event)
