"""The page of propositions: the lines of annexe 4."""

from __future__ import annotations

from inclusion_desk.domain.champs import par_nom
from inclusion_desk.domain.dispositifs import unite_accordee
from inclusion_desk.domain.propositions import CHAMPS, Proposition
from inclusion_desk.domain.text import compter
from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.page import Description

_C = par_nom(CHAMPS)


def _volume(row: Proposition) -> str:
    return compter(row.volume, unite_accordee(row.unite, row.volume), unite_accordee(row.unite, row.volume))


PROPOSITIONS = Description(
    sujet="propositions",
    titre="&Propositions",
    colonnes=(
        Column("dispositif", "Dispositif", 250, _C["dispositif_id"], elastique=True),
        Column("structure_nom", "Structure", 250, _C["structure_id"], elastique=True),
        Column("territoire_nom", "Territoire", 146, _C["territoire_id"]),
        Column("code_operation", "Ligne", 104, _C["ligne_budgetaire_id"], aide="Code opération de la ligne budgétaire"),
        Column("montant", "Montant (€)", 112, _C["montant"]),
        Column("volume", "Volume", 124, _C["volume"], montrer=_volume),
        Column("etp", "ETP", 56, _C["etp"]),
        Column("debut", "Début", 92, _C["debut"]),
        Column("fin", "Fin", 92, _C["fin"]),
        Column("acte", "Acte", 96, _C["acte"]),
        Column("modele", "Modèle", 92, _C["modele"], visible=False, aide="Modèle d’avenant"),
        Column("convention_initiale", "Conv. initiale", 104, _C["convention_initiale"],
               aide="Numéro de la convention que l’avenant modifie"),
        Column("imputation", "Imputation", 108, visible=False),
        Column("observations", "Observations", 180, _C["observations"], editable=False, visible=False),
    ),
    formulaire=(
        ("dispositif_id",), ("structure_id",), ("territoire_id", "ligne_budgetaire_id"),
        ("montant", "volume", "etp"), ("debut", "fin"), ("acte", "modele", "convention_initiale"), ("observations",),
    ),
    image="propositions",
    vide="Aucune proposition dans cette phase",
    conseil="Une proposition attribue un montant à une structure, pour un dispositif, sur une ligne budgétaire. "
    "Enregistrez d’abord ces trois-là dans les autres onglets, puis ajoutez la première proposition.",
)  # fmt: skip
