"""The chain of a budget line: its AE, what changed it, what each phase takes from it, and what remains."""

from __future__ import annotations

from collections.abc import Sequence

from inclusion_desk.domain.budget import ChaineBudgetaire, DecisionModificative, Etape, LigneBudgetaire
from inclusion_desk.domain.phases import ETATS_PHASE, Phase
from inclusion_desk.domain.refus import Introuvable
from inclusion_desk.store import budget, phases
from inclusion_desk.store.engine import Session


def lire(session: Session, phase_id: int) -> list[ChaineBudgetaire]:
    """Read the chain of every budget line of the campaign of a phase; amounts in cents.

    A rejected or replaced phase is shown and takes nothing; so is a correction until it is adopted.
    """
    vue = phases.load(session, phase_id)
    decisions = budget.load_decisions(session, vue.campagne_id)
    engagements = budget.load_engagements(session, vue.campagne_id)
    suivies = phases.load_of_campagne(session, vue.campagne_id)
    return [
        ChaineBudgetaire(
            ligne,
            _steps(
                ligne,
                [d for d in decisions if d.ligne_budgetaire_id == ligne.id],
                [(p, engagements[ligne.id, p.id]) for p in suivies if (ligne.id, p.id) in engagements],
            ),
        )
        for ligne in budget.load(session, vue)
    ]


def etapes(session: Session, phase_id: int, ligne_id: int) -> tuple[Etape, ...]:
    """List the steps of one line.

    Raises:
        Introuvable: the campaign of the phase has no such line.
    """
    trouvee = next((chaine.etapes for chaine in lire(session, phase_id) if chaine.ligne.id == ligne_id), None)
    if trouvee is None:
        raise Introuvable("Cette ligne budgétaire n’existe plus dans la campagne : actualisez l’affichage.")
    return trouvee


def _steps(
    ligne: LigneBudgetaire, decisions: Sequence[DecisionModificative], prises: Sequence[tuple[Phase, int]]
) -> tuple[Etape, ...]:
    suite = [Etape("AE votée", "ae", ligne.ae_initiale, ligne.ae_initiale)]
    for decision in decisions:
        suite.append(_next(suite, decision.libelle, "modification", decision.montant))
    if ligne.engage_anterieur:
        suite.append(_next(suite, "Engagé hors outil", "anterieur", -ligne.engage_anterieur))
    for phase, montant in prises:
        suite.append(_of_phase(suite, phase, montant))
    return (*suite, Etape("Reste", "reste", suite[-1].reste, suite[-1].reste))


def _next(suite: list[Etape], libelle: str, nature: str, montant: int, etat: str = "") -> Etape:
    return Etape(libelle, nature, montant, suite[-1].reste + montant, etat)


def _of_phase(suite: list[Etape], phase: Phase, montant: int) -> Etape:
    return _next(suite, f"Phase {phase.numero}", "phase", -montant if phase.compte else 0, ETATS_PHASE[phase.etat])
