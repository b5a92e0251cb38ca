"""The phases of a campaign, with what opens a campaign, a correction, or a phase to work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import campagnes
from inclusion_desk.ui.campagne import ouvrir_campagne
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.dialogues import avertir, demander
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.page import Page
from inclusion_desk.ui.pages import PAGES

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase


class Phases(Page):
    """The page of phases; the one selected can be worked on, and corrected once adopted."""

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(PAGES["phases"], contexte)
        self._travailler = QPushButton(icone("droite"), "&Travailler sur la phase")
        self._corriger = QPushButton(icone("modifier"), "C&orriger l’acte…")
        self._nouvelle = QPushButton(icone("campagne"), "Nou&velle campagne…")
        gestes = (
            (self._travailler, self.travailler), (self._corriger, self.corriger), (self._nouvelle, self.ouvrir_campagne)
        )  # fmt: skip
        for rang, (bouton, geste) in enumerate(gestes):
            bouton.setAutoDefault(False)
            bouton.clicked.connect(lambda _coche=False, g=geste: g())
            self.rangee.insertWidget(2 + rang, bouton)

    def _choisie(self) -> Phase | None:
        rangs = self.table.rangs()
        return self.modele.lignes.row(rangs[0]) if len(rangs) == 1 else None

    def _on_selection(self) -> None:
        super()._on_selection()
        choisie = self._choisie() if self._phase is not None else None
        ecrite = not self._contexte.desk.lecture_seule
        self._travailler.setEnabled(choisie is not None and self._phase is not None and choisie.id != self._phase.id)
        self._corriger.setEnabled(choisie is not None and choisie.etat == "adoptee" and ecrite)
        self._nouvelle.setEnabled(ecrite)

    def travailler(self) -> None:
        """Show the phase selected in the whole window."""
        if (choisie := self._choisie()) is not None:
            self.phase_demandee.emit(choisie.id)

    def ouvrir_campagne(self) -> None:
        """Ask for the year of a new campaign."""
        ouvrir_campagne(self.window(), self._contexte)

    def corriger(self) -> None:
        """Open the phase that corrects the one selected."""
        if (choisie := self._choisie()) is not None:
            corriger(self, self._contexte, choisie)


def corriger(vue: QWidget, contexte: Contexte, phase: Phase) -> None:
    """Ask, then open the phase whose act will correct an adopted one."""
    question = (
        f"La délibération de la phase {phase.reference} ne change plus{INSECABLE}: une nouvelle phase en reprend les "
        "lignes et les textes. Son adoption remplacera l’acte, qui est conservé."
    )
    if demander(vue.window(), "Corriger un acte adopté", question, ("Ouvrir la correction", "Annuler")) != 0:
        return
    try:
        contexte.actions.do(campagnes.corriger, phase.id)
    except Refus as erreur:
        avertir(vue.window(), "Correction impossible", str(erreur))
