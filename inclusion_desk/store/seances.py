"""Queries on sittings, councillors, groups, mandates and attendance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select

from inclusion_desk.domain.seances import Elu, Groupe, Mandat, Presence, Seance
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import elu, groupe, interet, mandat, presence, proposition, seance, structure

VIDE = Seance(None, "Commission permanente", "", "", "", "", ())
"""The sitting of a phase that has none yet."""


def load(session: Session, seance_id: int | None, deliberation_id: int | None) -> Seance:
    """Read a sitting with its attendance, the interested members being those of one deliberation."""
    r = session.execute(select(seance).where(seance.c.id == seance_id)).first() if seance_id else None
    if r is None:
        return VIDE
    return Seance(
        jour=r.jour,
        instance=r.instance,
        lieu=r.lieu,
        president=r.president,
        qualite_president=r.qualite_president,
        secretaire=r.secretaire,
        presences=_presences(session, r.id, deliberation_id),
    )


def _presences(session: Session, seance_id: int, deliberation_id: int | None) -> tuple[Presence, ...]:
    interesses = interested(session, deliberation_id)
    demande = (
        select(presence, elu.c.civilite, elu.c.prenom, elu.c.nom, groupe.c.nom.label("groupe"))
        .join(elu, elu.c.id == presence.c.elu_id)
        .outerjoin(groupe, groupe.c.id == elu.c.groupe_id)
        .where(presence.c.seance_id == seance_id)
        .order_by(presence.c.ordre)
    )
    return tuple(
        Presence(
            civilite=r.civilite,
            prenom=r.prenom,
            nom=r.nom,
            statut=r.statut,
            ordre=r.ordre,
            interesse=r.elu_id in interesses,
            pouvoir=r.pouvoir,
            elu_id=r.elu_id,
            groupe=r.groupe or "",
            mandataire=r.mandataire_id,
        )
        for r in session.execute(demande)
    )


def interested(session: Session, deliberation_id: int | None) -> frozenset[int]:
    """Read the councillors confirmed as interested in a deliberation."""
    demande = select(interet.c.elu_id).where(interet.c.deliberation_id == deliberation_id)
    return frozenset(session.execute(demande).scalars())


def load_elus(session: Session, ids: Sequence[int] | None = None) -> list[Elu]:
    """Read the councillors in the order of protocol, then by name."""
    mandats = select(mandat.c.elu_id, func.count().label("nombre")).group_by(mandat.c.elu_id).subquery()
    demande = (
        select(elu, groupe.c.nom.label("groupe"), mandats.c.nombre)
        .outerjoin(groupe, groupe.c.id == elu.c.groupe_id)
        .outerjoin(mandats, mandats.c.elu_id == elu.c.id)
        .order_by(elu.c.ordre, elu.c.nom, elu.c.prenom)
    )
    if ids is not None:
        demande = demande.where(elu.c.id.in_(ids))
    return [_elu(r) for r in session.execute(demande)]


def _elu(r: Row[Any]) -> Elu:
    return Elu(
        id=r.id,
        version=r.version,
        civilite=r.civilite,
        prenom=r.prenom,
        nom=r.nom,
        groupe_id=r.groupe_id,
        groupe=r.groupe or "",
        membre=r.membre,
        debut=r.debut,
        fin=r.fin,
        ordre=r.ordre,
        mandats=r.nombre or 0,
    )


def load_groupes(session: Session, ids: Sequence[int] | None = None) -> list[Groupe]:
    """Read the political groups in their order, with how many councillors each has."""
    elus = select(elu.c.groupe_id, func.count().label("nombre")).group_by(elu.c.groupe_id).subquery()
    demande = (
        select(groupe, elus.c.nombre)
        .outerjoin(elus, elus.c.groupe_id == groupe.c.id)
        .order_by(groupe.c.ordre, groupe.c.nom)
    )
    if ids is not None:
        demande = demande.where(groupe.c.id.in_(ids))
    return [
        Groupe(id=r.id, version=r.version, nom=r.nom, ordre=r.ordre, elus=r.nombre or 0)
        for r in session.execute(demande)
    ]


def load_mandats(session: Session, ids: Sequence[int] | None = None) -> list[Mandat]:
    """Read the mandates of councillors in structures, by councillor then structure."""
    demande = _mandats().order_by(elu.c.nom, elu.c.prenom, structure.c.nom)
    if ids is not None:
        demande = demande.where(mandat.c.id.in_(ids))
    return [_mandat(r) for r in session.execute(demande)]


def load_mandats_of_phase(session: Session, phase_id: int) -> list[Mandat]:
    """Read the mandates held in the structures that a phase funds."""
    financees = select(proposition.c.structure_id).where(proposition.c.phase_id == phase_id)
    demande = _mandats().where(mandat.c.structure_id.in_(financees)).order_by(elu.c.nom, structure.c.nom)
    return [_mandat(r) for r in session.execute(demande)]


def _mandats() -> Select[Any]:
    return (
        select(mandat, elu.c.civilite, elu.c.prenom, elu.c.nom, structure.c.nom.label("structure"))
        .join(elu, elu.c.id == mandat.c.elu_id)
        .join(structure, structure.c.id == mandat.c.structure_id)
    )


def _mandat(r: Row[Any]) -> Mandat:
    return Mandat(
        id=r.id,
        version=r.version,
        elu_id=r.elu_id,
        structure_id=r.structure_id,
        elu=f"{r.civilite} {r.prenom} {r.nom}",
        structure=r.structure,
        qualite=r.qualite,
        debut=r.debut,
        fin=r.fin,
    )
