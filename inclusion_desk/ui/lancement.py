"""Starts the window: the application with its font, language and colours, then the window, painted before filled."""

from __future__ import annotations

import gc
import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QMessageLogContext, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from inclusion_desk.resources import resource
from inclusion_desk.ui.apparence import TAILLE_POLICE, Apparence, Mode
from inclusion_desk.ui.fenetre import FenetrePrincipale, OpenDesk
from inclusion_desk.ui.reglages import Reglages

_POLICES = ("Regular", "Bold")


def creer_application(argv: Sequence[str]) -> QApplication:
    """Make the application: Fusion, Source Sans 3, Qt's own words in French."""
    gc.disable()  # collecting while modules load costs a sixth of the start; Ramassage does it from then on
    qInstallMessageHandler(_log_qt)
    application = QApplication(list(argv))
    application.setApplicationName("Inclusion Desk")
    application.setDesktopFileName("inclusion-desk")
    application.setStyle("Fusion")
    QLocale.setDefault(QLocale("fr_FR"))
    traduction = QTranslator(application)
    if traduction.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(traduction)
    for graisse in _POLICES:
        QFontDatabase.addApplicationFont(str(resource(f"polices/SourceSans3-{graisse}.ttf")))
    police = QFont("Source Sans 3")
    police.setPixelSize(TAILLE_POLICE)
    application.setFont(police)
    return application


def _log_qt(_nature: QtMsgType, _contexte: QMessageLogContext, message: str | None) -> None:
    """Keep what Qt says of itself in the log, out of the user's terminal."""
    logging.getLogger(__name__).info("Qt: %s", message)


def ouvrir(open_desk: OpenDesk) -> FenetrePrincipale:
    """Show the window at once; ``open_desk`` is called once it has been painted."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError(application)
    reglages = Reglages()
    fenetre = FenetrePrincipale(Apparence(application, _mode(reglages)), reglages)
    fenetre.ouvrir_apres_affichage(open_desk)
    fenetre.show()
    return fenetre


def _mode(reglages: Reglages) -> Mode:
    memoire = reglages.texte("apparence")
    return next((mode for mode in Mode if mode.value == memoire), Mode.SYSTEME)


def capturer(fenetre: FenetrePrincipale, dossier: Path) -> list[Path]:
    """Grab every screen of the window to PNG, light and dark; give the files written."""
    from inclusion_desk.ui.captures import capturer as grab  # noqa: PLC0415 - only without a display

    return grab(fenetre, dossier)
