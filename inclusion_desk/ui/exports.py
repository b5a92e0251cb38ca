"""Saving a file made off the window's thread: where to, then what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from inclusion_desk.domain.refus import Refus
from inclusion_desk.ui.dialogues import avertir, demander
from inclusion_desk.ui.documents import ouvrir_fichier

if TYPE_CHECKING:
    from inclusion_desk.ui.contexte import Contexte

Ecrire = Callable[[Path], Path]
"""Writes a file at a given place, and gives the place back."""
Suite = Callable[[], object] | None
_DOSSIER = "documents.dossier"


class Export(QObject):
    """Asks where to, writes, and tells."""

    message = Signal(str)

    def __init__(self, contexte: Contexte, parent: QWidget) -> None:
        super().__init__(parent)
        self._contexte = contexte
        self._parent = parent

    def demander(self, titre: str, nom: str, filtre: str, faire: Ecrire, suite: Suite = None) -> None:
        """Ask where to write a file, then have it written; a name without one of the extensions takes that chosen.

        ``suite`` is done once the file is there.
        """
        lieu = QStandardPaths.StandardLocation.DocumentsLocation
        dossier = Path(self._contexte.reglages.texte(_DOSSIER) or QStandardPaths.writableLocation(lieu))
        choisi, voulu = QFileDialog.getSaveFileName(self._parent.window(), titre, str(dossier / nom), filtre)
        if not choisi:
            return
        cible, propose = Path(choisi), Path(nom).suffix
        extension = next(iter(_extensions(voulu)), propose)
        if cible.name == nom:  # the name proposed, perhaps with another filter
            cible = cible.with_suffix(extension)
        elif cible.suffix.lower() not in _extensions(filtre):
            cible = cible.with_name(cible.name + extension)
        self.ecrire(cible, faire, suite)

    def ecrire(self, cible: Path, faire: Ecrire, suite: Suite = None) -> None:
        """Have a file written at a given place."""
        self._contexte.reglages.retenir(_DOSSIER, str(cible.parent))
        self._contexte.taches.lancer(lambda _avance: faire(cible), partial(self._on_done, cible, faire, suite))

    def _on_done(self, cible: Path, faire: Ecrire, suite: Suite, resultat: Path | Exception) -> None:
        if isinstance(resultat, Refus):
            titre, reponses = "Fichier non enregistré", ("Réessayer", "Annuler")
            if demander(self._parent.window(), titre, str(resultat), reponses, entree=1) == 0:
                self.ecrire(cible, faire, suite)
        elif isinstance(resultat, Exception):
            raise resultat
        else:
            self.message.emit(f"{resultat.name} est enregistré.")
            if suite is not None:
                suite()
            self._offer(resultat)

    def _offer(self, cible: Path) -> None:
        phrase, reponses = f"{cible.name} est enregistré dans {cible.parent}.", ("Ouvrir le dossier", "Fermer")
        if demander(
            self._parent.window(), "Fichier enregistré", phrase, reponses, entree=1
        ) == 0 and not ouvrir_fichier(cible.parent):
            avertir(self._parent.window(), "Fichier enregistré", f"Le dossier {cible.parent} n’a pas pu être ouvert.")


def _extensions(filtre: str) -> list[str]:
    """List the extensions that filters name: ``Documents PDF (*.pdf)``."""
    return re.findall(r"\*(\.\w+)\)", filtre)
