"""Queries on the amounts and the annexed sheets of acts, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Table, func, select

from inclusion_desk.domain.montants import AnnexeDeclaree, MontantActe
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import (
    avenant,
    convention,
    fiche,
    fiche_annexee,
    ligne_budgetaire,
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
