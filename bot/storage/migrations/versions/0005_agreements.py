"""ICE's lists of 287(g) agreements: every list, its lines, which one counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "agreement_snapshots",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("dated", sa.Date, nullable=False),
        sa.Column("downloaded", sa.Date),
        sa.Column("imported_at", sa.DateTime, nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("remarks", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agreement_snapshots"),
        sa.UniqueConstraint("sha256", name="uq_agreement_snapshots_sha256"),
    )
    op.create_table(
        "agreements",
        sa.Column("snapshot_id", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("state", sa.String(2), nullable=False),
        sa.Column("agency", sa.String(300), nullable=False),
        sa.Column("kind", sa.String(300), nullable=False),
        sa.Column("county", sa.String(300), nullable=False),
        sa.Column("model", sa.String(3), nullable=False),
        sa.Column("signed", sa.Date),
        sa.Column("moa_url", sa.Text, nullable=False),
        sa.Column("addendum_url", sa.Text, nullable=False),
        sa.Column("flags", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("snapshot_id", "place", name="pk_agreements"),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["agreement_snapshots.id"],
            name="fk_agreements_snapshot_id_agreement_snapshots",
        ),
    )
    op.create_table(
        "agreement_swaps",
        sa.Column("place", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("snapshot_id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_agreement_swaps"),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["agreement_snapshots.id"],
            name="fk_agreement_swaps_snapshot_id_agreement_snapshots",
        ),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in ("agreement_swaps", "agreements", "agreement_snapshots"):
        op.drop_table(table)
