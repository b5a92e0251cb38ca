"""Queries on structures."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Subquery, func, select

from inclusion_desk.domain.structures import Structure
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import proposition, structure


def _of_phase(phase_id: int) -> Subquery:
    return (
        select(
            proposition.c.structure_id,
            func.count().label("nombre"),
            func.sum(proposition.c.montant).label("montant"),
        )
        .where(proposition.c.phase_id == phase_id)
        .group_by(proposition.c.structure_id)
        .subquery()
    )


def load(session: Session, phase_id: int, ids: Sequence[int] | None = None) -> list[Structure]:
    """Read structures with their count and total (cents) in a phase; all of them when ``ids`` is None."""
    cumul, s = _of_phase(phase_id), structure.c
    demande = select(structure, cumul.c.nombre, cumul.c.montant).outerjoin(cumul, cumul.c.structure_id == s.id)
    if ids is not None:
        demande = demande.where(s.id.in_(ids))
    return [
        Structure(
            id=r.id,
            version=r.version,
            nom=r.nom,
            forme=r.forme,
            siret=r.siret,
            rna=r.rna,
            adresse=r.adresse,
            code_postal=r.code_postal,
            commune=r.commune,
            representant=r.representant,
            qualite=r.qualite,
            date_deliberation=r.date_deliberation,
            engagement_republicain=r.engagement_republicain,
            propositions=r.nombre or 0,
            montant=int(r.montant or 0),
        )
        for r in session.execute(demande)
    ]
