"""Numbers of messages are given out once: providers name ours days after they went."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make both tables again with SQLite's own counter; PostgreSQL always counts on."""
    _make_again(counting=True)


def downgrade() -> None:
    """Let SQLite number by the highest row that is left."""
    _make_again(counting=False)


def _make_again(counting: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in ("inbox", "outbox"):
        options = {"sqlite_autoincrement": counting}
        with op.batch_alter_table(table, recreate="always", table_kwargs=options):
            pass
