"""Checks a database from end to end: integrity, schema, counters, acts adopted or sent, journal chain."""

from __future__ import annotations

from collections.abc import Iterator

from inclusion_desk.domain.money import format_montant
from inclusion_desk.store import budget, copies, figes, integrite, journal
from inclusion_desk.store.engine import Session


def anomalies(session: Session) -> tuple[str, ...]:
    """List in French everything that is not as it should be; nothing when the database is sound."""
    votes = (*figes.faults(session), *copies.faults(session))
    return (*integrite.faults(session), *_counters(session), *votes, *journal.broken_links(session))


def _counters(session: Session) -> Iterator[str]:
    for code, compteur, somme in budget.drifts(session):
        yield (
            f"Ligne budgétaire {code} : le compteur d’engagement vaut {format_montant(compteur)} et ses propositions "
            f"totalisent {format_montant(somme)}."
        )


def tete_du_journal(session: Session) -> str:
    """Give the head of the journal's chain, as printed and compared: sequence and 12 hexadecimal digits."""
    return journal.head(session).abrege
