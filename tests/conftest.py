"""Fixtures shared by all: a folder of the user's own, real databases on SQLite and on a real PostgreSQL server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from inclusion_desk.services import demonstration
from inclusion_desk.services.desk import Desk, ouvrir
from tests.serveur import ServeurPostgres, start_server

pytest_plugins = ["tests.fenetre"]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("maison", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("maison")


@pytest.fixture(autouse=True)
def _dossier_utilisateur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the user's real folders and base."""
    monkeypatch.setenv("INCLUSION_DESK_DOSSIER", str(tmp_path / "utilisateur"))
    monkeypatch.delenv("INCLUSION_DESK_BASE", raising=False)


@pytest.fixture(scope="session")
def serveur() -> Iterator[ServeurPostgres]:
    """Give a real PostgreSQL server, or skip and let the summary say so."""
    depart = start_server()
    if isinstance(depart, str):
        pytest.skip(f"PostgreSQL : {depart}")
    try:
        yield depart
    finally:
        depart.stop()


@pytest.fixture(scope="session")
def demo_modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the base of the case once, on the agenda and not yet voted, to be copied."""
    chemin = tmp_path_factory.mktemp("modele") / "base.sqlite"
    demonstration.creer_cas(chemin)
    return chemin


@pytest.fixture(scope="session")
def demo_postgres(serveur: ServeurPostgres) -> Iterator[str]:
    """Make the base of the case once on the server; gives back its name, to be copied."""
    with serveur.base_neuve() as url:
        demonstration.creer_cas(url)
        yield url.rsplit("/", 1)[1]


@pytest.fixture
def demo(demo_modele: Path, tmp_path: Path) -> Path:
    """Give a fresh copy of the demonstration base (SQLite)."""
    copie = tmp_path / "base.sqlite"
    copie.write_bytes(demo_modele.read_bytes())
    return copie


@pytest.fixture
def bureau(demo: Path) -> Iterator[Desk]:
    """Open the demonstration base (SQLite)."""
    desk = ouvrir(demo)
    yield desk
    desk.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def adresse(request: pytest.FixtureRequest, demo: Path) -> Iterator[str]:
    """Give the address of a demonstration base, on each of the two databases in turn."""
    if request.param == "sqlite":
        yield str(demo)
        return
    serveur: ServeurPostgres = request.getfixturevalue("serveur")
    with serveur.base_neuve(request.getfixturevalue("demo_postgres")) as url:
        yield url


@pytest.fixture
def desk(adresse: str) -> Iterator[Desk]:
    """Open the demonstration base, on each of the two databases in turn."""
    ouvert = ouvrir(adresse)
    yield ouvert
    ouvert.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the summary when the shared mode could not be tested."""
    sautes = terminalreporter.stats.get("skipped", [])
    if any("PostgreSQL :" in str(r.longrepr) for r in sautes):
        terminalreporter.write_line("The PostgreSQL half of the store suite was skipped: no server could be had.")
