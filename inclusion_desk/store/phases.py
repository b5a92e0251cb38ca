"""Queries on campaigns, phases and deposit periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, select

from inclusion_desk.domain.campagnes import PeriodeDepot
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.refus import Introuvable
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import (
    campagne,
    candidature,
    deliberation,
    periode_depot,
    phase,
    phase_periode,
    proposition,
    seance,
)

_REMPLACEE = deliberation.alias("remplacee")
_DEPUIS = phase.alias("depuis")
_REMPLACANTE = (
    select(deliberation.c.remplace_id, deliberation.c.numero, deliberation.c.phase_id)
    .join(_DEPUIS, _DEPUIS.c.id == deliberation.c.phase_id)
    .where(_DEPUIS.c.etat.in_(("adoptee", "remplacee")))
    .subquery("remplacante")
)
"""The acts adopted in place of another: one at most for each act."""


def _select() -> Select[Any]:
    return (
        select(
            phase.c.id, phase.c.version, phase.c.campagne_id, campagne.c.annee, phase.c.numero, phase.c.titre,
            phase.c.etat, phase.c.compte, phase.c.contexte, phase.c.seance_id, seance.c.jour.label("date_seance"),
            _REMPLACEE.c.numero.label("remplace"), _REMPLACEE.c.phase_id.label("phase_remplacee"),
            _REMPLACANTE.c.numero.label("remplacee_par"), _REMPLACANTE.c.phase_id.label("phase_remplacante"),
        )
        .select_from(phase)
        .join(campagne, campagne.c.id == phase.c.campagne_id)
        .outerjoin(seance, seance.c.id == phase.c.seance_id)
        .outerjoin(deliberation, deliberation.c.phase_id == phase.c.id)
        .outerjoin(_REMPLACEE, _REMPLACEE.c.id == deliberation.c.remplace_id)
        .outerjoin(_REMPLACANTE, _REMPLACANTE.c.remplace_id == deliberation.c.id)
    )  # fmt: skip


def _phase(r: Row[Any], *, propositions: int = 0, montant: int = 0) -> Phase:
    return Phase(
        id=r.id,
        campagne_id=r.campagne_id,
        annee=r.annee,
        numero=r.numero,
        titre=r.titre,
        date_seance=r.date_seance,
        etat=r.etat,
        version=r.version,
        contexte=r.contexte,
        seance_id=r.seance_id,
        propositions=propositions,
        montant=montant,
        remplace=r.remplace or "",
        phase_remplacee=r.phase_remplacee,
        remplacee_par=r.remplacee_par or "",
        phase_remplacante=r.phase_remplacante,
        compte=bool(r.compte),
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


def load_of_campagne(session: Session, campagne_id: int, ids: Sequence[int] | None = None) -> list[Phase]:
    """Read a campaign's phases with the count and total (cents) of their propositions, by number."""
    p = proposition.c
    demande = select(p.phase_id, func.count(), func.sum(p.montant)).group_by(p.phase_id)
    cumuls = {phase_id: (nombre, int(montant)) for phase_id, nombre, montant in session.execute(demande)}
    choisies = _select().where(phase.c.campagne_id == campagne_id).order_by(phase.c.numero)
    if ids is not None:
        choisies = choisies.where(phase.c.id.in_(ids))
    lues = session.execute(choisies).all()
    return [_phase(r, propositions=n, montant=m) for r in lues for n, m in [cumuls.get(r.id, (0, 0))]]


def locked(session: Session, phase_id: int) -> Phase:
    """Read one phase and keep other writers off it until the transaction ends.

    Its deliberation is locked before it: who writes an act locks that one first, and its phase through our guards.

    Raises:
        Introuvable: there is none.
    """
    sienne = select(deliberation.c.id).where(deliberation.c.phase_id == phase_id)
    session.execute(sienne.with_for_update(key_share=True))
    session.execute(select(phase.c.id).where(phase.c.id == phase_id).with_for_update())
    return load(session, phase_id)


def campagne_id(session: Session, annee: int) -> int | None:
    """Find the campaign of a year."""
    return session.execute(select(campagne.c.id).where(campagne.c.annee == annee)).scalar()


def date_rapport_cadre(session: Session, campagne_id: int) -> date | None:
    """Read when the framework report of a campaign was presented."""
    return session.execute(select(campagne.c.date_rapport_cadre).where(campagne.c.id == campagne_id)).scalar()


def load_periodes(session: Session, campagne_id: int, ids: Sequence[int] | None = None) -> list[PeriodeDepot]:
    """Read the deposit periods of a campaign with how many applications each received."""
    c = candidature.c
    comptees = session.execute(select(c.periode_id, func.count()).group_by(c.periode_id))
    recues = {periode_id: nombre for periode_id, nombre in comptees}  # noqa: C416 - rows, not pairs
    demande = select(periode_depot).where(periode_depot.c.campagne_id == campagne_id).order_by(periode_depot.c.numero)
    if ids is not None:
        demande = demande.where(periode_depot.c.id.in_(ids))
    return [_periode(r, recues.get(r.id, 0)) for r in session.execute(demande)]


def _periode(r: Row[Any], candidatures: int) -> PeriodeDepot:
    return PeriodeDepot(
        id=r.id,
        version=r.version,
        campagne_id=r.campagne_id,
        numero=r.numero,
        debut=r.debut,
        fin=r.fin,
        candidatures=candidatures,
    )


def load_periodes_of(session: Session, phase_id: int) -> list[PeriodeDepot]:
    """Read the deposit periods that a phase instructs, by number."""
    demande = (
        select(periode_depot)
        .join(phase_periode, phase_periode.c.periode_id == periode_depot.c.id)
        .where(phase_periode.c.phase_id == phase_id)
        .order_by(periode_depot.c.numero)
    )
    return [_periode(r, 0) for r in session.execute(demande)]
