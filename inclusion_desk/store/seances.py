"""Queries on sittings, councillors, groups, mandates and attendance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from inclusion_desk.domain.seances import VOTANTS, Elu, Groupe, Mandat, Presence, Seance
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import elu, groupe, interet, mandat, phase, presence, proposition, seance, structure

VIDE = Seance(None, "Commission permanente", "", "", "", "", ())
"""The sitting of a phase that has none yet."""


def load(session: Session, seance_id: int | None, deliberation_id: int | None, phase_id: int) -> Seance:
    """Read a sitting with its attendance, the interested members being those of one deliberation on a phase."""
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
        presences=_presences(session, r.id, r.jour, deliberation_id, phase_id),
        omis=_left_out(session, r.id, r.jour),
    )


def load_last(session: Session) -> Seance:
    """Read what a sitting to be fixed has in common with the last one that a phase has: body, place, who presides."""
    demande = select(seance).where(seance.c.id.in_(select(phase.c.seance_id).where(phase.c.seance_id.is_not(None))))
    r = session.execute(demande.order_by(seance.c.jour.desc(), seance.c.id.desc()).limit(1)).first()
    return VIDE if r is None else Seance(None, r.instance, r.lieu, r.president, r.qualite_president, "", ())


def _presences(
    session: Session, seance_id: int, jour: date, deliberation_id: int | None, phase_id: int
) -> tuple[Presence, ...]:
    interesses = interested(session, deliberation_id)
    mandataires = {m.elu_id for m in load_mandats_of_phase(session, phase_id) if m.en_cours(jour)}
    demande = (
        select(
            presence,
            elu.c.civilite,
            elu.c.prenom,
            elu.c.nom,
            groupe.c.nom.label("groupe"),
            _in_office(jour).label("en_fonction"),
        )
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
            en_fonction=bool(r.en_fonction) or r.statut not in VOTANTS,
            mandat=r.elu_id in mandataires,
        )
        for r in session.execute(demande)
    )


def _in_office(jour: date) -> ColumnElement[bool]:
    """Tell a member of the Commission permanente in office on a day."""
    debut, fin = elu.c.debut, elu.c.fin
    return and_(elu.c.membre == 1, or_(debut.is_(None), debut <= jour), or_(fin.is_(None), fin >= jour))


def _left_out(session: Session, seance_id: int, jour: date) -> tuple[str, ...]:
    """Name the members in office on a day who are not on the sheet of a sitting."""
    pointes = select(presence.c.elu_id).where(presence.c.seance_id == seance_id)
    demande = select(elu.c.civilite, elu.c.prenom, elu.c.nom).where(_in_office(jour), elu.c.id.not_in(pointes))
    return tuple(f"{r.civilite} {r.prenom} {r.nom}" for r in session.execute(demande.order_by(elu.c.ordre, elu.c.nom)))


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
