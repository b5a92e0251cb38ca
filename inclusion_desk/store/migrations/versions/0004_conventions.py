"""After the vote: sheets, conventions and avenants, their amounts, the lines they carry out, their signed copies."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

GRAND_ENTIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SUJETS = "sujet IN ('phases', 'candidatures', 'conventions', 'avenants')"


def upgrade() -> None:
    """Create the new tables, and let moves of conventions and avenants be recorded."""
    _create_numerotation()
    _create_convention()
    _create_avenant()
    _create_fiche()
    _create_suivi_convention()
    _create_acte_ligne()
    _create_bilan()
    _create_copie_acte()
    _create_fiche_annexee()
    _create_piece()
    _create_tranche()
    _create_versement()
    for colonne in ("siege", "pole", "direction", "signataire", "qualite_signataire"):
        op.execute(f"ALTER TABLE collectivite ADD COLUMN {colonne} TEXT DEFAULT '' NOT NULL")
    if op.get_bind().dialect.name == "sqlite":
        _rebuild_evenement()
    else:
        op.execute("ALTER TABLE evenement DROP CONSTRAINT ck_evenement_sujet")
        op.execute(f"ALTER TABLE evenement ADD CONSTRAINT ck_evenement_sujet CHECK ({_SUJETS})")


def _rebuild_evenement() -> None:
    """Make the table again with its rows and its counter of ids: SQLite cannot alter a constraint."""
    connection = op.get_bind()
    dernier = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'evenement'").scalar()
    op.create_table(
        "evenement_0004",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sujet", sa.Text(), nullable=False),
        sa.Column("ligne_id", sa.Integer(), nullable=False),
        sa.Column("de", sa.Text(), server_default="", nullable=False),
        sa.Column("vers", sa.Text(), server_default="", nullable=False),
        sa.Column("geste", sa.Text(), server_default="", nullable=False),
        sa.Column("auteur", sa.Text(), server_default="", nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("motif", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("length(motif) <= 20000", name=op.f("ck_evenement_motif")),
        sa.CheckConstraint(_SUJETS, name=op.f("ck_evenement_sujet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evenement")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.execute("INSERT INTO evenement_0004 SELECT * FROM evenement ORDER BY id")
    op.drop_table("evenement")
    op.rename_table("evenement_0004", "evenement")
    op.create_index("ix_evenement_ligne", "evenement", ["sujet", "ligne_id"], unique=False)
    if dernier is not None:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'evenement'")
        op.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('evenement', {dernier})")


def _create_numerotation() -> None:
    op.create_table(
        "numerotation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("annee", sa.Integer(), nullable=False),
        sa.Column("dernier", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("dernier BETWEEN 0 AND 99999", name=op.f("ck_numerotation_dernier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_numerotation")),
        sa.UniqueConstraint("annee", name=op.f("uq_numerotation_annee")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _create_convention() -> None:
    op.create_table(
        "convention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("structure_id", sa.Integer(), nullable=False),
        sa.Column("objet", sa.Text(), server_default="", nullable=False),
        sa.Column("debut", sa.Text(), nullable=False),
        sa.Column("fin", sa.Text(), nullable=False),
        sa.Column("etat", sa.Text(), server_default="projet", nullable=False),
        sa.Column("externe", sa.Integer(), server_default="0", nullable=False),
        sa.Column("signee_structure", sa.Text(), nullable=True),
        sa.Column("signee_departement", sa.Text(), nullable=True),
        sa.Column("executoire_le", sa.Text(), nullable=True),
        sa.Column("resiliee_le", sa.Text(), nullable=True),
        sa.Column("deliberation_numero", sa.Text(), server_default="", nullable=False),
        sa.Column("deliberation_le", sa.Text(), nullable=True),
        sa.Column("phase_id", sa.Integer(), nullable=True),
        sa.Column("observations", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "etat IN ('projet', 'a_signer', 'signee', 'executoire', 'soldee', 'resiliee')",
            name=op.f("ck_convention_etat"),
        ),
        sa.CheckConstraint("externe IN (0, 1)", name=op.f("ck_convention_externe")),
        sa.CheckConstraint("fin >= debut", name=op.f("ck_convention_periode")),
        sa.CheckConstraint("length(observations) <= 20000", name=op.f("ck_convention_observations")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_convention_phase_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_convention_structure_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convention")),
        sa.UniqueConstraint("numero", name=op.f("uq_convention_numero")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _create_avenant() -> None:
    op.create_table(
        "avenant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("modele", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), server_default="", nullable=False),
        sa.Column("debut", sa.Text(), nullable=True),
        sa.Column("fin", sa.Text(), nullable=True),
        sa.Column("etat", sa.Text(), server_default="projet", nullable=False),
        sa.Column("externe", sa.Integer(), server_default="0", nullable=False),
        sa.Column("signee_structure", sa.Text(), nullable=True),
        sa.Column("signee_departement", sa.Text(), nullable=True),
        sa.Column("executoire_le", sa.Text(), nullable=True),
        sa.Column("deliberation_numero", sa.Text(), server_default="", nullable=False),
        sa.Column("deliberation_le", sa.Text(), nullable=True),
        sa.Column("phase_id", sa.Integer(), nullable=True),
        sa.Column("observations", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("etat IN ('projet', 'a_signer', 'signee', 'executoire')", name=op.f("ck_avenant_etat")),
        sa.CheckConstraint("externe IN (0, 1)", name=op.f("ck_avenant_externe")),
        sa.CheckConstraint("modele IN ('5', '6', '7', '8', '9', '10')", name=op.f("ck_avenant_modele")),
        sa.CheckConstraint("debut IS NULL OR fin IS NULL OR fin >= debut", name=op.f("ck_avenant_periode")),
        sa.CheckConstraint("length(observations) <= 20000", name=op.f("ck_avenant_observations")),
        sa.CheckConstraint("rang > 0", name=op.f("ck_avenant_rang")),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_avenant_convention_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_avenant_phase_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avenant")),
        sa.UniqueConstraint("convention_id", "rang", name=op.f("uq_avenant_convention_id_rang")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _create_fiche() -> None:
    op.create_table(
        "fiche",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("dispositif_id", sa.Integer(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("titre", sa.Text(), server_default="", nullable=False),
        sa.Column("public", sa.Text(), server_default="", nullable=False),
        sa.Column("finalite", sa.Text(), server_default="", nullable=False),
        sa.Column("objectifs", sa.Text(), server_default="", nullable=False),
        sa.Column("moyens", sa.Text(), server_default="", nullable=False),
        sa.Column("portefeuilles", sa.Text(), server_default="", nullable=False),
        sa.Column("deroulement", sa.Text(), server_default="", nullable=False),
        sa.Column("profil", sa.Text(), server_default="", nullable=False),
        sa.Column("financement", sa.Text(), server_default="", nullable=False),
        sa.Column("versement", sa.Text(), server_default="", nullable=False),
        sa.Column("bilan", sa.Text(), server_default="", nullable=False),
        sa.Column("mesures", sa.Text(), server_default="", nullable=False),
        sa.Column("suivi", sa.Text(), nullable=True),
        sa.Column("echeancier", sa.Text(), nullable=True),
        sa.Column("publiee_le", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "echeancier IN ('accueil', 'equilibre', 'independants', 'avenant')", name=op.f("ck_fiche_echeancier")
        ),
        sa.CheckConstraint("suivi IN ('accueil', 'equilibre', 'independants')", name=op.f("ck_fiche_suivi")),
        sa.CheckConstraint("titre <> ''", name=op.f("ck_fiche_titre")),
        sa.CheckConstraint("length(bilan) <= 20000", name=op.f("ck_fiche_bilan")),
        sa.CheckConstraint("length(deroulement) <= 20000", name=op.f("ck_fiche_deroulement")),
        sa.CheckConstraint("length(finalite) <= 20000", name=op.f("ck_fiche_finalite")),
        sa.CheckConstraint("length(financement) <= 20000", name=op.f("ck_fiche_financement")),
        sa.CheckConstraint("length(mesures) <= 20000", name=op.f("ck_fiche_mesures")),
        sa.CheckConstraint("length(moyens) <= 20000", name=op.f("ck_fiche_moyens")),
        sa.CheckConstraint("length(objectifs) <= 20000", name=op.f("ck_fiche_objectifs")),
        sa.CheckConstraint("length(portefeuilles) <= 20000", name=op.f("ck_fiche_portefeuilles")),
        sa.CheckConstraint("length(profil) <= 20000", name=op.f("ck_fiche_profil")),
        sa.CheckConstraint("length(public) <= 20000", name=op.f("ck_fiche_public")),
        sa.CheckConstraint("length(versement) <= 20000", name=op.f("ck_fiche_versement")),
        sa.ForeignKeyConstraint(
            ["dispositif_id"], ["dispositif.id"], name=op.f("fk_fiche_dispositif_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fiche")),
        sa.UniqueConstraint("dispositif_id", "rang", name=op.f("uq_fiche_dispositif_id_rang")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _create_suivi_convention() -> None:
    op.create_table(
        "suivi_convention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=False),
        sa.Column("publiee_le", sa.Text(), nullable=True),
        sa.Column("poids", sa.Integer(), server_default="5000", nullable=False),
        sa.Column("quantitatif", sa.Integer(), nullable=True),
        sa.Column("qualitatif", sa.Integer(), nullable=True),
        sa.Column("penalites", sa.Text(), server_default="", nullable=False),
        sa.Column("arrete_le", sa.Text(), nullable=True),
        sa.Column("observations", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("length(observations) <= 20000", name=op.f("ck_suivi_convention_observations")),
        sa.CheckConstraint("length(penalites) <= 20000", name=op.f("ck_suivi_convention_penalites")),
        sa.CheckConstraint("poids BETWEEN 0 AND 10000", name=op.f("ck_suivi_convention_poids")),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_suivi_convention_convention_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suivi_convention")),
        sa.UniqueConstraint("convention_id", name=op.f("uq_suivi_convention_convention_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _create_acte_ligne() -> None:
    op.create_table(
        "acte_ligne",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=False),
        sa.Column("avenant_id", sa.Integer(), nullable=True),
        sa.Column("proposition_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["avenant_id"], ["avenant.id"], name=op.f("fk_acte_ligne_avenant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_acte_ligne_convention_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposition_id"], ["proposition.id"], name=op.f("fk_acte_ligne_proposition_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acte_ligne")),
        sa.UniqueConstraint("proposition_id", name=op.f("uq_acte_ligne_proposition_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _create_bilan() -> None:
    op.create_table(
        "bilan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("debut", sa.Text(), nullable=False),
        sa.Column("fin", sa.Text(), nullable=False),
        sa.Column("echeance", sa.Text(), nullable=False),
        sa.Column("recu_le", sa.Text(), nullable=True),
        sa.Column("rappel_le", sa.Text(), nullable=True),
        sa.Column("relance_le", sa.Text(), nullable=True),
        sa.Column("seconde_relance_le", sa.Text(), nullable=True),
        sa.Column("mise_en_demeure_le", sa.Text(), nullable=True),
        sa.Column("fiche_id", sa.Integer(), nullable=True),
        sa.Column("dispositif_id", sa.Integer(), nullable=True),
        sa.Column("mesures", sa.Text(), server_default="", nullable=False),
        sa.Column("observations", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("nature IN ('intermediaire', 'final', 'financier')", name=op.f("ck_bilan_nature")),
        sa.CheckConstraint("fin >= debut", name=op.f("ck_bilan_periode")),
        sa.CheckConstraint("length(mesures) <= 20000", name=op.f("ck_bilan_mesures")),
        sa.CheckConstraint("length(observations) <= 20000", name=op.f("ck_bilan_observations")),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_bilan_convention_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["fiche_id"], ["fiche.id"], name=op.f("fk_bilan_fiche_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["dispositif_id"], ["dispositif.id"], name=op.f("fk_bilan_dispositif_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bilan")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _create_copie_acte() -> None:
    op.create_table(
        "copie_acte",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=False),
        sa.Column("avenant_id", sa.Integer(), nullable=True),
        sa.Column("contenu", sa.Text(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.CheckConstraint("length(empreinte) = 64", name=op.f("ck_copie_acte_empreinte")),
        sa.ForeignKeyConstraint(
            ["avenant_id"], ["avenant.id"], name=op.f("fk_copie_acte_avenant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_copie_acte_convention_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copie_acte")),
        sa.UniqueConstraint("convention_id", "avenant_id", name=op.f("uq_copie_acte_convention_id_avenant_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _create_fiche_annexee() -> None:
    op.create_table(
        "fiche_annexee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=False),
        sa.Column("avenant_id", sa.Integer(), nullable=True),
        sa.Column("annexe", sa.Integer(), nullable=False),
        sa.Column("titre", sa.Text(), server_default="", nullable=False),
        sa.Column("territoire", sa.Text(), server_default="", nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=True),
        sa.Column("dispositif_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("annexe > 1", name=op.f("ck_fiche_annexee_annexe")),
        sa.ForeignKeyConstraint(
            ["avenant_id"], ["avenant.id"], name=op.f("fk_fiche_annexee_avenant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_fiche_annexee_convention_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["fiche_id"], ["fiche.id"], name=op.f("fk_fiche_annexee_fiche_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["dispositif_id"], ["dispositif.id"], name=op.f("fk_fiche_annexee_dispositif_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fiche_annexee")),
        sa.UniqueConstraint(
            "convention_id", "avenant_id", "annexe", name=op.f("uq_fiche_annexee_convention_id_avenant_id_annexe")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        "uq_fiche_annexee_initiale",
        "fiche_annexee",
        ["convention_id", "annexe"],
        unique=True,
        sqlite_where=sa.text("avenant_id IS NULL"),
        postgresql_where=sa.text("avenant_id IS NULL"),
    )


def _create_piece() -> None:
    op.create_table(
        "piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=False),
        sa.Column("avenant_id", sa.Integer(), nullable=True),
        sa.Column("nom", sa.Text(), server_default="", nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("taille", sa.Integer(), nullable=False),
        sa.Column("jointe_le", sa.Text(), nullable=False),
        sa.CheckConstraint("length(empreinte) = 64", name=op.f("ck_piece_empreinte")),
        sa.CheckConstraint("taille > 0", name=op.f("ck_piece_taille")),
        sa.ForeignKeyConstraint(["avenant_id"], ["avenant.id"], name=op.f("fk_piece_avenant_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_piece_convention_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_piece")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _create_tranche() -> None:
    op.create_table(
        "tranche",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=False),
        sa.Column("avenant_id", sa.Integer(), nullable=True),
        sa.Column("debut", sa.Text(), nullable=False),
        sa.Column("fin", sa.Text(), nullable=False),
        sa.Column("montant", GRAND_ENTIER, nullable=False),
        sa.Column("ligne_budgetaire_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("fin >= debut", name=op.f("ck_tranche_periode")),
        sa.CheckConstraint("montant BETWEEN -99999999999 AND 99999999999", name=op.f("ck_tranche_montant")),
        sa.ForeignKeyConstraint(["avenant_id"], ["avenant.id"], name=op.f("fk_tranche_avenant_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_tranche_convention_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ligne_budgetaire_id"],
            ["ligne_budgetaire.id"],
            name=op.f("fk_tranche_ligne_budgetaire_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tranche")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _create_versement() -> None:
    op.create_table(
        "versement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("convention_id", sa.Integer(), nullable=False),
        sa.Column("avenant_id", sa.Integer(), nullable=True),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("libelle", sa.Text(), server_default="", nullable=False),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("montant", GRAND_ENTIER, nullable=False),
        sa.Column("declencheur", sa.Text(), nullable=False),
        sa.Column("echeance", sa.Text(), nullable=True),
        sa.Column("piece", sa.Text(), server_default="", nullable=False),
        sa.Column("piece_recue_le", sa.Text(), nullable=True),
        sa.Column("montant_paye", GRAND_ENTIER, nullable=True),
        sa.Column("paye_le", sa.Text(), nullable=True),
        sa.Column("ligne_budgetaire_id", sa.Integer(), nullable=True),
        sa.Column("dispositif_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "declencheur IN ('signature', 'bilan_intermediaire', 'bilan_final', 'fin', 'date')",
            name=op.f("ck_versement_declencheur"),
        ),
        sa.CheckConstraint("(montant_paye IS NULL) = (paye_le IS NULL)", name=op.f("ck_versement_paiement")),
        sa.CheckConstraint("montant BETWEEN 0 AND 99999999999", name=op.f("ck_versement_montant")),
        sa.CheckConstraint(
            "montant_paye IS NULL OR montant_paye BETWEEN 0 AND montant", name=op.f("ck_versement_montant_paye")
        ),
        sa.CheckConstraint("part IS NULL OR part BETWEEN 0 AND 10000", name=op.f("ck_versement_part")),
        sa.ForeignKeyConstraint(
            ["avenant_id"], ["avenant.id"], name=op.f("fk_versement_avenant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["convention_id"], ["convention.id"], name=op.f("fk_versement_convention_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ligne_budgetaire_id"],
            ["ligne_budgetaire.id"],
            name=op.f("fk_versement_ligne_budgetaire_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["dispositif_id"], ["dispositif.id"], name=op.f("fk_versement_dispositif_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versement")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
