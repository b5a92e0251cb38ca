"""Queries on campaigns and phases."""

from __future__ import annotations

from sqlalchemy import Row, Select, select

from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.refus import Introuvable
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import campagne, phase, seance


def _select() -> Select[tuple[object, ...]]:
    return (
        select(
            phase.c.id, phase.c.campagne_id, campagne.c.annee, phase.c.numero, phase.c.titre,
            seance.c.jour.label("date_seance"),
        )
        .join(campagne, campagne.c.id == phase.c.campagne_id)
        .outerjoin(seance, seance.c.id == phase.c.seance_id)
    )  # fmt: skip


def _phase(r: Row[tuple[object, ...]]) -> Phase:
    return Phase(
        id=r.id, campagne_id=r.campagne_id, annee=r.annee, numero=r.numero, titre=r.titre, date_seance=r.date_seance
    )


def load_all(session: Session) -> list[Phase]:
    """Read every phase, the latest first."""
    demande = _select().order_by(campagne.c.annee.desc(), phase.c.numero.desc())
    return [_phase(r) for r in session.execute(demande)]


def load(session: Session, phase_id: int) -> Phase:
    """Read one phase.

    Raises:
        Introuvable: there is none.
    """
    trouvee = session.execute(_select().where(phase.c.id == phase_id)).first()
    if trouvee is None:
        raise Introuvable("Cette phase n’existe plus dans la base : choisissez-en une autre.")
    return _phase(trouvee)
