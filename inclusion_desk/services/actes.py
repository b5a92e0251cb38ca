"""The deliberation behind each phase: made with it, with the references cited by default."""

from __future__ import annotations

from sqlalchemy import select

from inclusion_desk.services.parties import Partie
from inclusion_desk.store import deliberations, phases, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, insert_rows

PARTIES = (
    *(Partie(table, "deliberation_id") for table in (tables.visa, tables.avis, tables.article, tables.annexe)),
    *(Partie(table, "deliberation_id") for table in (tables.interet, tables.instantane, tables.document_fige)),
    Partie(tables.vote, "deliberation_id", (Partie(tables.vote_groupe, "vote_id"),)),
)
"""What goes with a deliberation."""


def preparer(session: Session, phase_id: int) -> int:
    """Give the deliberation of a phase, made when there is none, with the references cited by default."""
    acte = deliberations.find(session, phase_id)
    if acte is not None:
        return acte.id
    vue = phases.load(session, phase_id)
    deliberation_id = insert_row(session, tables.deliberation, {"phase_id": phase_id, "titre": vue.titre})
    cites = [r.id for r in deliberations.load_references(session) if r.par_defaut]
    insert_rows(
        session,
        tables.visa,
        [
            {"deliberation_id": deliberation_id, "ordre": ordre, "reference_id": reference_id}
            for ordre, reference_id in enumerate(cites, start=1)
        ],
    )
    return deliberation_id


def phase_of(session: Session, deliberation_id: int) -> int:
    """Find the phase of a deliberation."""
    demande = select(tables.deliberation.c.phase_id).where(tables.deliberation.c.id == deliberation_id)
    return int(session.execute(demande).scalar_one())
