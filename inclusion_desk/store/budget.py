"""Queries on budget lines: what each committed before a phase, in it, and after; the chain of its phases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from inclusion_desk.domain.budget import DecisionModificative, LigneBudgetaire
from inclusion_desk.domain.phases import Phase
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import decision_modificative, engagement, ligne_budgetaire, phase, proposition

_Cumuls = dict[int, list[int]]


def load(session: Session, vue: Phase, ids: Sequence[int] | None = None) -> list[LigneBudgetaire]:
    """Read a campaign's budget lines as seen from one phase; amounts in cents."""
    demande = select(ligne_budgetaire).where(ligne_budgetaire.c.campagne_id == vue.campagne_id)
    if ids is not None:
        demande = demande.where(ligne_budgetaire.c.id.in_(ids))
    cumuls = _sums(session, vue, ids)
    return [
        LigneBudgetaire(
            id=r.id,
            version=r.version,
            code_operation=r.code_operation,
            imputation=r.imputation,
            libelle=r.libelle,
            ae=r.ae_initiale + r.modifications,
            engage_anterieur=r.engage_anterieur,
            anterieur=r.engage_anterieur + cumuls[r.id][0],
            proposition=cumuls[r.id][1],
            ulterieur=cumuls[r.id][2],
            modifications=r.modifications,
        )
        for r in session.execute(demande.order_by(ligne_budgetaire.c.id))
    ]


def _sums(session: Session, vue: Phase, ids: Sequence[int] | None) -> _Cumuls:
    """Read what each line carries before, in and after the phase, from the counters.

    Another phase weighs while it counts, unless this one corrects its act.
    """
    e = engagement.c
    demande = select(e.ligne_budgetaire_id, e.phase_id, e.montant, phase.c.numero, phase.c.compte)
    demande = demande.join(phase, phase.c.id == e.phase_id).where(phase.c.campagne_id == vue.campagne_id)
    if ids is not None:
        demande = demande.where(e.ligne_budgetaire_id.in_(ids))
    cumuls: _Cumuls = defaultdict(lambda: [0, 0, 0])
    for ligne, phase_id, montant, numero, compte in session.execute(demande):
        if phase_id == vue.id:
            cumuls[ligne][1] += montant
        elif compte and phase_id != vue.phase_remplacee:
            cumuls[ligne][0 if numero < vue.numero else 2] += montant
    return cumuls


def available(session: Session, ligne_id: int, vue: Phase) -> tuple[str, int]:
    """Read a line's operation code and what a phase may still add to it, all phases counted (cents)."""
    (ligne,) = load(session, vue, [ligne_id])
    return ligne.code_operation, ligne.solde - ligne.ulterieur


def drifts(session: Session) -> list[tuple[str, int, int]]:
    """List the counters that are not the sum of their propositions: line (and phase), counter, sum (cents)."""
    p, li, e, d = proposition.c, ligne_budgetaire.c, engagement.c, decision_modificative.c
    de_la_ligne = (
        select(_total(p.montant))
        .join(phase, phase.c.id == p.phase_id)
        .where(p.ligne_budgetaire_id == li.id, phase.c.compte == 1)
        .scalar_subquery()
    )
    lignes = session.execute(select(li.code_operation, li.engage, de_la_ligne).order_by(li.id))
    decidees = select(_total(d.montant)).where(d.ligne_budgetaire_id == li.id).scalar_subquery()
    modifiees = session.execute(select(li.code_operation, li.modifications, decidees).order_by(li.id))
    demande = (
        select(li.code_operation, phase.c.numero, func.coalesce(func.max(e.montant), 0), _total(p.montant))
        .select_from(ligne_budgetaire.join(phase, phase.c.campagne_id == li.campagne_id))
        .outerjoin(engagement, and_(e.ligne_budgetaire_id == li.id, e.phase_id == phase.c.id))
        .outerjoin(proposition, and_(p.ligne_budgetaire_id == li.id, p.phase_id == phase.c.id))
        .group_by(li.id, li.code_operation, phase.c.id, phase.c.numero)
        .order_by(li.id, phase.c.numero)
    )
    comptes: list[Sequence[Any]] = [*lignes, *((f"{code}, modifications", *deux) for code, *deux in modifiees)]
    comptes += [(f"{code}, phase {numero}", *deux) for code, numero, *deux in session.execute(demande)]
    return [(nom, compteur, int(somme)) for nom, compteur, somme in comptes if compteur != int(somme)]


def _total(colonne: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(colonne), 0)


def load_decisions(session: Session, campagne_id: int, ids: Sequence[int] | None = None) -> list[DecisionModificative]:
    """Read the décisions modificatives of a campaign, in the order of their dates."""
    d = decision_modificative.c
    demande = (
        select(decision_modificative, ligne_budgetaire.c.code_operation)
        .join(ligne_budgetaire, ligne_budgetaire.c.id == d.ligne_budgetaire_id)
        .where(ligne_budgetaire.c.campagne_id == campagne_id)
        .order_by(d.jour, d.id)
    )
    if ids is not None:
        demande = demande.where(d.id.in_(ids))
    return [
        DecisionModificative(
            id=r.id,
            version=r.version,
            ligne_budgetaire_id=r.ligne_budgetaire_id,
            code_operation=r.code_operation,
            jour=r.jour,
            libelle=r.libelle,
            montant=r.montant,
        )
        for r in session.execute(demande)
    ]


def load_engagements(session: Session, campagne_id: int) -> dict[tuple[int, int], int]:
    """Read what each phase of a campaign proposes on each of its lines (cents), by line and phase."""
    e = engagement.c
    demande = select(e.ligne_budgetaire_id, e.phase_id, e.montant).join(phase, phase.c.id == e.phase_id)
    lus = session.execute(demande.where(phase.c.campagne_id == campagne_id))
    return {(ligne_id, phase_id): montant for ligne_id, phase_id, montant in lus}
