"""The page of décisions modificatives."""

from __future__ import annotations

from inclusion_desk.domain.budget import CHAMPS_DECISION
from inclusion_desk.domain.champs import par_nom
from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.description import Description

_C = par_nom(CHAMPS_DECISION)

DECISIONS = Description(
    sujet="decisions",
    titre="Décisions modificatives",
    colonnes=(
        Column("jour", "Date", 110, _C["jour"]),
        Column("code_operation", "Ligne", 130, _C["ligne_budgetaire_id"], aide="Code opération de la ligne budgétaire"),
        Column("libelle", "Libellé", 420, _C["libelle"], elastique=True),
        Column("montant", "Montant (€)", 150, _C["montant"], aide="Négatif quand l’AE est réduite"),
    ),
    formulaire=(("ligne_budgetaire_id",), ("jour", "montant"), ("libelle",)),
    image="decisions",
    vide="Aucune décision modificative",
    conseil="L’AE d’une ligne ne change en cours d’année que par une décision modificative, datée. Le disponible suit.",
)
