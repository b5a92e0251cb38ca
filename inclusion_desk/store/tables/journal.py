"""The journal and the head of its chain."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Text, UniqueConstraint

from inclusion_desk.store.colonnes import parmi, table
from inclusion_desk.store.types import GRAND_ENTIER

journal = table(
    "journal",
    Column("id", GRAND_ENTIER, primary_key=True, autoincrement=True),
    Column("table_nom", Text, nullable=False),
    Column("ligne_id", Integer, nullable=False),
    Column("operation", Text, nullable=False),
    Column("avant", Text),
    Column("apres", Text),
    Column("rang", Integer),
    Column("moment", Text),
    Column("etape", Text),
    Column("empreinte", Text),
    UniqueConstraint("rang"),
    parmi("operation", ("insert", "update", "delete")),
    CheckConstraint("(rang IS NULL) = (empreinte IS NULL)", name="scelle"),
)

journal_tete = table(
    "journal_tete",
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rang", Integer, nullable=False, server_default="0"),
    Column("empreinte", Text, nullable=False, server_default=""),
    CheckConstraint("id = 1", name="unique"),
    reemploi=True,
)
