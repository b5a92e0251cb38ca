"""What happens when the program is at fault: a report that can be copied, and a window that stays alive."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from inclusion_desk import __version__

_SANS_DONNEE = (AttributeError, ImportError, NameError, TypeError, NotImplementedError)
"""Exceptions whose message speaks of the code only; any other message may hold somebody's data."""


def rapport(erreur: BaseException) -> str:
    """Write the report of a fault: versions and calls, no personal data, no path of the user's."""
    lignes = [
        f"Inclusion Desk {__version__} – Python {platform.python_version()} – Qt {qVersion()} – {platform.system()}",
        f"{type(erreur).__name__}{f' : {erreur}' if isinstance(erreur, _SANS_DONNEE) else ''}",
    ]
    for appel in traceback.extract_tb(erreur.__traceback__):
        fichier = "/".join(appel.filename.replace("\\", "/").split("/")[-2:])
        lignes.append(f"  {fichier}, ligne {appel.lineno}, {appel.name}")
    return "\n".join(lignes)


class Incidents(QObject):
    """Takes over uncaught exceptions of every thread; one dialog at a time."""

    _signale = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.dialogue: QDialog | None = None
        self._signale.connect(self._show)
        sys.excepthook = self._hook
        threading.excepthook = lambda arguments: self._on_thread(arguments.exc_value)
        parent.destroyed.connect(_restore)

    def _hook(self, nature: type[BaseException], erreur: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(nature, erreur, trace)
        if isinstance(erreur, Exception):
            self._signale.emit(rapport(erreur))

    def _on_thread(self, erreur: BaseException | None) -> None:
        if isinstance(erreur, Exception):
            self._signale.emit(rapport(erreur))

    def _show(self, texte: str) -> None:
        if self.dialogue is not None:
            return
        self.dialogue = dialogue_rapport(texte)
        self.dialogue.finished.connect(self._forget)
        self.dialogue.open()

    def _forget(self) -> None:
        self.dialogue = None


def _restore() -> None:
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__


def dialogue_rapport(texte: str, parent: QWidget | None = None) -> QDialog:
    """Build the dialog that shows a report and copies it."""
    dialogue = QDialog(parent)
    dialogue.setWindowTitle("Incident")
    dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    phrase = QLabel(
        "Le programme a rencontré une erreur. Ce que vous avez enregistré est intact et vous pouvez continuer. "
        "Copiez ce rapport pour le transmettre : il ne contient aucune donnée personnelle."
    )
    phrase.setWordWrap(True)
    detail = QPlainTextEdit(texte)
    detail.setReadOnly(True)
    copier, fermer = QPushButton("&Copier le rapport"), QPushButton("&Fermer")
    copier.clicked.connect(lambda: QGuiApplication.clipboard().setText(texte))
    fermer.clicked.connect(dialogue.accept)
    fermer.setProperty("principal", "true")
    rangee = QHBoxLayout()
    rangee.addStretch()
    rangee.addWidget(copier)
    rangee.addWidget(fermer)
    pile = QVBoxLayout(dialogue)
    pile.setContentsMargins(24, 20, 24, 20)
    pile.setSpacing(12)
    pile.addWidget(phrase)
    pile.addWidget(detail)
    pile.addLayout(rangee)
    dialogue.resize(640, 360)
    return dialogue
