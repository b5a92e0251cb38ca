"""The main window: painted first with a word of patience, filled once the database is open."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QMainWindow

from inclusion_desk.domain.refus import Refus
from inclusion_desk.ui.apparence import Apparence
from inclusion_desk.ui.reglages import Reglages

if TYPE_CHECKING:
    from inclusion_desk.services.desk import Desk
    from inclusion_desk.ui.atelier import Atelier
    from inclusion_desk.ui.incidents import Incidents

OpenDesk = Callable[[], "Desk"]

TAILLE = (1366, 768)
_BARRE_DE_TITRE = 40
"""What the system adds above a window, in pixels: without it the status bar falls off a small screen."""
_NOM = "Inclusion Desk"
_FILTRE = "Bases Inclusion Desk (*.sqlite *.db)"


class FenetrePrincipale(QMainWindow):
    """The window of the program; ``atelier`` is what shows the database open, None before and when refused."""

    def __init__(self, apparence: Apparence, reglages: Reglages) -> None:
        super().__init__()
        self.apparence = apparence
        self.reglages = reglages
        self.atelier: Atelier | None = None
        self._en_attente: OpenDesk | None = None
        self._incidents: Incidents | None = None
        self.setWindowTitle(_NOM)
        libre = self.screen().availableSize()
        self.resize(min(TAILLE[0], libre.width()), min(TAILLE[1], libre.height() - _BARRE_DE_TITRE))
        self._restore()
        self._wait()

    def _wait(self) -> None:
        attente = QLabel("Ouverture de la base…")
        attente.setStyleSheet("qproperty-alignment: AlignCenter")  # the enums of Qt would cost 25 ms here
        self.setCentralWidget(attente)

    @property
    def prete(self) -> bool:
        """Whether the window shows a database, or why it cannot."""
        return self._en_attente is None and not isinstance(self.centralWidget(), QLabel)

    def ouvrir_apres_affichage(self, open_desk: OpenDesk) -> None:
        """Open a database at the first turn of the event loop after the window was painted."""
        self._en_attente = open_desk

    def event(self, event: QEvent) -> bool:
        """Notice the first painting."""
        faite = super().event(event)
        if event.type() == QEvent.Type.Paint and self._en_attente is not None:
            open_desk, self._en_attente = self._en_attente, None
            QTimer.singleShot(0, lambda: self.remplir(open_desk))
        return faite

    def remplir(self, open_desk: OpenDesk) -> None:
        """Open a database and show it; a refusal is shown in the window, with a way out."""
        from inclusion_desk.ui.incidents import Incidents  # noqa: PLC0415 - after the first paint

        self._en_attente = None
        if self._incidents is None:
            self._incidents = Incidents(self)
            self.apparence.suivre()
        try:
            desk = open_desk()
            self._show_desk(desk)
        except Refus as erreur:
            self._show_refusal(str(erreur))

    def _show_desk(self, desk: Desk) -> None:
        from inclusion_desk.ui.atelier import Atelier  # noqa: PLC0415 - after the first paint: it loads SQLAlchemy

        self._empty()
        self.atelier = Atelier(self, desk)
        suffixe = " (lecture seule)" if desk.lecture_seule else ""
        self.setWindowTitle(f"{desk.libelle}{suffixe} – {_NOM}")
        self._restore_docks()

    def _empty(self) -> None:
        """Take away what shows the database open before."""
        if self.atelier is not None:
            self.atelier.fermer()
            self.atelier.liberer()
            self.atelier = None
        self.menuBar().clear()

    def _show_refusal(self, phrase: str) -> None:
        from inclusion_desk.ui.refusee import BaseNonOuverte  # noqa: PLC0415 - idem

        self.setCentralWidget(BaseNonOuverte(phrase, self.choisir_base, self.close))

    def choisir_base(self) -> None:
        """Let the user pick another database; the one open stays until the other one is."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - after the first paint

        choisie, _ = QFileDialog.getOpenFileName(self, "Ouvrir une base", self.reglages.texte("base.dossier"), _FILTRE)
        if choisie:
            self.reglages.retenir("base.dossier", str(Path(choisie).parent))
            self.changer(choisie)

    def creer_base(self) -> None:
        """Let the user say where a new database goes, then make it and open it; nothing is ever overwritten."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - after the first paint

        from inclusion_desk.services import demonstration  # noqa: PLC0415 - idem

        choisie, _ = QFileDialog.getSaveFileName(
            self,
            "Nouvelle base",
            str(Path(self.reglages.texte("base.dossier")) / "base.sqlite"),
            _FILTRE,
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if choisie:
            cible = Path(choisie) if Path(choisie).suffix else Path(f"{choisie}.sqlite")
            self.reglages.retenir("base.dossier", str(cible.parent))
            self._change(lambda: demonstration.creer_base(cible))

    def changer(self, base: str) -> None:
        """Open another database in place of this one; refused, this one stays."""
        from inclusion_desk.services import desk  # noqa: PLC0415 - after the first paint

        self._change(lambda: desk.ouvrir(base))

    def _change(self, open_desk: OpenDesk) -> None:
        from inclusion_desk.ui.dialogues import avertir  # noqa: PLC0415 - idem

        if self.atelier is not None and not self.atelier.quitter():
            return
        try:
            self._show_desk(open_desk())
        except Refus as erreur:
            if self.atelier is None:
                self._show_refusal(str(erreur))
            else:
                avertir(self, "Cette base ne peut pas être ouverte", str(erreur))

    def _restore(self) -> None:
        memoire = self.reglages.texte("fenetre.geometrie")
        if memoire:
            self.restoreGeometry(QByteArray(base64.b64decode(memoire)))

    def _restore_docks(self) -> None:
        memoire = self.reglages.texte("fenetre.panneaux")
        if memoire:
            self.restoreState(QByteArray(base64.b64decode(memoire)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is being typed, remember where everything was, and close the database."""
        if self.atelier is not None and not self.atelier.quitter():
            event.ignore()
            return
        for nom, etat in (("fenetre.geometrie", self.saveGeometry()), ("fenetre.panneaux", self.saveState())):
            self.reglages.retenir(nom, base64.b64encode(etat.data()).decode())
        if self.atelier is not None:
            self.atelier.fermer()
        super().closeEvent(event)
