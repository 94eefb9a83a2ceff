"""What WhatsApp needs: contacts, an outbox, ids already seen, leases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "contacts",
        sa.Column("person_key", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("address", sa.LargeBinary),
        sa.Column("heard_at", sa.DateTime, nullable=False),
        sa.Column("opted_out_at", sa.DateTime),
        sa.Column("paced_until", sa.DateTime),
        sa.PrimaryKeyConstraint("person_key", name="pk_contacts"),
    )
    op.create_index("ix_contacts_conversation_id", "contacts", ["conversation_id"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", sa.DateTime, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("provider_key", sa.String(64)),
        sa.Column("error", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_state_next_at", "outbox", ["state", "next_at"])
    op.create_index("ix_outbox_provider_key", "outbox", ["provider_key"])
    op.create_index("ix_outbox_conversation_id_id", "outbox", ["conversation_id", "id"])
    op.create_table(
        "seen",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("message_key", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("channel", "message_key", name="pk_seen"),
    )
    op.create_index("ix_seen_at", "seen", ["at"])
    op.create_table(
        "leases",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in ("leases", "seen", "outbox", "contacts"):
        op.drop_table(table)
