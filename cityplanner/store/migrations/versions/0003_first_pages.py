"""Indexes for what is read first: contacts in the order of their list, and engagements by time and status.

Those of family names alone and of times alone give way to them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ORDER = ("(family = '')", "lower(family)", "(given = '')", "lower(given)")


def upgrade() -> None:
    """Let first pages be read without sorting a list, and counts without reading its rows."""
    op.create_index(op.f("ix_contact_name"), "contact", [sa.text(part) for part in ORDER], unique=False)
    op.drop_index(op.f("ix_contact_family"), "contact")
    op.create_index(
        op.f("ix_engagement_starts_at_status"), "engagement", ["starts_at", "status"], unique=False
    )
    op.drop_index(op.f("ix_engagement_starts_at"), "engagement")
