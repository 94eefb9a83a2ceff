"""What visitors asked and did not get: masked words, and groups of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "miss_groups",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("centre", sa.LargeBinary, nullable=False),
        sa.Column("changed_by", sa.Integer),
        sa.Column("changed_at", sa.DateTime),
        sa.PrimaryKeyConstraint("id", name="pk_miss_groups"),
        # Without it SQLite would number the rows as they came.
        sqlite_with_rowid=False,
    )
    op.create_table(
        "misses",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("entry", sa.String(100)),
        sa.Column("words", sa.LargeBinary, nullable=False),
        sa.Column("vector", sa.LargeBinary),
        sa.Column("group_id", sa.String(16)),
        sa.PrimaryKeyConstraint("id", name="pk_misses"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["miss_groups.id"], name="fk_misses_group_id_miss_groups"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_misses_day", "misses", ["day"])
    op.create_index("ix_misses_group_id", "misses", ["group_id"])


def downgrade() -> None:
    """Remove the tables."""
    op.drop_table("misses")
    op.drop_table("miss_groups")
