"""The pages of what sittings draw on: councillors, groups, mandates, references, opinions, annexes."""

from __future__ import annotations

from inclusion_desk.domain.champs import Nature, par_nom
from inclusion_desk.domain.deliberations import CHAMPS_AVIS, CHAMPS_REFERENCE
from inclusion_desk.domain.seances import CHAMPS_ELU, CHAMPS_GROUPE, CHAMPS_MANDAT
from inclusion_desk.services.sujets import SUJETS
from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.description import Description

_E, _G, _M = par_nom(CHAMPS_ELU), par_nom(CHAMPS_GROUPE), par_nom(CHAMPS_MANDAT)
_R, _A, _J = par_nom(CHAMPS_REFERENCE), par_nom(CHAMPS_AVIS), par_nom(SUJETS["annexes"].champs)

ELUS = Description(
    sujet="elus",
    titre="Élus",
    colonnes=(
        Column("ordre", "Rang", 60, _E["ordre"]),
        Column("civilite", "Civilité", 76, _E["civilite"]),
        Column("prenom", "Prénom", 150, _E["prenom"]),
        Column("nom", "Nom", 190, _E["nom"], elastique=True),
        Column("groupe", "Groupe", 230, _E["groupe_id"], elastique=True),
        Column("membre", "Membre", 84, _E["membre"], aide="Membre de la Commission permanente"),
        Column("debut", "Depuis", 96, _E["debut"]),
        Column("fin", "Jusqu’au", 96, _E["fin"]),
        Column("mandats", "Mandats", 84, nature=Nature.ENTIER, aide="Mandats enregistrés dans des structures"),
    ),
    formulaire=(("civilite", "prenom", "nom"), ("groupe_id", "membre"), ("debut", "fin", "ordre")),
    image="elus",
    vide="Aucun élu",
    conseil="Enregistrez les conseillers départementaux. La feuille de présence reprend ceux qui sont en fonction au "
    "jour de la séance.",
)
GROUPES = Description(
    sujet="groupes",
    titre="Groupes",
    colonnes=(
        Column("ordre", "Rang", 64, _G["ordre"]),
        Column("nom", "Nom", 480, _G["nom"], elastique=True),
        Column("elus", "Élus", 90, nature=Nature.ENTIER),
    ),
    formulaire=(("ordre",), ("nom",)),
    image="groupes",
    vide="Aucun groupe politique",
    conseil="Les groupes servent au décompte des votes.",
)
MANDATS = Description(
    sujet="mandats",
    titre="Mandats",
    colonnes=(
        Column("elu", "Élu", 240, _M["elu_id"], elastique=True),
        Column("structure", "Structure", 300, _M["structure_id"], elastique=True),
        Column("qualite", "Qualité", 200, _M["qualite"]),
        Column("debut", "Depuis", 100, _M["debut"]),
        Column("fin", "Jusqu’au", 100, _M["fin"]),
    ),
    formulaire=(("elu_id",), ("structure_id",), ("qualite",), ("debut", "fin")),
    image="mandats",
    vide="Aucun mandat",
    conseil="Un élu qui exerce un mandat dans une structure financée est intéressé à l’affaire : l’outil le propose, "
    "vous confirmez.",
)
REFERENCES = Description(
    sujet="references",
    titre="Bibliothèque de visas",
    colonnes=(
        Column("nature", "Nature", 124, _R["nature"]),
        Column("objet", "Texte", 400, _R["objet"], elastique=True),
        Column("articles", "Articles", 200, _R["articles"], elastique=True),
        Column("numero", "N°", 96, _R["numero"]),
        Column("instance", "Instance", 170, _R["instance"], visible=False),
        Column("jour", "Date", 96, _R["jour"]),
        Column("par_defaut", "D’office", 84, _R["par_defaut"], aide="Cité d’office par une nouvelle délibération"),
    ),
    formulaire=(("nature", "numero", "jour"), ("objet",), ("articles",), ("instance", "par_defaut")),
    image="references",
    vide="Aucune référence",
    conseil="Codes, délibérations et règlements que vos délibérations visent, enregistrés une fois.",
)
AVIS = Description(
    sujet="avis",
    titre="Avis des commissions",
    colonnes=(
        Column("commission", "Commission", 170, _A["commission"]),
        Column("intitule", "Intitulé", 380, _A["intitule"], elastique=True),
        Column("jour", "Réunie le", 110, _A["jour"]),
        Column("sens", "Avis", 160, _A["sens"]),
    ),
    formulaire=(("commission",), ("intitule",), ("jour", "sens")),
    image="avis",
    vide="Aucun avis de commission",
    conseil="Reportez l’avis de chaque commission saisie : le rapport et la délibération le citeront.",
    de_la_phase=True,
)
ANNEXES = Description(
    sujet="annexes",
    titre="Annexes jointes",
    colonnes=(
        Column("numero", "N°", 64, _J["numero"]),
        Column("titre", "Titre", 560, _J["titre"], elastique=True),
        Column("modele", "Modèle d’avenant", 320, _J["modele"]),
    ),
    formulaire=(("numero", "modele"), ("titre",)),
    image="annexes",
    vide="Aucune annexe jointe",
    conseil="Les annexes des thématiques et la répartition se font d’elles-mêmes. Ajoutez ici les textes joints, comme "
    "les modèles d’avenant ; leur texte se rédige à la rubrique « Textes ».",
    de_la_phase=True,
)
