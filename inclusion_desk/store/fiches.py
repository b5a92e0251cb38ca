"""Queries on the sheets of dispositifs, version by version."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, func, select

from inclusion_desk.domain.codes import RUBRIQUES
from inclusion_desk.domain.fiches import FicheAction, read_indicateurs
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import dispositif, fiche, fiche_annexee, thematique


def load(session: Session, campagne_id: int | None, ids: Sequence[int] | None = None) -> list[FicheAction]:
    """Read the sheets of a campaign, or of all, by dispositif and the latest version first."""
    f, d, t = fiche.c, dispositif.c, thematique.c
    portees = select(func.count()).where(fiche_annexee.c.fiche_id == f.id).scalar_subquery()
    demande = (
        select(fiche, d.numero.label("dispositif_numero"), d.intitule, portees.label("actes"))
        .join(dispositif, d.id == f.dispositif_id)
        .join(thematique, t.id == d.thematique_id)
        .order_by(t.numero, d.id, f.rang.desc())
    )
    if campagne_id is not None:
        demande = demande.where(t.campagne_id == campagne_id)
    if ids is not None:
        demande = demande.where(f.id.in_(ids))
    return [_fiche(r) for r in session.execute(demande)]


def _fiche(r: Row[Any]) -> FicheAction:
    return FicheAction(
        id=r.id,
        version=r.version,
        dispositif_id=r.dispositif_id,
        dispositif=f"{r.dispositif_numero} – {r.intitule}" if r.dispositif_numero else r.intitule,
        rang=r.rang,
        titre=r.titre,
        indicateurs=read_indicateurs(r.mesures),
        suivi=r.suivi or "",
        echeancier=r.echeancier or "",
        publiee_le=r.publiee_le,
        actes=r.actes,
        **{nom: getattr(r, nom) for nom in RUBRIQUES},
    )


def in_force(session: Session, dispositifs: Collection[int]) -> dict[int, FicheAction]:
    """Give the latest published sheet of each dispositif that has one, by dispositif."""
    f = fiche.c
    demande = select(f.id).where(f.dispositif_id.in_(dispositifs), f.publiee_le.is_not(None))
    lues = load(session, None, list(session.execute(demande).scalars()))
    return {une.dispositif_id: une for une in sorted(lues, key=lambda une: une.rang)}


def last_rank(session: Session, dispositif_id: int) -> int:
    """Give the number of the latest version of a dispositif’s sheet; 0 without any."""
    demande = select(func.max(fiche.c.rang)).where(fiche.c.dispositif_id == dispositif_id)
    return int(session.execute(demande).scalar() or 0)
