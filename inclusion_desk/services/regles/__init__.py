"""What each subject checks, names and touches when one of its rows is written."""

from __future__ import annotations

from collections.abc import Mapping

from inclusion_desk.services.regles.avenants import AVENANTS
from inclusion_desk.services.regles.base import Ligne, Regles, Touche
from inclusion_desk.services.regles.budget import BUDGET, DECISIONS
from inclusion_desk.services.regles.cadre import DISPOSITIFS, PERIODES, PHASES, STRUCTURES, THEMATIQUES
from inclusion_desk.services.regles.candidatures import CANDIDATURES
from inclusion_desk.services.regles.conventions import CONVENTIONS
from inclusion_desk.services.regles.fiches import FICHES
from inclusion_desk.services.regles.montants import ANNEXES_ACTES, MONTANTS
from inclusion_desk.services.regles.propositions import PROPOSITIONS
from inclusion_desk.services.regles.seances import ANNEXES, AVIS, ELUS, GROUPES, MANDATS, REFERENCES
from inclusion_desk.services.regles.suivi import BILANS, PAIEMENTS_RETIRES, VERSEMENTS

__all__ = ["REGLES", "Ligne", "Regles", "Touche"]

REGLES: Mapping[str, Regles] = {
    "structures": STRUCTURES,
    "dispositifs": DISPOSITIFS,
    "thematiques": THEMATIQUES,
    "budget": BUDGET,
    "decisions": DECISIONS,
    "propositions": PROPOSITIONS,
    "phases": PHASES,
    "periodes": PERIODES,
    "candidatures": CANDIDATURES,
    "elus": ELUS,
    "groupes": GROUPES,
    "mandats": MANDATS,
    "references": REFERENCES,
    "avis": AVIS,
    "annexes": ANNEXES,
    "fiches": FICHES,
    "conventions": CONVENTIONS,
    "avenants": AVENANTS,
    "montants": MONTANTS,
    "annexes_actes": ANNEXES_ACTES,
    "versements": VERSEMENTS,
    "paiements_retires": PAIEMENTS_RETIRES,
    "bilans": BILANS,
}
"""The rules of each subject, by its name."""
