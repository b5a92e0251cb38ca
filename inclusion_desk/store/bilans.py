"""Queries on bilans, on what the sheets of a convention ask for, and on how each convention is followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from inclusion_desk.domain.calendrier import ConventionSuivie
from inclusion_desk.domain.conventions import CLOSES
from inclusion_desk.domain.fiches import FicheAction, read_indicateurs
from inclusion_desk.domain.suivi import BilanSuivi, SuiviConvention
from inclusion_desk.store import conventions, fiches
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import par_lots
from inclusion_desk.store.tables import bilan, convention, fiche, fiche_annexee, structure, suivi_convention, versement


def load(
    session: Session, jour: date, ids: Sequence[int] | None = None, convention_id: int | None = None
) -> list[BilanSuivi]:  # fmt: skip
    """Read bilans as seen on a day: those to come first, by due date; then those received."""
    b, c = bilan.c, convention.c
    demande = (
        select(bilan, c.numero.label("convention_numero"), c.structure_id, structure.c.nom.label("structure_nom"),
               fiche.c.titre.label("action"), fiche.c.dispositif_id, fiche.c.mesures.label("indicateurs"))
        .join(convention, c.id == b.convention_id)
        .join(structure, structure.c.id == c.structure_id)
        .outerjoin(fiche, fiche.c.id == b.fiche_id)
        .order_by(b.recu_le.is_not(None), b.echeance, c.numero, b.id)
    )  # fmt: skip
    if convention_id is not None:
        demande = demande.where(b.convention_id == convention_id)
    if ids is None:
        return [_bilan(r, jour) for r in session.execute(demande)]
    lots = (session.execute(demande.where(b.id.in_(lot))) for lot in par_lots(ids))
    return [_bilan(r, jour) for lot in lots for r in lot]


def _bilan(r: Row[Any], jour: date) -> BilanSuivi:
    return BilanSuivi(
        id=r.id,
        version=r.version,
        convention_id=r.convention_id,
        nature=r.nature,
        debut=r.debut,
        fin=r.fin,
        echeance=r.echeance,
        recu_le=r.recu_le,
        observations=r.observations,
        rappel_le=r.rappel_le,
        relance_le=r.relance_le,
        seconde_relance_le=r.seconde_relance_le,
        mise_en_demeure_le=r.mise_en_demeure_le,
        convention_numero=r.convention_numero,
        structure_id=r.structure_id,
        structure_nom=r.structure_nom,
        fiche_id=r.fiche_id,
        action=r.action or "",
        dispositif_id=r.dispositif_id or 0,
        indicateurs=read_indicateurs(r.indicateurs or ""),
        mesures=r.mesures,
        jour=jour,
    )


def load_sheets(session: Session, ids: Sequence[int]) -> dict[int, list[FicheAction]]:
    """Read the sheets that the acts of conventions annex, the latest version of each dispositif, by convention."""
    f = fiche_annexee.c
    demande = select(f.convention_id, f.fiche_id).where(f.convention_id.in_(ids), f.fiche_id.is_not(None))
    annexees = session.execute(demande.distinct()).all()
    connues = {une.id: une for une in fiches.load(session, None, [r.fiche_id for r in annexees])}
    lues: dict[int, dict[int, FicheAction]] = {}
    for r in sorted(annexees, key=lambda r: connues[r.fiche_id].rang):
        lues.setdefault(r.convention_id, {})[connues[r.fiche_id].dispositif_id] = connues[r.fiche_id]
    return {convention_id: list(siennes.values()) for convention_id, siennes in lues.items()}


def load_formes(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Read the legal form of the structure of each convention."""
    c = convention.c
    demande = select(c.id, structure.c.forme).join(structure, structure.c.id == c.structure_id).where(c.id.in_(ids))
    return {r.id: r.forme for r in session.execute(demande)}


def load_suivi(session: Session, convention_id: int) -> SuiviConvention:
    """Read how a convention is followed; what stands by default while nothing is stored."""
    demande = select(suivi_convention).where(suivi_convention.c.convention_id == convention_id)
    r = session.execute(demande).first()
    if r is None:
        return SuiviConvention(convention_id)
    return SuiviConvention(
        convention_id, r.id, r.version, r.publiee_le, r.poids, r.quantitatif, r.qualitatif, r.penalites, r.arrete_le,
        r.observations,
    )  # fmt: skip


def load_verse(session: Session, convention_id: int) -> int:
    """Read what was paid on a convention, in cents."""
    demande = select(func.coalesce(func.sum(versement.c.montant_paye), 0))
    return int(session.execute(demande.where(versement.c.convention_id == convention_id)).scalar_one())


def load_followed(session: Session) -> list[ConventionSuivie]:
    """Read what the calendar needs of every convention."""
    demande = select(suivi_convention.c.convention_id, suivi_convention.c.publiee_le)
    publiees = {r.convention_id: r.publiee_le for r in session.execute(demande)}
    return [
        ConventionSuivie(
            c.id, c.numero, c.structure_nom, c.terme or c.fin, c.signee_le, publiees.get(c.id), c.montant,
            close=c.etat in CLOSES,
        )
        for c in conventions.load(session)
    ]  # fmt: skip
