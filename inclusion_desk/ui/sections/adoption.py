"""Recording the vote: the outcome, what freezing means, the documents made off the window's thread, then the act."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout, QWidget

from inclusion_desk.domain.deliberations import ISSUES
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Interrompu, Refus
from inclusion_desk.services import adoption
from inclusion_desk.ui.dialogues import avertir, demander
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.progression import Progression
from inclusion_desk.ui.taches import Avance

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.services.desk import Desk
    from inclusion_desk.ui.section import Section

_TITRE = "Enregistrer le vote"
_CHOIX = ("adopte", "modifie", "rejete")
_EFFETS = {
    "adopte": "Les crédits sont engagés tels qu’ils ont été proposés.",
    "modifie": "Les crédits sont engagés tels qu’ils ont été modifiés en séance.",
    "rejete": "Aucun crédit n’est engagé.",
}


class Adoption(QWidget):
    """The outcomes, one button, and the progress of the work."""

    enregistre = Signal()
    """The act is frozen, or the reason why it is not was said."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self._section = section
        self._phase: Phase | None = None
        self.choix = {issue: QRadioButton(ISSUES[issue]) for issue in _CHOIX}
        self._groupe = QButtonGroup(self)
        self.bouton = QPushButton(icone("valide", QPalette.ColorRole.BrightText), "&Enregistrer le vote…")
        self.bouton.setProperty("principal", "true")
        self.bouton.setAutoDefault(False)
        self.bouton.clicked.connect(self.enregistrer)
        self.progression = Progression()
        rangee = QHBoxLayout()
        rangee.setSpacing(20)
        for issue, radio in self.choix.items():
            radio.setToolTip(_EFFETS[issue])
            self._groupe.addButton(radio)
            rangee.addWidget(radio)
        rangee.addStretch()
        pied = QHBoxLayout()
        pied.addWidget(self.bouton)
        pied.addWidget(self.progression)
        pied.addStretch()
        self.choix["adopte"].setChecked(True)
        pile = QVBoxLayout(self)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(12)
        pile.addLayout(rangee)
        pile.addLayout(pied)

    def montrer(self, phase: Phase) -> None:
        """Say which phase is voted."""
        self._phase = phase

    @property
    def issue(self) -> str:
        """The outcome chosen."""
        return next(issue for issue, radio in self.choix.items() if radio.isChecked())

    def enregistrer(self) -> None:
        """Ask once more, make the documents, then freeze the act."""
        phase, issue = self._phase, self.issue
        if phase is None or self.progression.isVisible():
            return
        question = (
            f"{ISSUES[issue]} : la délibération de la phase {phase.reference} et ses documents seront figés, sans "
            f"retour en arrière. {_EFFETS[issue]}"
        )
        if demander(self.window(), _TITRE, question, (_TITRE, "Annuler")) == 0:
            self.preparer(phase, issue)

    def preparer(self, phase: Phase, issue: str) -> None:
        """Make the documents of the act, with progress and Cancel."""
        contexte = self._section.contexte
        tache = contexte.taches.lancer(
            partial(_prepare, contexte.desk, phase.id, issue), self._on_ready, self.progression.avancer
        )
        self.bouton.setEnabled(False)
        self.progression.commencer("Production des documents de l’acte…", tache.annuler)

    def _on_ready(self, resultat: adoption.Preparation | Exception) -> None:
        self.progression.finir()
        self.bouton.setEnabled(True)
        if isinstance(resultat, adoption.Preparation):
            self._freeze(resultat)
        elif isinstance(resultat, Interrompu):
            self._section.message.emit("L’enregistrement du vote est annulé : rien n’a changé.")
        elif isinstance(resultat, Refus):
            avertir(self.window(), "Vote non enregistré", str(resultat))
        else:
            raise resultat
        self.enregistre.emit()

    def _freeze(self, preparation: adoption.Preparation) -> None:
        changes = self._section.faire(adoption.figer, preparation, titre="Vote non enregistré")
        if changes is not None:
            self._section.contexte.actions.oublier()
            suite = "un vote ne s’annule pas, ni ce qui l’a précédé."
            self._section.message.emit(f"{changes.label}{INSECABLE}: {suite}")


def _prepare(desk: Desk, phase_id: int, issue: str, avance: Avance) -> adoption.Preparation:
    return adoption.preparer(desk, phase_id, issue, avance)
