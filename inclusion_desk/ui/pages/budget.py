"""The page of budget lines, with the bar of what is consumed."""

from __future__ import annotations

from inclusion_desk.domain.budget import CHAMPS
from inclusion_desk.domain.champs import Nature, par_nom
from inclusion_desk.ui.barre import DelegueBarre, bulle, texte
from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.description import Description

_C = par_nom(CHAMPS)

BUDGET = Description(
    sujet="budget",
    titre="&Lignes budgétaires",
    colonnes=(
        Column("code_operation", "Code opération", 124, _C["code_operation"]),
        Column("imputation", "Imputation", 108, _C["imputation"], aide="Nature/fonction (M57)"),
        Column("libelle", "Libellé", 270, _C["libelle"], elastique=True),
        Column("ae", "AE (€)", 132, nature=Nature.MONTANT, aide="Autorisation d’engagement : ce qui peut être engagé"),
        Column("ae_initiale", "AE votée (€)", 132, _C["ae_initiale"], visible=False,
               aide="L’AE avant toute décision modificative"),
        Column("modifications", "DM (€)", 120, nature=Nature.MONTANT, visible=False,
               aide="Ce que les décisions modificatives ont ajouté ou retiré"),
        Column("engage_anterieur", "Hors outil (€)", 132, _C["engage_anterieur"], visible=False,
               aide="Ce que les délibérations antérieures à l’outil ont engagé"),
        Column("anterieur", "Déjà engagé (€)", 136, nature=Nature.MONTANT,
               aide="Ce que les délibérations et les phases antérieures ont engagé"),
        Column("disponible", "Disponible (€)", 126, nature=Nature.MONTANT, aide="AE moins ce qui est déjà engagé"),
        Column("proposition", "Proposition (€)", 128, nature=Nature.MONTANT, aide="Total des propositions de la phase"),
        Column("solde", "Solde (€)", 116, nature=Nature.MONTANT, aide="Disponible moins la proposition de la phase"),
        Column("consommation", "Consommation", 180, montrer=texte, bulle=bulle, dessin=True, elastique=True,
               aide="Déjà engagé, proposé dans la phase, solde"),
    ),
    formulaire=(("code_operation", "imputation"), ("libelle",), ("ae_initiale", "engage_anterieur")),
    image="budget",
    vide="Aucune ligne budgétaire",
    conseil="Saisissez les lignes du budget et leur AE. Le disponible et le solde suivront chaque proposition.",
    delegues={"consommation": DelegueBarre},
)  # fmt: skip
