"""The tables. Amounts are integer cents, dates ISO text, every constraint has a name the refusals can speak of."""

from __future__ import annotations

from inclusion_desk.store.tables.budget import engagement, ligne_budgetaire
from inclusion_desk.store.tables.cadre import (
    campagne,
    collectivite,
    dispositif,
    operation,
    phase,
    territoire,
    thematique,
)
from inclusion_desk.store.tables.deliberations import avis, deliberation, visa, vote, vote_groupe
from inclusion_desk.store.tables.journal import journal, journal_tete
from inclusion_desk.store.tables.propositions import proposition, structure
from inclusion_desk.store.tables.seances import elu, groupe, presence, seance

__all__ = [
    "DERIVEES",
    "NON_JOURNALISEES",
    "PERSONNELLES",
    "avis",
    "campagne",
    "collectivite",
    "deliberation",
    "dispositif",
    "elu",
    "engagement",
    "groupe",
    "journal",
    "journal_tete",
    "ligne_budgetaire",
    "operation",
    "phase",
    "presence",
    "proposition",
    "seance",
    "structure",
    "territoire",
    "thematique",
    "visa",
    "vote",
    "vote_groupe",
]

PERSONNELLES = {
    "structure": ("representant",),
    "elu": ("civilite", "prenom", "nom"),
    "seance": ("president", "secretaire"),
    "deliberation": ("signataire",),
}
"""Columns of personal data, whose values stay out of the journal (RELIABILITY, finding 8)."""

DERIVEES = {"ligne_budgetaire": ("engage",)}
"""Columns kept by triggers, which the journal does not follow."""

NON_JOURNALISEES = frozenset({"journal", "journal_tete", "engagement"})
