"""Rasa's memory of each conversation, kept whole in one encrypted row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.storage.tables import TrackerRow


def load_tracker(session: Session, conversation_id: str) -> dict[str, Any] | None:
    """Return what was saved of a conversation, or None."""
    row = session.get(TrackerRow, conversation_id)
    return None if row is None else dict(row.content)


def save_tracker(
    session: Session, conversation_id: str, content: dict[str, Any], now: datetime
) -> None:
    """Replace what is kept of a conversation."""
    session.merge(
        TrackerRow(conversation_id=conversation_id, content=content, updated_at=now)
    )


def delete_trackers_unused_since(session: Session, moment: datetime) -> None:
    """Delete the memories not written since a moment."""
    session.execute(delete(TrackerRow).where(TrackerRow.updated_at < moment))


def tracker_ids(session: Session) -> list[str]:
    """Return the ids of all conversations with a memory."""
    return list(session.execute(select(TrackerRow.conversation_id)).scalars())


def count_trackers(session: Session) -> int:
    """Return how many memories are kept now."""
    return int(
        session.execute(select(func.count()).select_from(TrackerRow)).scalar_one()
    )
