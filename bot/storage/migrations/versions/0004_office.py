"""What the office needs: consultation requests, staff, audit, counts, notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_CONVERSATION_COLUMNS = (
    ("staff_id", sa.Integer),
    ("owner_since", sa.DateTime),
    ("staff_at", sa.DateTime),
    ("waiting_since", sa.DateTime),
    ("staff_typing_until", sa.DateTime),
    ("visitor_typing_until", sa.DateTime),
    ("asked", sa.String(20)),
)
# An audit that could be changed would prove nothing.
_KEEP_AUDIT = {
    "sqlite": (
        "CREATE TRIGGER keep_audit_{0} BEFORE {0} ON audit BEGIN "
        "SELECT RAISE(ABORT, 'the audit is only added to'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION keep_audit() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION 'the audit is only added to'; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER keep_audit_{0} BEFORE {0} ON audit "
        "FOR EACH ROW EXECUTE FUNCTION keep_audit()",
    ),
}


def upgrade() -> None:
    """Make the tables."""
    for name, kind in _CONVERSATION_COLUMNS:
        op.add_column("conversations", sa.Column(name, kind))
    op.create_index("ix_conversations_staff_at", "conversations", ["staff_at"])
    op.create_index(
        "ix_conversations_waiting_since", "conversations", ["waiting_since"]
    )
    _make_staff()
    _make_consultations()
    _make_records()


def _make_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("login", sa.String(100), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("totp_secret", sa.LargeBinary),
        sa.Column("totp_step", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.DateTime),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("disabled_at", sa.DateTime),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("login", name="uq_staff_login"),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("used_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_staff_sessions"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_staff_sessions_staff_id_staff"
        ),
    )
    op.create_index("ix_staff_sessions_staff_id", "staff_sessions", ["staff_id"])
    op.create_index("ix_staff_sessions_expires_at", "staff_sessions", ["expires_at"])
    op.create_table(
        "staff_invites",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_staff_invites"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_staff_invites_staff_id_staff"
        ),
    )
    op.create_index("ix_staff_invites_staff_id", "staff_invites", ["staff_id"])


def _make_consultations() -> None:
    op.create_table(
        "consultations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("reference", sa.String(4), nullable=False),
        sa.Column("code_key", sa.String(64)),
        sa.Column("conversation_id", sa.String(32)),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("is_urgent", sa.Boolean, nullable=False),
        sa.Column("matter", sa.String(30)),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("consent_version", sa.String(64)),
        sa.Column("consent_at", sa.DateTime),
        sa.Column("sent_by", sa.String(64)),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("submitted_at", sa.DateTime),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("delete_at", sa.DateTime, nullable=False),
        sa.Column("staff_id", sa.Integer),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consultations"),
        sa.UniqueConstraint("reference", name="uq_consultations_reference"),
        sa.UniqueConstraint("sent_by", name="uq_consultations_sent_by"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_consultations_staff_id_staff"
        ),
    )
    op.create_index(
        "ix_consultations_conversation_id", "consultations", ["conversation_id"]
    )
    op.create_index("ix_consultations_delete_at", "consultations", ["delete_at"])
    op.create_index(
        "ix_consultations_state_is_urgent",
        "consultations",
        ["state", "is_urgent", "submitted_at"],
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("consultation_id", sa.String(32), nullable=False),
        sa.Column("staff_id", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_notes_staff_id_staff"
        ),
    )
    op.create_index("ix_notes_consultation_id", "notes", ["consultation_id"])
    op.create_table(
        "consent_texts",
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("first_used_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_consent_texts"),
    )


def _make_records() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("staff_id", sa.Integer),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_subject", "audit", ["subject"])
    dialect = op.get_bind().dialect.name
    *before, trigger = _KEEP_AUDIT[dialect]
    for statement in before:
        op.execute(statement)
    for change in ("UPDATE", "DELETE"):
        op.execute(trigger.format(change))
    op.create_table(
        "daily_counts",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "channel", "language", "kind", name="pk_daily_counts"
        ),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reference", sa.String(4)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", sa.DateTime, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    op.create_index("ix_notices_state_next_at", "notices", ["state", "next_at"])


def downgrade() -> None:
    """Remove the tables."""
    for table in (
        "notices",
        "daily_counts",
        "audit",
        "consent_texts",
        "notes",
        "consultations",
        "staff_invites",
        "staff_sessions",
        "staff",
    ):
        op.drop_table(table)
    op.drop_index("ix_conversations_staff_at", "conversations")
    op.drop_index("ix_conversations_waiting_since", "conversations")
    for name, _ in _CONVERSATION_COLUMNS:
        op.drop_column("conversations", name)
