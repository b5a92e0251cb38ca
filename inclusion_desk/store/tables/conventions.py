"""Conventions and avenants, their amounts, the sheets they annex, the lines they carry out, their signed copies."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text, UniqueConstraint, text

from inclusion_desk.domain.codes import ECHEANCIERS, ETATS_AVENANT, ETATS_CONVENTION, MODELES_AVENANT, RUBRIQUES, SUIVIS
from inclusion_desk.store.colonnes import cle, long, oui_non, parmi, table, texte, vers, version
from inclusion_desk.store.types import Cents, DateIso

fiche = table(
    "fiche",
    cle(),
    version(),
    vers("dispositif_id", "dispositif"),
    Column("rang", Integer, nullable=False),
    texte("titre"),
    *(element for nom in RUBRIQUES for element in long(nom)),
    *long("mesures"),
    Column("suivi", Text),
    Column("echeancier", Text),
    Column("publiee_le", DateIso),
    UniqueConstraint("dispositif_id", "rang"),
    CheckConstraint("titre <> ''", name="titre"),
    parmi("suivi", SUIVIS),
    parmi("echeancier", ECHEANCIERS),
)
"""The sheets of a dispositif, one row a version; a published one never changes."""

convention = table(
    "convention",
    cle(),
    version(),
    Column("numero", Text, nullable=False),
    vers("structure_id", "structure"),
    texte("objet"),
    Column("debut", DateIso, nullable=False),
    Column("fin", DateIso, nullable=False),
    Column("etat", Text, nullable=False, server_default="projet"),
    *oui_non("externe"),
    Column("signee_structure", DateIso),
    Column("signee_departement", DateIso),
    Column("executoire_le", DateIso),
    Column("resiliee_le", DateIso),
    texte("deliberation_numero"),
    Column("deliberation_le", DateIso),
    vers("phase_id", "phase", facultatif=True),
    *long("observations"),
    UniqueConstraint("numero"),
    CheckConstraint("fin >= debut", name="periode"),
    parmi("etat", ETATS_CONVENTION),
)
"""``deliberation_numero`` and ``deliberation_le`` name the deliberation that allows an act which no phase did."""

avenant = table(
    "avenant",
    cle(),
    version(),
    vers("convention_id", "convention", suit=True),
    Column("rang", Integer, nullable=False),
    Column("modele", Text, nullable=False),
    texte("objet"),
    Column("debut", DateIso),
    Column("fin", DateIso),
    Column("etat", Text, nullable=False, server_default="projet"),
    *oui_non("externe"),
    Column("signee_structure", DateIso),
    Column("signee_departement", DateIso),
    Column("executoire_le", DateIso),
    texte("deliberation_numero"),
    Column("deliberation_le", DateIso),
    vers("phase_id", "phase", facultatif=True),
    *long("observations"),
    UniqueConstraint("convention_id", "rang"),
    CheckConstraint("rang > 0", name="rang"),
    CheckConstraint("debut IS NULL OR fin IS NULL OR fin >= debut", name="periode"),
    parmi("modele", MODELES_AVENANT),
    parmi("etat", ETATS_AVENANT),
)

tranche = table(
    "tranche",
    cle(),
    version(),
    vers("convention_id", "convention", suit=True),
    vers("avenant_id", "avenant", suit=True, facultatif=True),
    Column("debut", DateIso, nullable=False),
    Column("fin", DateIso, nullable=False),
    Column("montant", Cents, nullable=False),
    vers("ligne_budgetaire_id", "ligne_budgetaire", facultatif=True),
    CheckConstraint("fin >= debut", name="periode"),
    CheckConstraint("montant BETWEEN -99999999999 AND 99999999999", name="montant"),
)
"""What an act brings for one period; ``avenant_id`` is null for the convention itself."""

fiche_annexee = table(
    "fiche_annexee",
    cle(),
    version(),
    vers("convention_id", "convention", suit=True),
    vers("avenant_id", "avenant", suit=True, facultatif=True),
    Column("annexe", Integer, nullable=False),
    texte("titre"),
    texte("territoire"),
    vers("fiche_id", "fiche", facultatif=True),
    vers("dispositif_id", "dispositif", facultatif=True),
    UniqueConstraint("convention_id", "avenant_id", "annexe"),
    CheckConstraint("annexe > 1", name="annexe"),
    Index(
        "uq_fiche_annexee_initiale",
        "convention_id",
        "annexe",
        unique=True,
        sqlite_where=text("avenant_id IS NULL"),
        postgresql_where=text("avenant_id IS NULL"),
    ),
)
"""The sheets an act annexes, in the version it was written with; no sheet for an act born outside.

``dispositif_id`` is then the dispositif whose rules its action is followed by, where it is one of ours."""

acte_ligne = table(
    "acte_ligne",
    cle(),
    vers("convention_id", "convention", suit=True),
    vers("avenant_id", "avenant", suit=True, facultatif=True),
    vers("proposition_id", "proposition"),
    UniqueConstraint("proposition_id"),
)
"""The lines voted that an act carries out: each line has one act at most."""

numerotation = table(
    "numerotation",
    cle(),
    Column("annee", Integer, nullable=False),
    Column("dernier", Integer, nullable=False, server_default="0"),
    UniqueConstraint("annee"),
    CheckConstraint("dernier BETWEEN 0 AND 99999", name="dernier"),
)
"""The last number given to a convention of each year: its row is locked while one is taken."""

piece = table(
    "piece",
    cle(),
    vers("convention_id", "convention", suit=True),
    vers("avenant_id", "avenant", suit=True, facultatif=True),
    texte("nom"),
    Column("empreinte", Text, nullable=False),
    Column("taille", Integer, nullable=False),
    Column("jointe_le", Text, nullable=False),
    CheckConstraint("length(empreinte) = 64", name="empreinte"),
    CheckConstraint("taille > 0", name="taille"),
)
"""The signed copies of an act: kept beside the base under their SHA-256."""

copie_acte = table(
    "copie_acte",
    cle(),
    vers("convention_id", "convention", suit=True),
    vers("avenant_id", "avenant", suit=True, facultatif=True),
    Column("contenu", Text, nullable=False),
    Column("empreinte", Text, nullable=False),
    UniqueConstraint("convention_id", "avenant_id"),
    CheckConstraint("length(empreinte) = 64", name="empreinte"),
)
"""What an act said when it went out for signature: its documents are made from it from then on."""
