"""One bar a year, by what carries its amount, against the threshold above which a convention is due."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inclusion_desk.domain.controles_structures import SEUIL_CONVENTION
from inclusion_desk.domain.historique_annees import AnneeHistorique
from inclusion_desk.domain.money import INSECABLE, format_montant, format_montant_acte
from inclusion_desk.domain.text import enumerer
from inclusion_desk.ui.apparence import Couleurs, couleurs_de, police_chiffres

_LIGNE, _BARRE = 30, 16
_HAUT, _LEGENDE = 24, 30
_ANNEE, _MONTANT = 56, 116
"""Room for the year on the left, for its total on the right."""
_CARRE = 12
_AIR = 1.12
"""The threshold never touches the right end."""
PARTS = (
    ("propose", "Conventionné"),
    ("projet", "Convention ou avenant à signer"),
    ("doux", "Notifié sans convention"),
)
"""What a bar is made of, from the left: the name of its colour, and its words."""


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

    def barre(self, rang: int) -> tuple[QRectF, ...]:
        """Give the rectangles of a year, in pixels, in the order of ``PARTS``."""
        haut = (_HAUT if self.seuil else 0) + rang * _LIGNE + (_LIGNE - _BARRE) / 2
        bornes = [self._x(cumul) for cumul in accumulate(parts(self.annees[rang]), initial=0)]
        return tuple(QRectF(debut, haut, fin - debut, _BARRE) for debut, fin in pairwise(bornes))

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
        barres = self.barre(rang)
        for barre, (teinte, _) in zip(barres, PARTS, strict=True):
            painter.fillRect(barre, QColor(getattr(couleurs, teinte)))
        haut, droite = barres[0].top(), barres[-1].right()
        painter.setPen(QPen(QColor(couleurs.bord), 1))
        painter.drawLine(QPointF(_ANNEE, haut - 4), QPointF(_ANNEE, haut + _BARRE + 4))
        painter.setPen(QColor(couleurs.texte))
        milieu = Qt.AlignmentFlag.AlignVCenter
        gauche = QRectF(0, haut - 6, _ANNEE - 10, _BARRE + 12)
        painter.drawText(gauche, int(milieu | Qt.AlignmentFlag.AlignRight), str(self.annees[rang].annee))
        apres = QRectF(droite + 8, haut - 6, _MONTANT, _BARRE + 12)
        total = format_montant_acte(self.annees[rang].montant)
        painter.drawText(apres, int(milieu | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextDontClip), total)

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
        for teinte, texte in PARTS:
            painter.fillRect(QRectF(x, haut + 2, _CARRE, _CARRE), QColor(getattr(couleurs, teinte)))
            painter.setPen(QColor(couleurs.doux))
            large = painter.fontMetrics().horizontalAdvance(texte)
            painter.drawText(QPointF(x + _CARRE + 6, haut + _CARRE + 1), texte)
            x += _CARRE + 6 + large + 22
        if self.seuil:
            painter.fillRect(QRectF(x + 4, haut, 2, _CARRE + 4), QColor(couleurs.attention))
            painter.setPen(QColor(couleurs.doux))
            painter.drawText(QPointF(x + 14, haut + _CARRE + 1), "Seuil de la convention obligatoire")


def parts(annee: AnneeHistorique) -> tuple[int, ...]:
    """Give the amount of a year in the order of ``PARTS``, in cents; a part that takes off counts for nothing."""
    return tuple(max(0, montant) for montant in (annee.conventionne, annee.a_signer, annee.notifie))


def dire(annee: AnneeHistorique) -> str:
    """Say one year: its amount, and what of it no signed act carries."""
    restes = ((annee.a_signer, "à signer"), (annee.notifie, "sans convention"))
    suite = enumerer([f"{format_montant(montant)} {mots}" for montant, mots in restes if montant > 0])
    return f"{annee.annee}{INSECABLE}: {format_montant(annee.montant)}{f', dont {suite}' if suite else ''}"
