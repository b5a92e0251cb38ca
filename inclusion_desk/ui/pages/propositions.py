"""The page of propositions: the lines of annexe 4."""

from __future__ import annotations

from inclusion_desk.domain.champs import par_nom
from inclusion_desk.domain.dispositifs import unite_accordee
from inclusion_desk.domain.propositions import CHAMPS, Proposition
from inclusion_desk.domain.text import compter
from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.description import Description

_C = par_nom(CHAMPS)


def _volume(row: Proposition) -> str:
    if row.unite == "etp" and not row.volume:
        return ""  # counted in the ETP column
    return compter(row.volume, unite_accordee(row.unite, row.volume), unite_accordee(row.unite, row.volume))


PROPOSITIONS = Description(
    sujet="propositions",
    titre="&Propositions",
    colonnes=(
        Column("dispositif", "Dispositif", 222, _C["dispositif_id"], elastique=True),
        Column("structure_nom", "Structure", 264, _C["structure_id"], elastique=True),
        Column("territoire_nom", "Territoire", 146, _C["territoire_id"]),
        Column("code_operation", "Ligne", 98, _C["ligne_budgetaire_id"], aide="Code opération de la ligne budgétaire"),
        Column("montant", "Montant (€)", 106, _C["montant"]),
        Column("volume", "Volume", 118, _C["volume"], montrer=_volume),
        Column("etp", "ETP", 54, _C["etp"]),
        Column("debut", "Début", 88, _C["debut"]),
        Column("fin", "Fin", 88, _C["fin"]),
        Column("acte", "Acte", 94, _C["acte"]),
        Column("modele", "Modèle", 320, _C["modele"], visible=False, aide="Modèle d’avenant"),
        Column("convention_initiale", "Conv. initiale", 102, _C["convention_initiale"],
               aide="Numéro de la convention que l’avenant modifie"),
        Column("imputation", "Imputation", 108, visible=False),
        Column("observations", "Observations", 180, _C["observations"], editable=False, visible=False),
    ),
    formulaire=(
        ("dispositif_id",), ("structure_id",), ("ligne_budgetaire_id",), ("montant", "volume", "etp", "acte"),
        ("territoire_id", "debut", "fin"), ("modele", "convention_initiale"), ("observations",),
    ),
    image="propositions",
    de_la_phase=True,
    vide="Aucune proposition dans cette phase",
    conseil="Une proposition attribue un montant à une structure, pour un dispositif, sur une ligne budgétaire. "
    "Enregistrez d’abord ces trois-là dans les autres onglets, puis ajoutez la première proposition.",
)  # fmt: skip
