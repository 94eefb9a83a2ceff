"""Rasa's memory of each conversation, kept whole in one encrypted row."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from bot.storage.tables import ConversationRow, TrackerRow

_TABLE: Final = TrackerRow.__table__
_FIND: Final = select(_TABLE.c.content).where(
    _TABLE.c.conversation_id == bindparam("wanted")
)
_REPLACE: Final = (
    update(_TABLE)
    .where(_TABLE.c.conversation_id == bindparam("wanted"))
    .values(content=bindparam("content"), updated_at=bindparam("updated_at"))
)
_INSERT: Final = insert(_TABLE)
_CONVERSATIONS: Final = ConversationRow.__table__
# Whoever deletes the conversation now waits until the memory is there to be deleted.
_HOLD: Final = (
    select(_CONVERSATIONS.c.id)
    .where(_CONVERSATIONS.c.id == bindparam("wanted"))
    .with_for_update(read=True)
)


def load_tracker(session: Session, conversation_id: str) -> dict[str, Any] | None:
    """Return what was saved of a conversation, or None."""
    row = session.execute(_FIND, {"wanted": conversation_id}).first()
    return None if row is None else dict(row.content)


def save_tracker(
    session: Session, conversation_id: str, content: dict[str, Any], now: datetime
) -> None:
    """Replace what is kept of a conversation; nothing of one that was deleted.

    A visitor may delete it while a turn of it is under way.
    """
    if session.execute(_HOLD, {"wanted": conversation_id}).first() is None:
        return
    values = {"content": content, "updated_at": now}
    if not session.execute(_REPLACE, {"wanted": conversation_id, **values}).rowcount:
        session.execute(_INSERT, {"conversation_id": conversation_id, **values})


def delete_trackers_unused_since(session: Session, moment: datetime) -> None:
    """Delete the memories not written since a moment."""
    session.execute(delete(TrackerRow).where(TrackerRow.updated_at < moment))


def tracker_ids(session: Session) -> list[str]:
    """Return the ids of all conversations with a memory."""
    return list(session.execute(select(TrackerRow.conversation_id)).scalars())
