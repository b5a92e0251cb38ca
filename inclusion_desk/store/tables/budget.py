"""Budget lines and their counters."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Text, UniqueConstraint

from inclusion_desk.store.colonnes import cle, table, texte, vers, version
from inclusion_desk.store.types import Cents, DateIso

ligne_budgetaire = table(
    "ligne_budgetaire",
    cle(),
    version(),
    vers("campagne_id", "campagne"),
    Column("code_operation", Text, nullable=False),
    Column("imputation", Text, nullable=False),
    texte("libelle"),
    Column("ae_initiale", Cents, nullable=False),
    Column("modifications", Cents, nullable=False, server_default="0"),
    Column("engage_anterieur", Cents, nullable=False, server_default="0"),
    Column("engage", Cents, nullable=False, server_default="0"),
    texte("recherche"),
    UniqueConstraint("campagne_id", "code_operation"),
    CheckConstraint("ae_initiale >= 0 AND engage_anterieur >= 0 AND engage >= 0", name="positif"),
    CheckConstraint("engage_anterieur + engage <= ae_initiale + modifications", name="ae_depassee"),
    CheckConstraint("substr(code_operation, 5, 3) = substr(imputation, length(imputation) - 2)", name="fonction"),
)

decision_modificative = table(
    "decision_modificative",
    cle(),
    version(),
    vers("ligne_budgetaire_id", "ligne_budgetaire", suit=True),
    Column("jour", DateIso, nullable=False),
    texte("libelle"),
    Column("montant", Cents, nullable=False),
    CheckConstraint("montant BETWEEN -99999999999 AND 99999999999 AND montant <> 0", name="montant"),
)
"""A dated change of what a line may commit: the only way to raise or lower its AE once voted."""

engagement = table(
    "engagement",
    Column("ligne_budgetaire_id", ForeignKey("ligne_budgetaire.id", ondelete="CASCADE"), primary_key=True),
    Column("phase_id", ForeignKey("phase.id", ondelete="CASCADE"), primary_key=True),
    Column("montant", Cents, nullable=False, server_default="0"),
    CheckConstraint("montant >= 0", name="montant"),
    reemploi=True,
)
"""What each phase proposes on each budget line, kept by triggers: a balance is read without adding lines up."""
