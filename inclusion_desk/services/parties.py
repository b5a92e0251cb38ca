"""What goes with a row when it is deleted, and comes back with it when that is undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import delete_rows, insert_rows, read_parts


@dataclass(frozen=True, slots=True)
class Partie:
    """A table whose rows go with the row they name in a column, and the parts of these rows."""

    table: Table
    colonne: str
    parties: tuple[Partie, ...] = ()


Retirees = tuple[tuple[Table, tuple[Mapping[str, Any], ...]], ...]
"""The rows taken away, table by table, those that others name first."""


def take_away(session: Session, parties: Sequence[Partie], ids: Sequence[int]) -> Retirees:
    """Delete the parts of some rows, the parts of the parts first, and give them back for undo."""
    retirees: list[tuple[Table, tuple[Mapping[str, Any], ...]]] = []
    for partie in parties:
        lues = tuple(read_parts(session, partie.table, partie.colonne, ids))
        dessous = take_away(session, partie.parties, [ligne["id"] for ligne in lues]) if partie.parties else ()
        delete_rows(session, partie.table, [ligne["id"] for ligne in lues])
        retirees += [(partie.table, lues), *dessous]
    return tuple(retirees)


def put_back(session: Session, retirees: Retirees) -> None:
    """Insert again the rows taken away."""
    for table, lignes in retirees:
        insert_rows(session, table, lignes)
