"""The first tables: conversations, inbox, messages, trackers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _make_conversations()
    _make_inbox()
    _make_messages()
    _make_trackers()


def downgrade() -> None:
    """Remove the tables."""
    for table in ("trackers", "messages", "inbox", "conversations"):
        op.drop_table(table)


def _make_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("language", sa.String(2)),
        sa.Column("owner", sa.String(10), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("last_message_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index(
        "ix_conversations_last_message_at", "conversations", ["last_message_at"]
    )


def _make_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("message_key", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("received_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("channel", "message_key", name="uq_inbox_channel"),
    )
    op.create_index(
        "ix_inbox_conversation_id_state", "inbox", ["conversation_id", "state"]
    )


def _make_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("inbox_id", sa.Integer),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="pk_messages"),
    )
    op.create_index("ix_messages_inbox_id", "messages", ["inbox_id"])


def _make_trackers() -> None:
    op.create_table(
        "trackers",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_trackers"),
    )
    op.create_index("ix_trackers_updated_at", "trackers", ["updated_at"])
