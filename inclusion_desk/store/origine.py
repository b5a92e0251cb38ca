"""Where an act comes from: the phase that made it, and the deliberation that allows it, be it typed by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Column, Row, Select, select

from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import campagne, deliberation, phase, seance

PHASE = (campagne.c.annee, phase.c.numero.label("phase_numero"))
"""What ``reference`` is read from."""
COLONNES = (*PHASE, deliberation.c.numero.label("acte_numero"), seance.c.jour.label("acte_le"))
"""What is read of a phase, once ``join_phase`` has joined it."""


def join_phase(demande: Select[Any], phase_id: Column[Any]) -> Select[Any]:
    """Join the phase that made an act, with its deliberation and its sitting; an act that none made keeps its row."""
    return (
        demande.outerjoin(phase, phase.c.id == phase_id)
        .outerjoin(campagne, campagne.c.id == phase.c.campagne_id)
        .outerjoin(deliberation, deliberation.c.phase_id == phase.c.id)
        .outerjoin(seance, seance.c.id == phase.c.seance_id)
    )


def reference(r: Row[Any]) -> str:
    """Name the phase as shown: ``2024/6``; nothing for an act that none made."""
    return f"{r.annee}/{r.phase_numero}" if r.phase_numero is not None else ""


def deliberation_numero(r: Row[Any]) -> str:
    """Give the number of the deliberation that allows an act."""
    return str(r.deliberation_numero if r.phase_id is None else r.acte_numero or "")


def deliberation_le(r: Row[Any]) -> date | None:
    """Give the day of the sitting that allows an act."""
    jour: date | None = r.deliberation_le if r.phase_id is None else r.acte_le
    return jour


def sitting_of(session: Session, phase_id: int) -> date | None:
    """Read the day of the sitting of a phase, None while it has none."""
    demande = select(seance.c.jour).join(phase, phase.c.seance_id == seance.c.id).where(phase.c.id == phase_id)
    return session.execute(demande).scalar()
