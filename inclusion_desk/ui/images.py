"""The images of a PDF's pages, rendered when asked for, and a few kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from inclusion_desk.ui import pdf
from inclusion_desk.ui.taches import Avance, Taches

_MAXIMUM = 12


class Images(QObject):
    """Renders pages one by one off the window's thread; ``arrivee`` says that one more is at hand."""

    arrivee = Signal()

    def __init__(self, taches: Taches, parent: QObject) -> None:
        super().__init__(parent)
        self._taches = taches
        self._document: pdf.Document | None = None
        self._images: dict[tuple[int, float], QImage] = {}
        self._demandes: set[tuple[int, float]] = set()

    def __len__(self) -> int:
        return len(self._images)

    def changer(self, document: pdf.Document | None) -> None:
        """Serve another document, and close the former one."""
        ancien, self._document = self._document, document
        self._images.clear()
        self._demandes.clear()
        if ancien is not None:
            self._taches.lancer(partial(_close, ancien), _ignore)

    def page(self, rang: int, echelle: float) -> QImage | None:
        """Give a page at a scale (pixels per point), or the nearest image at hand while it is rendered."""
        cle = (rang, round(echelle, 3))
        if cle not in self._images and cle not in self._demandes and self._document is not None:
            self._demandes.add(cle)
            document = self._document
            self._taches.lancer(partial(_render, document, cle), partial(self._on_image, document, cle))
        autres = [image for (page, _), image in self._images.items() if page == rang]
        return self._images.get(cle) or (autres[-1] if autres else None)

    def _on_image(self, document: pdf.Document, cle: tuple[int, float], image: QImage | Exception) -> None:
        self._demandes.discard(cle)
        if document is not self._document or isinstance(image, Exception):
            return
        self._images[cle] = image
        while len(self._images) > _MAXIMUM:
            del self._images[next(iter(self._images))]
        self.arrivee.emit()


def _render(document: pdf.Document, cle: tuple[int, float], _avance: Avance) -> QImage:
    return pdf.dessiner(document, *cle)


def _close(document: pdf.Document, _avance: Avance) -> None:
    pdf.fermer(document)


def _ignore(_resultat: object) -> None:
    return None
