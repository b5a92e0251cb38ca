"""The four subjects as data: their fields, and the functions that read and edit them, for a generic page and form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Protocol

from sqlalchemy import Table

from inclusion_desk.domain.budget import CHAMPS as CHAMPS_BUDGET
from inclusion_desk.domain.champs import Champ
from inclusion_desk.domain.dispositifs import CHAMPS as CHAMPS_DISPOSITIFS
from inclusion_desk.domain.dispositifs import cle_numero
from inclusion_desk.domain.propositions import CHAMPS as CHAMPS_PROPOSITIONS
from inclusion_desk.domain.recherche import Index, Tri
from inclusion_desk.domain.structures import CHAMPS as CHAMPS_STRUCTURES
from inclusion_desk.domain.text import fold
from inclusion_desk.store import budget, dispositifs, phases, propositions, structures, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import search_texts


class ReadIndex(Protocol):
    """Reads the index of a table; ``ids`` restricts it to the rows touched by an edit."""

    def __call__(self, session: Session, phase_id: int, ids: Sequence[int] | None = None) -> Index:
        """Read ids, folded texts and amounts (cents)."""


@dataclass(frozen=True, slots=True)
class Sujet:
    """What a generic page needs to know of one subject.

    ``index(session, phase_id, ids=None)`` reads the whole index, or that of some rows; ``ordre(session, phase_id, tri,
    index)`` gives the positions of an index in an order; ``rows(session, phase_id, ids)`` reads rows in the order of
    ``ids``, leaving out those deleted since.
    """

    nom: str
    singulier: str
    pluriel: str
    article: str
    """The singular with its definite article: « la structure »."""
    feminin: bool
    champs: tuple[Champ, ...]
    index: ReadIndex
    ordre: Callable[[Session, int, Tri, Index], list[int]]
    rows: Callable[[Session, int, Sequence[int]], list[Any]]


def _cle(valeur: object) -> tuple[int, object]:
    """Give a sort key that puts the empty last and folds texts."""
    if valeur is None or valeur == "":
        return (1, "")
    return (0, fold(valeur) if isinstance(valeur, str) else valeur)


def _sorted(lues: Sequence[Any], tri: Tri) -> list[Any]:
    """Sort a small subject's rows by an attribute, the natural order breaking ties."""
    if tri.colonne == ORDRE_NATUREL:
        return list(reversed(lues)) if tri.descendant else list(lues)
    cle = _CLES.get(tri.colonne) or attrgetter(tri.colonne)
    return sorted(lues, key=lambda ligne: _cle(cle(ligne)), reverse=tri.descendant)


ORDRE_NATUREL = propositions.ORDRE_ANNEXE_4
"""The order of a subject before any click: annexe 4 for propositions, numbers or names for the others."""

_CLES: Mapping[str, Callable[[Any], object]] = {"numero": lambda ligne: cle_numero(ligne.numero)}

_Charge = Callable[[Session, int, Sequence[int] | None], list[Any]]


def _load_structures(session: Session, phase_id: int, ids: Sequence[int] | None) -> list[Any]:
    return sorted(structures.load(session, phase_id, ids), key=lambda s: fold(s.nom))


def _load_dispositifs(session: Session, phase_id: int, ids: Sequence[int] | None) -> list[Any]:
    lus = dispositifs.load(session, phase_id, phases.load(session, phase_id).campagne_id, ids)
    return sorted(lus, key=lambda d: (d.thematique_numero, cle_numero(d.numero), fold(d.intitule)))


def _load_budget(session: Session, phase_id: int, ids: Sequence[int] | None) -> list[Any]:
    return budget.load(session, phases.load(session, phase_id), ids)


def _small(charge: _Charge, nommee: Table, montant: str) -> dict[str, Any]:
    """Make the three readings of a subject of a few thousand rows at most, sorted in Python."""

    def index(session: Session, phase_id: int, ids: Sequence[int] | None = None) -> Index:
        textes = search_texts(session, nommee, ids)
        return Index.build(
            (ligne.id, textes[ligne.id], getattr(ligne, montant)) for ligne in charge(session, phase_id, ids)
        )

    def ordre(session: Session, phase_id: int, tri: Tri, index: Index) -> list[int]:
        return index.ranger(ligne.id for ligne in _sorted(charge(session, phase_id, None), tri))

    def rows(session: Session, phase_id: int, ids: Sequence[int]) -> list[Any]:
        lues = {ligne.id: ligne for ligne in charge(session, phase_id, list(ids))}
        return [lues[i] for i in ids if i in lues]

    return {"index": index, "ordre": ordre, "rows": rows}


def _rows_propositions(session: Session, _phase_id: int, ids: Sequence[int]) -> list[Any]:
    return list(propositions.load(session, ids))


SUJETS: Mapping[str, Sujet] = {
    "structures": Sujet(
        "structures", "structure", "structures", "la structure", feminin=True, champs=CHAMPS_STRUCTURES,
        **_small(_load_structures, tables.structure, "montant"),
    ),
    "dispositifs": Sujet(
        "dispositifs", "dispositif", "dispositifs", "le dispositif", feminin=False, champs=CHAMPS_DISPOSITIFS,
        **_small(_load_dispositifs, tables.dispositif, "montant"),
    ),
    "budget": Sujet(
        "budget", "ligne budgétaire", "lignes budgétaires", "la ligne budgétaire", feminin=True, champs=CHAMPS_BUDGET,
        **_small(_load_budget, tables.ligne_budgetaire, "proposition"),
    ),
    "propositions": Sujet(
        "propositions", "proposition", "propositions", "la proposition", feminin=True, champs=CHAMPS_PROPOSITIONS,
        index=propositions.index, ordre=propositions.order, rows=_rows_propositions,
    ),
}  # fmt: skip
"""The four subjects, by their name."""
