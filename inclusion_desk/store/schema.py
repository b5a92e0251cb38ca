"""Creates the schema, and brings an older one to the newest: copy first, keys off, one transaction, checks, keys on."""

from __future__ import annotations

import glob
import os
import sqlite3
import time
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect
from sqlalchemy.engine import URL

from inclusion_desk.domain.refus import BaseRefusee
from inclusion_desk.domain.text import compter
from inclusion_desk.store.engine import ECRITURE, create_sqlite_file, is_sqlite, make_engine
from inclusion_desk.store.journal import record_migration, seal, start_chain
from inclusion_desk.store.migrations import TETE

_ABANDON = 3600
"""Seconds after which a database still unfinished is nobody's."""


def revision(connection: Connection) -> str | None:
    """Read the revision of a database, or None when it has no schema of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    lue = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if lue is None else str(lue)


def upgrade(engine: Engine, moment: datetime, cible: str = TETE) -> None:
    """Run the missing revisions up to ``cible`` in one transaction, recreate the triggers, check the foreign keys.

    What a revision moves between tables is not journalled row by row: that it ran is, sealed at ``moment``.
    On SQLite the engine must have been made with ``cles=False``.

    Raises:
        BaseRefusee: the migrated rows do not hold together; the transaction is rolled back.
    """
    from inclusion_desk.store.triggers.tous import drop_triggers, install_triggers  # noqa: PLC0415 - seldom needed

    with engine.connect().execution_options(**{ECRITURE: True}) as connection, connection.begin():
        depuis = revision(connection)
        drop_triggers(connection)
        _run_revisions(connection, cible)
        install_triggers(connection)
        if depuis is None:
            start_chain(connection)
        else:
            record_migration(connection, depuis, cible)
        seal(connection, f"Mettre la base au schéma {cible}", moment)
        _check_keys(connection)


def _run_revisions(connection: Connection, cible: str) -> None:
    from alembic import command  # noqa: PLC0415 - a second of start-up saved: needed at creation and migration only
    from alembic.config import Config  # noqa: PLC0415 - idem

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, cible)


def definitions(connection: Connection) -> dict[str, str]:
    """Read the text of every table and index of a SQLite database, by name."""
    demande = "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
    lues = connection.exec_driver_sql(demande).all()
    return {nom: texte for nom, texte in lues if not nom.startswith("sqlite_")}


@cache
def released_definitions() -> dict[str, str]:
    """Give the same texts as a new database of the newest schema has them."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            _run_revisions(connection, TETE)
            return definitions(connection)
    finally:
        engine.dispose()


def _check_keys(connection: Connection) -> None:
    if not is_sqlite(connection):
        return
    orphelines = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphelines:
        raise BaseRefusee(
            f"La mise à niveau laisserait {compter(len(orphelines), 'ligne orpheline', 'lignes orphelines')} : "
            "rien n’a été changé. "
            "Envoyez la copie de la base à l’assistance."
        )


def create_sqlite(chemin: Path, moment: datetime) -> None:
    """Create a database file with the whole schema; it takes its name only once complete.

    Raises:
        FileExistsError: something already stands there.
    """
    if chemin.exists():
        raise FileExistsError(chemin)
    chantier = chemin.with_name(f".{chemin.name}.{os.getpid()}.nouveau")
    _purge_unfinished(chemin)
    try:
        create_sqlite_file(chantier)
        engine = make_engine(URL.create("sqlite", database=str(chantier)), cles=False)
        try:
            upgrade(engine, moment)
        finally:
            engine.dispose()
        _name(chantier, chemin)
    finally:
        _remove_with_wal(chantier)


def _purge_unfinished(chemin: Path) -> None:
    """Remove what a killed creation left; a recent file may belong to a program at work."""
    for reste in chemin.parent.glob(f".{glob.escape(chemin.name)}.*.nouveau*"):
        if time.time() - reste.stat().st_mtime > _ABANDON:
            reste.unlink(missing_ok=True)


def _name(chantier: Path, chemin: Path) -> None:
    """Give a new file its name, never over what another program made there meanwhile."""
    try:
        chemin.hardlink_to(chantier)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if chemin.exists():
            raise FileExistsError(chemin) from None
        chantier.rename(chemin)


def _remove_with_wal(chemin: Path) -> None:
    for suffixe in ("", "-wal", "-shm"):
        Path(f"{chemin}{suffixe}").unlink(missing_ok=True)


def migrate_sqlite(chemin: Path, depuis: str, moment: datetime) -> Path:
    """Copy a database beside itself, then bring it to the newest schema; gives back the path of the copy.

    Raises:
        BaseRefusee: the migration failed its checks; the database is as it was.
    """
    copie = chemin.with_name(f"{chemin.stem}-avant-{depuis}-vers-{TETE}-{moment:%Y%m%d-%H%M%S}{chemin.suffix}")
    backup_sqlite(chemin, copie)
    engine = make_engine(URL.create("sqlite", database=str(chemin)), cles=False)
    try:
        upgrade(engine, moment)
    finally:
        engine.dispose()
    return copie


def backup_sqlite(chemin: Path, copie: Path) -> None:
    """Copy an open database whole and consistent, through SQLite's own backup (RELIABILITY, finding 7)."""
    copie.touch(mode=0o600)
    source = sqlite3.connect(f"{chemin.as_uri()}?mode=ro", uri=True)
    cible = sqlite3.connect(copie)
    try:
        source.backup(cible)
    except BaseException:
        cible.close()
        _remove_with_wal(copie)
        raise
    finally:
        cible.close()
        source.close()
