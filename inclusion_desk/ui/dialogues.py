"""Short questions and messages, always as plain text: user data never becomes rich text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from inclusion_desk.domain.text import typo

_Role = QMessageBox.ButtonRole


def _boite(parent: QWidget | None, titre: str, phrase: str, icone: QMessageBox.Icon) -> QMessageBox:
    boite = QMessageBox(parent)
    boite.setWindowTitle(titre)
    boite.setTextFormat(Qt.TextFormat.PlainText)
    boite.setText(typo(phrase))
    boite.setIcon(icone)
    return boite


def avertir(parent: QWidget | None, titre: str, phrase: str) -> None:
    """Say why something was refused."""
    boite = _boite(parent, titre, phrase, QMessageBox.Icon.Warning)
    boite.addButton("Fermer", _Role.AcceptRole)
    boite.exec()
    boite.deleteLater()


def informer(parent: QWidget | None, titre: str, phrase: str) -> None:
    """Say something that calls for no decision."""
    boite = _boite(parent, titre, phrase, QMessageBox.Icon.NoIcon)
    boite.addButton("Fermer", _Role.AcceptRole)
    boite.exec()
    boite.deleteLater()


def demander(parent: QWidget | None, titre: str, phrase: str, boutons: tuple[str, ...], entree: int = 0) -> int:
    """Ask a question; give the rank of the answer. The last one is that of Esc, ``entree`` that of Enter."""
    boite = _boite(parent, titre, phrase, QMessageBox.Icon.Question)
    poses = [boite.addButton(texte, _Role.ActionRole) for texte in boutons[:-1]]
    poses.append(boite.addButton(boutons[-1], _Role.RejectRole))
    boite.setDefaultButton(poses[entree])
    boite.setEscapeButton(poses[-1])
    boite.exec()
    choisi = boite.clickedButton()
    rang = next((n for n, bouton in enumerate(poses) if bouton is choisi), len(poses) - 1)
    boite.deleteLater()
    return rang
