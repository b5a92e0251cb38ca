"""The pages of what acts are made of: amounts by period, annexed sheets."""

from __future__ import annotations

from inclusion_desk.domain.champs import Nature, par_nom
from inclusion_desk.domain.montants import CHAMPS_ANNEXE, CHAMPS_MONTANT
from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.description import Description

_M, _A = par_nom(CHAMPS_MONTANT), par_nom(CHAMPS_ANNEXE)

MONTANTS = Description(
    sujet="montants",
    titre="Montants",
    colonnes=(
        Column("convention_numero", "Convention", 110, _M["convention_id"]),
        Column("acte", "Acte", 120),
        Column("structure_nom", "Structure", 280, elastique=True),
        Column("debut", "Début", 100, _M["debut"]),
        Column("fin", "Fin", 100, _M["fin"]),
        Column("montant", "Montant (€)", 130, _M["montant"]),
        Column("code_operation", "Opération", 120, _M["ligne_budgetaire_id"]),
    ),
    formulaire=(("convention_id", "avenant_id"), ("debut", "fin", "montant"), ("ligne_budgetaire_id",)),
    image="budget",
    vide="Aucun montant",
    conseil="Chaque acte apporte un ou plusieurs montants, période par période. Ceux des actes préparés viennent des "
    "lignes votées ; saisissez ici ceux des conventions nées sur papier.",
)
ANNEXES_ACTES = Description(
    sujet="annexes_actes",
    titre="Annexes des actes",
    colonnes=(
        Column("convention_numero", "Convention", 110, _A["convention_id"]),
        Column("acte", "Acte", 120),
        Column("structure_nom", "Structure", 220, elastique=True),
        Column("annexe", "Annexe", 76, _A["annexe"], nature=Nature.ENTIER),
        Column("titre", "Titre", 300, _A["titre"], elastique=True),
        Column("fiche", "Fiche portée", 260, _A["fiche_id"], elastique=True),
    ),
    formulaire=(("convention_id", "avenant_id", "annexe"), ("fiche_id",), ("titre",), ("territoire", "dispositif_id")),
    image="annexes",
    vide="Aucune annexe",
    conseil="Les actes préparés annexent d’eux-mêmes les fiches publiées de leurs dispositifs, dans leur version du "
    "moment.",
)
