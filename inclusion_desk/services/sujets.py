"""The subjects as data: their fields, and the functions that read and edit them, for a generic page and form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Protocol

from sqlalchemy import Table

from inclusion_desk.domain.budget import CHAMPS as CHAMPS_BUDGET
from inclusion_desk.domain.budget import CHAMPS_DECISION
from inclusion_desk.domain.campagnes import CHAMPS_CANDIDATURE, CHAMPS_PERIODE, Candidature
from inclusion_desk.domain.champs import Champ
from inclusion_desk.domain.deliberations import CHAMPS_ANNEXE, CHAMPS_AVIS, CHAMPS_REFERENCE
from inclusion_desk.domain.dispositifs import CHAMPS as CHAMPS_DISPOSITIFS
from inclusion_desk.domain.dispositifs import CHAMPS_THEMATIQUE, cle_numero
from inclusion_desk.domain.paresse import Paresseux
from inclusion_desk.domain.phases import CHAMPS as CHAMPS_PHASE
from inclusion_desk.domain.propositions import CHAMPS as CHAMPS_PROPOSITIONS
from inclusion_desk.domain.recherche import Index, Tri
from inclusion_desk.domain.seances import CHAMPS_ELU, CHAMPS_GROUPE, CHAMPS_MANDAT
from inclusion_desk.domain.structures import CHAMPS as CHAMPS_STRUCTURES
from inclusion_desk.domain.text import fold
from inclusion_desk.store import (
    budget,
    candidatures,
    deliberations,
    dispositifs,
    phases,
    propositions,
    seances,
    structures,
    tables,
)
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
    total: str = "Total"
    """What the amounts add up to, in words; nothing for rows without an amount."""


def _cle(valeur: object) -> tuple[int, object]:
    """Give a sort key that puts the empty last and folds texts."""
    if valeur is None or valeur == "":
        return (1, "")
    return (0, fold(valeur) if isinstance(valeur, str) else valeur)


def _sorted(lues: Sequence[Any], tri: Tri, cles: Mapping[str, Callable[[Any], object]]) -> list[Any]:
    """Sort a small subject's rows by an attribute, the natural order breaking ties."""
    if tri.colonne == ORDRE_NATUREL:
        return list(reversed(lues)) if tri.descendant else list(lues)
    cle = cles.get(tri.colonne) or attrgetter(tri.colonne)
    return sorted(lues, key=lambda ligne: _cle(cle(ligne)), reverse=tri.descendant)


ORDRE_NATUREL = propositions.ORDRE_ANNEXE_4
"""The order of a subject before any click: annexe 4 for propositions, numbers or names for the others."""

Charge = Callable[[Session, int, Sequence[int] | None], list[Any]]
_Texte = Callable[[Any], str]


def _load_structures(session: Session, phase_id: int, ids: Sequence[int] | None) -> list[Any]:
    return sorted(structures.load(session, phase_id, ids), key=lambda s: fold(s.nom))


def _load_dispositifs(session: Session, phase_id: int, ids: Sequence[int] | None) -> list[Any]:
    lus = dispositifs.load(session, phase_id, phases.load(session, phase_id).campagne_id, ids)
    return sorted(lus, key=lambda d: (d.thematique_numero, cle_numero(d.numero), fold(d.intitule)))


def _search_candidature(c: Candidature) -> str:
    return f"{c.structure_nom} {c.dispositif} {c.territoire_nom} {c.etat_libelle}"


def _load_budget(session: Session, phase_id: int, ids: Sequence[int] | None) -> list[Any]:
    return budget.load(session, phases.load(session, phase_id), ids)


def small(
    charge: Charge,
    texte: _Texte | Table,
    montant: str = "",
    cles: Mapping[str, Callable[[Any], object]] = MappingProxyType({}),
) -> dict[str, Any]:
    """Make the three readings of a subject of a few thousand rows at most, sorted in Python.

    ``texte`` makes the text a row is searched by, or is the table that keeps it; ``montant`` names the amount added up;
    ``cles`` gives the sort keys that are not the attribute itself.
    """

    def index(session: Session, phase_id: int, ids: Sequence[int] | None = None) -> Index:
        gardes = search_texts(session, texte, ids) if isinstance(texte, Table) else None
        return Index.build(
            (
                ligne.id,
                gardes[ligne.id] if gardes is not None else fold(texte(ligne)),  # type: ignore[operator]
                getattr(ligne, montant) or 0 if montant else 0,
            )
            for ligne in charge(session, phase_id, ids)
        )

    def ordre(session: Session, phase_id: int, tri: Tri, index: Index) -> list[int]:
        return index.ranger(ligne.id for ligne in _sorted(charge(session, phase_id, None), tri, cles))

    def rows(session: Session, phase_id: int, ids: Sequence[int]) -> list[Any]:
        lues = {ligne.id: ligne for ligne in charge(session, phase_id, list(ids))}
        return [lues[i] for i in ids if i in lues]

    return {"index": index, "ordre": ordre, "rows": rows}


def of_campagne(lire: Callable[..., list[Any]]) -> Charge:
    """Read the rows of the campaign of the phase shown."""

    def charge(session: Session, phase_id: int, ids: Sequence[int] | None) -> list[Any]:
        return lire(session, phases.load(session, phase_id).campagne_id, ids)

    return charge


def _of_acte(lire: Callable[..., list[Any]]) -> Charge:
    """Read the rows of the deliberation of the phase shown."""

    def charge(session: Session, phase_id: int, ids: Sequence[int] | None) -> list[Any]:
        acte = deliberations.find(session, phase_id)
        return lire(session, acte.id, ids) if acte else []

    return charge


def of_all(lire: Callable[..., list[Any]]) -> Charge:
    """Read rows that belong to no phase."""
    return lambda session, _phase_id, ids: lire(session, ids)


def _load_thematiques(session: Session, phase_id: int, ids: Sequence[int] | None) -> list[Any]:
    campagne_id = phases.load(session, phase_id).campagne_id
    return dispositifs.load_thematiques_of_phase(session, phase_id, campagne_id, ids)


def _rows_propositions(session: Session, _phase_id: int, ids: Sequence[int]) -> list[Any]:
    return list(propositions.load(session, ids))


_TOUS = (
    Sujet(
        "structures", "structure", "structures", "la structure", feminin=True, champs=CHAMPS_STRUCTURES,
        **small(_load_structures, tables.structure, "montant"),
    ),
    Sujet(
        "dispositifs", "dispositif", "dispositifs", "le dispositif", feminin=False, champs=CHAMPS_DISPOSITIFS,
        **small(_load_dispositifs, tables.dispositif, "montant", {"numero": lambda d: cle_numero(d.numero)}),
    ),
    Sujet(
        "thematiques", "thématique", "thématiques", "la thématique", feminin=True, champs=CHAMPS_THEMATIQUE,
        **small(_load_thematiques, lambda t: t.libelle, "montant"),
    ),
    Sujet(
        "budget", "ligne budgétaire", "lignes budgétaires", "la ligne budgétaire", feminin=True, champs=CHAMPS_BUDGET,
        total="Total proposé", **small(_load_budget, tables.ligne_budgetaire, "proposition"),
    ),
    Sujet(
        "decisions", "décision modificative", "décisions modificatives", "la décision modificative", feminin=True,
        champs=CHAMPS_DECISION,
        **small(of_campagne(budget.load_decisions), lambda d: f"{d.code_operation} {d.libelle}", "montant"),
    ),
    Sujet(
        "propositions", "proposition", "propositions", "la proposition", feminin=True, champs=CHAMPS_PROPOSITIONS,
        index=propositions.index, ordre=propositions.order, rows=_rows_propositions,
    ),
    Sujet(
        "phases", "phase", "phases", "la phase", feminin=True, champs=CHAMPS_PHASE,
        total="Total compté au budget",
        **small(of_campagne(phases.load_of_campagne), lambda p: f"phase {p.numero} {p.titre}", "montant_compte"),
    ),
    Sujet(
        "periodes", "période de dépôt", "périodes de dépôt", "la période de dépôt", feminin=True,
        champs=CHAMPS_PERIODE, total="",
        **small(of_campagne(phases.load_periodes), lambda p: p.libelle),
    ),
    Sujet(
        "candidatures", "dossier", "dossiers", "le dossier", feminin=False, champs=CHAMPS_CANDIDATURE,
        total="Total demandé",
        **small(of_campagne(candidatures.load), _search_candidature, "montant_demande",
                {"etat": lambda c: c.etat_libelle}),
    ),
    Sujet(
        "elus", "élu", "élus", "l’élu", feminin=False, champs=CHAMPS_ELU, total="",
        **small(of_all(seances.load_elus), lambda e: f"{e.libelle} {e.groupe}"),
    ),
    Sujet(
        "groupes", "groupe", "groupes", "le groupe", feminin=False, champs=CHAMPS_GROUPE, total="",
        **small(of_all(seances.load_groupes), lambda g: g.nom),
    ),
    Sujet(
        "mandats", "mandat", "mandats", "le mandat", feminin=False, champs=CHAMPS_MANDAT, total="",
        **small(of_all(seances.load_mandats), lambda m: f"{m.elu} {m.structure} {m.qualite}"),
    ),
    Sujet(
        "references", "référence", "références", "la référence", feminin=True, champs=CHAMPS_REFERENCE, total="",
        **small(of_all(deliberations.load_references), lambda r: f"{r.libelle} {r.instance}"),
    ),
    Sujet(
        "avis", "avis", "avis", "l’avis", feminin=False, champs=CHAMPS_AVIS, total="",
        **small(_of_acte(deliberations.load_avis), lambda a: f"{a.commission} {a.intitule}"),
    ),
    Sujet(
        "annexes", "annexe", "annexes", "l’annexe", feminin=True, champs=CHAMPS_ANNEXE, total="",
        **small(_of_acte(deliberations.load_annexes), lambda a: f"{a.numero} {a.titre}"),
    ),
)  # fmt: skip


def _after_vote() -> Mapping[str, Sujet]:
    from inclusion_desk.services.sujets_suivi import SUJETS_SUIVI  # noqa: PLC0415 - see ``Paresseux``

    return SUJETS_SUIVI


SUJETS: Mapping[str, Sujet] = Paresseux(
    {sujet.nom: sujet for sujet in _TOUS},
    ("fiches", "conventions", "avenants", "versements", "bilans", "montants", "annexes_actes"),
    _after_vote,
)
"""Every subject, by its name."""
