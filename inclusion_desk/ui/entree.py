"""The top of the window: the phase worked on, undo and redo, and the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QToolBar, QToolButton, QWidget

from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.text import format_date_longue

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
        self.addWidget(self.selecteur)
        self.addWidget(self._seance)
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
        """List the phases, and choose one."""
        self._phases = phases
        self.selecteur.blockSignals(True)  # one signal at the end, not one per phase
        self.selecteur.clear()
        self.selecteur.addItems([phase.libelle for phase in phases])
        rang = next((n for n, phase in enumerate(phases) if phase.id == choisie), 0 if phases else -1)
        self.selecteur.setCurrentIndex(rang)
        self.selecteur.setEnabled(bool(phases))
        self.selecteur.blockSignals(False)
        self._on_choice(rang)

    @property
    def phase(self) -> Phase | None:
        """The phase chosen."""
        rang = self.selecteur.currentIndex()
        return self._phases[rang] if 0 <= rang < len(self._phases) else None

    def _on_choice(self, _rang: int) -> None:
        phase = self.phase
        jour = phase.date_seance if phase else None
        self._seance.setText(f"Séance du {format_date_longue(jour)}" if jour else "")
        self.phase_choisie.emit(phase)
