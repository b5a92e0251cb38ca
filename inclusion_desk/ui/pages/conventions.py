"""The pages of what follows the vote: conventions, avenants, action sheets."""

from __future__ import annotations

from inclusion_desk.domain.champs import Nature, par_nom
from inclusion_desk.domain.codes import RUBRIQUES
from inclusion_desk.domain.conventions import Avenant, Convention
from inclusion_desk.domain.conventions_champs import CHAMPS_AVENANT, CHAMPS_CONVENTION
from inclusion_desk.domain.fiches import CHAMPS
from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.description import Description

_C, _A, _F = par_nom(CHAMPS_CONVENTION), par_nom(CHAMPS_AVENANT), par_nom(CHAMPS)
_DELIBERATION = frozenset({"deliberation_numero", "deliberation_le"})


def _hidden_of_convention(row: Convention | None) -> frozenset[str]:
    """Leave out the day of a termination that is not made, and the deliberation where the phase says it."""
    resiliation: frozenset[str] = frozenset() if row is not None and row.resiliee_le else frozenset({"resiliee_le"})
    return resiliation | _hidden_of_act(row)


def _hidden_of_act(row: Convention | Avenant | None) -> frozenset[str]:
    return _DELIBERATION if row is not None and row.phase_id is not None else frozenset()


CONVENTIONS = Description(
    sujet="conventions",
    titre="Conventions",
    colonnes=(
        Column("numero", "N°", 96, _C["numero"]),
        Column("structure_nom", "Structure", 200, _C["structure_id"], elastique=True),
        Column("objet", "Objet", 220, _C["objet"], elastique=True),
        Column("debut", "Début", 92, _C["debut"]),
        Column("terme", "Fin", 92, nature=Nature.DATE, aide="Après les avenants signés"),
        Column("montant", "Montant (€)", 112, nature=Nature.MONTANT, aide="Après les avenants signés"),
        Column("avenants", "Avenants", 84, nature=Nature.ENTIER),
        Column("etat", "État", 96, montrer=lambda row: row.etat_libelle),
        Column("signee_structure", "Signée (structure)", 120, _C["signee_structure"], visible=False),
        Column("signee_departement", "Signée (Département)", 140, _C["signee_departement"], visible=False),
        Column("executoire_le", "Exécutoire le", 110, _C["executoire_le"], visible=False),
        Column("resiliee_le", "Résiliée le", 104, nature=Nature.DATE, visible=False),
        Column("deliberation", "Délibération", 190, visible=False),
        Column("origine", "Origine", 116, aide="La phase qui l’a votée, ou hors de l’outil", visible=False),
    ),
    formulaire=(
        ("numero", "externe"), ("structure_id",), ("objet",), ("debut", "fin"),
        ("deliberation_numero", "deliberation_le"), ("signee_structure", "signee_departement", "executoire_le"),
        ("resiliee_le",), ("observations",),
    ),
    image="conventions",
    vide="Aucune convention",
    conseil="Les conventions des phases adoptées se préparent à la rubrique « Actes à produire ». Enregistrez ici "
    "celles qui sont nées sur papier, pour leurs avenants et leurs paiements.",
    masques=_hidden_of_convention,
)  # fmt: skip
AVENANTS = Description(
    sujet="avenants",
    titre="Avenants",
    colonnes=(
        Column("convention_numero", "Convention", 104, _A["convention_id"]),
        Column("rang", "N°", 56, nature=Nature.ENTIER),
        Column("structure_nom", "Structure", 210, elastique=True),
        Column("modele", "Modèle", 220, _A["modele"], elastique=True),
        Column("objet", "Objet", 220, _A["objet"], elastique=True),
        Column("articles", "Articles modifiés", 128, visible=False),
        Column("fin", "Nouvelle fin", 104, _A["fin"], visible=False),
        Column("montant", "Apport (€)", 112, nature=Nature.MONTANT),
        Column("etat", "État", 96, montrer=lambda row: row.etat_libelle),
        Column("signee_structure", "Signé (structure)", 120, _A["signee_structure"], visible=False),
        Column("signee_departement", "Signé (Département)", 140, _A["signee_departement"], visible=False),
        Column("executoire_le", "Exécutoire le", 110, _A["executoire_le"], visible=False),
        Column("deliberation", "Délibération", 190, visible=False),
        Column("origine", "Origine", 116, aide="La phase qui l’a voté, ou hors de l’outil", visible=False),
    ),
    formulaire=(
        ("convention_id", "rang"), ("modele", "externe"), ("objet",), ("debut", "fin"),
        ("deliberation_numero", "deliberation_le"), ("signee_structure", "signee_departement", "executoire_le"),
        ("observations",),
    ),
    image="avenants",
    vide="Aucun avenant",
    conseil="Les avenants des phases adoptées se préparent à la rubrique « Actes à produire ». Enregistrez ici ceux "
    "qui sont nés sur papier : les suivants prendront leur suite.",
    masques=_hidden_of_act,
)  # fmt: skip
FICHES = Description(
    sujet="fiches",
    titre="Fiches action",
    colonnes=(
        Column("dispositif", "Dispositif", 300, _F["dispositif_id"], elastique=True),
        Column("titre", "Titre", 320, _F["titre"], elastique=True),
        Column("rang", "Version", 76, nature=Nature.ENTIER),
        Column("etat", "État", 118, montrer=lambda row: row.etat_libelle),
        Column("actes", "Actes", 72, nature=Nature.ENTIER, aide="Actes qui portent cette version"),
    ),
    formulaire=(
        ("dispositif_id",), ("titre",), *((nom,) for nom in RUBRIQUES), ("mesures",), ("suivi", "echeancier"),
    ),
    image="fiches",
    vide="Aucune fiche action",
    conseil="Une fiche décrit l’action d’un dispositif. Publiée, elle est annexée telle quelle aux conventions et aux "
    "avenants ; une nouvelle version ne change rien à ceux qui sont signés.",
)  # fmt: skip
