"""Where a table gets its rows: one subject of one phase, read through the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from inclusion_desk.domain.recherche import Index, Tri
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.sujets import Sujet


@dataclass(frozen=True, slots=True)
class Source:
    """Reads the rows of one subject in one phase; every read is its own short transaction."""

    desk: Desk
    sujet: Sujet
    phase_id: int

    def index(self, ids: Sequence[int] | None = None) -> Index:
        """Read the whole index, or that of some rows; those that no longer exist are left out."""
        return self.desk.read(self.sujet.index, self.phase_id, ids)

    def ordre(self, tri: Tri, index: Index) -> list[int]:
        """Give the positions of an index in an order."""
        return self.desk.read(self.sujet.ordre, self.phase_id, tri, index)

    def rows(self, ids: Sequence[int]) -> list[Any]:
        """Read rows in the order of ``ids``, without those deleted since."""
        return self.desk.read(self.sujet.rows, self.phase_id, ids)
