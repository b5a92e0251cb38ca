"""The frame of a year: campaign, phases, thématiques, dispositifs, territories, operations."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Text, UniqueConstraint

from inclusion_desk.domain.dispositifs import UNITES
from inclusion_desk.store.colonnes import cle, parmi, table, texte, vers, version
from inclusion_desk.store.types import Booleen

collectivite = table(
    "collectivite",
    Column("id", Integer, primary_key=True, autoincrement=False),
    texte("nom"),
    CheckConstraint("id = 1", name="unique"),
    reemploi=True,
)

campagne = table(
    "campagne",
    cle(),
    Column("annee", Integer, nullable=False),
    UniqueConstraint("annee"),
    CheckConstraint("annee BETWEEN 2000 AND 2100", name="annee"),
)

thematique = table(
    "thematique",
    cle(),
    vers("campagne_id", "campagne"),
    Column("numero", Integer, nullable=False),
    texte("intitule"),
    UniqueConstraint("campagne_id", "numero"),
    CheckConstraint("numero > 0", name="numero"),
)

dispositif = table(
    "dispositif",
    cle(),
    version(),
    vers("thematique_id", "thematique"),
    Column("numero", Text),
    texte("intitule"),
    Column("unite", Text, nullable=False),
    texte("cofinancement"),
    texte("recherche"),
    UniqueConstraint("thematique_id", "numero"),
    UniqueConstraint("thematique_id", "intitule"),
    CheckConstraint("intitule <> ''", name="intitule"),
    parmi("unite", UNITES),
)

territoire = table(
    "territoire",
    cle(),
    texte("nom"),
    Column("bassin_minier", Booleen, nullable=False, server_default="0"),
    Column("ordre", Integer, nullable=False, server_default="0"),
    UniqueConstraint("nom"),
    CheckConstraint("bassin_minier IN (0, 1)", name="bassin_minier"),
)

phase = table(
    "phase",
    cle(),
    vers("campagne_id", "campagne"),
    Column("numero", Integer, nullable=False),
    texte("titre"),
    vers("seance_id", "seance", facultatif=True),
    UniqueConstraint("campagne_id", "numero"),
    CheckConstraint("numero > 0", name="numero"),
)

operation = table(
    "operation",
    cle(),
    vers("phase_id", "phase", suit=True),
    vers("dispositif_id", "dispositif"),
    Column("ordre", Integer, nullable=False),
    texte("texte"),
    UniqueConstraint("phase_id", "dispositif_id"),
)
