"""The page of structures."""

from __future__ import annotations

from inclusion_desk.domain.champs import Nature, par_nom
from inclusion_desk.domain.structures import CHAMPS
from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.description import Description

_C = par_nom(CHAMPS)

STRUCTURES = Description(
    sujet="structures",
    titre="&Structures",
    colonnes=(
        Column("nom", "Nom", 280, _C["nom"], elastique=True),
        Column("forme", "Forme juridique", 196, _C["forme"]),
        Column("siret", "SIRET", 142, _C["siret"]),
        Column("rna", "RNA", 106, _C["rna"]),
        Column("adresse", "Adresse", 170, _C["adresse"], visible=False),
        Column("code_postal", "Code postal", 96, _C["code_postal"], visible=False),
        Column("commune", "Commune", 142, _C["commune"]),
        Column("representant", "Représentant", 156, _C["representant"]),
        Column("qualite", "Qualité", 130, _C["qualite"], visible=False),
        Column("date_deliberation", "Délibération", 104, _C["date_deliberation"],
               aide="Date de l’acte qui autorise le représentant à signer"),
        Column("engagement_republicain", "Engagement", 96, _C["engagement_republicain"], visible=False,
               aide="Contrat d’engagement républicain signé"),
        Column("propositions", "Propositions", 104, nature=Nature.ENTIER, aide="Nombre de propositions de la phase"),
        Column("montant", "Montant (€)", 112, nature=Nature.MONTANT, aide="Total des propositions de la phase"),
    ),
    formulaire=(
        ("nom",), ("forme", "siret", "rna"), ("adresse",), ("code_postal", "commune"),
        ("representant", "qualite"), ("date_deliberation", "engagement_republicain"),
    ),
    image="structures",
    vide="Aucune structure",
    conseil="Commencez ici : enregistrez les associations, CCAS, GIP et autres organismes qui candidatent. "
    "Vous leur attribuerez ensuite des propositions.",
)  # fmt: skip
