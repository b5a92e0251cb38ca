"""The path of a phase as a row of steps: those done, the one it stands at or is held up at, those to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.ui.apparence import Couleurs, couleurs_de
from inclusion_desk.ui.icones import dessiner

_RAYON = 14
_HAUTEUR = 74
_PAS = 190


@dataclass(frozen=True, slots=True)
class Pas:
    """One step: its words, and whether it is done, the present one, refused, or put off."""

    titre: str
    fait: bool = False
    present: bool = False
    refuse: bool = False
    suspendu: bool = False

    @property
    def signe(self) -> str:
        """The icon of its disc; nothing where the disc holds its number."""
        return "fermer" if self.refuse else "pause" if self.suspendu else "coche" if self.fait else ""

    def teinte(self, couleurs: Couleurs) -> str:
        """Give the colour of its disc once it is reached."""
        return couleurs.bloquant if self.refuse else couleurs.attention if self.suspendu else couleurs.accent


class Frise(QWidget):
    """Paints the steps from left to right."""

    def __init__(self) -> None:
        super().__init__()
        self.suite: tuple[Pas, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def montrer(self, suite: Sequence[Pas]) -> None:
        """Show steps; what is painted is also said to screen readers."""
        self.suite = tuple(suite)
        present = next((pas.titre for pas in self.suite if pas.present), "")
        self.setAccessibleName(f"Étape en cours{INSECABLE}: {present}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for one step after the other."""
        return QSize(_PAS * max(1, len(self.suite)), _HAUTEUR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line, the discs and the words."""
        if not self.suite:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        couleurs = couleurs_de(self.palette())
        pas = min(_PAS, self.width() / len(self.suite))
        centres = [QPointF(pas * (n + 0.5), _RAYON + 4) for n in range(len(self.suite))]
        for rang in range(1, len(self.suite)):
            faite = self.suite[rang].fait or self.suite[rang].present
            painter.setPen(QPen(QColor(couleurs.accent if faite else couleurs.bord), 2))
            ecart = QPointF(_RAYON + 6, 0)
            painter.drawLine(centres[rang - 1] + ecart, centres[rang] - ecart)
        for rang, etape in enumerate(self.suite):
            self._step(painter, couleurs, etape, rang + 1, centres[rang])
            self._words(painter, couleurs, etape, QRectF(pas * rang, 2 * _RAYON + 12, pas, 36))
        painter.end()

    def _step(self, painter: QPainter, couleurs: Couleurs, etape: Pas, numero: int, centre: QPointF) -> None:
        plein = etape.teinte(couleurs)
        allume = etape.fait or etape.present
        painter.setPen(QPen(QColor(plein if allume else couleurs.bord), 2))
        painter.setBrush(QColor(plein if allume else couleurs.fond))
        painter.drawEllipse(centre, _RAYON, _RAYON)
        encre = QColor(couleurs.sur_accent if allume else couleurs.doux)
        cadre = QRectF(centre.x() - 9, centre.y() - 9, 18, 18)
        if etape.signe:
            dessiner(painter, cadre, etape.signe, encre)
            return
        painter.setPen(encre)
        painter.setFont(self._police(gras=True))
        painter.drawText(QRectF(centre.x() - 14, centre.y() - 14, 28, 28), Qt.AlignmentFlag.AlignCenter, str(numero))

    def _words(self, painter: QPainter, couleurs: Couleurs, etape: Pas, cadre: QRectF) -> None:
        painter.setPen(QColor(couleurs.texte if etape.present else couleurs.doux))
        painter.setFont(self._police(gras=etape.present))
        alignement = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        painter.drawText(cadre, alignement, etape.titre)

    def _police(self, *, gras: bool) -> QFont:
        police = QFont(self.font())
        police.setBold(gras)
        return police
