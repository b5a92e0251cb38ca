"""Sittings, councillors, attendance, mandates."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Text, UniqueConstraint

from inclusion_desk.domain.seances import STATUTS
from inclusion_desk.store.colonnes import cle, oui_non, parmi, table, texte, vers, version
from inclusion_desk.store.types import DateIso

seance = table(
    "seance",
    cle(),
    Column("jour", DateIso, nullable=False),
    texte("instance"),
    texte("lieu"),
    texte("president"),
    texte("qualite_president"),
    texte("secretaire"),
    version(),
    UniqueConstraint("jour", "instance"),
)

groupe = table(
    "groupe",
    cle(),
    texte("nom"),
    Column("ordre", Integer, nullable=False, server_default="0"),
    version(),
    UniqueConstraint("nom"),
)

elu = table(
    "elu",
    cle(),
    texte("civilite"),
    texte("prenom"),
    texte("nom"),
    version(),
    vers("groupe_id", "groupe", facultatif=True),
    *oui_non("membre", defaut=1),
    Column("debut", DateIso),
    Column("fin", DateIso),
    Column("ordre", Integer, nullable=False, server_default="0"),
    UniqueConstraint("prenom", "nom"),
    CheckConstraint("debut IS NULL OR fin IS NULL OR fin >= debut", name="mandat"),
)

presence = table(
    "presence",
    cle(),
    vers("seance_id", "seance", suit=True),
    vers("elu_id", "elu"),
    Column("statut", Text, nullable=False),
    Column("ordre", Integer, nullable=False),
    *oui_non("pouvoir"),
    vers("mandataire_id", "elu", facultatif=True),
    UniqueConstraint("seance_id", "elu_id"),
    UniqueConstraint("seance_id", "mandataire_id"),
    CheckConstraint("mandataire_id IS NULL OR (pouvoir = 1 AND mandataire_id <> elu_id)", name="mandataire"),
    parmi("statut", STATUTS),
)
"""A councillor holds one proxy at most (CGCT, art. L.3121-16)."""

mandat = table(
    "mandat",
    cle(),
    version(),
    vers("elu_id", "elu"),
    vers("structure_id", "structure"),
    texte("qualite"),
    Column("debut", DateIso),
    Column("fin", DateIso),
    UniqueConstraint("elu_id", "structure_id"),
    CheckConstraint("debut IS NULL OR fin IS NULL OR fin >= debut", name="duree"),
)
