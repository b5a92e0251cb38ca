"""Queries on dispositifs, thématiques and territories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Subquery, distinct, func, select

from inclusion_desk.domain.dispositifs import Dispositif, Territoire, Thematique
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import dispositif, proposition, territoire, thematique


def _of_phase(phase_id: int) -> Subquery:
    p = proposition.c
    return (
        select(
            p.dispositif_id,
            func.count().label("nombre"),
            func.count(distinct(p.structure_id)).label("structures"),
            func.sum(p.volume).label("volume"),
            func.sum(p.montant).label("montant"),
        )
        .where(p.phase_id == phase_id)
        .group_by(p.dispositif_id)
        .subquery()
    )


def load(session: Session, phase_id: int, campagne_id: int, ids: Sequence[int] | None = None) -> list[Dispositif]:
    """Read a campaign's dispositifs with their count, volume and total (cents) in a phase."""
    c = _of_phase(phase_id).c
    demande = (
        select(
            dispositif, thematique.c.numero.label("t_numero"), thematique.c.intitule.label("t_intitule"),
            c.nombre, c.structures, c.volume, c.montant,
        )
        .join(thematique, thematique.c.id == dispositif.c.thematique_id)
        .outerjoin(c.dispositif_id.table, c.dispositif_id == dispositif.c.id)
        .where(thematique.c.campagne_id == campagne_id)
    )  # fmt: skip
    if ids is not None:
        demande = demande.where(dispositif.c.id.in_(ids))
    return [
        Dispositif(
            id=r.id,
            version=r.version,
            thematique_id=r.thematique_id,
            thematique_numero=r.t_numero,
            thematique_intitule=r.t_intitule,
            numero=r.numero,
            intitule=r.intitule,
            unite=r.unite,
            cofinancement=r.cofinancement,
            propositions=r.nombre or 0,
            structures=r.structures or 0,
            volume=int(r.volume or 0),
            montant=int(r.montant or 0),
        )
        for r in session.execute(demande)
    ]


def load_thematiques(session: Session, campagne_id: int) -> list[Thematique]:
    """Read a campaign's thématiques by number."""
    demande = select(thematique).where(thematique.c.campagne_id == campagne_id).order_by(thematique.c.numero)
    return [
        Thematique(id=r.id, campagne_id=r.campagne_id, numero=r.numero, intitule=r.intitule, version=r.version)
        for r in session.execute(demande)
    ]


def load_thematiques_of_phase(
    session: Session, phase_id: int, campagne_id: int, ids: Sequence[int] | None = None
) -> list[Thematique]:
    """Read a campaign's thématiques with their dispositifs counted and their total (cents) in a phase."""
    siens: dict[int, list[Dispositif]] = defaultdict(list)
    for lu in load(session, phase_id, campagne_id):
        siens[lu.thematique_id].append(lu)
    return [
        replace(t, dispositifs=len(siens[t.id]), montant=sum(d.montant for d in siens[t.id]))
        for t in load_thematiques(session, campagne_id)
        if ids is None or t.id in ids
    ]


def load_territoires(session: Session) -> list[Territoire]:
    """Read the territories in their order."""
    demande = select(territoire).order_by(territoire.c.ordre, territoire.c.nom)
    return [Territoire(id=r.id, nom=r.nom, bassin_minier=r.bassin_minier) for r in session.execute(demande)]
