"""Printing a PDF: pages rendered off the window's thread, then painted on the printer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from inclusion_desk.ui import pdf
from inclusion_desk.ui.dialogues import avertir
from inclusion_desk.ui.taches import Avance, Taches

_DPI = 200


class Impression(QObject):
    """Prints documents through the system's dialog."""

    def __init__(self, taches: Taches, parent: QWidget) -> None:
        super().__init__(parent)
        self._taches = taches
        self._parent = parent

    def demander(self, document: pdf.Document) -> None:
        """Ask for a printer and a range of pages, then print."""
        imprimante = QPrinter(QPrinter.PrinterMode.HighResolution)
        imprimante.setDocName("Extrait de délibération")
        dialogue = QPrintDialog(imprimante, self._parent)
        dialogue.setMinMax(1, len(document.tailles))
        dialogue.setWindowTitle("Imprimer l’extrait")
        if dialogue.exec():
            self.envoyer(document, imprimante)

    def envoyer(self, document: pdf.Document, imprimante: QPrinter) -> None:
        """Render the pages asked for and send them to a printer."""
        nombre = len(document.tailles)
        debut, fin = imprimante.fromPage() or 1, imprimante.toPage() or nombre
        travail = partial(_render, document, range(debut - 1, min(fin, nombre)))
        self._taches.lancer(travail, partial(self._on_rendered, imprimante))

    def _on_rendered(self, imprimante: QPrinter, images: list[QImage] | Exception) -> None:
        if isinstance(images, Exception):
            avertir(self._parent, "Impression", f"L’extrait n’a pas pu être imprimé. {images}")
            return
        painter = QPainter(imprimante)
        for rang, image in enumerate(images):
            if rang:
                imprimante.newPage()
            vue = painter.viewport()
            taille = image.size().scaled(vue.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(vue.topLeft(), taille), image)
        painter.end()


def _render(document: pdf.Document, pages: range, avance: Avance) -> list[QImage]:
    images = []
    for fait, page in enumerate(pages):
        avance(fait, len(pages))
        images.append(pdf.dessiner(document, page, pdf.resolution(_DPI)))
    return images
