"""Column types: integer cents, ISO dates and booleans that both databases store exactly."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from inclusion_desk.domain.refus import BaseRefusee

GRAND_ENTIER = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit integer on both databases (SQLite STRICT tables know INTEGER only)."""


class Cents(TypeDecorator[int]):
    """An amount in integer cents; a float, a bool or a Decimal is a bug and raises ``TypeError``."""

    impl = GRAND_ENTIER
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        """Let exact integers through, refuse everything else."""
        if value is None or type(value) is int:
            return value
        raise TypeError(f"cents expected, got {type(value).__name__}")


@lru_cache(maxsize=4096)
def read_date(texte: str) -> date:
    """Read a date as it is stored; a phase has few different ones.

    Raises:
        BaseRefusee: no such text was ever written by us.
    """
    try:
        return date.fromisoformat(texte)
    except ValueError as erreur:
        raise BaseRefusee(f"La base est abîmée (date « {texte} ») : restaurez une sauvegarde.") from erreur


class DateIso(TypeDecorator[date]):
    """A date stored as ``AAAA-MM-JJ`` text, which sorts and compares as dates do."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Write the date in ISO form."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:  # noqa: ANN401, ARG002 - SQLAlchemy's
        """Read the ISO form back."""
        return None if value is None else read_date(value)


class Booleen(TypeDecorator[bool]):
    """A truth value stored as 0 or 1."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002, FBT001 - SQLAlchemy's
        """Write 0 or 1."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:  # noqa: ANN401, ARG002 - SQLAlchemy's
        """Read 0 or 1 back."""
        return None if value is None else bool(value)
