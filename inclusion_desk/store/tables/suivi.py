"""What follows the signature: the instalments of a convention, the bilans it owes, and how it was carried out."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Text, UniqueConstraint

from inclusion_desk.domain.codes import DECLENCHEURS, NATURES_BILAN
from inclusion_desk.store.colonnes import cle, long, parmi, table, texte, vers, version
from inclusion_desk.store.types import Cents, DateIso

versement = table(
    "versement",
    cle(),
    version(),
    vers("convention_id", "convention", suit=True),
    vers("avenant_id", "avenant", suit=True, facultatif=True),
    Column("rang", Integer, nullable=False),
    texte("libelle"),
    Column("part", Integer),
    Column("montant", Cents, nullable=False),
    Column("declencheur", Text, nullable=False),
    Column("echeance", DateIso),
    texte("piece"),
    Column("piece_recue_le", DateIso),
    Column("montant_paye", Cents),
    Column("paye_le", DateIso),
    vers("ligne_budgetaire_id", "ligne_budgetaire", facultatif=True),
    vers("dispositif_id", "dispositif", facultatif=True),
    CheckConstraint("montant BETWEEN 0 AND 99999999999", name="montant"),
    CheckConstraint("part IS NULL OR part BETWEEN 0 AND 10000", name="part"),
    CheckConstraint("montant_paye IS NULL OR montant_paye BETWEEN 0 AND montant", name="montant_paye"),
    CheckConstraint("(montant_paye IS NULL) = (paye_le IS NULL)", name="paiement"),
    parmi("declencheur", DECLENCHEURS),
)
"""``avenant_id`` tells which act brought the money, null for the convention itself; ``dispositif_id`` the action paid,
whose bilans the instalment waits for, null for all of them."""

bilan = table(
    "bilan",
    cle(),
    version(),
    vers("convention_id", "convention", suit=True),
    Column("nature", Text, nullable=False),
    Column("debut", DateIso, nullable=False),
    Column("fin", DateIso, nullable=False),
    Column("echeance", DateIso, nullable=False),
    Column("recu_le", DateIso),
    Column("rappel_le", DateIso),
    Column("relance_le", DateIso),
    Column("seconde_relance_le", DateIso),
    Column("mise_en_demeure_le", DateIso),
    vers("fiche_id", "fiche", facultatif=True),
    vers("dispositif_id", "dispositif", facultatif=True),
    *long("mesures"),
    *long("observations"),
    CheckConstraint("fin >= debut", name="periode"),
    parmi("nature", NATURES_BILAN),
)
"""``fiche_id`` is the sheet that asks for it, null for what the law asks for; ``dispositif_id`` the
dispositif of the action, sheet or none; ``rappel_le`` and the next three are the days its letters went out; ``mesures``
are the values reported, one indicator a line."""

suivi_convention = table(
    "suivi_convention",
    cle(),
    version(),
    vers("convention_id", "convention", suit=True),
    Column("publiee_le", DateIso),
    Column("poids", Integer, nullable=False, server_default="5000"),
    Column("quantitatif", Integer),
    Column("qualitatif", Integer),
    *long("penalites"),
    Column("arrete_le", DateIso),
    *long("observations"),
    UniqueConstraint("convention_id"),
    CheckConstraint("poids BETWEEN 0 AND 10000", name="poids"),
)
"""One row a convention followed: when its essential data were published, and its service fait; ``poids`` is the weight
of the quantitative share, the qualitative one has the rest, all rates in hundredths of a percent."""
