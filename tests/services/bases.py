"""Bases where the act of the case is adopted, made once and copied: SQLite files and PostgreSQL databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from inclusion_desk.services.desk import Desk, ouvrir
from tests.serveur import ServeurPostgres
from tests.services.gestes import adopter

__all__ = ["adoptee", "modele_adopte", "postgres_adopte", "vote"]


def _adopt(adresse: str | Path) -> None:
    desk = ouvrir(adresse)
    try:
        adopter(desk)
    finally:
        desk.close()


@pytest.fixture(scope="session")
def modele_adopte(demo_modele: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Adopt the act of the case once, in a file to be copied."""
    chemin = tmp_path_factory.mktemp("adoptee") / "base.sqlite"
    shutil.copy(demo_modele, chemin)
    _adopt(chemin)
    return chemin


@pytest.fixture(scope="session")
def postgres_adopte(serveur: ServeurPostgres, demo_postgres: str) -> Iterator[str]:
    """Adopt the act of the case once on the server; gives back the name of the database, to be copied."""
    with serveur.base_neuve(demo_postgres) as url:
        _adopt(url)
        yield url.rsplit("/", 1)[1]


@pytest.fixture
def adoptee(modele_adopte: Path, tmp_path: Path) -> Path:
    """Give a fresh copy of the adopted base (SQLite)."""
    copie = tmp_path / "base.sqlite"
    shutil.copy(modele_adopte, copie)
    return copie


@pytest.fixture(params=["sqlite", "postgresql"])
def vote(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """Open an adopted base, on each of the two databases in turn."""
    if request.param == "sqlite":
        desk = ouvrir(request.getfixturevalue("adoptee"))
        yield desk
        desk.close()
        return
    serveur: ServeurPostgres = request.getfixturevalue("serveur")
    with serveur.base_neuve(request.getfixturevalue("postgres_adopte")) as url:
        desk = ouvrir(url)
        yield desk
        desk.close()
