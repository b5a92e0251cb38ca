"""The journal: rows written by triggers, sealed in a hash chain before each commit, checked from end to end."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, insert, or_, select, update

from inclusion_desk.domain.text import compter
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import journal, journal_tete

_SCELLEES = ("table_nom", "ligne_id", "operation", "avant", "apres", "rang", "moment", "etape")


@dataclass(frozen=True, slots=True)
class Tete:
    """The head of the chain: how many rows, and the fingerprint of the last."""

    rang: int
    empreinte: str

    @property
    def abrege(self) -> str:
        """The head as printed in documents and names of backups: sequence and 12 hexadecimal digits."""
        return f"{self.rang}-{self.empreinte[:12]}"


HORS_APPLICATION = "Écriture faite hors de l’application"
"""The step of the rows found unsealed before a use case: they are nobody's edit, and stay reported."""


def start_chain(session: Session) -> None:
    """Put the head of an empty chain in a new database."""
    session.execute(insert(journal_tete).values(id=1, rang=0, empreinte=""))


def record_migration(session: Session, depuis: str, vers: str) -> None:
    """Write in the journal that the schema went from one revision to another."""
    session.execute(
        insert(journal).values(table_nom="alembic_version", ligne_id=0, operation="update", avant=depuis, apres=vers)
    )


def head(session: Session) -> Tete:
    """Read the head of the chain."""
    rang, empreinte = session.execute(select(journal_tete.c.rang, journal_tete.c.empreinte)).one()
    return Tete(rang, empreinte)


def seal(session: Session, etape: str, moment: datetime) -> None:
    """Chain the journal rows of this transaction behind the head, under its lock; called once before each commit."""
    libre = journal.c.rang.is_(None)
    if session.execute(select(journal.c.id).where(libre).limit(1)).first() is None:
        return
    verrou = select(journal_tete.c.rang, journal_tete.c.empreinte).with_for_update()
    rang, empreinte = session.execute(verrou).one()
    libres = session.execute(select(journal).where(libre).order_by(journal.c.id)).all()
    scelles = []
    for ligne in libres:
        rang += 1
        valeurs = {"rang": rang, "moment": moment.isoformat(timespec="seconds"), "etape": etape}
        empreinte = _hash(empreinte, {**ligne._mapping, **valeurs})  # noqa: SLF001 - SQLAlchemy's public name
        scelles.append({"b_id": ligne.id, **valeurs, "empreinte": empreinte})
    fermer = update(journal).where(journal.c.id == bindparam("b_id"))
    session.execute(fermer, scelles)
    session.execute(update(journal_tete).values(rang=rang, empreinte=empreinte))


def _hash(precedente: str, ligne: object) -> str:
    assert isinstance(ligne, dict)  # noqa: S101 - narrows for the type checker
    contenu = json.dumps([precedente, *(ligne[c] for c in _SCELLEES)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(contenu.encode()).hexdigest()


def broken_links(session: Session) -> Iterator[str]:
    """Say in French each place where the journal and its chain do not agree (none when it is sound)."""
    attendu, empreinte = 0, ""
    for ligne in _chained(session):
        attendu += 1
        if ligne.rang != attendu:
            yield f"Journal : le maillon {attendu} manque (le suivant porte le rang {ligne.rang})."
            return
        empreinte = _hash(empreinte, dict(ligne._mapping))  # noqa: SLF001 - SQLAlchemy's public name
        if empreinte != ligne.empreinte:
            yield f"Journal : le maillon {attendu} a été modifié après coup."
            return
    tete = head(session)
    if (tete.rang, tete.empreinte) != (attendu, empreinte):
        yield f"Journal : la tête annonce {compter(tete.rang, 'maillon')} et le journal en compte {attendu}."
    hors = or_(journal.c.empreinte.is_(None), journal.c.etape == HORS_APPLICATION)
    libres = session.execute(select(journal.c.id).where(hors)).all()
    if libres:
        faites = compter(len(libres), "écriture faite", "écritures faites")
        yield f"Journal : {faites} hors de l’application."


def _chained(session: Session) -> Sequence[Row[tuple[object, ...]]]:
    return session.execute(select(journal).where(journal.c.rang.is_not(None)).order_by(journal.c.rang)).all()
