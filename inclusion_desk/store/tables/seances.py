"""Sittings, councillors, attendance."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Text, UniqueConstraint

from inclusion_desk.domain.seances import STATUTS
from inclusion_desk.store.colonnes import cle, parmi, table, texte, vers
from inclusion_desk.store.types import Booleen, DateIso

seance = table(
    "seance",
    cle(),
    Column("jour", DateIso, nullable=False),
    texte("instance"),
    texte("lieu"),
    texte("president"),
    texte("qualite_president"),
    texte("secretaire"),
    UniqueConstraint("jour", "instance"),
)

elu = table("elu", cle(), texte("civilite"), texte("prenom"), texte("nom"), UniqueConstraint("prenom", "nom"))

presence = table(
    "presence",
    cle(),
    vers("seance_id", "seance", suit=True),
    vers("elu_id", "elu"),
    Column("statut", Text, nullable=False),
    Column("ordre", Integer, nullable=False),
    Column("interesse", Booleen, nullable=False, server_default="0"),
    Column("pouvoir", Booleen, nullable=False, server_default="0"),
    UniqueConstraint("seance_id", "elu_id"),
    CheckConstraint("interesse IN (0, 1) AND pouvoir IN (0, 1)", name="oui_non"),
    parmi("statut", STATUTS),
)

groupe = table(
    "groupe",
    cle(),
    texte("nom"),
    Column("ordre", Integer, nullable=False, server_default="0"),
    UniqueConstraint("nom"),
)
