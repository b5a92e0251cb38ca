"""The page of applications (dossiers de candidature)."""

from __future__ import annotations

from inclusion_desk.domain.campagnes import CHAMPS_CANDIDATURE, Candidature
from inclusion_desk.domain.champs import Nature, par_nom
from inclusion_desk.domain.dispositifs import unite_accordee
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.text import compter
from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.description import Description

_C = par_nom(CHAMPS_CANDIDATURE)


def _volume(row: Candidature) -> str:
    unite = unite_accordee(row.unite, row.volume_demande)
    return compter(row.volume_demande, unite, unite) if row.volume_demande else ""


def _vote(row: Candidature) -> str:
    return "" if row.montant_vote is None else format_montant(row.montant_vote, symbole=False)


CANDIDATURES = Description(
    sujet="candidatures",
    titre="Dossiers",
    colonnes=(
        Column("structure_nom", "Structure", 214, _C["structure_id"], elastique=True),
        Column("dispositif", "Dispositif", 196, _C["dispositif_id"], elastique=True),
        Column("territoire_nom", "Territoire", 116, _C["territoire_id"], visible=False),
        Column("depose_le", "Déposé le", 92, _C["depose_le"]),
        Column("montant_demande", "Demandé (€)", 108, _C["montant_demande"]),
        Column("volume_demande", "Volume", 110, _C["volume_demande"], montrer=_volume, visible=False),
        Column("etat", "État", 88, montrer=lambda row: row.etat_libelle),
        Column("avis", "Avis", 112, _C["avis"]),
        Column("montant_propose", "Proposé (€)", 108, _C["montant_propose"]),
        Column("montant_vote", "Voté (€)", 108, montrer=_vote, nature=Nature.MONTANT,
               aide="Ce que donne l’acte en vigueur"),
        Column("phase_reference", "Phase", 70, aide="Phase à laquelle le dossier est proposé"),
        Column("periode_numero", "Période", 70, nature=Nature.ENTIER, visible=False, aide="Période de dépôt"),
        Column("debut", "Début", 88, _C["debut"], visible=False),
        Column("fin", "Fin", 88, _C["fin"], visible=False),
    ),
    formulaire=(
        ("structure_id", "dispositif_id"), ("territoire_id", "periode_id", "depose_le"),
        ("montant_demande", "volume_demande", "debut", "fin"), ("pieces_manquantes",),
        ("avis", "montant_propose", "volume_propose"), ("ligne_budgetaire_id",), ("motivation",),
    ),
    image="candidatures",
    vide="Aucun dossier de candidature",
    conseil="Enregistrez ici les dossiers déposés. Instruit favorablement, un dossier devient une proposition de la "
    "phase sans rien ressaisir.",
)  # fmt: skip
