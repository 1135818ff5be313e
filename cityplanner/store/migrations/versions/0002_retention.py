"""Legal holds and retention rules.

The stubs that an erasure or a pruning leaves need no table: they are rows of the history about the history.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

HELD = ("contact", "partner", "agreement", "engagement")


def upgrade() -> None:
    """Add the two nouns, empty."""
    op.create_table(
        "legal_hold",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("ordered_by", sa.String(length=300), nullable=False),
        *(sa.Column(f"{noun}_id", sa.Integer(), nullable=True) for noun in HELD),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{noun}_id"],
                [f"{noun}.id"],
                name=op.f(f"fk_legal_hold_{noun}_id"),
                initially="DEFERRED",
                deferrable=True,
            )
            for noun in HELD
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
        sa.UniqueConstraint("uid", name=op.f("uq_legal_hold_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_legal_hold_title"), "legal_hold", ["title"], unique=False)
    for noun in HELD:
        op.create_index(op.f(f"ix_legal_hold_{noun}_id"), "legal_hold", [f"{noun}_id"], unique=False)
    op.create_table(
        "retention_rule",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("counted_from", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rule")),
        sa.UniqueConstraint("uid", name=op.f("uq_retention_rule_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_retention_rule_title"), "retention_rule", ["title"], unique=False)
