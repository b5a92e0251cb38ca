"""The first schema: the frame of a campaign, its propositions, the sitting and the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

GRAND_ENTIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create every table, STRICT on SQLite, with named constraints."""
    op.create_table(
        "campagne",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("annee", sa.Integer(), nullable=False),
        sa.CheckConstraint("annee BETWEEN 2000 AND 2100", name=op.f("ck_campagne_annee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campagne")),
        sa.UniqueConstraint("annee", name=op.f("uq_campagne_annee")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "collectivite",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nom", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_collectivite_unique")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collectivite")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )
    op.create_table(
        "elu",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("civilite", sa.Text(), server_default="", nullable=False),
        sa.Column("prenom", sa.Text(), server_default="", nullable=False),
        sa.Column("nom", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elu")),
        sa.UniqueConstraint("prenom", "nom", name=op.f("uq_elu_prenom_nom")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "groupe",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.Text(), server_default="", nullable=False),
        sa.Column("ordre", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groupe")),
        sa.UniqueConstraint("nom", name=op.f("uq_groupe_nom")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "journal",
        sa.Column("id", GRAND_ENTIER, autoincrement=True, nullable=False),
        sa.Column("table_nom", sa.Text(), nullable=False),
        sa.Column("ligne_id", sa.Integer(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("avant", sa.Text(), nullable=True),
        sa.Column("apres", sa.Text(), nullable=True),
        sa.Column("rang", sa.Integer(), nullable=True),
        sa.Column("moment", sa.Text(), nullable=True),
        sa.Column("etape", sa.Text(), nullable=True),
        sa.Column("empreinte", sa.Text(), nullable=True),
        sa.CheckConstraint("operation IN ('insert', 'update', 'delete')", name=op.f("ck_journal_operation")),
        sa.CheckConstraint("(rang IS NULL) = (empreinte IS NULL)", name=op.f("ck_journal_scelle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("rang", name=op.f("uq_journal_rang")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "journal_tete",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rang", sa.Integer(), server_default="0", nullable=False),
        sa.Column("empreinte", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_journal_tete_unique")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_tete")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )
    op.create_table(
        "seance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jour", sa.Text(), nullable=False),
        sa.Column("instance", sa.Text(), server_default="", nullable=False),
        sa.Column("lieu", sa.Text(), server_default="", nullable=False),
        sa.Column("president", sa.Text(), server_default="", nullable=False),
        sa.Column("qualite_president", sa.Text(), server_default="", nullable=False),
        sa.Column("secretaire", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seance")),
        sa.UniqueConstraint("jour", "instance", name=op.f("uq_seance_jour_instance")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "structure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("nom", sa.Text(), server_default="", nullable=False),
        sa.Column("forme", sa.Text(), nullable=False),
        sa.Column("siret", sa.Text(), nullable=True),
        sa.Column("rna", sa.Text(), nullable=True),
        sa.Column("adresse", sa.Text(), server_default="", nullable=False),
        sa.Column("code_postal", sa.Text(), nullable=True),
        sa.Column("commune", sa.Text(), server_default="", nullable=False),
        sa.Column("representant", sa.Text(), server_default="", nullable=False),
        sa.Column("qualite", sa.Text(), server_default="", nullable=False),
        sa.Column("date_deliberation", sa.Text(), nullable=True),
        sa.Column("recherche", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "forme IN ('association', 'fondation', 'ccas', 'collectivite', 'gip', 'consulaire', 'etablissement_public', 'entreprise', 'autre')",
            name=op.f("ck_structure_forme"),
        ),
        sa.CheckConstraint("nom <> ''", name=op.f("ck_structure_nom")),
        sa.CheckConstraint("siret IS NULL OR length(siret) = 14", name=op.f("ck_structure_siret")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_structure")),
        sa.UniqueConstraint("nom", name=op.f("uq_structure_nom")),
        sa.UniqueConstraint("siret", name=op.f("uq_structure_siret")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "territoire",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.Text(), server_default="", nullable=False),
        sa.Column("bassin_minier", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ordre", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("bassin_minier IN (0, 1)", name=op.f("ck_territoire_bassin_minier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territoire")),
        sa.UniqueConstraint("nom", name=op.f("uq_territoire_nom")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "ligne_budgetaire",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("campagne_id", sa.Integer(), nullable=False),
        sa.Column("code_operation", sa.Text(), nullable=False),
        sa.Column("imputation", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), server_default="", nullable=False),
        sa.Column("ae", GRAND_ENTIER, nullable=False),
        sa.Column("engage_anterieur", GRAND_ENTIER, server_default="0", nullable=False),
        sa.Column("engage", GRAND_ENTIER, server_default="0", nullable=False),
        sa.Column("recherche", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "ae >= 0 AND engage_anterieur >= 0 AND engage >= 0", name=op.f("ck_ligne_budgetaire_positif")
        ),
        sa.CheckConstraint("engage_anterieur + engage <= ae", name=op.f("ck_ligne_budgetaire_ae_depassee")),
        sa.CheckConstraint(
            "substr(code_operation, 5, 3) = substr(imputation, length(imputation) - 2)",
            name=op.f("ck_ligne_budgetaire_fonction"),
        ),
        sa.ForeignKeyConstraint(
            ["campagne_id"], ["campagne.id"], name=op.f("fk_ligne_budgetaire_campagne_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ligne_budgetaire")),
        sa.UniqueConstraint(
            "campagne_id", "code_operation", name=op.f("uq_ligne_budgetaire_campagne_id_code_operation")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "phase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campagne_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("titre", sa.Text(), server_default="", nullable=False),
        sa.Column("seance_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("numero > 0", name=op.f("ck_phase_numero")),
        sa.ForeignKeyConstraint(
            ["campagne_id"], ["campagne.id"], name=op.f("fk_phase_campagne_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["seance_id"], ["seance.id"], name=op.f("fk_phase_seance_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
        sa.UniqueConstraint("campagne_id", "numero", name=op.f("uq_phase_campagne_id_numero")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seance_id", sa.Integer(), nullable=False),
        sa.Column("elu_id", sa.Integer(), nullable=False),
        sa.Column("statut", sa.Text(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("interesse", sa.Integer(), server_default="0", nullable=False),
        sa.Column("pouvoir", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "statut IN ('present', 'excuse', 'absent', 'present_sans_voix', 'excuse_sans_voix')",
            name=op.f("ck_presence_statut"),
        ),
        sa.CheckConstraint("interesse IN (0, 1) AND pouvoir IN (0, 1)", name=op.f("ck_presence_oui_non")),
        sa.ForeignKeyConstraint(["elu_id"], ["elu.id"], name=op.f("fk_presence_elu_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["seance_id"], ["seance.id"], name=op.f("fk_presence_seance_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
        sa.UniqueConstraint("seance_id", "elu_id", name=op.f("uq_presence_seance_id_elu_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "thematique",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campagne_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("intitule", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("numero > 0", name=op.f("ck_thematique_numero")),
        sa.ForeignKeyConstraint(
            ["campagne_id"], ["campagne.id"], name=op.f("fk_thematique_campagne_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thematique")),
        sa.UniqueConstraint("campagne_id", "numero", name=op.f("uq_thematique_campagne_id_numero")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "deliberation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("phase_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=True),
        sa.Column("titre", sa.Text(), server_default="", nullable=False),
        sa.Column("issue", sa.Text(), nullable=True),
        sa.Column("interesses_en_abstention", sa.Integer(), server_default="0", nullable=False),
        sa.Column("date_modele_convention", sa.Text(), nullable=True),
        sa.Column("date_signature", sa.Text(), nullable=True),
        sa.Column("signataire", sa.Text(), server_default="", nullable=False),
        sa.Column("qualite_signataire", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("issue IN ('adopte', 'rejete', 'ajourne', 'modifie')", name=op.f("ck_deliberation_issue")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_deliberation_phase_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliberation")),
        sa.UniqueConstraint("numero", name=op.f("uq_deliberation_numero")),
        sa.UniqueConstraint("phase_id", name=op.f("uq_deliberation_phase_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "dispositif",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("thematique_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=True),
        sa.Column("intitule", sa.Text(), server_default="", nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("cofinancement", sa.Text(), server_default="", nullable=False),
        sa.Column("recherche", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("intitule <> ''", name=op.f("ck_dispositif_intitule")),
        sa.CheckConstraint(
            "unite IN ('diagnostic', 'place', 'personne', 'famille', 'etp', 'projet')", name=op.f("ck_dispositif_unite")
        ),
        sa.ForeignKeyConstraint(
            ["thematique_id"], ["thematique.id"], name=op.f("fk_dispositif_thematique_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispositif")),
        sa.UniqueConstraint("thematique_id", "intitule", name=op.f("uq_dispositif_thematique_id_intitule")),
        sa.UniqueConstraint("thematique_id", "numero", name=op.f("uq_dispositif_thematique_id_numero")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "avis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("commission", sa.Text(), server_default="", nullable=False),
        sa.Column("intitule", sa.Text(), server_default="", nullable=False),
        sa.Column("jour", sa.Text(), nullable=False),
        sa.Column("sens", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_avis_deliberation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avis")),
        sa.UniqueConstraint("deliberation_id", "ordre", name=op.f("uq_avis_deliberation_id_ordre")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "operation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.Integer(), nullable=False),
        sa.Column("dispositif_id", sa.Integer(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("texte", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["dispositif_id"], ["dispositif.id"], name=op.f("fk_operation_dispositif_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_operation_phase_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sa.UniqueConstraint("phase_id", "dispositif_id", name=op.f("uq_operation_phase_id_dispositif_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "proposition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("phase_id", sa.Integer(), nullable=False),
        sa.Column("dispositif_id", sa.Integer(), nullable=False),
        sa.Column("structure_id", sa.Integer(), nullable=False),
        sa.Column("territoire_id", sa.Integer(), nullable=False),
        sa.Column("ligne_budgetaire_id", sa.Integer(), nullable=False),
        sa.Column("montant", GRAND_ENTIER, nullable=False),
        sa.Column("volume", sa.Integer(), server_default="0", nullable=False),
        sa.Column("etp", sa.Integer(), nullable=True),
        sa.Column("debut", sa.Text(), nullable=False),
        sa.Column("fin", sa.Text(), nullable=False),
        sa.Column("acte", sa.Text(), nullable=False),
        sa.Column("modele", sa.Text(), nullable=True),
        sa.Column("convention_initiale", sa.Text(), nullable=True),
        sa.Column("observations", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("acte IN ('convention', 'avenant')", name=op.f("ck_proposition_acte")),
        sa.CheckConstraint("modele IN ('5', '6', '7', '8', '9', '10')", name=op.f("ck_proposition_modele")),
        sa.CheckConstraint("etp IS NULL OR etp >= 0", name=op.f("ck_proposition_etp")),
        sa.CheckConstraint("fin >= debut", name=op.f("ck_proposition_periode")),
        sa.CheckConstraint("length(observations) <= 20000", name=op.f("ck_proposition_observations")),
        sa.CheckConstraint("montant BETWEEN 0 AND 99999999999", name=op.f("ck_proposition_montant")),
        sa.CheckConstraint("volume >= 0", name=op.f("ck_proposition_volume")),
        sa.ForeignKeyConstraint(
            ["dispositif_id"], ["dispositif.id"], name=op.f("fk_proposition_dispositif_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["ligne_budgetaire_id"],
            ["ligne_budgetaire.id"],
            name=op.f("fk_proposition_ligne_budgetaire_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_proposition_phase_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_proposition_structure_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["territoire_id"], ["territoire.id"], name=op.f("fk_proposition_territoire_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposition")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        "ix_proposition_budget", "proposition", ["ligne_budgetaire_id", "phase_id", "montant"], unique=False
    )
    op.create_index(
        "ix_proposition_dispositif",
        "proposition",
        ["phase_id", "dispositif_id", "structure_id", "volume", "montant"],
        unique=False,
    )
    op.create_index("ix_proposition_structure", "proposition", ["phase_id", "structure_id", "montant"], unique=False)
    op.create_table(
        "visa",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), server_default="", nullable=False),
        sa.Column("articles", sa.Text(), server_default="", nullable=False),
        sa.Column("numero", sa.Text(), server_default="", nullable=False),
        sa.Column("instance", sa.Text(), server_default="", nullable=False),
        sa.Column("jour", sa.Text(), nullable=True),
        sa.CheckConstraint("nature IN ('code', 'deliberation', 'reglement', 'rapport')", name=op.f("ck_visa_nature")),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_visa_deliberation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visa")),
        sa.UniqueConstraint("deliberation_id", "ordre", name=op.f("uq_visa_deliberation_id_ordre")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("nombre", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "position IN ('pour', 'contre', 'abstention', 'ne_prend_pas_part', 'absent')", name=op.f("ck_vote_position")
        ),
        sa.CheckConstraint("nombre >= 0", name=op.f("ck_vote_nombre")),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_vote_deliberation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("deliberation_id", "position", name=op.f("uq_vote_deliberation_id_position")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "vote_groupe",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("groupe_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["groupe_id"], ["groupe.id"], name=op.f("fk_vote_groupe_groupe_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_vote_groupe_vote_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_groupe")),
        sa.UniqueConstraint("vote_id", "groupe_id", name=op.f("uq_vote_groupe_vote_id_groupe_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
