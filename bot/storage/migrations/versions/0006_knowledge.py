"""Staff's work on the entries: drafts, versions of the files, monthly copies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "knowledge_drafts",
        sa.Column("entry_id", sa.String(100), nullable=False),
        sa.Column("entry_group", sa.String(100), nullable=False),
        sa.Column("texts", sa.Text, nullable=False),
        sa.Column("base", sa.String(64), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("changed_by", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("sent_by", sa.Integer),
        sa.Column("sent_at", sa.DateTime),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_knowledge_drafts"),
    )
    op.create_table(
        "knowledge_versions",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.String(100), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("staff_id", sa.Integer),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("written_by", sa.Integer),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("texts", sa.Text, nullable=False),
        sa.Column("base", sa.String(64), nullable=False),
        sa.Column("commit_id", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_versions"),
    )
    op.create_index(
        "ix_knowledge_versions_entry_id_id", "knowledge_versions", ["entry_id", "id"]
    )
    op.create_table(
        "knowledge_snapshots",
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("taken_at", sa.DateTime, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("zipped", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("month", name="pk_knowledge_snapshots"),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in ("knowledge_snapshots", "knowledge_versions", "knowledge_drafts"):
        op.drop_table(table)
