"""The frame of a year: campaign, phases, thématiques, dispositifs, territories, operations."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Text, UniqueConstraint

from inclusion_desk.domain.dispositifs import UNITES
from inclusion_desk.domain.phases import ETATS_PHASE
from inclusion_desk.store.colonnes import cle, long, oui_non, parmi, table, texte, vers, version
from inclusion_desk.store.types import Booleen, DateIso

collectivite = table(
    "collectivite",
    Column("id", Integer, primary_key=True, autoincrement=False),
    texte("nom"),
    CheckConstraint("id = 1", name="unique"),
    texte("siege"),
    texte("pole"),
    texte("direction"),
    texte("signataire"),
    texte("qualite_signataire"),
    reemploi=True,
)

campagne = table(
    "campagne",
    cle(),
    Column("annee", Integer, nullable=False),
    Column("date_rapport_cadre", DateIso),
    UniqueConstraint("annee"),
    CheckConstraint("annee BETWEEN 2000 AND 2100", name="annee"),
)

thematique = table(
    "thematique",
    cle(),
    version(),
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
    version(),
    Column("etat", Text, nullable=False, server_default="preparation"),
    *oui_non("compte", defaut=1),
    *long("contexte"),
    UniqueConstraint("campagne_id", "numero"),
    CheckConstraint("numero > 0", name="numero"),
    parmi("etat", ETATS_PHASE),
    CheckConstraint("etat NOT IN ('rejetee', 'remplacee') OR compte = 0", name="decompte"),
    CheckConstraint("etat <> 'adoptee' OR compte = 1", name="comptee"),
)
"""``compte`` tells whether its lines weigh on the budget: not those of a rejected act, nor of one replaced."""

periode_depot = table(
    "periode_depot",
    cle(),
    version(),
    vers("campagne_id", "campagne"),
    Column("numero", Integer, nullable=False),
    Column("debut", DateIso, nullable=False),
    Column("fin", DateIso, nullable=False),
    UniqueConstraint("campagne_id", "numero"),
    CheckConstraint("numero > 0", name="numero"),
    CheckConstraint("fin >= debut", name="periode"),
)

phase_periode = table(
    "phase_periode",
    cle(),
    vers("phase_id", "phase", suit=True),
    vers("periode_id", "periode_depot", suit=True),
    UniqueConstraint("phase_id", "periode_id"),
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
