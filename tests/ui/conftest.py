"""A desk of one database, SQLite: the window is the same on both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inclusion_desk.services import desk as desks
from inclusion_desk.services import phases
from inclusion_desk.services.desk import Desk


@pytest.fixture
def desk(demo: Path) -> Iterator[Desk]:
    ouvert = desks.ouvrir(demo)
    yield ouvert
    ouvert.close()


@pytest.fixture
def phase_id(desk: Desk) -> int:
    return desk.read(phases.liste)[0].id
