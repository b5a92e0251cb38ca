"""The sitting: states, applications, councillors, library of references, articles, annexes, frozen acts, templates."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

GRAND_ENTIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_ETATS = "'preparation', 'commissions', 'seance', 'adoptee', 'rejetee', 'ajournee', 'remplacee'"
_VERSION = "version INTEGER DEFAULT '1' NOT NULL"
_AJOUTS = {
    "avis": (_VERSION,),
    "campagne": ("date_rapport_cadre TEXT",),
    "groupe": (_VERSION,),
    "phase": (
        _VERSION,
        f"etat TEXT DEFAULT 'preparation' NOT NULL CONSTRAINT ck_phase_etat CHECK (etat IN ({_ETATS}))",
        "compte INTEGER DEFAULT '1' NOT NULL CONSTRAINT ck_phase_compte CHECK (compte IN (0, 1)) "
        "CONSTRAINT ck_phase_decompte CHECK (etat NOT IN ('rejetee', 'remplacee') OR compte = 0) "
        "CONSTRAINT ck_phase_comptee CHECK (etat <> 'adoptee' OR compte = 1)",
        "contexte TEXT DEFAULT '' NOT NULL CONSTRAINT ck_phase_contexte CHECK (length(contexte) <= 20000)",
    ),
    "seance": (_VERSION,),
    "structure": (
        "engagement_republicain INTEGER DEFAULT '0' NOT NULL "
        "CONSTRAINT ck_structure_engagement_republicain CHECK (engagement_republicain IN (0, 1))",
    ),
    "thematique": (_VERSION,),
    "vote_groupe": ("nombre INTEGER CONSTRAINT ck_vote_groupe_nombre CHECK (nombre IS NULL OR nombre >= 0)",),
}
"""Columns added, in words that both databases understand."""

_POSTGRES = (
    "ALTER TABLE deliberation ADD COLUMN remplace_id INTEGER "
    "CONSTRAINT fk_deliberation_remplace_id REFERENCES deliberation (id) ON DELETE RESTRICT",
    f"ALTER TABLE elu ADD COLUMN {_VERSION}",
    "ALTER TABLE elu ADD COLUMN groupe_id INTEGER "
    "CONSTRAINT fk_elu_groupe_id REFERENCES groupe (id) ON DELETE RESTRICT",
    "ALTER TABLE elu ADD COLUMN membre INTEGER DEFAULT '1' NOT NULL CONSTRAINT ck_elu_membre CHECK (membre IN (0, 1))",
    "ALTER TABLE elu ADD COLUMN debut TEXT",
    "ALTER TABLE elu ADD COLUMN fin TEXT CONSTRAINT ck_elu_mandat CHECK (debut IS NULL OR fin IS NULL OR fin >= debut)",
    "ALTER TABLE elu ADD COLUMN ordre INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE ligne_budgetaire RENAME COLUMN ae TO ae_initiale",
    "ALTER TABLE ligne_budgetaire ADD COLUMN modifications BIGINT DEFAULT '0' NOT NULL",
    "ALTER TABLE ligne_budgetaire DROP CONSTRAINT ck_ligne_budgetaire_positif",
    "ALTER TABLE ligne_budgetaire DROP CONSTRAINT ck_ligne_budgetaire_ae_depassee",
    "ALTER TABLE ligne_budgetaire ADD CONSTRAINT ck_ligne_budgetaire_positif "
    "CHECK (ae_initiale >= 0 AND engage_anterieur >= 0 AND engage >= 0)",
    "ALTER TABLE ligne_budgetaire ADD CONSTRAINT ck_ligne_budgetaire_ae_depassee "
    "CHECK (engage_anterieur + engage <= ae_initiale + modifications)",
    "ALTER TABLE proposition DROP CONSTRAINT ck_proposition_acte",
    "ALTER TABLE proposition ADD CONSTRAINT ck_proposition_acte "
    "CHECK (acte IN ('convention', 'avenant', 'notification'))",
    "ALTER TABLE presence DROP CONSTRAINT ck_presence_oui_non",
    "ALTER TABLE presence DROP COLUMN interesse",
    "ALTER TABLE presence ADD COLUMN mandataire_id INTEGER "
    "CONSTRAINT fk_presence_mandataire_id REFERENCES elu (id) ON DELETE RESTRICT",
    "ALTER TABLE presence ADD CONSTRAINT ck_presence_pouvoir CHECK (pouvoir IN (0, 1))",
    "ALTER TABLE presence ADD CONSTRAINT ck_presence_mandataire "
    "CHECK (mandataire_id IS NULL OR (pouvoir = 1 AND mandataire_id <> elu_id))",
    "ALTER TABLE presence ADD CONSTRAINT uq_presence_seance_id_mandataire_id UNIQUE (seance_id, mandataire_id)",
)


def upgrade() -> None:
    """Create what is new, extend and rebuild what was there, move the references and the interests to their tables."""
    visas = _read_visas()
    op.drop_table("visa")
    _create()
    for table, colonnes in _AJOUTS.items():
        for colonne in colonnes:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {colonne}")
    _create_visa()
    _write_visas(visas)
    op.execute(
        "INSERT INTO interet (deliberation_id, elu_id) SELECT deliberation.id, presence.elu_id FROM presence "
        "JOIN phase ON phase.seance_id = presence.seance_id JOIN deliberation ON deliberation.phase_id = phase.id "
        "WHERE presence.interesse = 1 ORDER BY presence.id"
    )
    if op.get_bind().dialect.name == "sqlite":
        _rebuild_sqlite()
    else:
        for ordre in _POSTGRES:
            op.execute(ordre)
    op.execute("UPDATE elu SET ordre = COALESCE((SELECT MIN(ordre) FROM presence WHERE elu_id = elu.id), 0)")
    op.execute("UPDATE elu SET membre = 0 WHERE id IN (SELECT elu_id FROM presence WHERE statut LIKE '%sans_voix')")
    _take_outcomes_back()


def _take_outcomes_back() -> None:
    """Leave voted phases on the agenda, their vote typed: no copy of them was ever frozen, adoption makes it."""
    for etat, issues in (("seance", "'adopte', 'modifie', 'rejete'"), ("ajournee", "'ajourne'")):
        op.execute(
            f"UPDATE phase SET etat = '{etat}' WHERE seance_id IS NOT NULL "
            f"AND id IN (SELECT phase_id FROM deliberation WHERE issue IN ({issues}))"
        )
    op.execute("UPDATE deliberation SET issue = NULL")


def _read_visas() -> list[tuple[object, ...]]:
    lus = op.get_bind().exec_driver_sql(
        "SELECT deliberation_id, ordre, nature, objet, articles, numero, instance, jour FROM visa "
        "ORDER BY deliberation_id, ordre"
    )
    return [tuple(visa) for visa in lus]


def _write_visas(visas: list[tuple[object, ...]]) -> None:
    """Put each different reference in the library, and let the visas point to it."""
    connues: dict[tuple[object, ...], int] = {}
    colonnes = "nature, objet, articles, numero, instance, jour, par_defaut, ordre"
    for deliberation_id, ordre, *textes in visas:
        cle = tuple(textes)
        if cle not in connues:
            connues[cle] = len(connues) + 1
            valeurs = [connues[cle], *textes, 1, len(connues)]
            _insert("reference", f"id, {colonnes}", valeurs)
        _insert("visa", "deliberation_id, ordre, reference_id", [deliberation_id, ordre, connues[cle]])
    if connues and op.get_bind().dialect.name == "postgresql":
        op.execute(f"SELECT setval(pg_get_serial_sequence('reference', 'id'), {len(connues)})")


def _insert(table: str, colonnes: str, valeurs: Sequence[object]) -> None:
    places = ", ".join(f":v{rang}" for rang in range(len(valeurs)))
    ordre = sa.text(f"INSERT INTO {table} ({colonnes}) VALUES ({places})")
    op.get_bind().execute(ordre, {f"v{rang}": valeur for rang, valeur in enumerate(valeurs)})


def _rebuild_sqlite() -> None:
    """Make again the tables whose constraints change: SQLite cannot alter those."""
    _rebuild(
        "ligne_budgetaire",
        [
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("version", sa.Integer(), server_default="1", nullable=False),
            sa.Column("campagne_id", sa.Integer(), nullable=False),
            sa.Column("code_operation", sa.Text(), nullable=False),
            sa.Column("imputation", sa.Text(), nullable=False),
            sa.Column("libelle", sa.Text(), server_default="", nullable=False),
            sa.Column("ae_initiale", GRAND_ENTIER, nullable=False),
            sa.Column("modifications", GRAND_ENTIER, server_default="0", nullable=False),
            sa.Column("engage_anterieur", GRAND_ENTIER, server_default="0", nullable=False),
            sa.Column("engage", GRAND_ENTIER, server_default="0", nullable=False),
            sa.Column("recherche", sa.Text(), server_default="", nullable=False),
            sa.CheckConstraint(
                "engage_anterieur + engage <= ae_initiale + modifications",
                name=op.f("ck_ligne_budgetaire_ae_depassee"),
            ),
            sa.CheckConstraint(
                "ae_initiale >= 0 AND engage_anterieur >= 0 AND engage >= 0", name=op.f("ck_ligne_budgetaire_positif")
            ),
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
        ],
        {"ae_initiale": "ae", "modifications": "0"},
    )
    _rebuild(
        "presence",
        [
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("seance_id", sa.Integer(), nullable=False),
            sa.Column("elu_id", sa.Integer(), nullable=False),
            sa.Column("statut", sa.Text(), nullable=False),
            sa.Column("ordre", sa.Integer(), nullable=False),
            sa.Column("pouvoir", sa.Integer(), server_default="0", nullable=False),
            sa.Column("mandataire_id", sa.Integer(), nullable=True),
            sa.CheckConstraint("pouvoir IN (0, 1)", name=op.f("ck_presence_pouvoir")),
            sa.CheckConstraint(
                "mandataire_id IS NULL OR (pouvoir = 1 AND mandataire_id <> elu_id)",
                name=op.f("ck_presence_mandataire"),
            ),
            sa.CheckConstraint(
                "statut IN ('present', 'excuse', 'absent', 'present_sans_voix', 'excuse_sans_voix')",
                name=op.f("ck_presence_statut"),
            ),
            sa.ForeignKeyConstraint(["elu_id"], ["elu.id"], name=op.f("fk_presence_elu_id"), ondelete="RESTRICT"),
            sa.ForeignKeyConstraint(
                ["mandataire_id"], ["elu.id"], name=op.f("fk_presence_mandataire_id"), ondelete="RESTRICT"
            ),
            sa.ForeignKeyConstraint(
                ["seance_id"], ["seance.id"], name=op.f("fk_presence_seance_id"), ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
            sa.UniqueConstraint("seance_id", "elu_id", name=op.f("uq_presence_seance_id_elu_id")),
            sa.UniqueConstraint("seance_id", "mandataire_id", name=op.f("uq_presence_seance_id_mandataire_id")),
        ],
        {"mandataire_id": "NULL"},
    )
    _rebuild("proposition", _proposition(), {})
    _rebuild(
        "elu",
        _elu(),
        {"version": "1", "groupe_id": "NULL", "membre": "1", "debut": "NULL", "fin": "NULL", "ordre": "0"},
    )
    _rebuild("deliberation", _deliberation(), {"remplace_id": "NULL"})
    for nom, colonnes in (
        ("phase", ["phase_id"]),
        ("budget", ["ligne_budgetaire_id", "phase_id", "montant"]),
        ("structure", ["phase_id", "structure_id", "montant"]),
        ("dispositif", ["phase_id", "dispositif_id", "structure_id", "volume", "montant"]),
    ):
        op.create_index(f"ix_proposition_{nom}", "proposition", colonnes, unique=False)


def _elu() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("civilite", sa.Text(), server_default="", nullable=False),
        sa.Column("prenom", sa.Text(), server_default="", nullable=False),
        sa.Column("nom", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("groupe_id", sa.Integer(), nullable=True),
        sa.Column("membre", sa.Integer(), server_default="1", nullable=False),
        sa.Column("debut", sa.Text(), nullable=True),
        sa.Column("fin", sa.Text(), nullable=True),
        sa.Column("ordre", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("membre IN (0, 1)", name=op.f("ck_elu_membre")),
        sa.CheckConstraint("debut IS NULL OR fin IS NULL OR fin >= debut", name=op.f("ck_elu_mandat")),
        sa.ForeignKeyConstraint(["groupe_id"], ["groupe.id"], name=op.f("fk_elu_groupe_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elu")),
        sa.UniqueConstraint("prenom", "nom", name=op.f("uq_elu_prenom_nom")),
    ]


def _deliberation() -> list[sa.schema.SchemaItem]:
    return [
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
        sa.Column("remplace_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("issue IN ('adopte', 'rejete', 'ajourne', 'modifie')", name=op.f("ck_deliberation_issue")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_deliberation_phase_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["remplace_id"], ["deliberation.id"], name=op.f("fk_deliberation_remplace_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliberation")),
        sa.UniqueConstraint("numero", name=op.f("uq_deliberation_numero")),
        sa.UniqueConstraint("phase_id", name=op.f("uq_deliberation_phase_id")),
    ]


def _proposition() -> list[sa.schema.SchemaItem]:
    cles = [
        sa.ForeignKeyConstraint(
            [f"{cible}_id"], [f"{cible}.id"], name=op.f(f"fk_proposition_{cible}_id"), ondelete="RESTRICT"
        )
        for cible in ("phase", "dispositif", "structure", "territoire", "ligne_budgetaire")
    ]
    return [
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
        sa.CheckConstraint("acte IN ('convention', 'avenant', 'notification')", name=op.f("ck_proposition_acte")),
        sa.CheckConstraint("etp IS NULL OR etp >= 0", name=op.f("ck_proposition_etp")),
        sa.CheckConstraint("fin >= debut", name=op.f("ck_proposition_periode")),
        sa.CheckConstraint("length(observations) <= 20000", name=op.f("ck_proposition_observations")),
        sa.CheckConstraint("modele IN ('5', '6', '7', '8', '9', '10')", name=op.f("ck_proposition_modele")),
        sa.CheckConstraint("montant BETWEEN 0 AND 99999999999", name=op.f("ck_proposition_montant")),
        sa.CheckConstraint("volume >= 0", name=op.f("ck_proposition_volume")),
        *cles,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposition")),
    ]


def _rebuild(nom: str, elements: list[sa.schema.SchemaItem], valeurs: dict[str, str]) -> None:
    """Make a table again with its rows and its counter of ids; ``valeurs`` gives what is not copied as it stands."""
    connection = op.get_bind()
    dernier = connection.exec_driver_sql(f"SELECT seq FROM sqlite_sequence WHERE name = '{nom}'").scalar()
    op.create_table(f"{nom}_0003", *elements, sqlite_strict=True, sqlite_autoincrement=True)
    colonnes = [element.name for element in elements if isinstance(element, sa.Column)]
    lues = ", ".join(valeurs.get(colonne, colonne) for colonne in colonnes)
    op.execute(f"INSERT INTO {nom}_0003 ({', '.join(colonnes)}) SELECT {lues} FROM {nom}")
    op.drop_table(nom)
    op.rename_table(f"{nom}_0003", nom)
    if dernier is not None:
        op.execute(f"DELETE FROM sqlite_sequence WHERE name = '{nom}'")
        op.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('{nom}', {dernier})")


def _create_visa() -> None:
    op.create_table(
        "visa",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_visa_deliberation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reference_id"], ["reference.id"], name=op.f("fk_visa_reference_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visa")),
        sa.UniqueConstraint("deliberation_id", "ordre", name=op.f("uq_visa_deliberation_id_ordre")),
        sa.UniqueConstraint("deliberation_id", "reference_id", name=op.f("uq_visa_deliberation_id_reference_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _create() -> None:
    op.create_table(
        "evenement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sujet", sa.Text(), nullable=False),
        sa.Column("ligne_id", sa.Integer(), nullable=False),
        sa.Column("de", sa.Text(), server_default="", nullable=False),
        sa.Column("vers", sa.Text(), server_default="", nullable=False),
        sa.Column("geste", sa.Text(), server_default="", nullable=False),
        sa.Column("auteur", sa.Text(), server_default="", nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("motif", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("sujet IN ('phases', 'candidatures')", name=op.f("ck_evenement_sujet")),
        sa.CheckConstraint("length(motif) <= 20000", name=op.f("ck_evenement_motif")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evenement")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_evenement_ligne", "evenement", ["sujet", "ligne_id"], unique=False)
    op.create_table(
        "modele",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("auteur", sa.Text(), server_default="", nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.CheckConstraint("numero > 0", name=op.f("ck_modele_numero")),
        sa.CheckConstraint("source IS NULL OR length(source) <= 200000", name=op.f("ck_modele_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_modele")),
        sa.UniqueConstraint("nom", "numero", name=op.f("uq_modele_nom_numero")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), server_default="", nullable=False),
        sa.Column("articles", sa.Text(), server_default="", nullable=False),
        sa.Column("numero", sa.Text(), server_default="", nullable=False),
        sa.Column("instance", sa.Text(), server_default="", nullable=False),
        sa.Column("jour", sa.Text(), nullable=True),
        sa.Column("par_defaut", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ordre", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "nature IN ('code', 'deliberation', 'reglement', 'rapport')", name=op.f("ck_reference_nature")
        ),
        sa.CheckConstraint("par_defaut IN (0, 1)", name=op.f("ck_reference_par_defaut")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "periode_depot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("campagne_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("debut", sa.Text(), nullable=False),
        sa.Column("fin", sa.Text(), nullable=False),
        sa.CheckConstraint("fin >= debut", name=op.f("ck_periode_depot_periode")),
        sa.CheckConstraint("numero > 0", name=op.f("ck_periode_depot_numero")),
        sa.ForeignKeyConstraint(
            ["campagne_id"], ["campagne.id"], name=op.f("fk_periode_depot_campagne_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_periode_depot")),
        sa.UniqueConstraint("campagne_id", "numero", name=op.f("uq_periode_depot_campagne_id_numero")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "decision_modificative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("ligne_budgetaire_id", sa.Integer(), nullable=False),
        sa.Column("jour", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), server_default="", nullable=False),
        sa.Column("montant", GRAND_ENTIER, nullable=False),
        sa.CheckConstraint(
            "montant BETWEEN -99999999999 AND 99999999999 AND montant <> 0",
            name=op.f("ck_decision_modificative_montant"),
        ),
        sa.ForeignKeyConstraint(
            ["ligne_budgetaire_id"],
            ["ligne_budgetaire.id"],
            name=op.f("fk_decision_modificative_ligne_budgetaire_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_modificative")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "mandat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("elu_id", sa.Integer(), nullable=False),
        sa.Column("structure_id", sa.Integer(), nullable=False),
        sa.Column("qualite", sa.Text(), server_default="", nullable=False),
        sa.Column("debut", sa.Text(), nullable=True),
        sa.Column("fin", sa.Text(), nullable=True),
        sa.CheckConstraint("debut IS NULL OR fin IS NULL OR fin >= debut", name=op.f("ck_mandat_duree")),
        sa.ForeignKeyConstraint(["elu_id"], ["elu.id"], name=op.f("fk_mandat_elu_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_mandat_structure_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandat")),
        sa.UniqueConstraint("elu_id", "structure_id", name=op.f("uq_mandat_elu_id_structure_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "phase_periode",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.Integer(), nullable=False),
        sa.Column("periode_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["periode_id"], ["periode_depot.id"], name=op.f("fk_phase_periode_periode_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_phase_periode_phase_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_periode")),
        sa.UniqueConstraint("phase_id", "periode_id", name=op.f("uq_phase_periode_phase_id_periode_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "annexe",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("titre", sa.Text(), server_default="", nullable=False),
        sa.Column("texte", sa.Text(), server_default="", nullable=False),
        sa.Column("modele", sa.Text(), nullable=True),
        sa.CheckConstraint("modele IN ('5', '6', '7', '8', '9', '10')", name=op.f("ck_annexe_modele")),
        sa.CheckConstraint("length(texte) <= 20000", name=op.f("ck_annexe_texte")),
        sa.CheckConstraint("numero > 0", name=op.f("ck_annexe_numero")),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_annexe_deliberation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annexe")),
        sa.UniqueConstraint("deliberation_id", "numero", name=op.f("uq_annexe_deliberation_id_numero")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("thematique", sa.Integer(), nullable=True),
        sa.Column("texte", sa.Text(), nullable=True),
        sa.Column("retire", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "nature IN ('financement', 'conventions', 'avenants', 'imputation', 'libre')",
            name=op.f("ck_article_nature"),
        ),
        sa.CheckConstraint("retire IN (0, 1)", name=op.f("ck_article_retire")),
        sa.CheckConstraint("texte IS NULL OR length(texte) <= 20000", name=op.f("ck_article_texte")),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_article_deliberation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("deliberation_id", "ordre", name=op.f("uq_article_deliberation_id_ordre")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "document_fige",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("contenu", sa.LargeBinary(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.CheckConstraint("length(empreinte) = 64", name=op.f("ck_document_fige_empreinte")),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_document_fige_deliberation_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_fige")),
        sa.UniqueConstraint("deliberation_id", "nature", name=op.f("uq_document_fige_deliberation_id_nature")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "instantane",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("contenu", sa.Text(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.CheckConstraint("nature IN ('rapport', 'deliberation')", name=op.f("ck_instantane_nature")),
        sa.CheckConstraint("length(empreinte) = 64", name=op.f("ck_instantane_empreinte")),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_instantane_deliberation_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instantane")),
        sa.UniqueConstraint("deliberation_id", "nature", name=op.f("uq_instantane_deliberation_id_nature")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "interet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("elu_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_interet_deliberation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["elu_id"], ["elu.id"], name=op.f("fk_interet_elu_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interet")),
        sa.UniqueConstraint("deliberation_id", "elu_id", name=op.f("uq_interet_deliberation_id_elu_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "candidature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("campagne_id", sa.Integer(), nullable=False),
        sa.Column("dispositif_id", sa.Integer(), nullable=False),
        sa.Column("structure_id", sa.Integer(), nullable=False),
        sa.Column("territoire_id", sa.Integer(), nullable=False),
        sa.Column("periode_id", sa.Integer(), nullable=True),
        sa.Column("ligne_budgetaire_id", sa.Integer(), nullable=True),
        sa.Column("proposition_id", sa.Integer(), nullable=True),
        sa.Column("depose_le", sa.Text(), nullable=False),
        sa.Column("pieces_manquantes", sa.Text(), server_default="", nullable=False),
        sa.Column("montant_demande", GRAND_ENTIER, nullable=False),
        sa.Column("volume_demande", sa.Integer(), server_default="0", nullable=False),
        sa.Column("debut", sa.Text(), nullable=False),
        sa.Column("fin", sa.Text(), nullable=False),
        sa.Column("etat", sa.Text(), server_default="depose", nullable=False),
        sa.Column("avis", sa.Text(), nullable=True),
        sa.Column("motivation", sa.Text(), server_default="", nullable=False),
        sa.Column("montant_propose", GRAND_ENTIER, nullable=True),
        sa.Column("volume_propose", sa.Integer(), nullable=True),
        sa.CheckConstraint("(etat = 'propose') = (proposition_id IS NOT NULL)", name=op.f("ck_candidature_proposee")),
        sa.CheckConstraint("avis IN ('favorable', 'reserve', 'defavorable')", name=op.f("ck_candidature_avis")),
        sa.CheckConstraint(
            "etat IN ('depose', 'incomplet', 'complet', 'instruit', 'propose', 'ecarte', 'retire')",
            name=op.f("ck_candidature_etat"),
        ),
        sa.CheckConstraint("fin >= debut", name=op.f("ck_candidature_periode")),
        sa.CheckConstraint("length(motivation) <= 20000", name=op.f("ck_candidature_motivation")),
        sa.CheckConstraint("length(pieces_manquantes) <= 20000", name=op.f("ck_candidature_pieces_manquantes")),
        sa.CheckConstraint("montant_demande BETWEEN 0 AND 99999999999", name=op.f("ck_candidature_montant_demande")),
        sa.CheckConstraint(
            "montant_propose IS NULL OR montant_propose BETWEEN 0 AND 99999999999",
            name=op.f("ck_candidature_montant_propose"),
        ),
        sa.CheckConstraint(
            "volume_demande >= 0 AND (volume_propose IS NULL OR volume_propose >= 0)",
            name=op.f("ck_candidature_volumes"),
        ),
        sa.ForeignKeyConstraint(
            ["campagne_id"], ["campagne.id"], name=op.f("fk_candidature_campagne_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["dispositif_id"], ["dispositif.id"], name=op.f("fk_candidature_dispositif_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["ligne_budgetaire_id"],
            ["ligne_budgetaire.id"],
            name=op.f("fk_candidature_ligne_budgetaire_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["periode_id"], ["periode_depot.id"], name=op.f("fk_candidature_periode_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["proposition_id"], ["proposition.id"], name=op.f("fk_candidature_proposition_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_candidature_structure_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["territoire_id"], ["territoire.id"], name=op.f("fk_candidature_territoire_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidature")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_candidature_proposition", "candidature", ["proposition_id"], unique=False)
