"""The top of the window: the phase worked on, undo and redo, and the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QToolBar, QToolButton, QWidget

from inclusion_desk.domain.phases import ETATS_PHASE, Phase
from inclusion_desk.domain.text import format_date_longue
from inclusion_desk.ui.pastilles import TONS_PHASE, dire_etat, pastille

_LARGEUR = 232
_ICONE = 20


class Entree(QToolBar):
    """A toolbar that cannot be moved; ``phase_choisie`` says which phase to show."""

    phase_choisie = Signal(object)

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__("Barre principale")
        self.setObjectName("entree")
        self.setMovable(False)
        self.setIconSize(QSize(_ICONE, _ICONE))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._phases: Sequence[Phase] = ()
        self.selecteur = QComboBox()
        self.selecteur.setMinimumWidth(_LARGEUR)
        self.selecteur.setAccessibleName("Campagne et phase")
        self.selecteur.setToolTip("Campagne et phase")
        self._seance = QLabel()
        self._seance.setTextFormat(Qt.TextFormat.PlainText)
        self._seance.setProperty("role", "doux")
        self._etat = pastille()
        suite = QWidget()  # a label alone in a toolbar cannot be hidden
        rangee = QHBoxLayout(suite)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(10)
        rangee.addWidget(self._etat)
        rangee.addWidget(self._seance)
        self.addWidget(self.selecteur)
        self.addWidget(suite)
        ressort = QWidget()
        ressort.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(ressort)
        for nom in ("annuler", "retablir"):
            self.addAction(actions[nom])
        self.addSeparator()
        for nom in ("apercu", "classeur", "deliberation"):
            self.addAction(actions[nom])
            bouton = self.widgetForAction(actions[nom])
            if isinstance(bouton, QToolButton):
                bouton.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.selecteur.currentIndexChanged.connect(self._on_choice)

    def remplir(self, phases: Sequence[Phase], choisie: int | None) -> None:
        """List the phases, choose one and say so."""
        self.lister(phases, choisie)
        self.phase_choisie.emit(self.phase)

    def lister(self, phases: Sequence[Phase], choisie: int | None) -> bool:
        """List the phases and choose one; True when it is another, or one in another state."""
        avant = self.phase
        self._phases = phases
        self.selecteur.blockSignals(True)  # one signal at the end, not one per phase
        self.selecteur.clear()
        self.selecteur.addItems([phase.libelle for phase in phases])
        rang = next((n for n, phase in enumerate(phases) if phase.id == choisie), 0 if phases else -1)
        self.selecteur.setCurrentIndex(rang)
        self.selecteur.setEnabled(bool(phases))
        self.selecteur.blockSignals(False)
        self._describe()
        apres = self.phase
        return (avant and (avant.id, avant.etat)) != (apres and (apres.id, apres.etat))

    @property
    def phase(self) -> Phase | None:
        """The phase chosen."""
        rang = self.selecteur.currentIndex()
        return self._phases[rang] if 0 <= rang < len(self._phases) else None

    def choisir(self, phase_id: int) -> None:
        """Choose a phase by its id; one that is gone is left aside."""
        rang = next((n for n, phase in enumerate(self._phases) if phase.id == phase_id), -1)
        if rang >= 0:
            self.selecteur.setCurrentIndex(rang)

    def _on_choice(self, _rang: int) -> None:
        self._describe()
        self.phase_choisie.emit(self.phase)

    def _describe(self) -> None:
        """Say where the phase stands, and when it is voted."""
        phase = self.phase
        dire_etat(self._etat, ETATS_PHASE[phase.etat] if phase else "", TONS_PHASE[phase.etat] if phase else "")
        jour = phase.date_seance if phase else None
        self._seance.setText(f"Séance du {format_date_longue(jour)}" if jour else "")
