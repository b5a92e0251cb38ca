"""Queries on budget lines: what each committed before a phase, in it, and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, select

from inclusion_desk.domain.budget import LigneBudgetaire
from inclusion_desk.domain.phases import Phase
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import engagement, ligne_budgetaire, phase, proposition

_Cumuls = dict[int, list[int]]


def load(session: Session, vue: Phase, ids: Sequence[int] | None = None) -> list[LigneBudgetaire]:
    """Read a campaign's budget lines as seen from one phase; amounts in cents, summed in SQL."""
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
            ae=r.ae,
            engage_anterieur=r.engage_anterieur,
            anterieur=r.engage_anterieur + cumuls[r.id][0],
            proposition=cumuls[r.id][1],
            ulterieur=cumuls[r.id][2],
        )
        for r in session.execute(demande.order_by(ligne_budgetaire.c.id))
    ]


def _sums(session: Session, vue: Phase, ids: Sequence[int] | None) -> _Cumuls:
    """Read what each line carries before, in and after the phase, from the counters."""
    e = engagement.c
    demande = select(e.ligne_budgetaire_id, e.phase_id, e.montant, phase.c.numero).join(phase, phase.c.id == e.phase_id)
    demande = demande.where(phase.c.campagne_id == vue.campagne_id)
    if ids is not None:
        demande = demande.where(e.ligne_budgetaire_id.in_(ids))
    cumuls: _Cumuls = defaultdict(lambda: [0, 0, 0])
    for ligne, phase_id, montant, numero in session.execute(demande):
        rang = 1 if phase_id == vue.id else 0 if numero < vue.numero else 2
        cumuls[ligne][rang] += montant
    return cumuls


def available(session: Session, ligne_id: int) -> tuple[str, int]:
    """Read a line's operation code and what may still be committed on it, all phases counted (cents)."""
    c = ligne_budgetaire.c
    demande = select(c.code_operation, c.ae - c.engage_anterieur - c.engage).where(c.id == ligne_id)
    code, reste = session.execute(demande).one()
    return code, int(reste)


def drifts(session: Session) -> list[tuple[str, int, int]]:
    """List the counters that are not the sum of their propositions: line (and phase), counter, sum (cents)."""
    p, li, e = proposition.c, ligne_budgetaire.c, engagement.c
    de_la_ligne = select(_total(p.montant)).where(p.ligne_budgetaire_id == li.id).scalar_subquery()
    lignes = session.execute(select(li.code_operation, li.engage, de_la_ligne).order_by(li.id))
    demande = (
        select(li.code_operation, phase.c.numero, func.coalesce(func.max(e.montant), 0), _total(p.montant))
        .select_from(ligne_budgetaire.join(phase, phase.c.campagne_id == li.campagne_id))
        .outerjoin(engagement, and_(e.ligne_budgetaire_id == li.id, e.phase_id == phase.c.id))
        .outerjoin(proposition, and_(p.ligne_budgetaire_id == li.id, p.phase_id == phase.c.id))
        .group_by(li.id, li.code_operation, phase.c.id, phase.c.numero)
        .order_by(li.id, phase.c.numero)
    )
    comptes = (*lignes, *((f"{code}, phase {numero}", *deux) for code, numero, *deux in session.execute(demande)))
    return [(nom, compteur, int(somme)) for nom, compteur, somme in comptes if compteur != int(somme)]


def _total(colonne: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(colonne), 0)
