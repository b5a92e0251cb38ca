"""Runs the controls on a phase as it stands in the database."""

from __future__ import annotations

from inclusion_desk.domain.constats import Constat
from inclusion_desk.domain.controles import controler
from inclusion_desk.store import dossiers
from inclusion_desk.store.engine import Session


def constats(session: Session, phase_id: int) -> tuple[Constat, ...]:
    """Apply every control to a phase; the gravest findings come first."""
    return controler(dossiers.load(session, phase_id))
