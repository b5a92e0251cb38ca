"""Structures and what is proposed for them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text, UniqueConstraint

from inclusion_desk.domain.codes import MODELES_AVENANT
from inclusion_desk.domain.propositions import ACTES
from inclusion_desk.domain.structures import FORMES
from inclusion_desk.store.colonnes import cle, oui_non, parmi, table, texte, vers, version
from inclusion_desk.store.types import Cents, DateIso

structure = table(
    "structure",
    cle(),
    version(),
    texte("nom"),
    Column("forme", Text, nullable=False),
    Column("siret", Text),
    Column("rna", Text),
    texte("adresse"),
    Column("code_postal", Text),
    texte("commune"),
    texte("representant"),
    texte("qualite"),
    Column("date_deliberation", DateIso),
    texte("recherche"),
    *oui_non("engagement_republicain"),
    UniqueConstraint("nom"),
    UniqueConstraint("siret"),
    CheckConstraint("nom <> ''", name="nom"),
    CheckConstraint("siret IS NULL OR length(siret) = 14", name="siret"),
    parmi("forme", FORMES),
)

proposition = table(
    "proposition",
    cle(),
    version(),
    vers("phase_id", "phase"),
    vers("dispositif_id", "dispositif"),
    vers("structure_id", "structure"),
    vers("territoire_id", "territoire"),
    vers("ligne_budgetaire_id", "ligne_budgetaire"),
    Column("montant", Cents, nullable=False),
    Column("volume", Integer, nullable=False, server_default="0"),
    Column("etp", Integer),
    Column("debut", DateIso, nullable=False),
    Column("fin", DateIso, nullable=False),
    Column("acte", Text, nullable=False),
    Column("modele", Text),
    Column("convention_initiale", Text),
    texte("observations"),
    CheckConstraint("montant BETWEEN 0 AND 99999999999", name="montant"),
    CheckConstraint("volume >= 0", name="volume"),
    CheckConstraint("etp IS NULL OR etp >= 0", name="etp"),
    CheckConstraint("fin >= debut", name="periode"),
    CheckConstraint("length(observations) <= 20000", name="observations"),
    parmi("acte", ACTES),
    parmi("modele", MODELES_AVENANT),
    Index("ix_proposition_phase", "phase_id"),
    Index("ix_proposition_budget", "ligne_budgetaire_id", "phase_id", "montant"),
    Index("ix_proposition_structure", "phase_id", "structure_id", "montant"),
    Index("ix_proposition_dispositif", "phase_id", "dispositif_id", "structure_id", "volume", "montant"),
)
