"""Keys and texts sent as a user does (``QTest.keyClicks`` aborts on « é »)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from inclusion_desk.ui.page import Page
from inclusion_desk.ui.saisie import SaisieListe, SaisieTexte


def taper(widget: QWidget, texte: str) -> None:
    for caractere in texte:
        for nature in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            evenement = QKeyEvent(nature, 0, Qt.KeyboardModifier.NoModifier, caractere)
            QApplication.sendEvent(widget, evenement)


def touche(widget: QWidget, cle: Qt.Key) -> None:
    QTest.keyClick(widget, cle)
    QApplication.processEvents()  # Qt commits on Enter at the next turn of the loop


def colonne(page: Page, attribut: str) -> int:
    return next(n for n, c in enumerate(page.modele.colonnes) if c.attribut == attribut)


def texte(page: Page, rang: int, attribut: str) -> str:
    return str(page.modele.data(page.modele.index(rang, colonne(page, attribut))))


def editer(page: Page, rang: int, attribut: str) -> SaisieTexte | SaisieListe:
    index = page.modele.index(rang, colonne(page, attribut))
    page.table.setCurrentIndex(index)
    page.table.edit(index)
    editeurs = ouverts(page)
    return editeurs[-1]


def saisir(page: Page, rang: int, attribut: str, valeur: str) -> SaisieTexte | SaisieListe:
    editeur = editer(page, rang, attribut)
    if isinstance(editeur, SaisieTexte):
        editeur.setText(valeur)
    else:
        editeur.setCurrentText(valeur)
    touche(editeur, Qt.Key.Key_Return)
    return editeur


def ouverts(page: Page) -> list[SaisieTexte | SaisieListe]:
    return [*page.table.findChildren(SaisieTexte), *page.table.findChildren(SaisieListe)]
