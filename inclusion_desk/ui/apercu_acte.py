"""The window that shows one act as it would be printed, and saves it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import typo
from inclusion_desk.services import production_actes
from inclusion_desk.services.desk import Desk
from inclusion_desk.ui import pdf
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.dialogues import avertir
from inclusion_desk.ui.documents import ouvrir_fichier
from inclusion_desk.ui.feuilles import Feuilles
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.taches import Avance

_TAILLE = (860, 900)
_FILTRES: dict[production_actes.FormatActe, str] = {
    "pdf": "Documents PDF (*.pdf)",
    "docx": "Documents Word modifiables (*.docx)",
}
Ids = tuple[int, int | None]
"""An act: its convention, and its avenant if it is one."""


class ApercuActe(QDialog):
    """Shows one act; what it lacks is said above its pages."""

    def __init__(self, contexte: Contexte, ids: Ids, titre: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._contexte = contexte
        self._ids = ids
        self._document: pdf.Document | None = None
        self.setWindowTitle(titre)
        self.resize(_TAILLE[0], min(_TAILLE[1], parent.window().height()))
        self.feuilles = Feuilles(contexte.taches)
        self._dit = QLabel("Mise en page…")
        self._dit.setProperty("role", "doux")
        self.manque = etiquette("", "alerte")
        self.manque.hide()
        rangee = QHBoxLayout()
        rangee.addWidget(self._dit)
        rangee.addStretch()
        self.boutons: dict[str, QPushButton] = {}
        noms: dict[production_actes.FormatActe, str] = {"pdf": "PDF", "docx": "Word"}
        for extension, nom in noms.items():
            texte = f"Enregistrer en {nom}…"
            bouton = QPushButton(icone("enregistrer"), texte)
            bouton.setAutoDefault(False)
            bouton.clicked.connect(partial(self._ask, extension))
            rangee.addWidget(bouton)
            self.boutons[extension] = bouton
        pile = QVBoxLayout(self)
        pile.addLayout(rangee)
        pile.addWidget(self.manque)
        pile.addWidget(self.feuilles, 1)
        contexte.taches.lancer(partial(_make, contexte.desk, ids), self._on_ready)

    def _on_ready(self, resultat: tuple[str, pdf.Document] | Exception) -> None:
        if isinstance(resultat, Refus):
            self._dit.setText(typo(str(resultat)))
            return
        if isinstance(resultat, Exception):
            raise resultat
        manque, self._document = resultat
        self._dit.setText("")
        self.manque.setText(typo(manque))
        self.manque.setVisible(bool(manque))
        self.feuilles.montrer(self._document)
        self.feuilles.ajuster("largeur")

    def _ask(self, extension: production_actes.FormatActe, _coche: object = None) -> None:
        lieu = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        nom = self._contexte.desk.read(production_actes.nom_de, *self._ids, extension)
        choisi, _ = QFileDialog.getSaveFileName(self, "Enregistrer l’acte", str(Path(lieu) / nom), _FILTRES[extension])
        if choisi:
            self.enregistrer(extension, Path(choisi))

    def enregistrer(self, extension: production_actes.FormatActe, cible: Path) -> None:
        """Write the act at a given place, and open it; a refusal is said."""
        travail = partial(_write, self._contexte.desk, self._ids, extension, cible)
        self._contexte.taches.lancer(travail, partial(self._on_written, cible))

    def _on_written(self, cible: Path, resultat: object) -> None:
        if isinstance(resultat, Refus):
            avertir(self, "Acte non enregistré", str(resultat))
        elif isinstance(resultat, Exception):
            raise resultat
        else:
            self._dit.setText(f"{cible.name} est enregistré.")
            ouvrir_fichier(cible)

    def done(self, resultat: int) -> None:
        """Let go of the pages."""
        self.feuilles.montrer(None)
        super().done(resultat)


def _make(desk: Desk, ids: Ids, avance: Avance) -> tuple[str, pdf.Document]:
    manque = desk.read(production_actes.manque, *ids)
    return manque, pdf.ouvrir(production_actes.apercu(desk, *ids, avance))


def _write(desk: Desk, ids: Ids, extension: production_actes.FormatActe, cible: Path, avance: Avance) -> Path:
    return production_actes.ecrire(desk, *ids, extension, cible, avance)
