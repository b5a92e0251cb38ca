"""Producing a document: where to, off the window's thread, what to do when the target is held, then opening it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.refus import EcritureRefusee, Interrompu, Refus
from inclusion_desk.services import production
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.natures import DOCUMENTS, Format, Nature
from inclusion_desk.ui.dialogues import avertir, demander
from inclusion_desk.ui.progression import Progression
from inclusion_desk.ui.reglages import Reglages
from inclusion_desk.ui.taches import Avance, Taches

_FILTRES: dict[Format, str] = {
    "pdf": "Documents PDF (*.pdf)",
    "docx": "Documents Word modifiables (*.docx)",
    "xlsx": "Classeurs Excel (*.xlsx)",
}
_OUVRABLES = frozenset({".xlsx", ".pdf", ".docx"})
_DOSSIER = "documents.dossier"


def ouvrir_fichier(cible: Path) -> bool:
    """Open a produced file, or the folder that holds it, with the system's program; nothing else is ever opened."""
    if not cible.is_absolute() or not cible.exists() or not (cible.is_dir() or cible.suffix in _OUVRABLES):
        return False
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(cible)))


class Documents(QObject):
    """Makes the documents of a phase, one at a time."""

    message = Signal(str)
    produit = Signal(object)
    """The path of a document just written, re-read and found right."""

    def __init__(self, desk: Desk, taches: Taches, reglages: Reglages, progression: Progression) -> None:
        super().__init__(progression)
        self._desk = desk
        self._taches = taches
        self._reglages = reglages
        self._progression = progression

    def produire(self, nature: Nature, phase: Phase) -> None:
        """Ask where to write a document of a phase, then make it."""
        try:
            nom = production.nom_du_document(self._desk, nature, phase)
        except Refus as erreur:
            avertir(self._fenetre, "Document non produit", str(erreur))
            return
        cible = self._ask(nature, nom)
        if cible is not None:
            self.ecrire(nature, phase, cible)

    @property
    def _fenetre(self) -> QWidget:
        return self._progression.window()

    def _ask(self, nature: Nature, nom: str) -> Path | None:
        """Ask where to; the format is that of the name typed, else that of the filter chosen."""
        lieu = QStandardPaths.StandardLocation.DocumentsLocation
        dossier = Path(self._reglages.texte(_DOSSIER) or QStandardPaths.writableLocation(lieu))
        formats = DOCUMENTS[nature].formats
        titre = f"Enregistrer {DOCUMENTS[nature].article}"
        filtres = ";;".join(_FILTRES[extension] for extension in formats)
        choisi, filtre = QFileDialog.getSaveFileName(self._fenetre, titre, str(dossier / nom), filtres)
        if not choisi:
            return None
        cible = Path(choisi)
        voulu = next((extension for extension in formats if _FILTRES[extension] == filtre), formats[0])
        if _format(nature, cible) is None:
            return cible.with_name(f"{cible.name}.{voulu}")
        if cible.name == nom and _format(nature, cible) != voulu:  # the name proposed, another filter
            return cible.with_suffix(f".{voulu}")
        return cible

    def ecrire(self, nature: Nature, phase: Phase, cible: Path) -> None:
        """Make a document at a given place, with progress and Cancel."""
        self._reglages.retenir(_DOSSIER, str(cible.parent))
        tache = self._taches.lancer(
            partial(_work, self._desk, nature, phase.id, cible),
            partial(self._on_done, nature, phase, cible),
            self._progression.avancer,
        )
        self._progression.commencer(f"Production de {cible.name}…", tache.annuler)

    def _on_done(self, nature: Nature, phase: Phase, cible: Path, resultat: Path | Exception) -> None:
        self._progression.finir()
        if isinstance(resultat, Interrompu):
            self.message.emit(str(resultat))
        elif isinstance(resultat, EcritureRefusee):
            self._on_held(nature, phase, cible, str(resultat))
        elif isinstance(resultat, Refus):
            avertir(self._fenetre, "Document non produit", str(resultat))
        elif isinstance(resultat, Exception):
            raise resultat
        else:
            self.produit.emit(resultat)
            self._offer(nature, resultat)

    def _on_held(self, nature: Nature, phase: Phase, cible: Path, phrase: str) -> None:
        choix = demander(self._fenetre, "Fichier non enregistré", phrase, ("Réessayer", "Enregistrer sous…", "Annuler"))
        if choix == 0:
            self.ecrire(nature, phase, cible)
        elif choix == 1:
            autre = self._ask(nature, cible.name)
            if autre is not None:
                self.ecrire(nature, phase, autre)

    def _offer(self, nature: Nature, cible: Path) -> None:
        self.message.emit(f"{cible.name} est enregistré.")
        phrase = (
            f"{cible.name} est enregistré dans {cible.parent}.\n\n"
            f"Il a été relu{INSECABLE}: ses montants sont ceux de la base."
        )
        article = DOCUMENTS[nature].article
        titre = f"{article[:1].upper()}{article[1:]}"
        choix = demander(self._fenetre, titre, phrase, ("Ouvrir le fichier", "Ouvrir le dossier", "Fermer"))
        if choix in {0, 1} and not ouvrir_fichier(cible if choix == 0 else cible.parent):
            avertir(self._fenetre, titre, f"Aucun programme de ce poste n’a pu ouvrir {cible.name}.")


def _format(nature: Nature, cible: Path) -> Format | None:
    """Give the format that the name of a file asks for, if the document exists in it."""
    return next((f for f in DOCUMENTS[nature].formats if cible.suffix.lower() == f".{f}"), None)


def _work(desk: Desk, nature: Nature, phase_id: int, cible: Path, avance: Avance) -> Path:
    return production.produire(desk, nature, phase_id, cible, avance, extension=_format(nature, cible))
