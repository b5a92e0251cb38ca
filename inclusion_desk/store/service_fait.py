"""Queries on the service fait that are closed: what each convention finally owes, and what of it is left to pay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from inclusion_desk.domain.definitif import repartir_solde
from inclusion_desk.domain.service_fait import ServiceFait
from inclusion_desk.domain.suivi import SuiviConvention, VersementSuivi
from inclusion_desk.store import conventions, versements
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import par_lots
from inclusion_desk.store.tables import suivi_convention, versement


def load_arretes(session: Session, ids: Iterable[int] | None = None) -> dict[int, ServiceFait]:
    """Read what the conventions whose service fait is closed finally owe, by convention: all of them, or of ``ids``."""
    s = suivi_convention.c
    demande = select(suivi_convention).where(s.arrete_le.is_not(None))
    lots = [demande] if ids is None else [demande.where(s.convention_id.in_(lot)) for lot in par_lots(list(ids))]
    suivis = {r.convention_id: _suivi(r) for lot in lots for r in session.execute(lot)}
    if not suivis:
        return {}
    v = versement.c
    sommes = select(v.convention_id, func.sum(v.montant_paye).label("verse")).where(v.montant_paye.is_not(None))
    verses = {r.convention_id: int(r.verse) for r in session.execute(sommes.group_by(v.convention_id))}
    lues = (c for lot in par_lots(list(suivis)) for c in conventions.load(session, lot))
    faits = ((c.id, suivis[c.id].arreter(c.montant, verses.get(c.id, 0))) for c in lues)
    return {convention_id: fait for convention_id, fait in faits if fait is not None}


def _suivi(r: Row[Any]) -> SuiviConvention:
    return SuiviConvention(
        r.convention_id, r.id, r.version, r.publiee_le, r.poids, r.quantitatif, r.qualitatif, r.penalites, r.arrete_le,
        r.observations,
    )  # fmt: skip


def load_versements(
    session: Session, jour: date, ids: Sequence[int] | None = None, convention_id: int | None = None
) -> list[VersementSuivi]:  # fmt: skip
    """Read instalments as ``versements.load`` does, each with what may still be paid of it where it is known."""
    lus = versements.load(session, jour, ids, convention_id)
    plafond: dict[int, int] = {}
    for cle, fait in load_arretes(session, {v.convention_id for v in lus}).items():
        # The instalments before those asked for have their share first.
        siens = lus if ids is None else versements.load(session, jour, convention_id=cle)
        plafond |= repartir_solde([v for v in siens if v.convention_id == cle and v.a_payer], fait.a_verser)
    return [replace(v, plafond=plafond.get(v.id)) for v in lus]
