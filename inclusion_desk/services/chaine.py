"""The chain of a budget line: its AE, what changed it, what each phase takes from it, and what remains."""

from __future__ import annotations

from inclusion_desk.domain.budget import Etape, LigneBudgetaire
from inclusion_desk.domain.phases import ETATS_PHASE, Phase
from inclusion_desk.domain.refus import Introuvable
from inclusion_desk.store import budget, phases
from inclusion_desk.store.engine import Session


def etapes(session: Session, phase_id: int, ligne_id: int) -> tuple[Etape, ...]:
    """List the steps of a line, from the AE voted first to what remains; amounts in cents.

    A rejected or replaced phase is shown and takes nothing; so is a correction until it is adopted.

    Raises:
        Introuvable: the campaign of the phase has no such line.
    """
    vue = phases.load(session, phase_id)
    ligne = next(iter(budget.load(session, vue, [ligne_id])), None)
    if ligne is None:
        raise Introuvable("Cette ligne budgétaire n’existe plus dans la campagne : actualisez l’affichage.")
    suite = [Etape("AE votée", "ae", ligne.ae_initiale, ligne.ae_initiale)]
    for decision in budget.load_decisions(session, vue.campagne_id):
        if decision.ligne_budgetaire_id == ligne_id:
            suite.append(_next(suite, decision.libelle, "modification", decision.montant))
    if ligne.engage_anterieur:
        suite.append(_next(suite, "Engagé hors outil", "anterieur", -ligne.engage_anterieur))
    engagements = budget.load_engagements(session, ligne_id)
    for phase in phases.load_of_campagne(session, vue.campagne_id):
        if phase.id in engagements:
            suite.append(_of_phase(suite, phase, engagements[phase.id]))
    suite.append(Etape("Reste", "reste", suite[-1].reste, suite[-1].reste))
    return tuple(suite)


def _next(suite: list[Etape], libelle: str, nature: str, montant: int, etat: str = "") -> Etape:
    return Etape(libelle, nature, montant, suite[-1].reste + montant, etat)


def _of_phase(suite: list[Etape], phase: Phase, montant: int) -> Etape:
    en_attente = phase.phase_remplacee is not None and phase.etat != "adoptee"
    sans_effet = phase.etat in {"rejetee", "remplacee"} or en_attente
    return _next(suite, f"Phase {phase.numero}", "phase", 0 if sans_effet else -montant, ETATS_PHASE[phase.etat])


def lignes(session: Session, phase_id: int) -> list[LigneBudgetaire]:
    """List the budget lines of the campaign of a phase."""
    return budget.load(session, phases.load(session, phase_id))
