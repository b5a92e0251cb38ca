"""Queries on what the acts of a phase amend: each convention as its acts leave it, with the rule of each sheet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, select

from inclusion_desk.domain.choix_modele import regle_du_titre
from inclusion_desk.domain.conventions import AnnexeActe, Avenant, Convention, consolider
from inclusion_desk.domain.preparation import EtapeConvention
from inclusion_desk.store import fiches
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import par_lots
from inclusion_desk.store.tables import avenant, fiche, fiche_annexee

_Annexees = dict[int, dict[AnnexeActe, str]]
"""The sheets that the acts of each convention annex, with the rule of each."""


def load_etapes(
    session: Session, conventions: Collection[Convention], avenants: Collection[Avenant]
) -> dict[int, tuple[EtapeConvention, ...]]:
    """Read what each of some conventions has come to after each of its avenants, by the id of the convention."""
    siens: dict[int, list[Avenant]] = {}
    for un in avenants:
        siens.setdefault(un.convention_id, []).append(un)
    annexees = _annexed(session, [c.id for c in conventions])
    return {c.id: _etapes(c, siens.get(c.id, ()), annexees.get(c.id, {})) for c in conventions}


def _etapes(
    convention: Convention, avenants: Collection[Avenant], annexees: Mapping[AnnexeActe, str]
) -> tuple[EtapeConvention, ...]:
    chaine = consolider(convention, tuple(avenants), (), annexees)
    return tuple(
        EtapeConvention(une.rang, une.fin, {annexe.numero: annexees[annexe] for annexe in une.annexes})
        for une in chaine
    )  # fmt: skip


def _annexed(session: Session, ids: Collection[int]) -> _Annexees:
    """Read the sheets annexed; the rule is that of the sheet, of its dispositif, else what its title tells."""
    a = fiche_annexee.c
    demande = (
        select(a.convention_id, a.annexe, a.titre, a.fiche_id, a.dispositif_id, fiche.c.suivi,
               func.coalesce(avenant.c.rang, 0).label("rang"))
        .outerjoin(avenant, avenant.c.id == a.avenant_id)
        .outerjoin(fiche, fiche.c.id == a.fiche_id)
    )  # fmt: skip
    lots = (demande.where(a.convention_id.in_(lot)) for lot in par_lots(sorted(ids)))
    lues: list[Any] = [r for lot in lots for r in session.execute(lot)]
    regles = fiches.in_force(session, {r.dispositif_id for r in lues if r.dispositif_id is not None})
    annexees: _Annexees = {}
    for r in lues:
        regle = regles.get(r.dispositif_id)
        suivi = r.suivi or (regle.suivi if regle else "") or regle_du_titre(r.titre)
        annexees.setdefault(r.convention_id, {})[AnnexeActe(r.annexe, r.titre, r.fiche_id, r.rang)] = suivi
    return annexees
