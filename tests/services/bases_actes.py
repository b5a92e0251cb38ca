"""Bases where the case is adopted, with its sheets and the conventions that it amends: what acts are prepared from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from inclusion_desk.services import cas_actes
from inclusion_desk.services.cas import lire_cas
from inclusion_desk.services.desk import Desk, ouvrir
from tests.serveur import ServeurPostgres
from tests.services.gestes import PHASE

__all__ = ["amendable", "conventionnee", "modele_conventionne", "postgres_conventionne"]


def _charge(adresse: str | Path) -> None:
    desk = ouvrir(adresse)
    try:
        desk.do(cas_actes.charger, lire_cas(), PHASE)
    finally:
        desk.close()


@pytest.fixture(scope="session")
def modele_conventionne(modele_adopte: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Add the sheets and conventions to the adopted base once, in a file to be copied."""
    chemin = tmp_path_factory.mktemp("conventionnee") / "base.sqlite"
    shutil.copy(modele_adopte, chemin)
    _charge(chemin)
    return chemin


@pytest.fixture(scope="session")
def postgres_conventionne(serveur: ServeurPostgres, postgres_adopte: str) -> Iterator[str]:
    """Add them once on the server; gives back the name of the database, to be copied."""
    with serveur.base_neuve(postgres_adopte) as url:
        _charge(url)
        yield url.rsplit("/", 1)[1]


@pytest.fixture(params=["sqlite", "postgresql"])
def conventionnee(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of such a base, on each of the two databases in turn."""
    if request.param == "sqlite":
        chemin = tmp_path / "conventionnee.sqlite"
        shutil.copy(request.getfixturevalue("modele_conventionne"), chemin)
        yield str(chemin)
        return
    serveur: ServeurPostgres = request.getfixturevalue("serveur")
    with serveur.base_neuve(request.getfixturevalue("postgres_conventionne")) as url:
        yield url


@pytest.fixture
def amendable(conventionnee: str) -> Iterator[Desk]:
    """Open such a base, on each of the two databases in turn."""
    desk = ouvrir(conventionnee)
    yield desk
    desk.close()
