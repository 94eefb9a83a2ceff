"""Votes on answers; the question only where the visitor shared it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("vote", sa.String(64), nullable=False),
        sa.Column("entry", sa.String(100), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("words", sa.LargeBinary),
        sa.Column("conversation_id", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("vote", name="uq_feedback_vote"),
        sa.CheckConstraint(
            "(words IS NULL) = (conversation_id IS NULL)",
            name=op.f("ck_feedback_named_while_words"),
        ),
    )
    op.create_index("ix_feedback_conversation_id", "feedback", ["conversation_id"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("feedback")
