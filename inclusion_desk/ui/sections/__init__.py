"""The parts of the tabs that are not mere pages of rows, by the name the plan gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.sections.actes import ActesAProduire
from inclusion_desk.ui.sections.articles import Articles
from inclusion_desk.ui.sections.besoins import Besoins
from inclusion_desk.ui.sections.calendrier import Calendrier
from inclusion_desk.ui.sections.chaine import Chaine
from inclusion_desk.ui.sections.cofinancement import Cofinancement
from inclusion_desk.ui.sections.conventions import Avenants, Conventions
from inclusion_desk.ui.sections.deliberation import ActeDeLaPhase
from inclusion_desk.ui.sections.dossiers import Dossiers
from inclusion_desk.ui.sections.etapes import Etapes
from inclusion_desk.ui.sections.fiches import Fiches
from inclusion_desk.ui.sections.modeles import Modeles
from inclusion_desk.ui.sections.phases import Phases
from inclusion_desk.ui.sections.presences import Presences
from inclusion_desk.ui.sections.seance import DateEtLieu
from inclusion_desk.ui.sections.service_fait import ServiceFait
from inclusion_desk.ui.sections.suivi import Bilans
from inclusion_desk.ui.sections.textes import Textes
from inclusion_desk.ui.sections.versements import Versements
from inclusion_desk.ui.sections.visas import Visas
from inclusion_desk.ui.sections.vote import VoteDeLaPhase
from inclusion_desk.ui.vues import Vue

SECTIONS: Mapping[str, Callable[[Contexte], Vue]] = {
    "dossiers": Dossiers,
    "phases": Phases,
    "chaine": Chaine,
    "etapes": Etapes,
    "seance": DateEtLieu,
    "presences": Presences,
    "vote": VoteDeLaPhase,
    "deliberation": ActeDeLaPhase,
    "visas": Visas,
    "articles": Articles,
    "textes": Textes,
    "modeles": Modeles,
    "actes": ActesAProduire,
    "conventions": Conventions,
    "avenants": Avenants,
    "fiches": Fiches,
    "calendrier": Calendrier,
    "versements": Versements,
    "bilans": Bilans,
    "service_fait": ServiceFait,
    "besoins": Besoins,
    "cofinancement": Cofinancement,
}
