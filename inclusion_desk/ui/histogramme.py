"""Bars by period, one above the other by budget line: what is paid, hatched, under what is left to pay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from inclusion_desk.domain.besoins import PeriodeCp
from inclusion_desk.domain.money import format_montant_acte
from inclusion_desk.ui.apparence import Couleurs, couleurs_de, police_chiffres
from inclusion_desk.ui.nuancier import hachures, palir, teinte

_BAS, _COTE, _AIR = 30, 12, 28
"""Room for the titles under the bars, on each side, and for the amounts above the bars."""
_RANGEE, _CARRE, _ECART = 24, 12, 24
"""Of the legend: the height of a row, the side of a sample, the room between two."""
_LARGEUR_MAX = 160
_BARRE = 0.5
"""The part of a period's width that its bar takes."""
_MINCE = 3
"""Segments lower than this touch one another, in pixels."""
Case = tuple[QRectF, str, QColor, bool]
"""An entry of the legend: its place, its words, its colour, and whether it is hatched."""


class Histogramme(QWidget):
    """Paints the bars from left to right, under their legend."""

    def __init__(self) -> None:
        super().__init__()
        self.barres: tuple[PeriodeCp, ...] = ()
        self.setMinimumHeight(200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFont(police_chiffres(self.font()))

    def montrer(self, barres: Sequence[PeriodeCp]) -> None:
        """Show bars; what is painted is also said to screen readers."""
        self.barres = tuple(barres)
        self.setAccessibleName(" ; ".join(barre.phrase.replace("\n", ", ") for barre in self.barres))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a chart one reads at ease."""
        return QSize(640, 280)

    def _colonne(self, rang: int) -> QRectF:
        large = min(_LARGEUR_MAX, (self.width() - 2 * _COTE) / max(1, len(self.barres)))
        return QRectF(_COTE + rang * large, 0, large, self.height())

    def legende(self) -> list[Case]:
        """Place the legend, on as many rows as it takes: the lines, then what hatching tells."""
        couleurs = couleurs_de(self.palette())
        lignes = [part.ligne for part in self.barres[0].parts] if self.barres else []
        dits = [(nom, teinte(couleurs, rang), False) for rang, nom in enumerate(lignes)]
        dits += [("Payé", QColor(couleurs.doux), True), ("Reste à payer", QColor(couleurs.doux), False)]
        x, haut, places = float(_COTE), 2.0, list[Case]()
        for texte, couleur, hachure in dits:
            large = _CARRE + 6 + self.fontMetrics().horizontalAdvance(texte)
            if x + large > self.width() - _COTE and x > _COTE:
                x, haut = float(_COTE), haut + _RANGEE
            places.append((QRectF(x, haut, large, _RANGEE), texte, couleur, hachure))
            x += large + _ECART
        return places

    def segments(self, rang: int) -> Iterator[tuple[QRectF, int, bool]]:
        """Give the segments of a bar from its foot: place, rank of the line, and whether it is what was paid."""
        places = self.legende()
        haut = (places[-1][0].bottom() if places else 0) + _AIR
        utile, base = self.height() - haut - _BAS, float(self.height() - _BAS)
        sommet, colonne = max(1, *(b.total for b in self.barres)), self._colonne(rang)
        gauche, large = colonne.left() + colonne.width() * (1 - _BARRE) / 2, colonne.width() * _BARRE
        parts = self.barres[rang].parts
        suite = [(n, p.paye, True) for n, p in enumerate(parts)] + [(n, p.reste, False) for n, p in enumerate(parts)]
        for numero, montant, paye in suite:
            if montant > 0:
                hauteur = utile * montant / sommet
                yield QRectF(gauche, base - hauteur, large, hauteur), numero, paye
                base -= hauteur

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the legend, the base line and the bars."""
        painter = QPainter(self)
        couleurs = couleurs_de(self.palette())
        if self.barres:
            for place, texte, couleur, hachure in self.legende():
                _fill(
                    painter, couleurs, QRectF(place.left(), place.top() + 6, _CARRE, _CARRE), couleur, hachure=hachure
                )
                painter.setPen(QColor(couleurs.doux))
                milieu = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextDontClip)
                painter.drawText(place.adjusted(_CARRE + 6, 0, 0, 0), milieu, texte)
            base = self.height() - _BAS
            for rang in range(len(self.barres)):
                self._bar(painter, couleurs, rang)
            painter.setPen(QPen(QColor(couleurs.bord), 1))
            painter.drawLine(QPointF(_COTE, base), QPointF(self._colonne(len(self.barres) - 1).right(), base))
        painter.end()

    def _bar(self, painter: QPainter, couleurs: Couleurs, rang: int) -> None:
        barre, colonne, base = self.barres[rang], self._colonne(rang), self.height() - _BAS
        sommet = float(base)
        for place, numero, paye in self.segments(rang):
            sommet = place.top()
            ecart = 1 if place.height() > _MINCE else 0  # a hair of ground between two segments
            _fill(painter, couleurs, place.adjusted(0, ecart, 0, 0), teinte(couleurs, numero), hachure=paye)
        painter.setPen(QColor(couleurs.texte))
        milieu = int(Qt.AlignmentFlag.AlignHCenter)
        au_dessus = QRectF(colonne.left() - 8, sommet - 22, colonne.width() + 16, 20)
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


def _fill(painter: QPainter, couleurs: Couleurs, place: QRectF, couleur: QColor, *, hachure: bool) -> None:
    """Fill a place with a colour, or with its tint and its hatching."""
    if hachure:
        painter.fillRect(place, palir(couleur, QColor(couleurs.fenetre)))
        painter.fillRect(place, hachures(couleur))
    else:
        painter.fillRect(place, couleur)
