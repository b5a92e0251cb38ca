"""Somebody clicks and types anything anywhere: nothing escapes, nothing crashes, and the books still balance.

``INCLUSION_DESK_GESTES`` sets how many gestures each seed makes (the suite makes few; thousands are run by hand).
"""

from __future__ import annotations

import os
import random

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTabBar,
    QTableView,
    QWidget,
)

from inclusion_desk.services import verification
from inclusion_desk.store import dossiers
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.fenetre import FenetrePrincipale
from inclusion_desk.ui.filtre import Filtre
from inclusion_desk.ui.impression import Impression

GESTES = int(os.environ.get("INCLUSION_DESK_GESTES", "250"))
TEXTES = ("0", "12", "1 234,56", "-1", "abc", "é", "<b>", "=1+1", "31/12/2025", "999999999999", "2024-00001", " ", "œ")
TOUCHES = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Escape,
    Qt.Key.Key_F2, Qt.Key.Key_F6, Qt.Key.Key_Delete, Qt.Key.Key_Tab, Qt.Key.Key_Backspace, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_F5,
)  # fmt: skip
RACCOURCIS = ("Z", "Y", "F", "N", "D", "C", "A", "1", "2", "3", "4", "5")
CIBLES = (QAbstractButton, QAbstractItemView, QLineEdit, QComboBox, QTabBar, QAbstractSpinBox, QHeaderView)


class Quelquun:
    """A user without intention; the same seed makes the same gestures."""

    def __init__(self, fenetre: FenetrePrincipale, graine: int) -> None:
        self._fenetre = fenetre
        self._hasard = random.Random(graine)
        self._reponses = QTimer(fenetre)  # gone with the window: it would answer the questions of later tests
        self._reponses.timeout.connect(self._answer)
        self._reponses.start(5)

    def _answer(self) -> None:
        """Answer the questions that hold the program, by any of their buttons; close the menus."""
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            menu.close()
        question = QApplication.activeModalWidget()
        if isinstance(question, QMessageBox):
            self._hasard.choice(question.buttons()).click()

    def _targets(self) -> list[QWidget]:
        racine: QWidget = QApplication.activeModalWidget() or self._fenetre
        return [
            w for w in racine.findChildren(QWidget)
            if isinstance(w, CIBLES) and w.isVisible() and w.isEnabled() and w.window() is racine.window()
        ]  # fmt: skip

    def gesture(self) -> None:
        """Make one gesture somewhere."""
        cibles = self._targets()
        cible = self._hasard.choice(cibles) if cibles else self._fenetre
        gestes = [self._click, self._click, self._type, self._press, self._press, self._shortcut, self._edit]
        geste = self._hasard.choice(gestes)
        geste(cible)
        QApplication.processEvents()

    def _click(self, cible: QWidget) -> None:
        zone = cible.viewport() if isinstance(cible, QAbstractItemView) else cible
        lieu = QPoint(self._hasard.randrange(max(1, zone.width())), self._hasard.randrange(max(1, zone.height())))
        bouton = self._hasard.choice([Qt.MouseButton.LeftButton] * 9 + [Qt.MouseButton.RightButton])
        agir = self._hasard.choice([QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick])
        agir(zone, bouton, Qt.KeyboardModifier.NoModifier, lieu)

    def _type(self, _cible: QWidget) -> None:
        ici = QApplication.focusWidget() or self._fenetre
        for caractere in self._hasard.choice(TEXTES):
            for nature in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(ici, QKeyEvent(nature, 0, Qt.KeyboardModifier.NoModifier, caractere))

    def _press(self, _cible: QWidget) -> None:
        QTest.keyClick(QApplication.focusWidget() or self._fenetre, self._hasard.choice(TOUCHES))

    def _shortcut(self, _cible: QWidget) -> None:
        touche = getattr(Qt.Key, f"Key_{self._hasard.choice(RACCOURCIS)}")
        QTest.keyClick(QApplication.focusWidget() or self._fenetre, touche, Qt.KeyboardModifier.ControlModifier)

    def _edit(self, _cible: QWidget) -> None:
        """Type in a cell and press Enter, as one does all day."""
        tables = [w for w in self._targets() if isinstance(w, QTableView)]
        if not tables or tables[0].model().rowCount() == 0:
            return
        modele = tables[0].model()
        rang, colonne = self._hasard.randrange(modele.rowCount()), self._hasard.randrange(modele.columnCount())
        tables[0].setCurrentIndex(modele.index(rang, colonne))
        tables[0].setFocus()
        QTest.keyClick(tables[0], Qt.Key.Key_F2)
        self._type(tables[0])
        self._press(tables[0])
        QTest.keyClick(QApplication.focusWidget() or self._fenetre, Qt.Key.Key_Return)

    def breathe(self) -> None:
        """Close what is open and show every row again: nobody stays lost for ever."""
        while (ouvert := QApplication.activePopupWidget()) is not None:
            ouvert.close()
        for dialogue in self._fenetre.findChildren(QDialog):
            dialogue.done(0)
        for champ in self._fenetre.findChildren(Filtre):
            champ.clear()
        QApplication.processEvents()


@pytest.mark.parametrize("graine", range(2))
def test_anything_anywhere(
    fenetre: FenetrePrincipale, atelier: Atelier, graine: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: ("", ""))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    monkeypatch.setattr(Impression, "demander", lambda *_a: None, raising=False)
    quelquun = Quelquun(fenetre, graine)
    for numero in range(GESTES):
        quelquun.gesture()
        if numero % 40 == 0:
            quelquun.breathe()
        if numero % 50 == 0:
            dossier = atelier.desk.read(dossiers.load, 1)
            assert dossier.montant == sum(ligne.proposition for ligne in dossier.budget)
            assert all(ligne.solde >= 0 for ligne in dossier.budget)
    quelquun.breathe()
    assert atelier.desk.read(verification.anomalies) == ()
    assert fenetre.isVisible()
