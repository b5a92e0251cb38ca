"""Applications, and what was done with them and with phases, when and by whom."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text

from inclusion_desk.domain.campagnes import AVIS, ETATS_CANDIDATURE
from inclusion_desk.store.colonnes import cle, long, parmi, table, texte, vers, version
from inclusion_desk.store.types import Cents, DateIso

candidature = table(
    "candidature",
    cle(),
    version(),
    vers("campagne_id", "campagne"),
    vers("dispositif_id", "dispositif"),
    vers("structure_id", "structure"),
    vers("territoire_id", "territoire"),
    vers("periode_id", "periode_depot", facultatif=True),
    vers("ligne_budgetaire_id", "ligne_budgetaire", facultatif=True),
    vers("proposition_id", "proposition", facultatif=True),
    Column("depose_le", DateIso, nullable=False),
    *long("pieces_manquantes"),
    Column("montant_demande", Cents, nullable=False),
    Column("volume_demande", Integer, nullable=False, server_default="0"),
    Column("debut", DateIso, nullable=False),
    Column("fin", DateIso, nullable=False),
    Column("etat", Text, nullable=False, server_default="depose"),
    Column("avis", Text),
    *long("motivation"),
    Column("montant_propose", Cents),
    Column("volume_propose", Integer),
    CheckConstraint("montant_demande BETWEEN 0 AND 99999999999", name="montant_demande"),
    CheckConstraint("montant_propose IS NULL OR montant_propose BETWEEN 0 AND 99999999999", name="montant_propose"),
    CheckConstraint("volume_demande >= 0 AND (volume_propose IS NULL OR volume_propose >= 0)", name="volumes"),
    CheckConstraint("fin >= debut", name="periode"),
    CheckConstraint("(etat = 'propose') = (proposition_id IS NOT NULL)", name="proposee"),
    parmi("etat", ETATS_CANDIDATURE),
    parmi("avis", AVIS),
    Index("ix_candidature_proposition", "proposition_id"),
)

evenement = table(
    "evenement",
    cle(),
    Column("sujet", Text, nullable=False),
    Column("ligne_id", Integer, nullable=False),
    texte("de"),
    texte("vers"),
    texte("geste"),
    texte("auteur"),
    Column("moment", Text, nullable=False),
    *long("motif"),
    parmi("sujet", ("phases", "candidatures", "conventions", "avenants")),
    Index("ix_evenement_ligne", "sujet", "ligne_id"),
)
"""Every move from one state to another; nothing here is ever changed."""
