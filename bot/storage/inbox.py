"""The inbox: each accepted message once, until it has been answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from bot.core.errors import StorageError
from bot.core.messages import Incoming
from bot.storage.tables import InboxRow
from bot.storage.upserts import insert_into

RECEIVED: Final = "received"
DONE: Final = "done"


_TABLE: Final = InboxRow.__table__
_FIND: Final = select(_TABLE).where(
    _TABLE.c.channel == bindparam("wanted_channel"),
    _TABLE.c.message_key == bindparam("wanted_key"),
)
_MARK_DONE: Final = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("wanted"))
    .values(state=bindparam("state"), content=bindparam("content"))
)


@dataclass(frozen=True)
class InboxItem:
    """A message in the inbox; `is_new` is false for a repeat of a known one.

    `message_key` is a keyed hash: it names the message where its number or the
    provider's name for it must not go.
    """

    id: int
    message_key: str
    conversation: str
    content: dict[str, Any]
    state: str
    is_new: bool = False
    channel: str = "web"
    at: datetime | None = None


def accept(
    session: Session, incoming: Incoming, message_key: str, kind: str = "text"
) -> InboxItem:
    """Put a message into the inbox, or return the one that is already there."""
    content = {
        "id": incoming.message_id,
        "text": incoming.text,
        "payload": incoming.payload,
        "kind": kind,
    }
    values = {
        "channel": incoming.channel,
        "message_key": message_key,
        "conversation_id": incoming.conversation,
        "content": content,
        "state": RECEIVED,
        "received_at": incoming.at,
    }
    insert = insert_into(session, _TABLE).on_conflict_do_nothing()
    result = session.execute(insert, values)
    if result.rowcount:
        new_id = result.inserted_primary_key[0]
        return InboxItem(
            new_id,
            message_key,
            incoming.conversation,
            content,
            RECEIVED,
            is_new=True,
        )
    found = _find(session, incoming.channel, message_key)
    if found is None:
        raise StorageError("a message could not be accepted")
    return found


def _find(session: Session, channel: str, message_key: str) -> InboxItem | None:
    wanted = {"wanted_channel": channel, "wanted_key": message_key}
    row = session.execute(_FIND, wanted).first()
    return _item(row) if row is not None else None


def _item(row: Any) -> InboxItem:
    return InboxItem(
        row.id,
        row.message_key,
        row.conversation_id,
        row.content,
        row.state,
        channel=row.channel,
        at=row.received_at,
    )


def is_done(session: Session, inbox_id: int) -> bool:
    """Return whether a message has been answered."""
    row = session.get(InboxRow, inbox_id)
    return row is None or row.state == DONE


def mark_done(session: Session, inbox_id: int) -> None:
    """Note that a message has been answered, and forget its words."""
    session.execute(_MARK_DONE, {"wanted": inbox_id, "state": DONE, "content": {}})


def unanswered(session: Session, channel: str = "web") -> list[InboxItem]:
    """Return a channel's messages that were accepted but not answered, oldest first."""
    statement = (
        select(InboxRow)
        .where(InboxRow.state == RECEIVED, InboxRow.channel == channel)
        .order_by(InboxRow.id)
    )
    return [_item(row) for row in session.execute(statement).scalars()]


def conversations_waiting(
    session: Session, channels: Sequence[str], limit: int
) -> list[str]:
    """Return conversations of these channels that have something unanswered."""
    statement = (
        select(InboxRow.conversation_id)
        .where(InboxRow.state == RECEIVED, InboxRow.channel.in_(channels))
        .group_by(InboxRow.conversation_id)
        .order_by(func.min(InboxRow.id))
        .limit(limit)
    )
    return list(session.execute(statement).scalars())


def waiting_of(session: Session, conversation: str) -> list[InboxItem]:
    """Return what is unanswered in a conversation, in the order it was written."""
    statement = (
        select(InboxRow)
        .where(InboxRow.state == RECEIVED, InboxRow.conversation_id == conversation)
        .order_by(InboxRow.received_at, InboxRow.id)
    )
    return [_item(row) for row in session.execute(statement).scalars()]
