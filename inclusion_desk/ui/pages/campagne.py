"""The pages of the frame of a campaign: thématiques, phases, deposit periods."""

from __future__ import annotations

from inclusion_desk.domain.campagnes import CHAMPS_PERIODE
from inclusion_desk.domain.champs import Nature, par_nom
from inclusion_desk.domain.dispositifs import CHAMPS_THEMATIQUE
from inclusion_desk.domain.phases import CHAMPS, ETATS_PHASE
from inclusion_desk.domain.text import format_date
from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.description import Description

_T, _P, _D = par_nom(CHAMPS_THEMATIQUE), par_nom(CHAMPS), par_nom(CHAMPS_PERIODE)

THEMATIQUES = Description(
    sujet="thematiques",
    titre="Thématiques",
    colonnes=(
        Column("numero", "N°", 64, _T["numero"]),
        Column("intitule", "Intitulé", 620, _T["intitule"], elastique=True),
        Column("dispositifs", "Dispositifs", 110, nature=Nature.ENTIER, aide="Dispositifs de la campagne"),
        Column("montant", "Montant (€)", 132, nature=Nature.MONTANT, aide="Total des propositions de la phase"),
    ),
    formulaire=(("numero",), ("intitule",)),
    image="thematiques",
    vide="Aucune thématique",
    conseil="Une thématique regroupe des dispositifs. Chacune fait l’objet d’un article et d’une annexe.",
)

PHASES = Description(
    sujet="phases",
    titre="Phases",
    colonnes=(
        Column("numero", "N°", 64, _P["numero"]),
        Column("titre", "Titre", 460, _P["titre"], elastique=True),
        Column("etat", "État", 170, montrer=lambda row: ETATS_PHASE[row.etat]),
        Column(
            "date_seance", "Séance", 100, montrer=lambda row: format_date(row.date_seance) if row.date_seance else ""
        ),
        Column("propositions", "Propositions", 112, nature=Nature.ENTIER),
        Column("montant", "Montant (€)", 132, nature=Nature.MONTANT,
               aide="Une phase rejetée ou remplacée, ou une correction avant son vote, n’entre pas dans le total"),
        Column("remplace", "Corrige", 110, aide="Numéro de la délibération que la phase corrige"),
    ),
    formulaire=(("numero",), ("titre",)),
    image="phases",
    vide="Aucune phase",
    conseil="Une phase réunit les propositions portées à une même séance.",
)  # fmt: skip

PERIODES = Description(
    sujet="periodes",
    titre="Périodes de dépôt",
    colonnes=(
        Column("numero", "N°", 64, _D["numero"]),
        Column("debut", "Début", 140, _D["debut"]),
        Column("fin", "Fin", 140, _D["fin"]),
        Column("mois", "Mois", 260, elastique=True),
        Column("candidatures", "Dossiers", 110, nature=Nature.ENTIER, aide="Dossiers déposés dans la période"),
    ),
    formulaire=(("numero", "debut", "fin"),),
    image="periodes",
    vide="Aucune période de dépôt",
    conseil="Une campagne reçoit les dossiers pendant une ou plusieurs périodes ; le rapport cite celles que la phase "
    "instruit.",
)
