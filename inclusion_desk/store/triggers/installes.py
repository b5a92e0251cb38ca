"""Reads the triggers that a database holds; apart from what writes ours, which an opening does without."""

from __future__ import annotations

from sqlalchemy import Connection

from inclusion_desk.store.engine import is_sqlite


def installed_triggers(connection: Connection) -> set[tuple[str, str]]:
    """Read the name and text of every trigger and view of the database (PostgreSQL: of the triggers at work)."""
    if is_sqlite(connection):
        lus = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
        return {(nom, texte) for nom, texte in lus}
    return {(nom, corps) for nom, _, corps in postgres_installed(connection)}


def postgres_installed(connection: Connection) -> list[tuple[str, str, str]]:
    """Read each trigger's name, table and function; a disabled one has no text."""
    lus = connection.exec_driver_sql(
        "SELECT tgname, relname, CASE WHEN tgenabled IN ('O', 'A') THEN prosrc ELSE '' END FROM pg_trigger "
        "JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid "
        "JOIN pg_namespace ON pg_namespace.oid = relnamespace "
        "WHERE NOT tgisinternal AND nspname = current_schema()"
    )
    return [(nom, table, corps) for nom, table, corps in lus]
