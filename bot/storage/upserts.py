"""Inserts that do nothing, or something else, where the row is already there."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_into(session: Session, table: Any) -> Any:
    """Return the insert of this database's own kind, which knows on_conflict."""
    is_postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if is_postgres else sqlite.insert(table)
