"""Saving the history of a structure: where to, off the window's thread, what to do when the target is held."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import EcritureRefusee, Interrompu, Refus
from inclusion_desk.services import historique
from inclusion_desk.ui.dialogues import avertir, demander
from inclusion_desk.ui.documents import ouvrir_fichier
from inclusion_desk.ui.progression import Progression

if TYPE_CHECKING:
    from inclusion_desk.services.desk import Desk
    from inclusion_desk.services.historique import FormatHistorique
    from inclusion_desk.ui.contexte import Contexte
    from inclusion_desk.ui.taches import Avance

_FILTRES: dict[FormatHistorique, str] = {
    "pdf": "Documents PDF (*.pdf)",
    "docx": "Documents Word modifiables (*.docx)",
}
_DOSSIER = "documents.dossier"
_TITRE = "Historique de la structure"


class Enregistrement(QObject):
    """Makes one document at a time; ``message`` says what came of it in passing."""

    message = Signal(str)

    def __init__(self, contexte: Contexte, parent: QWidget) -> None:
        super().__init__(parent)
        self._contexte = contexte
        self._parent = parent
        self.progression = Progression()

    def demander(self, structure_id: int, nom: str, extension: FormatHistorique) -> None:
        """Ask where to write the history of a structure, then make it."""
        if self.progression.isVisible():
            self.message.emit("Un document est déjà en production.")
            return
        lieu = QStandardPaths.StandardLocation.DocumentsLocation
        dossier = Path(self._contexte.reglages.texte(_DOSSIER) or QStandardPaths.writableLocation(lieu))
        propose = str(dossier / historique.nom_propose(nom, extension))
        choisi, _ = QFileDialog.getSaveFileName(
            self._parent.window(), "Enregistrer l’historique", propose, _FILTRES[extension]
        )
        if choisi:
            cible = Path(choisi)
            juste = cible.suffix.lower() == f".{extension}"
            self.ecrire(structure_id, cible if juste else cible.with_name(f"{cible.name}.{extension}"), extension)

    def ecrire(self, structure_id: int, cible: Path, extension: FormatHistorique) -> None:
        """Make the document at a given place, with progress and Cancel."""
        self._contexte.reglages.retenir(_DOSSIER, str(cible.parent))
        tache = self._contexte.taches.lancer(
            partial(_work, self._contexte.desk, structure_id, cible, extension),
            partial(self._on_done, structure_id, cible, extension),
            self.progression.avancer,
        )
        self.progression.commencer(f"Production de {cible.name}…", tache.annuler)

    def _on_done(
        self, structure_id: int, cible: Path, extension: FormatHistorique, resultat: Path | Exception
    ) -> None:  # fmt: skip
        self.progression.finir()
        if isinstance(resultat, Interrompu):
            self.message.emit(str(resultat))
        elif isinstance(resultat, EcritureRefusee):
            phrase, choix = str(resultat), ("Réessayer", "Annuler")
            if demander(self._parent.window(), "Fichier non enregistré", phrase, choix) == 0:
                self.ecrire(structure_id, cible, extension)
        elif isinstance(resultat, Refus):
            avertir(self._parent.window(), "Document non produit", str(resultat))
        elif isinstance(resultat, Exception):
            raise resultat
        else:
            self._offer(resultat)

    def _offer(self, cible: Path) -> None:
        self.message.emit(f"{cible.name} est enregistré.")
        phrase = (
            f"{cible.name} est enregistré dans {cible.parent}.\n\n"
            f"Il a été relu{INSECABLE}: ses montants sont ceux de la base."
        )
        reponses = ("Ouvrir le fichier", "Ouvrir le dossier", "Fermer")
        choix = demander(self._parent.window(), _TITRE, phrase, reponses)
        if choix in {0, 1} and not ouvrir_fichier(cible if choix == 0 else cible.parent):
            avertir(self._parent.window(), _TITRE, f"Aucun programme de ce poste n’a pu ouvrir {cible.name}.")


def _work(desk: Desk, structure_id: int, cible: Path, extension: FormatHistorique, avance: Avance) -> Path:
    return historique.produire(desk, structure_id, cible, extension, avance)
