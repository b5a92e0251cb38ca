"""One bar a year, what is voted then what is only proposed, against the threshold above which a convention is due."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inclusion_desk.domain.controles_structures import SEUIL_CONVENTION
from inclusion_desk.domain.historique_structure import AnneeHistorique
from inclusion_desk.domain.money import INSECABLE, format_montant, format_montant_acte
from inclusion_desk.domain.text import pluriel
from inclusion_desk.ui.apparence import Couleurs, couleurs_de, police_chiffres

_LIGNE, _BARRE = 30, 16
_HAUT, _LEGENDE = 24, 30
_ANNEE, _MONTANT = 56, 116
"""Room for the year on the left, for its total on the right."""
_CARRE = 12
_AIR = 1.12
"""The threshold never touches the right end."""


class BarresAnnees(QWidget):
    """Paints the years from the top; the threshold is drawn for bodies of private law alone."""

    def __init__(self) -> None:
        super().__init__()
        self.annees: tuple[AnneeHistorique, ...] = ()
        self.seuil = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(police_chiffres(self.font()))

    def montrer(self, annees: Sequence[AnneeHistorique]) -> None:
        """Show years; what is painted is also said to screen readers."""
        self.annees = tuple(annees)
        self.seuil = any(annee.droit_prive for annee in self.annees)
        haut = _HAUT if self.seuil else 0
        self.setFixedHeight(haut + len(self.annees) * _LIGNE + _LEGENDE)
        self.setVisible(bool(self.annees))
        self.setAccessibleName(" ; ".join(dire(annee) for annee in self.annees))
        self.update()

    def _x(self, cents: int) -> float:
        """Place an amount, in pixels."""
        sommet = max([*(annee.montant for annee in self.annees), SEUIL_CONVENTION * _AIR * self.seuil, 1])
        return _ANNEE + (self.width() - _ANNEE - _MONTANT) * cents / sommet

    def barre(self, rang: int) -> tuple[QRectF, QRectF]:
        """Give the rectangles of a year, in pixels: what is voted, then what is proposed."""
        annee = self.annees[rang]
        haut = (_HAUT if self.seuil else 0) + rang * _LIGNE + (_LIGNE - _BARRE) / 2
        debut, milieu, fin = self._x(0), self._x(annee.vote), self._x(annee.montant)
        return QRectF(debut, haut, milieu - debut, _BARRE), QRectF(milieu, haut, fin - milieu, _BARRE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars, the threshold over them, and what the colours mean."""
        painter = QPainter(self)
        couleurs = couleurs_de(self.palette())
        for rang in range(len(self.annees)):
            self._bar(painter, couleurs, rang)
        if self.seuil:
            self._threshold(painter, couleurs)
        self._legend(painter, couleurs)
        painter.end()

    def _bar(self, painter: QPainter, couleurs: Couleurs, rang: int) -> None:
        vote, propose = self.barre(rang)
        painter.fillRect(vote, QColor(couleurs.propose))
        painter.fillRect(propose, QColor(couleurs.projet))
        painter.setPen(QPen(QColor(couleurs.bord), 1))
        painter.drawLine(QPointF(_ANNEE, vote.top() - 4), QPointF(_ANNEE, vote.bottom() + 4))
        painter.setPen(QColor(couleurs.texte))
        milieu = Qt.AlignmentFlag.AlignVCenter
        gauche = QRectF(0, vote.top() - 6, _ANNEE - 10, _BARRE + 12)
        painter.drawText(gauche, int(milieu | Qt.AlignmentFlag.AlignRight), str(self.annees[rang].annee))
        droite = QRectF(propose.right() + 8, vote.top() - 6, _MONTANT, _BARRE + 12)
        total = format_montant_acte(self.annees[rang].montant)
        painter.drawText(droite, int(milieu | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextDontClip), total)

    def _threshold(self, painter: QPainter, couleurs: Couleurs) -> None:
        x = self._x(SEUIL_CONVENTION)
        for teinte, large in ((couleurs.fond, 6), (couleurs.attention, 2)):  # set off from the bars it crosses
            painter.fillRect(QRectF(x - large / 2, _HAUT - 2, large, len(self.annees) * _LIGNE + 2), QColor(teinte))
        painter.setPen(QColor(couleurs.attention))
        texte = format_montant_acte(SEUIL_CONVENTION)
        gauche = max(0.0, min(x - _MONTANT / 2, self.width() - _MONTANT))
        painter.drawText(QRectF(gauche, 0, _MONTANT, _HAUT - 4), int(Qt.AlignmentFlag.AlignCenter), texte)

    def _legend(self, painter: QPainter, couleurs: Couleurs) -> None:
        x, haut = float(_ANNEE), self.height() - _LEGENDE + 10
        for teinte, texte in ((couleurs.propose, "Voté"), (couleurs.projet, "Proposé, non voté")):
            painter.fillRect(QRectF(x, haut + 2, _CARRE, _CARRE), QColor(teinte))
            painter.setPen(QColor(couleurs.doux))
            large = painter.fontMetrics().horizontalAdvance(texte)
            painter.drawText(QPointF(x + _CARRE + 6, haut + _CARRE + 1), texte)
            x += _CARRE + 6 + large + 22
        if self.seuil:
            painter.fillRect(QRectF(x + 4, haut, 2, _CARRE + 4), QColor(couleurs.attention))
            painter.setPen(QColor(couleurs.doux))
            painter.drawText(QPointF(x + 14, haut + _CARRE + 1), "Seuil de la convention obligatoire")


def dire(annee: AnneeHistorique) -> str:
    """Say one year: its total, and what of it is not voted."""
    propose = (
        f", dont {format_montant(annee.propose)} {pluriel(annee.propose // 100, 'non voté', 'non votés')}"
        if annee.propose
        else ""
    )
    return f"{annee.annee}{INSECABLE}: {format_montant(annee.montant)}{propose}"
