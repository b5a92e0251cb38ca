"""A part of a tab that is not a page of rows: reads what it shows, and edits it through use cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.phases import ETATS_PHASE
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.changes import Changes, UseCase
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.dialogues import avertir
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.vide import Vide
from inclusion_desk.ui.vues import Touche, Vue

if TYPE_CHECKING:
    from collections.abc import Callable

    from inclusion_desk.domain.phases import Phase

MARGE = 16


class Section(Vue):
    """Shows something of the phase chosen; subclasses say what they depend on, build ``corps``, and read it.

    What stands in the place of ``corps`` when there is nothing to show is ``manque``.
    """

    SUJETS: ClassVar[frozenset[str]] = frozenset({"seances", "phases"})
    """The subjects whose edits call for reading again."""
    TITRE: ClassVar[str] = ""
    IMAGE: ClassVar[str] = ""
    DE_LA_PHASE: ClassVar[bool] = True
    """Whether what is shown is part of the phase: nothing in it changes once it is voted."""

    def __init__(self, contexte: Contexte) -> None:
        super().__init__()
        self.contexte = contexte
        self.phase: Phase | None = None
        self._a_lire = False
        self.corps = QWidget()
        self.manque = Vide(self.IMAGE, "", self.remedier)
        self._cadenas = QLabel()
        self._cadenas.setProperty("role", "doux")
        self._rangee = QHBoxLayout()
        self._pile = QStackedWidget()
        self._layout()

    def _layout(self) -> None:
        titre = QLabel(self.TITRE)
        titre.setProperty("role", "titre")
        self._rangee.setContentsMargins(MARGE, 10, 8, 10)
        self._rangee.setSpacing(8)
        self._rangee.addWidget(titre)
        self._rangee.addSpacing(8)
        self._rangee.addWidget(self._cadenas)
        self._rangee.addStretch()
        self._pile.addWidget(self.corps)
        self._pile.addWidget(self.manque)
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(0)
        pile.addLayout(self._rangee)
        pile.addWidget(self._pile, 1)

    def bouton(self, texte: str, image: str, geste: Callable[[], object], *, principal: bool = False) -> QPushButton:
        """Add a button at the top right."""
        role = QPalette.ColorRole.BrightText if principal else QPalette.ColorRole.ButtonText
        fait = QPushButton(icone(image, role), texte)
        fait.setProperty("principal", "true" if principal else "false")
        fait.setAutoDefault(False)
        fait.clicked.connect(lambda _coche=False: geste())
        self._rangee.addWidget(fait)
        return fait

    def defiler(self, contenu: QWidget) -> QScrollArea:
        """Put a content in an area that scrolls."""
        zone = QScrollArea()
        zone.setWidgetResizable(True)
        zone.setWidget(contenu)
        return zone

    @property
    def modifiable(self) -> bool:
        """Whether what is shown may be edited."""
        return self.phase is not None and not self.phase.fermee and not self.contexte.desk.lecture_seule

    def ouvrir(self, phase: Phase | None) -> None:
        """Show a phase."""
        self.phase = phase
        fermee = self.DE_LA_PHASE and phase is not None and phase.fermee
        self._cadenas.setText(f"{ETATS_PHASE[phase.etat]}{INSECABLE}: lecture seule" if phase and fermee else "")
        self._a_lire = True
        if self.isVisible():
            self.rattraper()

    def appliquer(self, ids: Touche) -> None:
        """Read again, now or when shown, if an edit touched what is shown."""
        if self.SUJETS & ids.keys():
            self._a_lire = True
            if self.isVisible():
                self.rattraper()

    def rattraper(self) -> None:
        """Read what is to be read."""
        if not self._a_lire:
            return
        self._a_lire = False
        if self.phase is None:
            self.manquer("Aucune phase", "Ouvrez d’abord une campagne, dans le menu Fichier.", "")
        else:
            self.lire(self.phase)
        self.etat_change.emit()

    def lire(self, phase: Phase) -> None:
        """Read and show what there is of a phase."""
        raise NotImplementedError

    def relire(self) -> None:
        """Read again what stands."""
        self._a_lire = True
        self.rattraper()

    def montrer_corps(self) -> None:
        """Show what the section is made for."""
        self._pile.setCurrentWidget(self.corps)

    def manquer(self, titre: str, phrase: str, remede: str) -> None:
        """Show what is missing in place of the body, with the button that leads to it."""
        self.manque.dire(titre, phrase)
        self.manque.bouton.setText(remede)
        self.manque.bouton.setVisible(bool(remede))
        self._pile.setCurrentWidget(self.manque)

    def remedier(self) -> None:
        """Do what the button of the empty state says."""

    def faire(self, use_case: UseCase, *args: object, titre: str = "Modification refusée") -> Changes | None:
        """Run a use case; a refusal is said, and what stands is shown again."""
        try:
            changes = self.contexte.actions.do(use_case, *args)
        except Refus as erreur:
            avertir(self.window(), titre, str(erreur))
            self.relire()
            return None
        self.message.emit(changes.label)
        return changes
