"""Engines with the settings that lose nothing: explicit transactions, WAL, full sync, foreign keys."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.pool import QueuePool

APPLICATION_ID = 0x49444B31
"""The mark of our files in the SQLite header: ``IDK1``."""

_REGLAGES = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA busy_timeout = 5000",
)
ATTENTE = "10s"
"""How long a writer waits on PostgreSQL for a row that another one keeps locked."""
Session: TypeAlias = Connection
"""What a query is given: a connection inside a transaction. Frozen rows need nothing of the ORM, whose import is a
tenth of a start."""
AUTEUR, MOMENT = "inclusion_desk_auteur", "inclusion_desk_moment"
"""Execution options of a writing transaction: who works, under which name, and when it began (ISO local time)."""
ECRITURE = "inclusion_desk_ecriture"
"""Execution option of the transactions that write: they take the lock at once (RELIABILITY, finding 2)."""


def author_of(session: Session) -> str:
    """Give the name under which the transaction is made."""
    return str(session.get_execution_options().get(AUTEUR, ""))


def moment_of(session: Session) -> str:
    """Give the moment the transaction began, as ISO local time."""
    return str(session.get_execution_options().get(MOMENT, ""))


def url_of(base: str | Path) -> URL:
    """Turn a file path or a database URL into a URL; ``postgresql://`` always means psycopg 3."""
    texte = str(base)
    if "://" not in texte:
        return _sqlite_url(texte)
    url = make_url(texte)
    if url.get_backend_name() == "sqlite" and url.database:
        return _sqlite_url(url.database)
    if url.drivername in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    return url


def _sqlite_url(chemin: str) -> URL:
    return URL.create("sqlite", database=str(Path(chemin).expanduser().absolute()))


def is_sqlite(bind: Engine | Connection) -> bool:
    """Tell whether an engine or a connection speaks to SQLite."""
    return bind.dialect.name == "sqlite"


def make_engine(url: URL, *, lecture_seule: bool = False, cles: bool = True) -> Engine:
    """Make an engine on a SQLite file or a PostgreSQL database, with the house's settings on every connection.

    ``cles=False`` leaves foreign keys unchecked on SQLite: for a migration only.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, lecture_seule=lecture_seule, cles=cles)
    engine = create_engine(url, pool_pre_ping=True, isolation_level="READ COMMITTED")
    event.listen(engine, "begin", _begin_postgres)
    return engine


def _begin_postgres(connection: Connection) -> None:
    """Readers see one moment, as on SQLite; a writer gives up on a row that another one keeps locked."""
    if connection.get_execution_options().get(ECRITURE, False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{ATTENTE}'")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _sqlite_engine(url: URL, *, lecture_seule: bool, cles: bool) -> Engine:
    uri = _sqlite_uri(Path(str(url.database)), lecture_seule=lecture_seule)

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            for reglage in _reglages(lecture_seule=lecture_seule, cles=cles):
                connection.execute(reglage)
        except BaseException:  # a damaged file refuses its first PRAGMA
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=8)
    event.listen(engine, "begin", _begin)
    return engine


def _reglages(*, lecture_seule: bool, cles: bool) -> tuple[str, ...]:
    en_plus = () if lecture_seule else ("PRAGMA journal_mode = WAL",)
    return (*_REGLAGES, *en_plus, *(() if cles else ("PRAGMA foreign_keys = OFF",)))


def _sqlite_uri(chemin: Path, *, lecture_seule: bool) -> str:
    """Say how to open the file; where its folder cannot hold a WAL and there is none, it is read as it stands."""
    if not lecture_seule:
        return f"{chemin.as_uri()}?mode=rw"
    attente = Path(f"{chemin}-wal").exists()  # immutable would pass over the changes that wait there
    fige = "" if attente or os.access(chemin.parent, os.W_OK) else "&immutable=1"
    return f"{chemin.as_uri()}?mode=ro{fige}"


def _begin(connection: Connection) -> None:
    ecriture = connection.get_execution_options().get(ECRITURE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if ecriture else "BEGIN")


def create_sqlite_file(chemin: Path) -> None:
    """Create an empty database file, readable by its owner only, marked as ours and in WAL mode.

    Raises:
        FileExistsError: something already stands there.
    """
    chemin.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    chemin.touch(mode=0o600, exist_ok=False)
    connection = sqlite3.connect(chemin, isolation_level=None)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
