"""What describes the deliberation of a phase: its number, title, dates, and who signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from inclusion_desk.domain.champs import Valeur
from inclusion_desk.domain.deliberations import CHAMPS_ACTE
from inclusion_desk.domain.text import format_date
from inclusion_desk.services import deliberations, votes
from inclusion_desk.ui.cartes import Carte, Colonne, Faits
from inclusion_desk.ui.fiche import Fiche
from inclusion_desk.ui.formulaire import sans_options
from inclusion_desk.ui.section import Section

if TYPE_CHECKING:
    from inclusion_desk.domain.phases import Phase
    from inclusion_desk.ui.contexte import Contexte

_GROUPES = (
    ("numero", "date_signature", "date_modele_convention"),
    ("titre",),
    ("signataire", "qualite_signataire"),
)


class ActeDeLaPhase(Section):
    """The form of the deliberation; what it corrects, when it corrects another."""

    TITRE = "Délibération"
    IMAGE = "deliberation"

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self._montree: int | None = None
        self._version = 0
        self.fiche = Fiche(CHAMPS_ACTE, _GROUPES, sans_options, self._write)
        self.fiche.conflit.connect(self._on_conflict)
        self._ancienne = Carte("Acte corrigé et remplacé")
        self._faits = Faits()
        self._ancienne.ajouter(self._faits)
        carte = Carte("Acte")
        carte.ajouter(self.fiche)
        colonne = Colonne()
        colonne.ajouter(carte)
        colonne.ajouter(self._ancienne)
        pile = QVBoxLayout(self.corps)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.addWidget(self.defiler(colonne))

    @property
    def suspens(self) -> str:
        """Tell whether a field is refused."""
        return self.TITRE if self.fiche.champs.change else ""

    def lire(self, phase: Phase) -> None:
        """Read the deliberation."""
        feuille = self.contexte.desk.read(votes.lire, phase.id)
        acte = feuille.deliberation
        self._version = feuille.version
        valeurs = {champ.nom: getattr(acte, champ.nom) for champ in CHAMPS_ACTE}
        self.fiche.montrer(valeurs, autre=self._montree != phase.id, modifiable=self.modifiable)
        self._montree = phase.id
        ancienne = acte.rectifie
        self._ancienne.setVisible(ancienne is not None)
        if ancienne is not None:
            jour = format_date(ancienne.jour) if ancienne.jour else ""
            self._faits.montrer({"Délibération": ancienne.numero, "Séance du": jour, "Titre": ancienne.titre})
        self.montrer_corps()

    def _write(self, saisies: Mapping[str, Valeur]) -> None:
        if self.phase is not None:
            changes = self.contexte.actions.do(deliberations.decrire, self.phase.id, self._version, saisies)
            self.message.emit(changes.label)

    def _on_conflict(self, phrase: str) -> None:
        self.message.emit(phrase)
        self.relire()
