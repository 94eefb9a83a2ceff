"""The messages of a conversation in order, as the visitor may read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from bot.storage.tables import MessageRow

_TABLE: Final = MessageRow.__table__
_LAST: Final = select(func.max(_TABLE.c.seq)).where(
    _TABLE.c.conversation_id == bindparam("wanted")
)
_INSERT: Final = insert(_TABLE)


def add_message(
    session: Session,
    conversation_id: str,
    content: dict[str, Any],
    now: datetime,
    inbox_id: int | None = None,
) -> dict[str, Any]:
    """Append a message and return it with its `seq` and `at`."""
    return add_messages(session, conversation_id, [(content, inbox_id)], now)[0]


def add_messages(
    session: Session,
    conversation_id: str,
    contents: Sequence[tuple[dict[str, Any], int | None]],
    now: datetime,
) -> list[dict[str, Any]]:
    """Append messages, each with the inbox id it answers, and return them in order."""
    last = session.execute(_LAST, {"wanted": conversation_id}).scalar_one_or_none() or 0
    values: list[dict[str, Any]] = [
        {
            "conversation_id": conversation_id,
            "seq": last + place,
            "inbox_id": inbox_id,
            "content": content,
            "at": now,
        }
        for place, (content, inbox_id) in enumerate(contents, start=1)
    ]
    session.execute(_INSERT, values)
    return [_message(row["seq"], now, row["content"]) for row in values]


def messages_after(
    session: Session, conversation_id: str, seq: int
) -> list[dict[str, Any]]:
    """Return the conversation's messages after a number, oldest first."""
    statement = (
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.seq > seq)
        .order_by(MessageRow.seq)
    )
    return [
        _message(row.seq, row.at, row.content)
        for row in session.execute(statement).scalars()
    ]


def messages_of_turn(session: Session, inbox_id: int) -> list[dict[str, Any]]:
    """Return the messages that answered one inbox message."""
    statement = (
        select(MessageRow)
        .where(MessageRow.inbox_id == inbox_id)
        .order_by(MessageRow.seq)
    )
    return [
        _message(row.seq, row.at, row.content)
        for row in session.execute(statement).scalars()
    ]


def find_message(
    session: Session, conversation_id: str, seq: int
) -> dict[str, Any] | None:
    """Return one message of a conversation, or None."""
    row = session.get(MessageRow, (conversation_id, seq))
    return None if row is None else _message(row.seq, row.at, row.content)


def _message(seq: int, at: datetime, content: dict[str, Any]) -> dict[str, Any]:
    return {"seq": seq, "at": at.isoformat(timespec="seconds"), **content}
