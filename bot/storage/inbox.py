"""The inbox: each accepted message once, until it has been answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.core.messages import Incoming
from bot.storage.tables import InboxRow

RECEIVED: Final = "received"
DONE: Final = "done"


@dataclass(frozen=True)
class InboxItem:
    """A message in the inbox; `is_new` is false for a repeat of a known one."""

    id: int
    conversation: str
    content: dict[str, Any]
    state: str
    is_new: bool = False


def accept(session: Session, incoming: Incoming, message_key: str) -> InboxItem:
    """Put a message into the inbox, or return the one that is already there."""
    found = _find(session, incoming.channel, message_key)
    if found is not None:
        return found
    content = {"text": incoming.text, "payload": incoming.payload}
    row = InboxRow(
        channel=incoming.channel,
        message_key=message_key,
        conversation_id=incoming.conversation,
        content=content,
        state=RECEIVED,
        received_at=incoming.at,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        # Two deliveries of one message at the same moment: the other one won.
        found = _find(session, incoming.channel, message_key)
        if found is None:
            raise
        return found
    return InboxItem(row.id, incoming.conversation, content, RECEIVED, is_new=True)


def _find(session: Session, channel: str, message_key: str) -> InboxItem | None:
    row = session.execute(
        select(InboxRow).where(
            InboxRow.channel == channel, InboxRow.message_key == message_key
        )
    ).scalar_one_or_none()
    return _item(row) if row is not None else None


def _item(row: Any) -> InboxItem:
    return InboxItem(row.id, row.conversation_id, row.content, row.state)


def is_done(session: Session, inbox_id: int) -> bool:
    """Return whether a message has been answered."""
    row = session.get(InboxRow, inbox_id)
    return row is None or row.state == DONE


def mark_done(session: Session, inbox_id: int) -> None:
    """Note that a message has been answered, and forget its words."""
    session.execute(
        update(InboxRow).where(InboxRow.id == inbox_id).values(state=DONE, content={})
    )


def unanswered(session: Session) -> list[InboxItem]:
    """Return the messages that were accepted but not answered, oldest first."""
    statement = select(InboxRow).where(InboxRow.state == RECEIVED).order_by(InboxRow.id)
    return [_item(row) for row in session.execute(statement).scalars()]
