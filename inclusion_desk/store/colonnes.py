"""The vocabulary in which the tables are declared: named constraints, STRICT tables, ids, versions, references."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Table, Text

from inclusion_desk.domain.text import LONGUEUR_MAX
from inclusion_desk.store.types import Booleen

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(nom: str, *elements: Any, reemploi: bool = False) -> Table:  # noqa: ANN401 - columns and constraints
    """Declare a STRICT table; ``reemploi`` lets a deleted row's id be used again (never for what undo restores)."""
    return Table(nom, metadata, *elements, sqlite_strict=True, sqlite_autoincrement=not reemploi)


def cle() -> Column[int]:
    """Declare the id of a row."""
    return Column("id", Integer, primary_key=True)


def version() -> Column[int]:
    """Declare the number raised at each change, which a write names."""
    return Column("version", Integer, nullable=False, server_default="1")


def texte(nom: str) -> Column[str]:
    """Declare a text, empty rather than absent."""
    return Column(nom, Text, nullable=False, server_default="")


def long(nom: str) -> tuple[Column[str], CheckConstraint]:
    """Declare a long text and its limit, that of every field (RELIABILITY, finding 11)."""
    return texte(nom), CheckConstraint(f"length({nom}) <= {LONGUEUR_MAX}", name=nom)


def oui_non(nom: str, *, defaut: int = 0) -> tuple[Column[bool], CheckConstraint]:
    """Declare a truth value."""
    colonne = Column(nom, Booleen, nullable=False, server_default=str(defaut))
    return colonne, CheckConstraint(f"{nom} IN (0, 1)", name=nom)


def vers(nom: str, cible: str, *, suit: bool = False, facultatif: bool = False) -> Column[int]:
    """Declare a foreign key: refused while referenced, or deleted along (``suit``) for parts of a whole."""
    cible_id = ForeignKey(f"{cible}.id", ondelete="CASCADE" if suit else "RESTRICT")
    return Column(nom, Integer, cible_id, nullable=facultatif)


def parmi(colonne: str, codes: Iterable[str]) -> CheckConstraint:
    """Check that a column holds one of the codes."""
    liste = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{colonne} IN ({liste})", name=colonne)
