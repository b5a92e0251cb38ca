"""The triggers, from one source for both databases: commitment counter, journal, protection of the journal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Table, Text

from inclusion_desk.store.colonnes import metadata
from inclusion_desk.store.engine import is_sqlite
from inclusion_desk.store.tables import DERIVEES, NON_JOURNALISEES, PERSONNELLES
from inclusion_desk.store.types import DateIso

_HORS_JOURNAL = frozenset({"recherche"})


def install_triggers(connection: Connection) -> None:
    """Drop every trigger of ours and create them all again (after each migration)."""
    for ordre in _drops(connection):
        connection.exec_driver_sql(ordre)
    for ordre in _sqlite_triggers() if is_sqlite(connection) else _postgres_triggers():
        connection.exec_driver_sql(ordre)
    if not is_sqlite(connection):
        _shelter_functions(connection)


def _shelter_functions(connection: Connection) -> None:
    """Tie the functions to their schema: a temporary table named like one of ours would otherwise come first."""
    lieu = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for nom in _corps_postgres():
        connection.exec_driver_sql(f"ALTER FUNCTION {nom}() SET search_path = {lieu}, pg_temp")


def expected_triggers(connection: Connection) -> set[tuple[str, str]]:
    """Give the name and text of the triggers a base of ours holds, no more, no less (PostgreSQL: of its function)."""
    if is_sqlite(connection):
        return {(texte.split(maxsplit=3)[2], texte) for texte in _sqlite_triggers()}
    ordres = [texte for texte in _postgres_triggers() if texte.startswith("CREATE TRIGGER")]
    corps = _corps_postgres()
    return {(texte.split(maxsplit=3)[2], corps[texte.split("FUNCTION ")[1].split("(")[0]]) for texte in ordres}


def installed_triggers(connection: Connection) -> set[tuple[str, str]]:
    """Read the name and text of every trigger and view of the database (PostgreSQL: of the triggers at work)."""
    if is_sqlite(connection):
        lus = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
        return {(nom, texte) for nom, texte in lus}
    return {(nom, corps) for nom, _, corps in _postgres_installed(connection)}


def _postgres_installed(connection: Connection) -> list[tuple[str, str, str]]:
    """Read each trigger's name, table and function; a disabled one has no text."""
    lus = connection.exec_driver_sql(
        "SELECT tgname, relname, CASE WHEN tgenabled IN ('O', 'A') THEN prosrc ELSE '' END FROM pg_trigger "
        "JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid "
        "JOIN pg_namespace ON pg_namespace.oid = relnamespace "
        "WHERE NOT tgisinternal AND nspname = current_schema()"
    )
    return [(nom, table, corps) for nom, table, corps in lus]


def _drops(connection: Connection) -> list[str]:
    if is_sqlite(connection):
        return [f'DROP TRIGGER "{nom}"' for nom, texte in installed_triggers(connection) if "TRIGGER" in texte[:20]]
    return [f'DROP TRIGGER "{nom}" ON "{table}"' for nom, table, _ in _postgres_installed(connection)]


def journalised() -> tuple[Table, ...]:
    """List the tables whose every change is written in the journal."""
    return tuple(t for t in metadata.sorted_tables if t.name not in NON_JOURNALISEES)


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


def _sqlite_triggers() -> Iterator[str]:
    yield from _SQLITE_COMPTEUR
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


_ENGAGER = (
    "INSERT INTO engagement (ligne_budgetaire_id, phase_id, montant) "
    "VALUES (NEW.ligne_budgetaire_id, NEW.phase_id, NEW.montant) "
    "ON CONFLICT (ligne_budgetaire_id, phase_id) DO UPDATE SET montant = engagement.montant + excluded.montant; "
)
_DESENGAGER = (
    "UPDATE engagement SET montant = montant - OLD.montant "
    "WHERE ligne_budgetaire_id = OLD.ligne_budgetaire_id AND phase_id = OLD.phase_id; "
)
_SQLITE_COMPTEUR = (
    (
        "CREATE TRIGGER tr_proposition_engage_insert AFTER INSERT ON proposition BEGIN "
        "UPDATE ligne_budgetaire SET engage = engage + NEW.montant WHERE id = NEW.ligne_budgetaire_id; "
        f"{_ENGAGER}END"
    ),
    (
        "CREATE TRIGGER tr_proposition_engage_update AFTER UPDATE OF montant, ligne_budgetaire_id, phase_id "
        "ON proposition WHEN NEW.montant <> OLD.montant OR NEW.ligne_budgetaire_id <> OLD.ligne_budgetaire_id "
        "OR NEW.phase_id <> OLD.phase_id BEGIN "
        "UPDATE ligne_budgetaire SET engage = engage "
        "+ CASE WHEN id = NEW.ligne_budgetaire_id THEN NEW.montant ELSE 0 END "
        "- CASE WHEN id = OLD.ligne_budgetaire_id THEN OLD.montant ELSE 0 END "
        "WHERE id IN (OLD.ligne_budgetaire_id, NEW.ligne_budgetaire_id); "
        f"{_DESENGAGER}{_ENGAGER}END"
    ),
    (
        "CREATE TRIGGER tr_proposition_engage_delete AFTER DELETE ON proposition BEGIN "
        "UPDATE ligne_budgetaire SET engage = engage - OLD.montant WHERE id = OLD.ligne_budgetaire_id; "
        f"{_DESENGAGER}END"
    ),
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


def _postgres_triggers() -> Iterator[str]:
    yield from _POSTGRES_FONCTIONS
    yield (
        "CREATE TRIGGER tr_proposition_engage "
        "AFTER INSERT OR DELETE OR UPDATE OF montant, ligne_budgetaire_id, phase_id "
        "ON proposition FOR EACH ROW EXECUTE FUNCTION inclusion_desk_engage()"
    )
    for table in journalised():
        yield from _postgres_journal(table)
    for nom in ("journal", "journal_tete"):
        yield (
            f"CREATE TRIGGER tr_{nom}_garde BEFORE INSERT OR UPDATE OR DELETE ON {nom} "
            f"FOR EACH ROW EXECUTE FUNCTION inclusion_desk_garde_{nom}()"
        )
    for table in metadata.sorted_tables:
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


def _corps_postgres() -> dict[str, str]:
    """Give the text of each function of ours, by its name."""
    return {texte.split("FUNCTION ")[1].split("(")[0]: texte.split("$$")[1] for texte in _POSTGRES_FONCTIONS}


_POSTGRES_FONCTIONS = (
    """CREATE OR REPLACE FUNCTION inclusion_desk_refus() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'journal_immuable' USING ERRCODE = '23001'; END $$""",
    f"""CREATE OR REPLACE FUNCTION inclusion_desk_engage() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        ancienne integer := NULL; nouvelle integer := NULL; retrait bigint := 0; ajout bigint := 0; ligne integer;
    BEGIN
        IF TG_OP <> 'INSERT' THEN ancienne := OLD.ligne_budgetaire_id; retrait := OLD.montant; END IF;
        IF TG_OP <> 'DELETE' THEN nouvelle := NEW.ligne_budgetaire_id; ajout := NEW.montant; END IF;
        FOR ligne IN SELECT DISTINCT l FROM unnest(ARRAY[ancienne, nouvelle]) AS l WHERE l IS NOT NULL ORDER BY l LOOP
            UPDATE ligne_budgetaire SET engage = engage
                + CASE WHEN ligne = nouvelle THEN ajout ELSE 0 END
                - CASE WHEN ligne = ancienne THEN retrait ELSE 0 END
            WHERE id = ligne;
        END LOOP;
        IF ancienne IS NOT NULL THEN {_DESENGAGER}END IF;
        IF nouvelle IS NOT NULL THEN {_ENGAGER}END IF;
        RETURN NULL;
    END $$""",
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
