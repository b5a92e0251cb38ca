"""Starts a throw-away PostgreSQL server on loopback, as a non-root user, for the tests of the shared mode."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

VARIABLE = "INCLUSION_DESK_TEST_POSTGRES"
_PLACE = 2**30
_REGLAGES = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


@dataclass(frozen=True)
class ServeurPostgres:
    """A server one may create databases on; ``dossier`` is None when it is not ours to stop."""

    url: str
    programmes: Path | None = None
    dossier: Path | None = None

    @contextmanager
    def base_neuve(self, modele: str = "template0") -> Iterator[str]:
        """Create a database, empty or copied from another, and drop it at the end."""
        nom = f"test_{uuid.uuid4().hex[:12]}"
        self._execute(f"CREATE DATABASE {nom} TEMPLATE {modele}")
        try:
            yield f"{self.url.rsplit('/', 1)[0]}/{nom}"
        finally:
            self._execute(f"DROP DATABASE {nom} WITH (FORCE)")

    def _execute(self, ordre: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(ordre.encode())

    def stop(self) -> None:
        """Stop the server we started, and remove its folder."""
        if self.programmes is None or self.dossier is None:
            return
        _run([str(self.programmes / "pg_ctl"), "-D", str(self.dossier / "data"), "-m", "immediate", "-w", "stop"])
        shutil.rmtree(self.dossier, ignore_errors=True)


def start_server() -> ServeurPostgres | str:
    """Give the server named by the environment, else start one, else say why there is none."""
    if url := os.environ.get(VARIABLE):
        return ServeurPostgres(url.replace("postgresql+psycopg://", "postgresql://"))
    programmes = _programs()
    if programmes is None:
        return "no server binaries were found"
    if os.geteuid() == 0 and not _has_user():
        return "the postgres user is missing"
    return _start(programmes)


def _programs() -> Path | None:
    trouves = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parent.parent.name))
    if trouves:
        return trouves[-1].parent
    ailleurs = shutil.which("initdb")
    return Path(ailleurs).parent if ailleurs else None


def _has_user() -> bool:
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return False
    return True


def _run(commande: list[str]) -> None:
    prefixe = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    environnement = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": "/tmp"}
    subprocess.run(
        [*prefixe, *commande], check=True, capture_output=True, env=environnement, cwd="/", stdin=subprocess.DEVNULL
    )


def _free_port() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
        return port


def _lieu() -> str:
    """Say where the server lies: in memory where there is room, a copied database then costs 20 ms and not 350."""
    memoire = Path("/dev/shm")
    libre = memoire.is_dir() and os.access(memoire, os.W_OK) and shutil.disk_usage(memoire).free > _PLACE
    return str(memoire) if libre else "/tmp"


def _start(programmes: Path) -> ServeurPostgres | str:
    dossier = Path(tempfile.mkdtemp(prefix="pg-essai-", dir=_lieu()))
    if os.geteuid() == 0:
        shutil.chown(dossier, "postgres", "postgres")
    data, port = dossier / "data", _free_port()
    options = " ".join(f"-c {r}" for r in _REGLAGES)
    try:
        _run([str(programmes / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"])
        serveur = f"-p {port} -k {dossier} -c listen_addresses=127.0.0.1 {options}"
        journal = ["-l", str(dossier / "journal.txt")]
        _run([str(programmes / "pg_ctl"), "-D", str(data), "-w", "-o", serveur, *journal, "start"])
    except (OSError, subprocess.CalledProcessError) as erreur:
        shutil.rmtree(dossier, ignore_errors=True)
        return f"the server did not start ({erreur})"
    return ServeurPostgres(f"postgresql://postgres@127.0.0.1:{port}/postgres", programmes, dossier)
