"""The tables. Amounts are integer cents, dates ISO text, every constraint has a name the refusals can speak of."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table

from inclusion_desk.store.colonnes import metadata
from inclusion_desk.store.tables.budget import decision_modificative, engagement, ligne_budgetaire
from inclusion_desk.store.tables.cadre import (
    campagne,
    collectivite,
    dispositif,
    operation,
    periode_depot,
    phase,
    phase_periode,
    territoire,
    thematique,
)
from inclusion_desk.store.tables.candidatures import candidature, evenement
from inclusion_desk.store.tables.deliberations import (
    annexe,
    article,
    avis,
    deliberation,
    document_fige,
    instantane,
    interet,
    modele,
    reference,
    visa,
    vote,
    vote_groupe,
)
from inclusion_desk.store.tables.journal import journal, journal_tete
from inclusion_desk.store.tables.propositions import proposition, structure
from inclusion_desk.store.tables.seances import elu, groupe, mandat, presence, seance

if TYPE_CHECKING:  # what follows the vote is declared on first use: a start reads none of it
    from inclusion_desk.store.tables.conventions import (
        acte_ligne,
        avenant,
        convention,
        copie_acte,
        fiche,
        fiche_annexee,
        numerotation,
        piece,
        tranche,
    )
    from inclusion_desk.store.tables.suivi import bilan, suivi_convention, versement

__all__ = [
    "DERIVEES",
    "NON_JOURNALISEES",
    "PERSONNELLES",
    "acte_ligne",
    "all_tables",
    "annexe",
    "article",
    "avenant",
    "avis",
    "bilan",
    "campagne",
    "candidature",
    "collectivite",
    "convention",
    "copie_acte",
    "decision_modificative",
    "deliberation",
    "dispositif",
    "document_fige",
    "elu",
    "engagement",
    "evenement",
    "fiche",
    "fiche_annexee",
    "groupe",
    "instantane",
    "interet",
    "journal",
    "journal_tete",
    "ligne_budgetaire",
    "mandat",
    "modele",
    "numerotation",
    "operation",
    "periode_depot",
    "phase",
    "phase_periode",
    "piece",
    "presence",
    "proposition",
    "reference",
    "seance",
    "structure",
    "suivi_convention",
    "territoire",
    "thematique",
    "tranche",
    "versement",
    "visa",
    "vote",
    "vote_groupe",
]

PERSONNELLES = {
    "structure": ("representant",),
    "elu": ("civilite", "prenom", "nom"),
    "seance": ("president", "secretaire"),
    "deliberation": ("signataire",),
    "evenement": ("auteur",),
    "collectivite": ("signataire",),
    "modele": ("auteur",),
}
"""Columns of personal data, whose values stay out of the journal (RELIABILITY, finding 8)."""

DERIVEES = {"ligne_budgetaire": ("engage", "modifications")}
"""Columns kept by triggers, which the journal does not follow."""

NON_JOURNALISEES = frozenset({"journal", "journal_tete", "engagement"})

_PLUS_TARD = {
    **dict.fromkeys(
        ("acte_ligne", "avenant", "convention", "copie_acte", "fiche", "fiche_annexee", "numerotation", "piece",
         "tranche"),
        "conventions",
    ),
    **dict.fromkeys(("bilan", "suivi_convention", "versement"), "suivi"),
}  # fmt: skip
"""The tables declared on first use, and the file of each."""


def __getattr__(nom: str) -> Any:  # noqa: ANN401 - a table, whose type is told above
    if nom not in _PLUS_TARD:
        raise AttributeError(nom)
    return getattr(import_module(f"{__name__}.{_PLUS_TARD[nom]}"), nom)


def all_tables() -> list[Table]:
    """Give every table of the schema, those that others refer to first."""
    for fichier in sorted(set(_PLUS_TARD.values())):
        import_module(f"{__name__}.{fichier}")
    return metadata.sorted_tables
