"""Queries on the templates that users made their own, version by version."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, insert, select

from inclusion_desk.domain.dossier import Modele
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import modele


@dataclass(frozen=True, slots=True)
class VersionModele:
    """One version of a template; without source it is the program's own again. ``moment`` is ISO local time."""

    nom: str
    numero: int
    source: str | None
    auteur: str
    moment: str


def load_versions(session: Session, nom: str) -> list[VersionModele]:
    """Read the versions of a template, the latest first."""
    demande = select(modele).where(modele.c.nom == nom).order_by(modele.c.numero.desc())
    return [
        VersionModele(nom=r.nom, numero=r.numero, source=r.source, auteur=r.auteur, moment=r.moment)
        for r in session.execute(demande)
    ]


def load_current(session: Session) -> tuple[Modele, ...]:
    """Read the templates in force that are not the program's own, by name."""
    derniers = select(modele.c.nom, func.max(modele.c.numero).label("numero")).group_by(modele.c.nom).subquery()
    demande = (
        select(modele.c.nom, modele.c.source)
        .join(derniers, (derniers.c.nom == modele.c.nom) & (derniers.c.numero == modele.c.numero))
        .where(modele.c.source.is_not(None))
        .order_by(modele.c.nom)
    )
    return tuple(Modele(r.nom, r.source) for r in session.execute(demande))


def add_version(session: Session, nom: str, numero: int, source: str | None, auteur: str, moment: str) -> None:
    """Write a version of a template under its number; the database refuses one that somebody else took."""
    session.execute(insert(modele).values(nom=nom, numero=numero, source=source, auteur=auteur, moment=moment))
