"""Deliberations: references, opinions, votes."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Text, UniqueConstraint

from inclusion_desk.domain.deliberations import ISSUES, POSITIONS
from inclusion_desk.store.colonnes import cle, parmi, table, texte, vers, version
from inclusion_desk.store.types import Booleen, DateIso

deliberation = table(
    "deliberation",
    cle(),
    version(),
    vers("phase_id", "phase"),
    Column("numero", Text),
    texte("titre"),
    Column("issue", Text),
    Column("interesses_en_abstention", Booleen, nullable=False, server_default="0"),
    Column("date_modele_convention", DateIso),
    Column("date_signature", DateIso),
    texte("signataire"),
    texte("qualite_signataire"),
    UniqueConstraint("phase_id"),
    UniqueConstraint("numero"),
    parmi("issue", ISSUES),
)

visa = table(
    "visa",
    cle(),
    vers("deliberation_id", "deliberation", suit=True),
    Column("ordre", Integer, nullable=False),
    Column("nature", Text, nullable=False),
    texte("objet"),
    texte("articles"),
    texte("numero"),
    texte("instance"),
    Column("jour", DateIso),
    UniqueConstraint("deliberation_id", "ordre"),
    parmi("nature", ("code", "deliberation", "reglement", "rapport")),
)

avis = table(
    "avis",
    cle(),
    vers("deliberation_id", "deliberation", suit=True),
    Column("ordre", Integer, nullable=False),
    texte("commission"),
    texte("intitule"),
    Column("jour", DateIso, nullable=False),
    texte("sens"),
    UniqueConstraint("deliberation_id", "ordre"),
)

vote = table(
    "vote",
    cle(),
    vers("deliberation_id", "deliberation", suit=True),
    Column("position", Text, nullable=False),
    Column("nombre", Integer, nullable=False),
    UniqueConstraint("deliberation_id", "position"),
    CheckConstraint("nombre >= 0", name="nombre"),
    parmi("position", POSITIONS),
)

vote_groupe = table(
    "vote_groupe",
    cle(),
    vers("vote_id", "vote", suit=True),
    vers("groupe_id", "groupe"),
    UniqueConstraint("vote_id", "groupe_id"),
)
