"""Queries on the amounts and the annexed sheets of acts, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Table, func, select

from inclusion_desk.domain.montants import AnnexeDeclaree, MontantActe
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import (
    acte_ligne,
    avenant,
    convention,
    fiche,
    fiche_annexee,
    ligne_budgetaire,
    proposition,
    structure,
    tranche,
)


def _of_acts(table: Table, *colonnes: Any) -> Select[Any]:  # noqa: ANN401 - columns of the tables joined
    """Read the rows of a table with the act of each, the latest conventions first and their acts in order."""
    rang = func.coalesce(avenant.c.rang, 0)
    return (
        select(
            table, convention.c.numero.label("convention_numero"), structure.c.nom.label("structure_nom"),
            rang.label("rang"), *colonnes,
        )
        .join(convention, convention.c.id == table.c.convention_id)
        .join(structure, structure.c.id == convention.c.structure_id)
        .outerjoin(avenant, avenant.c.id == table.c.avenant_id)
        .order_by(convention.c.numero.desc(), rang, table.c.id)
    )  # fmt: skip


def load(session: Session, ids: Sequence[int] | None = None) -> list[MontantActe]:
    """Read the amounts of every act."""
    demande = _of_acts(tranche, ligne_budgetaire.c.code_operation).outerjoin(
        ligne_budgetaire, ligne_budgetaire.c.id == tranche.c.ligne_budgetaire_id
    )
    if ids is not None:
        demande = demande.where(tranche.c.id.in_(ids))
    return [
        MontantActe(
            r.id, r.version, r.convention_id, r.avenant_id, r.convention_numero, r.structure_nom, r.rang, r.debut,
            r.fin, r.montant, r.ligne_budgetaire_id, r.code_operation or "",
        )
        for r in session.execute(demande)
    ]  # fmt: skip


def beyond_phases(session: Session, ligne_budgetaire_id: int) -> dict[int, int]:
    """Read what each convention brings on a budget line beyond the lines voted that its acts carry out, in cents."""
    t, p = tranche.c, proposition.c
    apports = (
        select(t.convention_id, func.sum(t.montant))
        .where(t.ligne_budgetaire_id == ligne_budgetaire_id)
        .group_by(t.convention_id)
    )
    portes = (
        select(acte_ligne.c.convention_id, func.sum(p.montant))
        .join(proposition, p.id == acte_ligne.c.proposition_id)
        .where(p.ligne_budgetaire_id == ligne_budgetaire_id)
        .group_by(acte_ligne.c.convention_id)
    )
    voulus = {convention_id: int(montant) for convention_id, montant in session.execute(apports)}
    for convention_id, montant in session.execute(portes):
        voulus[convention_id] = voulus.get(convention_id, 0) - int(montant)
    return voulus


def load_annexes(session: Session, ids: Sequence[int] | None = None) -> list[AnnexeDeclaree]:
    """Read the annexes of every act."""
    titre = fiche.c.titre.label("fiche_titre")
    demande = _of_acts(fiche_annexee, titre, fiche.c.rang.label("fiche_rang")).outerjoin(
        fiche, fiche.c.id == fiche_annexee.c.fiche_id
    )
    if ids is not None:
        demande = demande.where(fiche_annexee.c.id.in_(ids))
    return [
        AnnexeDeclaree(
            r.id, r.version, r.convention_id, r.avenant_id, r.convention_numero, r.structure_nom, r.rang, r.annexe,
            r.titre, r.territoire, r.fiche_id,
            f"{r.fiche_titre} (version {r.fiche_rang})" if r.fiche_id is not None else "", r.dispositif_id,
        )
        for r in session.execute(demande)
    ]  # fmt: skip
