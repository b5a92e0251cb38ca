"""Phases: one batch of a campaign brought to one sitting, from its preparation to its adoption."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.etats import Transition, depuis
from inclusion_desk.domain.refus import Refus

ETATS_PHASE = {
    "preparation": "En préparation",
    "commissions": "Transmise aux commissions",
    "seance": "Inscrite à la séance",
    "adoptee": "Adoptée",
    "rejetee": "Rejetée",
    "ajournee": "Ajournée",
    "remplacee": "Remplacée",
}
FIGES = frozenset({"adoptee", "rejetee", "remplacee"})
"""The states in which nothing beneath may change any more: the documents come from the copy made at the vote."""
FERMES = FIGES | {"ajournee"}
"""The states in which nothing is edited; a postponed phase is taken up again first."""

TRANSITIONS_PHASE = (
    Transition("transmettre", depuis("preparation"), "commissions", "Transmettre aux commissions"),
    Transition("reprendre", depuis("commissions"), "preparation", "Reprendre la préparation"),
    Transition("inscrire", depuis("commissions"), "seance", "Inscrire à la séance"),
    Transition("retirer", depuis("seance"), "preparation", "Retirer de l’ordre du jour", motive=True),
    Transition("adopter", depuis("seance"), "adoptee", "Enregistrer le vote…"),
    Transition("rejeter", depuis("seance"), "rejetee", "Enregistrer le rejet"),
    Transition("ajourner", depuis("seance"), "ajournee", "Ajourner", motive=True),
    Transition("rouvrir", depuis("ajournee"), "preparation", "Reprendre l’instruction"),
    Transition("remplacer", depuis("adoptee"), "remplacee", "Remplacer"),
)
"""The moves of a phase; the vote goes through adoption, which freezes, and a correction replaces."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One batch of a campaign brought to one sitting; ``reference`` is ``2024/6``.

    Counts, and ``montant`` in cents, are those of its propositions.
    """

    id: int
    campagne_id: int
    annee: int
    numero: int
    titre: str
    date_seance: date | None
    etat: str = "preparation"
    version: int = 1
    contexte: str = ""
    seance_id: int | None = None
    propositions: int = 0
    montant: int = 0
    remplace: str = ""
    """The number of the deliberation that this phase corrects, or nothing."""
    phase_remplacee: int | None = None
    """The phase whose act it corrects: its lines weigh on the budget until this one is adopted."""
    remplacee_par: str = ""
    """The number of the deliberation that replaced its act, or nothing."""
    phase_remplacante: int | None = None
    """The phase whose adopted act replaced its own."""
    compte: bool = True
    """Whether its lines weigh on the budget: not when rejected or replaced, nor in a correction before its vote."""

    @property
    def montant_compte(self) -> int:
        """What it brings to the total of its campaign, in cents."""
        return self.montant if self.compte else 0

    @property
    def reference(self) -> str:
        """The phase as typed on a command line: ``2024/6``."""
        return f"{self.annee}/{self.numero}"

    @property
    def libelle(self) -> str:
        """The phase as shown in the selector."""
        return f"Campagne {self.annee} – phase {self.numero}"

    @property
    def fermee(self) -> bool:
        """Whether nothing in it may be edited."""
        return self.etat in FERMES

    @property
    def figee(self) -> bool:
        """Whether its documents come from the copy made at the vote."""
        return self.etat in FIGES


CHAMPS = (
    Champ("numero", "N°", "Le numéro de la phase", Nature.ENTIER, obligatoire=True),
    Champ("titre", "Titre", "Le titre", obligatoire=True, maximum=250, aide="Tel qu’il figure sur les actes"),
    Champ(
        "contexte", "Contexte du rapport", "Le contexte", Nature.TEXTE_LONG,
        aide="Ouvre le rapport du Président ; une ligne vide sépare les paragraphes, « - » commence une liste",
    ),
)  # fmt: skip


def refus_fermee(phase: Phase) -> Refus:
    """Word the refusal to change anything in a phase that is closed."""
    etat = ETATS_PHASE[phase.etat].lower()
    if phase.etat == "ajournee":
        suite = "reprenez d’abord son instruction"
    elif phase.etat == "remplacee":
        suite = "modifiez celle qui la remplace"
    else:
        suite = "une correction passe par une nouvelle délibération"
    return Refus(f"La phase {phase.reference} est {etat} : rien n’y change plus, {suite}.")
