"""The triggers of the journal: every change of every table written down, and what is written kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Table, Text

from inclusion_desk.store.tables import DERIVEES, NON_JOURNALISEES, PERSONNELLES, all_tables
from inclusion_desk.store.types import DateIso

_HORS_JOURNAL = frozenset({"recherche", "contenu"})
"""Search texts, and the frozen copies, of which the fingerprint is written instead."""


def journalised() -> tuple[Table, ...]:
    """List the tables whose every change is written in the journal."""
    return tuple(t for t in all_tables() if t.name not in NON_JOURNALISEES)


def followed_columns(table: Table) -> tuple[str, ...]:
    """List the columns whose values the journal holds: neither personal, nor derived, nor search texts."""
    exclues = {*PERSONNELLES.get(table.name, ()), *DERIVEES.get(table.name, ()), *_HORS_JOURNAL}
    return tuple(c.name for c in table.columns if c.name not in exclues)


def _watched(table: Table) -> str:
    """List the columns whose update is worth a journal row (personal ones included, values left out)."""
    exclues = {*DERIVEES.get(table.name, ())}
    return ", ".join(c.name for c in table.columns if c.name not in exclues)


def _json(table: Table, ligne: str) -> str:
    """Write a row as JSON by plain concatenation: ``json_object`` is refused in triggers of an untrusted schema."""
    paires = " || ',' || ".join(
        f"'\"{nom}\":' || {_json_value(table.columns[nom], f'{ligne}.{nom}')}" for nom in followed_columns(table)
    )
    return f"'{{' || {paires} || '}}'"


def _json_value(column: Column[Any], lue: str) -> str:
    if not isinstance(column.type, (Text, DateIso)):
        return f"coalesce(CAST({lue} AS TEXT), 'null')"
    net = lue
    for brut, echappe in (("'\\'", "'\\\\'"), ("'\"'", "'\\\"'"), ("char(10)", "'\\n'"), ("char(9)", "'\\t'")):
        net = f"replace({net}, {brut}, {echappe})"
    return f"coalesce('\"' || {net} || '\"', 'null')"


def sqlite() -> Iterator[str]:
    """Give the triggers of SQLite."""
    for table in journalised():
        yield from _sqlite_journal(table)
    yield from _SQLITE_PROTECTION


def _sqlite_journal(table: Table) -> Iterator[str]:
    nom = table.name
    debut = "INSERT INTO journal (table_nom, ligne_id, operation, avant, apres) VALUES"
    yield (
        f"CREATE TRIGGER tr_{nom}_journal_insert AFTER INSERT ON {nom} BEGIN "
        f"{debut} ('{nom}', NEW.id, 'insert', NULL, {_json(table, 'NEW')}); END"
    )
    yield (
        f"CREATE TRIGGER tr_{nom}_journal_update AFTER UPDATE OF {_watched(table)} ON {nom} BEGIN "
        f"{debut} ('{nom}', NEW.id, 'update', {_json(table, 'OLD')}, {_json(table, 'NEW')}); END"
    )
    yield (
        f"CREATE TRIGGER tr_{nom}_journal_delete AFTER DELETE ON {nom} BEGIN "
        f"{debut} ('{nom}', OLD.id, 'delete', {_json(table, 'OLD')}, NULL); END"
    )


_JOURNAL_FIGE = (
    "OLD.empreinte IS NOT NULL OR NEW.id <> OLD.id OR NEW.table_nom <> OLD.table_nom OR NEW.ligne_id <> OLD.ligne_id "
    "OR NEW.operation <> OLD.operation OR NEW.avant IS {distinct} OLD.avant OR NEW.apres IS {distinct} OLD.apres"
)

_SQLITE_PROTECTION = (
    (
        "CREATE TRIGGER tr_journal_garde_delete BEFORE DELETE ON journal BEGIN "
        "SELECT RAISE(ABORT, 'journal_immuable'); END"
    ),
    (
        "CREATE TRIGGER tr_journal_garde_update BEFORE UPDATE ON journal "
        f"WHEN {_JOURNAL_FIGE.format(distinct='NOT')} BEGIN SELECT RAISE(ABORT, 'journal_immuable'); END"
    ),
    (
        "CREATE TRIGGER tr_journal_garde_scelle BEFORE INSERT ON journal WHEN NEW.empreinte IS NOT NULL BEGIN "
        "SELECT RAISE(ABORT, 'journal_immuable'); END"
    ),
    (
        "CREATE TRIGGER tr_journal_tete_garde_delete BEFORE DELETE ON journal_tete BEGIN "
        "SELECT RAISE(ABORT, 'journal_immuable'); END"
    ),
    (
        "CREATE TRIGGER tr_journal_tete_garde_update BEFORE UPDATE ON journal_tete WHEN NEW.rang <= OLD.rang BEGIN "
        "SELECT RAISE(ABORT, 'journal_immuable'); END"
    ),
)


def postgres() -> Iterator[str]:
    """Give the triggers of PostgreSQL."""
    for table in journalised():
        yield from _postgres_journal(table)
    for nom in ("journal", "journal_tete"):
        yield (
            f"CREATE TRIGGER tr_{nom}_garde BEFORE INSERT OR UPDATE OR DELETE ON {nom} "
            f"FOR EACH ROW EXECUTE FUNCTION inclusion_desk_garde_{nom}()"
        )
    for table in all_tables():
        yield (
            f"CREATE TRIGGER tr_{table.name}_garde_vider BEFORE TRUNCATE ON {table.name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION inclusion_desk_refus()"
        )


def _postgres_journal(table: Table) -> Iterator[str]:
    tus = {c.name for c in table.columns} - set(followed_columns(table))
    arguments = ", ".join(f"'{nom}'" for nom in sorted(tus))
    appel = f"FOR EACH ROW EXECUTE FUNCTION inclusion_desk_journal({arguments})"
    yield f"CREATE TRIGGER tr_{table.name}_journal AFTER INSERT OR DELETE ON {table.name} {appel}"
    yield f"CREATE TRIGGER tr_{table.name}_journal_update AFTER UPDATE OF {_watched(table)} ON {table.name} {appel}"


FONCTIONS = (
    """CREATE OR REPLACE FUNCTION inclusion_desk_refus() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'journal_immuable' USING ERRCODE = '23001'; END $$""",
    """CREATE OR REPLACE FUNCTION inclusion_desk_journal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO journal (table_nom, ligne_id, operation, avant, apres) VALUES (
            TG_TABLE_NAME,
            CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END,
            lower(TG_OP),
            CASE WHEN TG_OP <> 'INSERT' THEN (to_jsonb(OLD) - COALESCE(TG_ARGV, ARRAY[]::text[]))::text END,
            CASE WHEN TG_OP <> 'DELETE' THEN (to_jsonb(NEW) - COALESCE(TG_ARGV, ARRAY[]::text[]))::text END);
        RETURN NULL;
    END $$""",
    f"""CREATE OR REPLACE FUNCTION inclusion_desk_garde_journal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            IF NEW.empreinte IS NULL THEN RETURN NEW; END IF;
        ELSIF TG_OP = 'UPDATE' THEN
            IF NOT ({_JOURNAL_FIGE.format(distinct="DISTINCT FROM")}) THEN RETURN NEW; END IF;
        END IF;
        RAISE EXCEPTION 'journal_immuable' USING ERRCODE = '23001';
    END $$""",
    """CREATE OR REPLACE FUNCTION inclusion_desk_garde_journal_tete() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND NEW.rang > OLD.rang THEN RETURN NEW; END IF;
        IF TG_OP = 'INSERT' THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'journal_immuable' USING ERRCODE = '23001';
    END $$""",
)
"""The functions that the triggers of PostgreSQL call."""
