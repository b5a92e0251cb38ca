"""Queries on propositions, made for tables of 100 000 lines: ids in an order, search texts, rows by page."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from sqlalchemy import FromClause, Row, Select, and_, func, select
from sqlalchemy.orm import Session

from inclusion_desk.domain.propositions import Proposition
from inclusion_desk.domain.recherche import Tri
from inclusion_desk.domain.text import fold
from inclusion_desk.store import budget, dispositifs, structures
from inclusion_desk.store.tables import (
    dispositif,
    ligne_budgetaire,
    operation,
    proposition,
    structure,
    territoire,
    thematique,
)

_P, _D, _T, _S = proposition.c, dispositif.c, thematique.c, structure.c

_AVEC_STRUCTURE = proposition.join(structure, _S.id == _P.structure_id)
_AVEC_DISPOSITIF = proposition.join(dispositif, _D.id == _P.dispositif_id).join(thematique, _T.id == _D.thematique_id)
_AVEC_TERRITOIRE = proposition.join(territoire, territoire.c.id == _P.territoire_id)
_AVEC_LIGNE = proposition.join(ligne_budgetaire, ligne_budgetaire.c.id == _P.ligne_budgetaire_id)
_CLES_DISPOSITIF = (_T.numero, _D.numero.is_(None), func.length(_D.numero), _D.numero, _D.intitule)

_TRIS: dict[str, tuple[FromClause, tuple[Any, ...]]] = {
    "structure_nom": (_AVEC_STRUCTURE, (_S.recherche,)),
    "dispositif": (_AVEC_DISPOSITIF, _CLES_DISPOSITIF),
    "dispositif_numero": (_AVEC_DISPOSITIF, _CLES_DISPOSITIF),
    "dispositif_intitule": (_AVEC_DISPOSITIF, (_D.intitule,)),
    "thematique_numero": (_AVEC_DISPOSITIF, (_T.numero,)),
    "unite": (_AVEC_DISPOSITIF, (_D.unite,)),
    "territoire_nom": (_AVEC_TERRITOIRE, (territoire.c.ordre, territoire.c.nom)),
    "code_operation": (_AVEC_LIGNE, (ligne_budgetaire.c.code_operation,)),
    "imputation": (_AVEC_LIGNE, (ligne_budgetaire.c.imputation,)),
}
"""What each sortable column that is not proposition's own joins and compares."""

_JOINTURE_ANNEXE_4 = (
    proposition.join(structure, _S.id == _P.structure_id)
    .join(dispositif, _D.id == _P.dispositif_id)
    .join(thematique, _T.id == _D.thematique_id)
    .join(territoire, territoire.c.id == _P.territoire_id)
    .outerjoin(operation, and_(operation.c.phase_id == _P.phase_id, operation.c.dispositif_id == _P.dispositif_id))
)
_CLES_ANNEXE_4 = (
    _T.numero, operation.c.ordre.is_(None), operation.c.ordre, *_CLES_DISPOSITIF[1:],
    territoire.c.ordre, _S.recherche, _P.id,
)  # fmt: skip
ORDRE_ANNEXE_4 = "ordre"
"""The name of the natural order of a phase: that of annexe 4."""
_TRIS[ORDRE_ANNEXE_4] = (_JOINTURE_ANNEXE_4, _CLES_ANNEXE_4)


def order(session: Session, phase_id: int, tri: Tri) -> array[int]:
    """Read the ids of a phase in an order; an unknown column is a bug and raises ``AttributeError``."""
    source, cles = _TRIS.get(tri.colonne) or (proposition, (getattr(_P, tri.colonne),))
    sens = [cle.desc() if tri.descendant else cle.asc() for cle in cles]
    demande = select(_P.id).select_from(source).where(_P.phase_id == phase_id).order_by(*sens, _P.id)
    return array("q", session.execute(demande).scalars())


def index_rows(session: Session, phase_id: int, ids: Sequence[int] | None = None) -> list[tuple[int, str, int]]:
    """Read (id, folded search text, cents) of a phase's lines, the text put together from what each line names."""
    s, d, li = structures.search_texts(session), dispositifs.search_texts(session), budget.search_texts(session)
    t = {x.id: fold(x.nom) for x in dispositifs.load_territoires(session)}
    demande: Select[Any] = select(
        _P.id, _P.structure_id, _P.dispositif_id, _P.territoire_id, _P.ligne_budgetaire_id, _P.convention_initiale,
        _P.montant,
    ).where(_P.phase_id == phase_id)  # fmt: skip
    if ids is not None:
        demande = demande.where(_P.id.in_(ids))
    return [
        (i, f"{s[si]} {d[di]} {t[ti]} {li[bi]} {convention or ''}", montant)
        for i, si, di, ti, bi, convention, montant in session.execute(demande)
    ]


def load(session: Session, ids: Sequence[int]) -> list[Proposition]:
    """Read propositions with the names they refer to, in the order of ``ids``."""
    demande = (
        select(
            proposition, _T.numero.label("thematique_numero"), _D.numero.label("dispositif_numero"),
            _D.intitule.label("dispositif_intitule"), _D.unite, _S.nom.label("structure_nom"),
            territoire.c.nom.label("territoire_nom"), ligne_budgetaire.c.code_operation, ligne_budgetaire.c.imputation,
        )
        .select_from(
            _AVEC_DISPOSITIF.join(structure, _S.id == _P.structure_id)
            .join(territoire, territoire.c.id == _P.territoire_id)
            .join(ligne_budgetaire, ligne_budgetaire.c.id == _P.ligne_budgetaire_id)
        )
        .where(_P.id.in_(ids))
    )  # fmt: skip
    lues = {r.id: _proposition(r) for r in session.execute(demande)}
    return [lues[i] for i in ids if i in lues]


def _proposition(r: Row[Any]) -> Proposition:
    return Proposition(
        id=r.id,
        version=r.version,
        phase_id=r.phase_id,
        dispositif_id=r.dispositif_id,
        structure_id=r.structure_id,
        territoire_id=r.territoire_id,
        ligne_budgetaire_id=r.ligne_budgetaire_id,
        thematique_numero=r.thematique_numero,
        dispositif_numero=r.dispositif_numero,
        dispositif_intitule=r.dispositif_intitule,
        structure_nom=r.structure_nom,
        territoire_nom=r.territoire_nom,
        code_operation=r.code_operation,
        imputation=r.imputation,
        montant=r.montant,
        volume=r.volume,
        unite=r.unite,
        etp=r.etp,
        debut=r.debut,
        fin=r.fin,
        acte=r.acte,
        modele=r.modele,
        convention_initiale=r.convention_initiale,
        observations=r.observations,
    )


def count_by(session: Session, colonne: str, ids: Sequence[int]) -> dict[int, int]:
    """Count the propositions of all phases that refer to each id through a column (``structure_id``…)."""
    c = proposition.c[colonne]
    demande = select(c, func.count()).where(c.in_(ids)).group_by(c)
    return dict(session.execute(demande).all())
