"""Queries on the instalments of conventions: the rows shown, and what each act brings to be paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, case, func, select

from inclusion_desk.domain.conventions import CLOSES
from inclusion_desk.domain.conventions_cloture import Cloture
from inclusion_desk.domain.suivi import VersementSuivi
from inclusion_desk.store import origine
from inclusion_desk.store.conventions import of_act
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import par_lots
from inclusion_desk.store.tables import (
    avenant,
    campagne,
    convention,
    ligne_budgetaire,
    phase,
    structure,
    tranche,
    versement,
)


def load(
    session: Session, jour: date, ids: Sequence[int] | None = None, convention_id: int | None = None
) -> list[VersementSuivi]:  # fmt: skip
    """Read instalments as seen on a day, by convention, the latest first, then in their order."""
    demande = _select()
    if convention_id is not None:
        demande = demande.where(versement.c.convention_id == convention_id)
    if ids is None:
        return [_versement(r, jour) for r in session.execute(demande)]
    lots = (session.execute(demande.where(versement.c.id.in_(lot))) for lot in par_lots(ids))
    return [_versement(r, jour) for lot in lots for r in lot]


def _select() -> Select[Any]:
    v, a, c = versement.c, avenant.c, convention.c
    etat = case((v.avenant_id.is_(None), c.etat), else_=a.etat)
    return (
        select(
            versement, c.numero.label("convention_numero"), structure.c.nom.label("structure_nom"),
            func.coalesce(a.rang, 0).label("acte_rang"), etat.label("acte_etat"), ligne_budgetaire.c.code_operation,
            c.etat.label("convention_etat"), c.resiliee_le, *origine.PHASE,
        )
        .join(convention, c.id == v.convention_id)
        .join(structure, structure.c.id == c.structure_id)
        .outerjoin(avenant, a.id == v.avenant_id)
        .outerjoin(ligne_budgetaire, ligne_budgetaire.c.id == v.ligne_budgetaire_id)
        .outerjoin(phase, phase.c.id == case((v.avenant_id.is_(None), c.phase_id), else_=a.phase_id))
        .outerjoin(campagne, campagne.c.id == phase.c.campagne_id)
        .order_by(c.numero.desc(), func.coalesce(a.rang, 0), v.rang, v.id)
    )  # fmt: skip


def _versement(r: Row[Any], jour: date) -> VersementSuivi:
    return VersementSuivi(
        id=r.id,
        version=r.version,
        convention_id=r.convention_id,
        rang=r.rang,
        libelle=r.libelle,
        part=r.part,
        montant=r.montant,
        declencheur=r.declencheur,
        echeance=r.echeance,
        piece=r.piece,
        montant_paye=r.montant_paye,
        paye_le=r.paye_le,
        code_operation=r.code_operation or "",
        piece_recue_le=r.piece_recue_le,
        convention_numero=r.convention_numero,
        structure_nom=r.structure_nom,
        avenant_id=r.avenant_id,
        acte_rang=r.acte_rang,
        acte_etat=r.acte_etat,
        dispositif_id=r.dispositif_id,
        jour=jour,
        phase_reference=origine.reference(r),
        cloture=Cloture(r.convention_etat, r.resiliee_le),
    )


@dataclass(frozen=True, slots=True)
class Apport:
    """What one act brings, in cents, and the budget line that pays most of it; None where no line is named."""

    montant: int
    ligne_budgetaire_id: int | None
    code_operation: str


def load_apport(session: Session, convention_id: int, avenant_id: int | None) -> Apport:
    """Read what an act brings."""
    t = tranche.c
    demande = (
        select(t.ligne_budgetaire_id, ligne_budgetaire.c.code_operation, func.sum(t.montant).label("montant"))
        .outerjoin(ligne_budgetaire, ligne_budgetaire.c.id == t.ligne_budgetaire_id)
        .where(of_act(tranche, convention_id, avenant_id))
        .group_by(t.ligne_budgetaire_id, ligne_budgetaire.c.code_operation)
        .order_by(func.sum(t.montant).desc(), t.ligne_budgetaire_id)
    )
    lues = session.execute(demande).all()
    if not lues:
        return Apport(0, None, "")
    premiere = lues[0]
    return Apport(sum(int(r.montant) for r in lues), premiere.ligne_budgetaire_id, premiere.code_operation or "")


def load_apports(session: Session) -> dict[tuple[int, int | None], int]:
    """Read what every act brings, in cents, by its convention and avenant."""
    t = tranche.c
    demande = (
        select(t.convention_id, t.avenant_id, func.sum(t.montant).label("montant"))
        .group_by(t.convention_id, t.avenant_id)
        .order_by(t.convention_id.desc(), t.avenant_id)
    )
    return {(r.convention_id, r.avenant_id): int(r.montant) for r in session.execute(demande)}


def load_par_code(session: Session) -> dict[int, dict[str, int]]:
    """Read what the acts of each convention that is not closed bring, in cents, by operation code."""
    t, code = tranche.c, func.coalesce(ligne_budgetaire.c.code_operation, "")
    demande = (
        select(t.convention_id, code.label("code"), func.sum(t.montant).label("montant"))
        .join(convention, convention.c.id == t.convention_id)
        .outerjoin(ligne_budgetaire, ligne_budgetaire.c.id == t.ligne_budgetaire_id)
        .where(convention.c.etat.not_in(CLOSES))
        .group_by(t.convention_id, ligne_budgetaire.c.code_operation)
        .order_by(t.convention_id)
    )
    lues: dict[int, dict[str, int]] = {}
    for r in session.execute(demande):
        siens = lues.setdefault(r.convention_id, {})
        siens[r.code] = siens.get(r.code, 0) + int(r.montant)
    return lues


def load_total(session: Session, convention_id: int) -> int:
    """Read what a convention and all its avenants may cost, in cents."""
    demande = select(func.coalesce(func.sum(tranche.c.montant), 0)).where(tranche.c.convention_id == convention_id)
    return int(session.execute(demande).scalar_one())


def last_rank(session: Session, convention_id: int) -> int:
    """Give the number of the last instalment of a convention; 0 without any."""
    demande = select(func.max(versement.c.rang)).where(versement.c.convention_id == convention_id)
    return int(session.execute(demande).scalar() or 0)
