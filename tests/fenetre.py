"""The window on a real database, for the tests of the ui and the journeys: a copy of the demonstration each time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from inclusion_desk.services import desk as desks
from inclusion_desk.ui import lancement
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.fenetre import FenetrePrincipale
from inclusion_desk.ui.page import Page

Ouvrir = Callable[[Path], FenetrePrincipale]


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return lancement.creer_application(["tests"])


@pytest.fixture
def ouvrir_fenetre(qapp: QApplication) -> Iterator[Ouvrir]:
    ouvertes: list[FenetrePrincipale] = []
    crochet = sys.excepthook

    def ouvrir(base: Path) -> FenetrePrincipale:
        fenetre = lancement.ouvrir(lambda: desks.ouvrir(base))
        ouvertes.append(fenetre)
        fenetre.resize(1366, 768)
        assert attendre(lambda: fenetre.prete)
        sys.excepthook = crochet  # pytest-qt watches the exceptions of the tests
        return fenetre

    yield ouvrir
    for fenetre in ouvertes:
        fenetre.close()
        fenetre.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.processEvents()
    sys.excepthook = crochet


@pytest.fixture
def fenetre(ouvrir_fenetre: Ouvrir, demo: Path) -> FenetrePrincipale:
    return ouvrir_fenetre(demo)


@pytest.fixture
def atelier(fenetre: FenetrePrincipale) -> Atelier:
    assert fenetre.atelier is not None
    assert attendre(lambda: bool(atelier_pret(fenetre)))
    return fenetre.atelier


def atelier_pret(fenetre: FenetrePrincipale) -> int:
    return len(fenetre.atelier.controles.constats) if fenetre.atelier else 0


@pytest.fixture
def propositions(atelier: Atelier) -> Page:
    return atelier.onglets.montrer("propositions")
