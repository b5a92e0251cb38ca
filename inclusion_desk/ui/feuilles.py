"""The sheets of a PDF one under the other, rendered as they come into view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from inclusion_desk.ui import pdf
from inclusion_desk.ui.images import Images
from inclusion_desk.ui.taches import Taches

_ECART = 16
_PIXELS_PAR_POINT = 96 / 72
ZOOM_MIN, ZOOM_MAX = 0.25, 4.0
PAS = 1.2


class Feuilles(QAbstractScrollArea):
    """Shows the pages of a document; ``zoom`` 1 is the size of the paper."""

    page_change = Signal(int)

    def __init__(self, taches: Taches) -> None:
        super().__init__()
        self._document: pdf.Document | None = None
        self.images = Images(taches, self)
        self.images.arrivee.connect(self.viewport().update)
        self._ajustement = "largeur"
        self.zoom = 1.0
        self.page = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName("Aperçu du document")
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)

    @property
    def nombre(self) -> int:
        """How many pages there are."""
        return len(self._document.tailles) if self._document else 0

    def montrer(self, document: pdf.Document | None) -> None:
        """Show another document, at the same place."""
        self._document = document
        self.images.changer(document)
        self._layout()

    def ajuster(self, mode: str) -> None:
        """Fit the width (« largeur ») or the whole page (« page »), and keep doing so."""
        self._ajustement = mode
        self._layout()

    def zoomer(self, facteur: float) -> None:
        """Enlarge or shrink by a factor."""
        self._ajustement = ""
        self.zoom = min(ZOOM_MAX, max(ZOOM_MIN, self.zoom * facteur))
        self._layout()

    def aller(self, page: int) -> None:
        """Bring a page (from 0) to the top."""
        if 0 <= page < self.nombre:
            self.verticalScrollBar().setValue(self._rects()[page].top() - _ECART)

    def _fitted(self) -> float:
        if not self._document or not self._ajustement:
            return self.zoom
        large = max(t[0] for t in self._document.tailles) * _PIXELS_PAR_POINT
        haut = max(t[1] for t in self._document.tailles) * _PIXELS_PAR_POINT
        vue = self.viewport().size()
        voulu = (vue.width() - 2 * _ECART) / large
        if self._ajustement == "page":
            voulu = min(voulu, (vue.height() - 2 * _ECART) / haut)
        return min(1.4 if self._ajustement == "largeur" else ZOOM_MAX, max(ZOOM_MIN, voulu))

    def _rects(self) -> list[QRect]:
        """Place the pages in the whole sheet-strip, in pixels."""
        rects: list[QRect] = []
        haut = _ECART
        vue = self.viewport().width()
        for large, long in self._document.tailles if self._document else ():
            taille = (int(large * self.zoom * _PIXELS_PAR_POINT), int(long * self.zoom * _PIXELS_PAR_POINT))
            rects.append(QRect(max(_ECART, (vue - taille[0]) // 2), haut, *taille))
            haut += taille[1] + _ECART
        return rects

    def _layout(self) -> None:
        page = self.page
        self.zoom = self._fitted()
        rects = self._rects()
        hauteur = rects[-1].bottom() + _ECART if rects else 0
        largeur = max((r.width() for r in rects), default=0) + 2 * _ECART
        vue = self.viewport().size()
        for barre, total, vu in (
            (self.verticalScrollBar(), hauteur, vue.height()),
            (self.horizontalScrollBar(), largeur, vue.width()),
        ):
            barre.setRange(0, max(0, total - vu))
            barre.setPageStep(vu)
            barre.setSingleStep(40)
        self.aller(page)
        self._on_scroll()

    def _on_scroll(self) -> None:
        milieu = self.verticalScrollBar().value() + self.viewport().height() // 3
        rects = self._rects()
        self.page = max((rang for rang, rect in enumerate(rects) if rect.top() <= milieu), default=0)
        self.page_change.emit(self.page)
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pages in view, asking for the images that are missing."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.palette().color(QPalette.ColorRole.Midlight))
        decalage = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for rang, rect in enumerate(self._rects()):
            place = rect.translated(-decalage)
            if not place.intersects(self.viewport().rect()):
                continue
            painter.fillRect(place, QColor("white"))
            image = self.images.page(rang, self.zoom * _PIXELS_PAR_POINT * self.devicePixelRatioF())
            if image is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(QRectF(place), image)
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._layout()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll otherwise."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomer(PAS if event.angleDelta().y() > 0 else 1 / PAS)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by page, jump to the ends, zoom with + and -."""
        gestes = {
            Qt.Key.Key_Plus: lambda: self.zoomer(PAS),
            Qt.Key.Key_Minus: lambda: self.zoomer(1 / PAS),
            Qt.Key.Key_Home: lambda: self.aller(0),
            Qt.Key.Key_End: lambda: self.aller(self.nombre - 1),
        }
        geste = gestes.get(Qt.Key(event.key()))
        if geste is not None:
            geste()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Paint again in the colours of the day."""
        super().changeEvent(event)
        self.viewport().update()
