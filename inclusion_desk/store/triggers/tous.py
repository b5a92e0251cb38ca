"""The triggers, from one source for both databases: counters, journal, and the protection of adopted acts."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from inclusion_desk.store.engine import is_sqlite
from inclusion_desk.store.triggers import compteurs, conventions, gardes, journal
from inclusion_desk.store.triggers.installes import installed_triggers, postgres_installed
from inclusion_desk.store.triggers.journal import followed_columns, journalised

__all__ = [
    "drop_triggers",
    "expected_triggers",
    "followed_columns",
    "install_triggers",
    "installed_triggers",
    "journalised",
]

_SOURCES = (gardes, conventions, compteurs, journal)


def drop_triggers(connection: Connection) -> None:
    """Drop every trigger, before tables are made again beneath them."""
    for ordre in _drops(connection):
        connection.exec_driver_sql(ordre)


def install_triggers(connection: Connection) -> None:
    """Create every trigger again (after each migration)."""
    drop_triggers(connection)
    for ordre in _sqlite_triggers() if is_sqlite(connection) else (*_fonctions(), *_postgres_triggers()):
        connection.exec_driver_sql(ordre)
    if not is_sqlite(connection):
        _shelter_functions(connection)


def _sqlite_triggers() -> Iterator[str]:
    for source in _SOURCES:
        yield from source.sqlite()


def _postgres_triggers() -> Iterator[str]:
    for source in _SOURCES:
        yield from source.postgres()


def _fonctions() -> tuple[str, ...]:
    return tuple(fonction for source in _SOURCES for fonction in source.FONCTIONS)


def _shelter_functions(connection: Connection) -> None:
    """Tie the functions to their schema: a temporary table named like one of ours would otherwise come first."""
    lieu = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for nom in _corps_postgres():
        connection.exec_driver_sql(f"ALTER FUNCTION {nom}() SET search_path = {lieu}, pg_temp")


def expected_triggers(connection: Connection) -> set[tuple[str, str]]:
    """Give the name and text of the triggers a base of ours holds, no more, no less (PostgreSQL: of its function)."""
    if is_sqlite(connection):
        return {(texte.split(maxsplit=3)[2], texte) for texte in _sqlite_triggers()}
    corps = _corps_postgres()
    return {
        (texte.split(maxsplit=3)[2], corps[texte.split("FUNCTION ")[1].split("(")[0]]) for texte in _postgres_triggers()
    }


def _drops(connection: Connection) -> list[str]:
    if is_sqlite(connection):
        return [f'DROP TRIGGER "{nom}"' for nom, texte in installed_triggers(connection) if "TRIGGER" in texte[:20]]
    return [f'DROP TRIGGER "{nom}" ON "{table}"' for nom, table, _ in postgres_installed(connection)]


def _corps_postgres() -> dict[str, str]:
    """Give the text of each function of ours, by its name."""
    return {texte.split("FUNCTION ")[1].split("(")[0]: texte.split("$$")[1] for texte in _fonctions()}
