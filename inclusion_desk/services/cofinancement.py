"""Reads what the calculator of European co-financing starts from."""

from __future__ import annotations

from inclusion_desk.domain.dispositifs import Territoire
from inclusion_desk.store import dispositifs
from inclusion_desk.store.engine import Session


def territoires(session: Session) -> tuple[Territoire, ...]:
    """List the territories; the bassin minier draws on the FTJ, the others on the FSE+."""
    return tuple(dispositifs.load_territoires(session))
