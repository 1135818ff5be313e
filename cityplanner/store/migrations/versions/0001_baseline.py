"""The first version of a plan: every noun, the history that is only added to, the search index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SEARCH = (
    "CREATE VIRTUAL TABLE search USING fts5(name, rest, content='', detail=column, prefix='1 2 3',"
    " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")",
    "CREATE TABLE searched (number INTEGER PRIMARY KEY, noun TEXT NOT NULL UNIQUE)",
)
GUARDS = tuple(
    f"CREATE TRIGGER {table}_is_append_only_{verb.lower()} BEFORE {verb} ON {table}"
    " BEGIN SELECT RAISE(ABORT, 'the history can only be added to'); END"
    for table in ("change", "changed_row", "file_content")
    for verb in ("UPDATE", "DELETE")
)


def upgrade() -> None:
    """Make a plan out of an empty database."""
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        for statement in (*SEARCH, *GUARDS):
            op.execute(sa.text(statement))


def _tables() -> None:

    op.create_table(
        "agreement",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("signed_on", sa.String(length=10), nullable=True),
        sa.Column("in_force_on", sa.String(length=10), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("notice_days", sa.Integer(), nullable=True),
        sa.Column("resolution", sa.String(length=300), nullable=False),
        sa.Column("our_signatory", sa.String(length=300), nullable=False),
        sa.Column("their_signatory", sa.String(length=300), nullable=False),
        sa.Column("sensitivity", sa.String(length=40), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("uid", name=op.f("uq_agreement_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_agreement_title"), "agreement", ["title"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("attached_on", sa.Date(), nullable=True),
        sa.Column("noun", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("uid", name=op.f("uq_attachment_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_attachment_name"), "attachment", ["name"], unique=False)
    op.create_index(op.f("ix_attachment_noun"), "attachment", ["noun"], unique=False)
    op.create_index(op.f("ix_attachment_record_id"), "attachment", ["record_id"], unique=False)
    op.create_index(op.f("ix_attachment_sha256"), "attachment", ["sha256"], unique=False)
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.String(length=20), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["target_id"], ["change.id"], name=op.f("fk_change_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_table(
        "contact",
        sa.Column("given", sa.String(length=120), nullable=False),
        sa.Column("family", sa.String(length=120), nullable=False),
        sa.Column("own_name", sa.String(length=300), nullable=False),
        sa.Column("pronunciation", sa.String(length=300), nullable=False),
        sa.Column("address_form", sa.String(length=300), nullable=False),
        sa.Column("salutation", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("other_emails", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column("other_phones", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        sa.Column("protocol", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("uid", name=op.f("uq_contact_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_email"), "contact", ["email"], unique=False)
    op.create_index(op.f("ix_contact_family"), "contact", ["family"], unique=False)
    op.create_table(
        "criterion_weight",
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion_weight")),
        sa.UniqueConstraint("criterion", name=op.f("uq_criterion_weight_criterion")),
        sa.UniqueConstraint("uid", name=op.f("uq_criterion_weight_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "engagement",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("starts_at", sa.String(length=20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("in_person", sa.Integer(), nullable=True),
        sa.Column("online", sa.Integer(), nullable=True),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("sensitivity", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement")),
        sa.UniqueConstraint("uid", name=op.f("uq_engagement_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_engagement_starts_at"), "engagement", ["starts_at"], unique=False)
    op.create_index(op.f("ix_engagement_title"), "engagement", ["title"], unique=False)
    op.create_table(
        "file_content",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_content")),
    )
    op.create_table(
        "fund",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("term", sa.String(length=40), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
        sa.UniqueConstraint("code", name=op.f("uq_fund_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_fund_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_fund_title"), "fund", ["title"], unique=False)
    op.create_table(
        "initiative",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("status_reason", sa.String(length=300), nullable=False),
        sa.Column("lead", sa.String(length=300), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("delivery", sa.String(length=40), nullable=True),
        sa.Column("sdgs", sa.Text(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("equity_served", sa.Text(), nullable=False),
        sa.Column("equity_decides", sa.Text(), nullable=False),
        sa.Column("equity_left_out", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative")),
        sa.UniqueConstraint("code", name=op.f("uq_initiative_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_initiative_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_initiative_title"), "initiative", ["title"], unique=False)
    op.create_table(
        "office",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("city", sa.String(length=300), nullable=False),
        sa.Column("region", sa.String(length=300), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("fiscal_year_start", sa.Integer(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("accent", sa.String(length=7), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("uid", name=op.f("uq_office_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_office_name"), "office", ["name"], unique=False)
    op.create_table(
        "roundtable",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("host", sa.String(length=300), nullable=False),
        sa.Column("held_on", sa.String(length=10), nullable=False),
        sa.Column("published_on", sa.String(length=10), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("scope", sa.String(length=300), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roundtable")),
        sa.UniqueConstraint("uid", name=op.f("uq_roundtable_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_roundtable_title"), "roundtable", ["title"], unique=False)
    op.create_table(
        "scenario",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("furlough_days", sa.Integer(), nullable=True),
        sa.Column("cost_growth", sa.BigInteger(), nullable=True),
        sa.Column("adopted_at", sa.String(length=20), nullable=True),
        sa.Column("adopted_by", sa.String(length=300), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario")),
        sa.UniqueConstraint("uid", name=op.f("uq_scenario_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_scenario_title"), "scenario", ["title"], unique=True)
    op.create_table(
        "smart_group",
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("of", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_smart_group")),
        sa.UniqueConstraint("of", "title", name=op.f("uq_smart_group_of_title")),
        sa.UniqueConstraint("uid", name=op.f("uq_smart_group_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_smart_group_title"), "smart_group", ["title"], unique=False)
    op.create_table(
        "agreement_step",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_step_agreement_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_step")),
        sa.UniqueConstraint("uid", name=op.f("uq_agreement_step_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_agreement_step_agreement_id"), "agreement_step", ["agreement_id"], unique=False)
    op.create_table(
        "changed_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_changed_row_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changed_row")),
    )
    op.create_index(op.f("ix_changed_row_change_id"), "changed_row", ["change_id"], unique=False)
    op.create_index("ix_changed_row_record", "changed_row", ["table", "record_id"], unique=False)
    op.create_table(
        "contact_apart",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["contact.id"],
            name=op.f("fk_contact_apart_first_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["contact.id"],
            name=op.f("fk_contact_apart_second_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_apart")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_contact_apart_first_id_second_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_contact_apart_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contact_apart_first_id"), "contact_apart", ["first_id"], unique=False)
    op.create_index(op.f("ix_contact_apart_second_id"), "contact_apart", ["second_id"], unique=False)
    op.create_table(
        "deliverable",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_deliverable_agreement_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable")),
        sa.UniqueConstraint("uid", name=op.f("uq_deliverable_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_deliverable_agreement_id"), "deliverable", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_deliverable_title"), "deliverable", ["title"], unique=False)
    op.create_table(
        "dependency",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_dependency_initiative_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["initiative.id"],
            name=op.f("fk_dependency_other_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependency")),
        sa.UniqueConstraint("initiative_id", "other_id", name=op.f("uq_dependency_initiative_id_other_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_dependency_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dependency_initiative_id"), "dependency", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_dependency_other_id"), "dependency", ["other_id"], unique=False)
    op.create_table(
        "engagement_contact",
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_engagement_contact_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_engagement_contact_engagement_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement_contact")),
        sa.UniqueConstraint(
            "engagement_id", "contact_id", name=op.f("uq_engagement_contact_engagement_id_contact_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_engagement_contact_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_engagement_contact_contact_id"), "engagement_contact", ["contact_id"], unique=False
    )
    op.create_index(
        op.f("ix_engagement_contact_engagement_id"), "engagement_contact", ["engagement_id"], unique=False
    )
    op.create_table(
        "engagement_initiative",
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_engagement_initiative_engagement_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_engagement_initiative_initiative_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement_initiative")),
        sa.UniqueConstraint(
            "engagement_id",
            "initiative_id",
            name=op.f("uq_engagement_initiative_engagement_id_initiative_id"),
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_engagement_initiative_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_engagement_initiative_engagement_id"),
        "engagement_initiative",
        ["engagement_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_engagement_initiative_initiative_id"),
        "engagement_initiative",
        ["initiative_id"],
        unique=False,
    )
    op.create_table(
        "fund_amount",
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["fund.id"],
            name=op.f("fk_fund_amount_fund_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_amount")),
        sa.UniqueConstraint("fund_id", "fiscal_year", name=op.f("uq_fund_amount_fund_id_fiscal_year")),
        sa.UniqueConstraint("uid", name=op.f("uq_fund_amount_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_fund_amount_fund_id"), "fund_amount", ["fund_id"], unique=False)
    op.create_table(
        "fund_change",
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["fund.id"],
            name=op.f("fk_fund_change_fund_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["scenario_id"],
            ["scenario.id"],
            name=op.f("fk_fund_change_scenario_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_change")),
        sa.UniqueConstraint("scenario_id", "fund_id", name=op.f("uq_fund_change_scenario_id_fund_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_fund_change_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_fund_change_fund_id"), "fund_change", ["fund_id"], unique=False)
    op.create_index(op.f("ix_fund_change_scenario_id"), "fund_change", ["scenario_id"], unique=False)
    op.create_table(
        "fund_restriction",
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["fund.id"],
            name=op.f("fk_fund_restriction_fund_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_fund_restriction_initiative_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_restriction")),
        sa.UniqueConstraint(
            "fund_id", "initiative_id", name=op.f("uq_fund_restriction_fund_id_initiative_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_fund_restriction_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_fund_restriction_fund_id"), "fund_restriction", ["fund_id"], unique=False)
    op.create_index(
        op.f("ix_fund_restriction_initiative_id"), "fund_restriction", ["initiative_id"], unique=False
    )
    op.create_table(
        "indicator",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("baseline", sa.BigInteger(), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("target", sa.BigInteger(), nullable=True),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_indicator_initiative_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("uid", name=op.f("uq_indicator_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_indicator_initiative_id"), "indicator", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_indicator_title"), "indicator", ["title"], unique=False)
    op.create_table(
        "initiative_agreement",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_initiative_agreement_agreement_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_initiative_agreement_initiative_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_agreement")),
        sa.UniqueConstraint(
            "initiative_id", "agreement_id", name=op.f("uq_initiative_agreement_initiative_id_agreement_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_initiative_agreement_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_initiative_agreement_agreement_id"), "initiative_agreement", ["agreement_id"], unique=False
    )
    op.create_index(
        op.f("ix_initiative_agreement_initiative_id"), "initiative_agreement", ["initiative_id"], unique=False
    )
    op.create_table(
        "milestone",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_milestone_initiative_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("uid", name=op.f("uq_milestone_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_milestone_initiative_id"), "milestone", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_milestone_title"), "milestone", ["title"], unique=False)
    op.create_table(
        "partner",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("own_name", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("city", sa.String(length=300), nullable=False),
        sa.Column("latitude", sa.BigInteger(), nullable=True),
        sa.Column("longitude", sa.BigInteger(), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=True),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("sensitivity", sa.String(length=40), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("keep_in_touch", sa.Integer(), nullable=True),
        sa.Column("contact_hours", sa.BigInteger(), nullable=True),
        sa.Column("sending_state", sa.String(length=2), nullable=True),
        sa.Column("consular_district", sa.String(length=300), nullable=False),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.Column("head_status", sa.String(length=40), nullable=True),
        sa.Column("head_rank", sa.String(length=40), nullable=True),
        sa.Column("rank_since", sa.Date(), nullable=True),
        sa.Column("tenure_since", sa.Date(), nullable=True),
        sa.Column("rotation_on", sa.Date(), nullable=True),
        sa.Column("dues", sa.BigInteger(), nullable=True),
        sa.Column("network_role", sa.String(length=300), nullable=False),
        sa.Column("network_benefit", sa.Text(), nullable=False),
        sa.Column("network_hours", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["head_id"],
            ["contact.id"],
            name=op.f("fk_partner_head_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("uid", name=op.f("uq_partner_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_partner_country"), "partner", ["country"], unique=False)
    op.create_index(op.f("ix_partner_head_id"), "partner", ["head_id"], unique=False)
    op.create_index(op.f("ix_partner_name"), "partner", ["name"], unique=False)
    op.create_table(
        "score",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_score_initiative_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint("initiative_id", "criterion", name=op.f("uq_score_initiative_id_criterion")),
        sa.UniqueConstraint("uid", name=op.f("uq_score_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_score_initiative_id"), "score", ["initiative_id"], unique=False)
    op.create_table(
        "section",
        sa.Column("roundtable_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["roundtable_id"],
            ["roundtable.id"],
            name=op.f("fk_section_roundtable_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("uid", name=op.f("uq_section_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_section_roundtable_id"), "section", ["roundtable_id"], unique=False)
    op.create_index(op.f("ix_section_title"), "section", ["title"], unique=False)
    op.create_table(
        "service_level",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("fte", sa.BigInteger(), nullable=False),
        sa.Column("result_share", sa.Integer(), nullable=False),
        sa.Column("mandated", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_service_level_initiative_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_level")),
        sa.UniqueConstraint("initiative_id", "title", name=op.f("uq_service_level_initiative_id_title")),
        sa.UniqueConstraint("uid", name=op.f("uq_service_level_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_service_level_initiative_id"), "service_level", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_service_level_title"), "service_level", ["title"], unique=False)
    op.create_table(
        "staff_position",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("fte", sa.BigInteger(), nullable=False),
        sa.Column("salary", sa.BigInteger(), nullable=False),
        sa.Column("benefits", sa.BigInteger(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=True),
        sa.Column("vacant", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["fund.id"],
            name=op.f("fk_staff_position_fund_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_position")),
        sa.UniqueConstraint("uid", name=op.f("uq_staff_position_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_staff_position_fund_id"), "staff_position", ["fund_id"], unique=False)
    op.create_index(op.f("ix_staff_position_title"), "staff_position", ["title"], unique=False)
    op.create_table(
        "agreement_partner",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_partner_agreement_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_agreement_partner_partner_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_partner")),
        sa.UniqueConstraint(
            "agreement_id", "partner_id", name=op.f("uq_agreement_partner_agreement_id_partner_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_agreement_partner_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_agreement_partner_agreement_id"), "agreement_partner", ["agreement_id"], unique=False
    )
    op.create_index(
        op.f("ix_agreement_partner_partner_id"), "agreement_partner", ["partner_id"], unique=False
    )
    op.create_table(
        "aid",
        sa.Column("item", sa.String(length=300), nullable=False),
        sa.Column("direction", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["answers_id"], ["aid.id"], name=op.f("fk_aid_answers_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_aid_engagement_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_aid_partner_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aid")),
        sa.UniqueConstraint("uid", name=op.f("uq_aid_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_aid_answers_id"), "aid", ["answers_id"], unique=False)
    op.create_index(op.f("ix_aid_engagement_id"), "aid", ["engagement_id"], unique=False)
    op.create_index(op.f("ix_aid_item"), "aid", ["item"], unique=False)
    op.create_index(op.f("ix_aid_partner_id"), "aid", ["partner_id"], unique=False)
    op.create_table(
        "budget_line",
        sa.Column("service_level_id", sa.Integer(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["fund_id"],
            ["fund.id"],
            name=op.f("fk_budget_line_fund_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["service_level_id"],
            ["service_level.id"],
            name=op.f("fk_budget_line_service_level_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
        sa.UniqueConstraint("uid", name=op.f("uq_budget_line_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_budget_line_fund_id"), "budget_line", ["fund_id"], unique=False)
    op.create_index(
        op.f("ix_budget_line_service_level_id"), "budget_line", ["service_level_id"], unique=False
    )
    op.create_table(
        "commitment",
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("owner", sa.String(length=300), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_commitment_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_commitment_engagement_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_commitment_partner_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("uid", name=op.f("uq_commitment_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_commitment_contact_id"), "commitment", ["contact_id"], unique=False)
    op.create_index(op.f("ix_commitment_engagement_id"), "commitment", ["engagement_id"], unique=False)
    op.create_index(op.f("ix_commitment_partner_id"), "commitment", ["partner_id"], unique=False)
    op.create_index(op.f("ix_commitment_text"), "commitment", ["text"], unique=False)
    op.create_table(
        "decision",
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("service_level_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_decision_initiative_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["scenario_id"],
            ["scenario.id"],
            name=op.f("fk_decision_scenario_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["service_level_id"],
            ["service_level.id"],
            name=op.f("fk_decision_service_level_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint(
            "scenario_id", "initiative_id", name=op.f("uq_decision_scenario_id_initiative_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_decision_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_decision_initiative_id"), "decision", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_decision_scenario_id"), "decision", ["scenario_id"], unique=False)
    op.create_index(op.f("ix_decision_service_level_id"), "decision", ["service_level_id"], unique=False)
    op.create_table(
        "engagement_partner",
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_engagement_partner_engagement_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_engagement_partner_partner_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement_partner")),
        sa.UniqueConstraint(
            "engagement_id", "partner_id", name=op.f("uq_engagement_partner_engagement_id_partner_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_engagement_partner_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_engagement_partner_engagement_id"), "engagement_partner", ["engagement_id"], unique=False
    )
    op.create_index(
        op.f("ix_engagement_partner_partner_id"), "engagement_partner", ["partner_id"], unique=False
    )
    op.create_table(
        "frozen_position",
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("staff_position_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["scenario_id"],
            ["scenario.id"],
            name=op.f("fk_frozen_position_scenario_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["staff_position_id"],
            ["staff_position.id"],
            name=op.f("fk_frozen_position_staff_position_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_position")),
        sa.UniqueConstraint(
            "scenario_id", "staff_position_id", name=op.f("uq_frozen_position_scenario_id_staff_position_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_frozen_position_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_frozen_position_scenario_id"), "frozen_position", ["scenario_id"], unique=False)
    op.create_index(
        op.f("ix_frozen_position_staff_position_id"), "frozen_position", ["staff_position_id"], unique=False
    )
    op.create_table(
        "gift",
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.Column("direction", sa.String(length=40), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("donor", sa.String(length=300), nullable=False),
        sa.Column("official", sa.String(length=300), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("disposition", sa.String(length=40), nullable=False),
        sa.Column("disclosure_due_on", sa.Date(), nullable=True),
        sa.Column("disclosed_on", sa.Date(), nullable=True),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_gift_engagement_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_gift_partner_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift")),
        sa.UniqueConstraint("uid", name=op.f("uq_gift_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_gift_description"), "gift", ["description"], unique=False)
    op.create_index(op.f("ix_gift_engagement_id"), "gift", ["engagement_id"], unique=False)
    op.create_index(op.f("ix_gift_partner_id"), "gift", ["partner_id"], unique=False)
    op.create_table(
        "initiative_partner",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_initiative_partner_initiative_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_initiative_partner_partner_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_partner")),
        sa.UniqueConstraint(
            "initiative_id", "partner_id", name=op.f("uq_initiative_partner_initiative_id_partner_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_initiative_partner_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_initiative_partner_initiative_id"), "initiative_partner", ["initiative_id"], unique=False
    )
    op.create_index(
        op.f("ix_initiative_partner_partner_id"), "initiative_partner", ["partner_id"], unique=False
    )
    op.create_table(
        "measurement",
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("group", sa.String(length=300), nullable=False),
        sa.Column("verification", sa.String(length=300), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_measurement_engagement_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["indicator.id"],
            name=op.f("fk_measurement_indicator_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement")),
        sa.UniqueConstraint("uid", name=op.f("uq_measurement_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_measurement_engagement_id"), "measurement", ["engagement_id"], unique=False)
    op.create_index(op.f("ix_measurement_indicator_id"), "measurement", ["indicator_id"], unique=False)
    op.create_table(
        "partner_apart",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_id"],
            ["partner.id"],
            name=op.f("fk_partner_apart_first_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["second_id"],
            ["partner.id"],
            name=op.f("fk_partner_apart_second_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_apart")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_partner_apart_first_id_second_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_partner_apart_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_partner_apart_first_id"), "partner_apart", ["first_id"], unique=False)
    op.create_index(op.f("ix_partner_apart_second_id"), "partner_apart", ["second_id"], unique=False)
    op.create_table(
        "position",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("rank", sa.String(length=300), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_position_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_position_partner_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"],
            ["contact.id"],
            name=op.f("fk_position_successor_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
        sa.UniqueConstraint("uid", name=op.f("uq_position_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_position_contact_id"), "position", ["contact_id"], unique=False)
    op.create_index(op.f("ix_position_email"), "position", ["email"], unique=False)
    op.create_index(op.f("ix_position_partner_id"), "position", ["partner_id"], unique=False)
    op.create_index(op.f("ix_position_successor_id"), "position", ["successor_id"], unique=False)
    op.create_table(
        "source_item",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("support", sa.String(length=40), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actions", sa.Text(), nullable=False),
        sa.Column("indicators", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["section.id"],
            name=op.f("fk_source_item_section_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_item")),
        sa.UniqueConstraint("code", name=op.f("uq_source_item_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_source_item_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_source_item_section_id"), "source_item", ["section_id"], unique=False)
    op.create_index(op.f("ix_source_item_title"), "source_item", ["title"], unique=False)
    op.create_table(
        "answer",
        sa.Column("source_item_id", sa.Integer(), nullable=False),
        sa.Column("response", sa.String(length=40), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=300), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_item_id"],
            ["source_item.id"],
            name=op.f("fk_answer_source_item_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("source_item_id", name=op.f("uq_answer_source_item_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_answer_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_answer_source_item_id"), "answer", ["source_item_id"], unique=True)
    op.create_table(
        "contribution",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("source_item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_contribution_initiative_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["source_item_id"],
            ["source_item.id"],
            name=op.f("fk_contribution_source_item_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint(
            "initiative_id", "source_item_id", name=op.f("uq_contribution_initiative_id_source_item_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_contribution_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contribution_initiative_id"), "contribution", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_contribution_source_item_id"), "contribution", ["source_item_id"], unique=False)
    op.create_table(
        "item_link",
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["source_item.id"],
            name=op.f("fk_item_link_from_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["to_id"],
            ["source_item.id"],
            name=op.f("fk_item_link_to_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_link")),
        sa.UniqueConstraint("from_id", "to_id", "kind", name=op.f("uq_item_link_from_id_to_id_kind")),
        sa.UniqueConstraint("uid", name=op.f("uq_item_link_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_item_link_from_id"), "item_link", ["from_id"], unique=False)
    op.create_index(op.f("ix_item_link_to_id"), "item_link", ["to_id"], unique=False)
    op.create_table(
        "practice",
        sa.Column("topic", sa.String(length=300), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("adapted", sa.Text(), nullable=False),
        sa.Column("source_item_id", sa.Integer(), nullable=True),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.Column("initiative_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_practice_engagement_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_practice_initiative_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partner.id"],
            name=op.f("fk_practice_partner_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["source_item_id"],
            ["source_item.id"],
            name=op.f("fk_practice_source_item_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
        sa.UniqueConstraint("uid", name=op.f("uq_practice_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_practice_engagement_id"), "practice", ["engagement_id"], unique=False)
    op.create_index(op.f("ix_practice_initiative_id"), "practice", ["initiative_id"], unique=False)
    op.create_index(op.f("ix_practice_partner_id"), "practice", ["partner_id"], unique=False)
    op.create_index(op.f("ix_practice_source_item_id"), "practice", ["source_item_id"], unique=False)
    op.create_index(op.f("ix_practice_topic"), "practice", ["topic"], unique=False)
