"""Queries on budget lines: what each committed before a phase, in it, and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from inclusion_desk.domain.budget import LigneBudgetaire
from inclusion_desk.domain.dispositifs import Phase
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import ligne_budgetaire, phase, proposition

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
    """Sum each line's propositions before, in and after the phase, from the covering index."""
    p = proposition.c
    demande = select(p.ligne_budgetaire_id, p.phase_id, func.sum(p.montant)).group_by(p.ligne_budgetaire_id, p.phase_id)
    if ids is not None:
        demande = demande.where(p.ligne_budgetaire_id.in_(ids))
    numeros = dict(session.execute(select(phase.c.id, phase.c.numero)).all())
    cumuls: _Cumuls = defaultdict(lambda: [0, 0, 0])
    for ligne, phase_id, total in session.execute(demande):
        rang = 1 if phase_id == vue.id else 0 if numeros[phase_id] < vue.numero else 2
        cumuls[ligne][rang] += int(total)
    return cumuls


def available(session: Session, ligne_id: int) -> tuple[str, int]:
    """Read a line's operation code and what may still be committed on it, all phases counted (cents)."""
    c = ligne_budgetaire.c
    demande = select(c.code_operation, c.ae - c.engage_anterieur - c.engage).where(c.id == ligne_id)
    code, reste = session.execute(demande).one()
    return code, int(reste)


def drifts(session: Session) -> list[tuple[str, int, int]]:
    """List the lines whose counter is not the sum of their propositions: code, counter, sum (cents)."""
    vrai = (
        select(func.coalesce(func.sum(proposition.c.montant), 0))
        .where(proposition.c.ligne_budgetaire_id == ligne_budgetaire.c.id)
        .scalar_subquery()
    )
    demande = select(ligne_budgetaire.c.code_operation, ligne_budgetaire.c.engage, vrai)
    return [(code, engage, int(somme)) for code, engage, somme in session.execute(demande) if engage != int(somme)]


def search_texts(session: Session) -> dict[int, str]:
    """Read every budget line's folded search text, by id."""
    return dict(session.execute(select(ligne_budgetaire.c.id, ligne_budgetaire.c.recherche)).all())
