"""Campaigns and phases, as chosen at the top of the window or on a command line."""

from __future__ import annotations

import re

from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.refus import Refus
from inclusion_desk.store import phases
from inclusion_desk.store.engine import Session

_REFERENCE = re.compile(r"(\d{4})[/\-](\d{1,2})")


def liste(session: Session) -> list[Phase]:
    """List every phase, the latest first."""
    return phases.load_all(session)


def trouver(session: Session, reference: str) -> Phase:
    """Find a phase by its reference ``2024/6``.

    Raises:
        Refus: it is not written so, or there is no such phase.
    """
    lue = _REFERENCE.fullmatch(reference.strip())
    if lue is None:
        raise Refus(f"La phase « {reference} » s’écrit année/numéro, par exemple 2024/6.")
    toutes = phases.load_all(session)
    for phase in toutes:
        if (phase.annee, phase.numero) == (int(lue[1]), int(lue[2])):
            return phase
    connues = ", ".join(p.reference for p in toutes) or "aucune"
    raise Refus(f"La phase {reference} n’est pas dans la base. Phases présentes : {connues}.")
