"""Queries on propositions, made for tables of 100 000 lines: an index to search and sort, rows by page."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, select

from inclusion_desk.domain.dispositifs import cle_numero
from inclusion_desk.domain.propositions import Proposition
from inclusion_desk.domain.recherche import Index, Noms, Tri
from inclusion_desk.domain.text import fold
from inclusion_desk.store import dispositifs
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import LOT, fetch_raw, par_lots, search_texts
from inclusion_desk.store.tables import (
    dispositif,
    ligne_budgetaire,
    operation,
    phase,
    proposition,
    structure,
    territoire,
    thematique,
)

_P, _D, _T, _S = proposition.c, dispositif.c, thematique.c, structure.c
_AVEC_DISPOSITIF = proposition.join(dispositif, _D.id == _P.dispositif_id).join(thematique, _T.id == _D.thematique_id)
_CLES = ("dispositif_id", "territoire_id", "structure_id", "ligne_budgetaire_id", "debut", "fin")
"""What an index of lines sorts by without the database, in the order of its ``cles``."""
_SYNONYMES = {
    "dispositif": "dispositif_id",
    "dispositif_numero": "dispositif_id",
    "dispositif_intitule": "dispositif_id",
    "thematique_numero": "dispositif_id",
    "unite": "dispositif_id",
    "territoire_nom": "territoire_id",
    "structure_nom": "structure_id",
    "code_operation": "ligne_budgetaire_id",
    "imputation": "ligne_budgetaire_id",
}
"""Columns that show the name of what a line refers to."""
_NOMMEES = 4
"""How many of the keys refer to something with a name; the others are days."""
ORDRE_ANNEXE_4 = "ordre"
"""The name of the natural order of a phase: that of annexe 4."""
Rangs = dict[int, int]


def ranks(session: Session, phase_id: int) -> tuple[Rangs, Rangs, Rangs, Rangs]:
    """Rank what the key of a line names: dispositifs as in annexe 4, territories in their order, names by letters."""
    return (
        _ranked(_dispositifs_in_order(session, phase_id)),
        _ranked([t.id for t in dispositifs.load_territoires(session)]),
        _ranked(_sorted_ids(search_texts(session, structure))),
        _ranked(_sorted_ids(search_texts(session, ligne_budgetaire))),
    )


def _ranked(ids: Sequence[int]) -> Rangs:
    return {identifiant: rang for rang, identifiant in enumerate(ids)}


def _sorted_ids(textes: dict[int, str]) -> list[int]:
    return sorted(textes, key=textes.__getitem__)


def _dispositifs_in_order(session: Session, phase_id: int) -> list[int]:
    """List the dispositifs by thématique, then by the phase's own order of operations, then by number."""
    ordres = dict(
        session.execute(
            select(operation.c.dispositif_id, operation.c.ordre).where(operation.c.phase_id == phase_id)
        ).all()
    )
    lus = session.execute(
        select(_D.id, _T.numero.label("thematique"), _D.numero, _D.intitule).join(thematique, _T.id == _D.thematique_id)
    ).all()
    dernier = len(lus) + max(ordres.values(), default=0)
    lus_tries = sorted(
        lus, key=lambda d: (d.thematique, ordres.get(d.id, dernier), cle_numero(d.numero), fold(d.intitule), d.id)
    )
    return [d.id for d in lus_tries]


def index(session: Session, phase_id: int, ids: Sequence[int] | None = None) -> Index:
    """Read the index of a phase's lines, or of some of them, in the order of their ids.

    A line is searched by the names it refers to, and by the number of its convention.
    """
    demande = (
        select(_P.id, _P.montant, _P.convention_initiale, *(_P[nom] for nom in _CLES))
        .where(_P.phase_id == phase_id)
        .order_by(_P.id)
    )
    lots = [demande] if ids is None else [demande.where(_P.id.in_(lot)) for lot in par_lots(sorted(ids))]
    lues = [ligne for lot in lots for ligne in fetch_raw(session, lot)]
    lus, montants, conventions, *cles = zip(*lues, strict=True) if lues else ((),) * (3 + len(_CLES))
    refs, jours = cles[:_NOMMEES], [map(_rank_of_day, colonne) for colonne in cles[_NOMMEES:]]
    return Index(
        array("q", lus),
        array("q", montants),
        _names(session, refs),
        tuple(array("q", colonne) for colonne in (*refs, *jours)),
        tuple([numero or "" for numero in conventions]),
    )


@lru_cache(maxsize=4096)
def _rank_of_day(jour: str) -> int:
    """Turn an ISO date into an integer that sorts as it does."""
    return int(jour.replace("-", ""))


def _names(session: Session, refs: Sequence[Sequence[int]]) -> tuple[Noms, ...]:
    """Name what lines refer to, column by column; what few lines refer to is looked up alone."""
    cles = [set(colonne) if len(colonne) <= LOT else None for colonne in refs]
    noms = (
        search_texts(session, dispositif, cles[0]),
        {lu.id: fold(lu.nom) for lu in dispositifs.load_territoires(session)},
        search_texts(session, structure, cles[2]),
        search_texts(session, ligne_budgetaire, cles[3]),
    )
    return tuple(Noms.compose(colonne, siens.__getitem__) for colonne, siens in zip(refs, noms, strict=True))


def order(session: Session, phase_id: int, tri: Tri, connu: Index) -> list[int]:
    """Order the lines of an index by what they name, by their amounts or days, or by a column read for the purpose.

    What was deleted elsewhere since the index was read has no rank any more, and no row either.

    Raises:
        KeyError: no such column, a bug.
    """
    sens = tri.descendant
    colonne = _SYNONYMES.get(tri.colonne, tri.colonne)
    if colonne == ORDRE_ANNEXE_4:
        return connu.par_valeur(_annexe_ranks(session, phase_id, connu), descendant=sens)
    if colonne == "montant":
        return connu.par_valeur(connu.montants, descendant=sens)
    if colonne in _CLES:
        place = _CLES.index(colonne)
        valeurs: Sequence[int] = connu.cles[place]
        if place < _NOMMEES:
            rangs = ranks(session, phase_id)[place]
            valeurs = [rangs.get(cle, 0) for cle in valeurs]
        return connu.par_valeur(valeurs, descendant=sens)
    return connu.par_valeur(connu.aligner(*_values(session, phase_id, colonne)), descendant=sens)


def _annexe_ranks(session: Session, phase_id: int, connu: Index) -> list[int]:
    """Rank each line as annexe 4 sorts: dispositif, then territory, then structure."""
    d, t, s, _ = ranks(session, phase_id)
    nt, ns = len(t) + 1, len(s) + 1
    return [(d.get(di, 0) * nt + t.get(ti, 0)) * ns + s.get(si, 0) for di, ti, si in zip(*connu.cles[:3], strict=True)]


def _values(session: Session, phase_id: int, colonne: str) -> tuple[Sequence[int], Sequence[Any]]:
    """Read the ids of a phase's lines and one of their columns, as it sorts."""
    lues = fetch_raw(session, select(_P.id, _P[colonne]).where(_P.phase_id == phase_id).order_by(_P.id))
    ids, valeurs = zip(*lues, strict=True) if lues else ((), ())
    if colonne == "modele":
        valeurs = tuple(None if valeur is None else int(valeur) for valeur in valeurs)  # « 10 » comes after « 5 »
    return ids, valeurs


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
    )  # fmt: skip
    lots = (demande.where(_P.id.in_(lot)) for lot in par_lots(ids))
    lues = {r.id: _proposition(r) for lot in lots for r in session.execute(lot)}
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


def campagnes(session: Session, phase_id: int, dispositif_id: int, ligne_id: int) -> tuple[int | None, ...]:
    """Read the campaigns of a phase, a dispositif and a budget line; None for what is not there."""
    demande = select(
        select(phase.c.campagne_id).where(phase.c.id == phase_id).scalar_subquery(),
        select(_T.campagne_id)
        .join(dispositif, _D.thematique_id == _T.id)
        .where(_D.id == dispositif_id)
        .scalar_subquery(),
        select(ligne_budgetaire.c.campagne_id).where(ligne_budgetaire.c.id == ligne_id).scalar_subquery(),
    )
    return tuple(session.execute(demande).one())


def budget_lines(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Find the budget line of each proposition."""
    demande = select(proposition.c.id, proposition.c.ligne_budgetaire_id).where(proposition.c.id.in_(list(ids)))
    return {r.id: r.ligne_budgetaire_id for r in session.execute(demande)}
