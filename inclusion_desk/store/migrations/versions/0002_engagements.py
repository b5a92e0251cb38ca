"""Counters by budget line and phase, and an index that reads a phase in the order of its ids."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

GRAND_ENTIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the counters, and fill them from the propositions at hand."""
    op.create_table(
        "engagement",
        sa.Column("ligne_budgetaire_id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.Integer(), nullable=False),
        sa.Column("montant", GRAND_ENTIER, server_default="0", nullable=False),
        sa.CheckConstraint("montant >= 0", name=op.f("ck_engagement_montant")),
        sa.ForeignKeyConstraint(
            ["ligne_budgetaire_id"], ["ligne_budgetaire.id"], name=op.f("fk_engagement_ligne_budgetaire_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_engagement_phase_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ligne_budgetaire_id", "phase_id", name=op.f("pk_engagement")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )  # fmt: skip
    op.execute(
        "INSERT INTO engagement (ligne_budgetaire_id, phase_id, montant) "
        "SELECT ligne_budgetaire_id, phase_id, SUM(montant) FROM proposition GROUP BY ligne_budgetaire_id, phase_id"
    )
    op.create_index("ix_proposition_phase", "proposition", ["phase_id"], unique=False)
