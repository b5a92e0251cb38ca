"""The waterfall of a budget line: the AE, what changes it, what each phase takes, and what remains."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from inclusion_desk.domain.budget import Etape
from inclusion_desk.domain.money import INSECABLE, MOINS, format_montant, format_montant_acte
from inclusion_desk.ui.apparence import Couleurs, couleurs_de, police_chiffres

_HAUT, _COTE = 30, 12
_UNE_LIGNE, _DEUX_LIGNES = 28, 46
"""Room under the base line for the words of the steps."""
_LARGEUR_MAX = 150
_HAUTEUR_MIN = 120
_BARRE = 0.56
"""The part of a step's width that its bar takes."""
_MINCE = 3
_RETRAIT = 2
_PLEINES = frozenset({"ae", "reste"})
_EN_COURS = frozenset({"En préparation", "Transmise aux commissions", "Inscrite à la séance"})


class Cascade(QWidget):
    """Paints the steps from left to right; each bar begins where the former one ends."""

    def __init__(self) -> None:
        super().__init__()
        self.suite: tuple[Etape, ...] = ()
        self.setMinimumHeight(_HAUTEUR_MIN)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFont(police_chiffres(self.font()))

    def montrer(self, suite: Sequence[Etape]) -> None:
        """Show the steps of a line; what is painted is also said to screen readers."""
        self.suite = tuple(suite)
        self.setAccessibleName(" ; ".join(dire(etape) for etape in self.suite))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a chart one reads at ease."""
        return QSize(640, 300)

    def _colonne(self, rang: int) -> QRectF:
        large = min(_LARGEUR_MAX, (self.width() - 2 * _COTE) / max(1, len(self.suite)))
        return QRectF(_COTE + rang * large, 0, large, self.height())

    def barre(self, rang: int) -> QRectF:
        """Give the rectangle of a bar, in pixels."""
        etape, colonne = self.suite[rang], self._colonne(rang)
        sommet = self._sommet()
        utile = self.height() - _HAUT - self._bas()
        depart = 0 if etape.nature in _PLEINES else etape.reste - etape.montant
        haut = _HAUT + utile * (1 - max(etape.reste, depart) / sommet)
        bas = _HAUT + utile * (1 - min(etape.reste, depart) / sommet)
        mince = _MINCE if etape.montant else 1
        marge = colonne.width() * (1 - _BARRE) / 2
        return QRectF(colonne.left() + marge, haut, colonne.width() * _BARRE, max(mince, bas - haut))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the base line, the bars, what joins them, and their words."""
        painter = QPainter(self)
        couleurs = couleurs_de(self.palette())
        if self.suite:
            base = self.height() - self._bas()
            painter.setPen(QPen(QColor(couleurs.bord), 1))
            painter.drawLine(QPointF(_COTE, base), QPointF(self._colonne(len(self.suite) - 1).right(), base))
            for rang in range(len(self.suite)):
                self._bar(painter, couleurs, rang)
        painter.end()

    def _bar(self, painter: QPainter, couleurs: Couleurs, rang: int) -> None:
        etape, barre = self.suite[rang], self.barre(rang)
        painter.fillRect(barre, QColor(_teinte(couleurs, etape)))
        if rang + 1 < len(self.suite):
            suivante = self.barre(rang + 1)
            niveau = _HAUT + (self.height() - _HAUT - self._bas()) * (1 - etape.reste / self._sommet())
            painter.setPen(QPen(QColor(couleurs.doux), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(barre.right(), niveau), QPointF(suivante.left(), niveau))
        colonne = self._colonne(rang)
        painter.setPen(QColor(couleurs.texte))
        milieu = int(Qt.AlignmentFlag.AlignHCenter)
        entier = int(Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextDontClip)
        au_dessus = QRectF(colonne.left() - 8, barre.top() - 22, colonne.width() + 16, 20)
        painter.drawText(au_dessus, milieu | entier, court(etape))
        painter.setPen(QColor(couleurs.doux))
        dessous = QRectF(
            colonne.left() + _RETRAIT, self.height() - self._bas() + 6, colonne.width() - 2 * _RETRAIT, self._bas() - 6
        )
        mots = int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(dessous, milieu | mots, etape.libelle)

    def _bas(self) -> int:
        """Give the room under the base line: one line of words where they all fit."""
        large = self._colonne(0).width() - 2 * _RETRAIT
        tient = all(self.fontMetrics().horizontalAdvance(etape.libelle) <= large for etape in self.suite)
        return _UNE_LIGNE if tient else _DEUX_LIGNES

    def _sommet(self) -> int:
        """Give the highest level reached, in cents."""
        return max(1, *(e.reste for e in self.suite), *(e.reste - e.montant for e in self.suite))

    def event(self, event: QEvent) -> bool:
        """Say the figures of the step under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            rang = next((n for n in range(len(self.suite)) if self._colonne(n).contains(QPointF(event.pos()))), -1)
            QToolTip.showText(event.globalPos(), dire(self.suite[rang]) if rang >= 0 else "", self)
            return True
        return super().event(event)


def _teinte(couleurs: Couleurs, etape: Etape) -> str:
    if etape.nature in {"ae", "anterieur"}:
        return couleurs.engage
    if etape.nature == "modification":
        return couleurs.information if etape.montant >= 0 else couleurs.attention
    if etape.nature == "reste":
        return couleurs.accord
    return couleurs.propose if etape.etat not in _EN_COURS else couleurs.projet


def court(etape: Etape) -> str:
    """Give the amount above a bar, signed for a change."""
    signe = "" if etape.nature in _PLEINES else "+" if etape.montant > 0 else MOINS if etape.montant else ""
    return f"{signe}{format_montant_acte(abs(etape.montant))}"


def dire(etape: Etape) -> str:
    """Say one step: its name, what it does, what remains."""
    etat = f" ({etape.etat.lower()})" if etape.etat else ""
    if etape.nature in _PLEINES:
        return f"{etape.libelle}{INSECABLE}: {format_montant(etape.montant)}"
    reste = format_montant(etape.reste)
    return f"{etape.libelle}{etat}{INSECABLE}: {format_montant(etape.montant)}, reste {reste}"
