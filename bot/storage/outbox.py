"""The outbox: messages on their way, each until it is sent or given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.storage.tables import OutboxRow

WAITING: Final = "waiting"
SENDING: Final = "sending"
SENT: Final = "sent"
DEAD: Final = "dead"
_OPEN: Final = (WAITING, SENDING)
# Providers tell these in any order; a message only moves forward.
_RANK: Final = {WAITING: 0, SENDING: 1, SENT: 2, "delivered": 3, "read": 4}


@dataclass(frozen=True)
class OutboxItem:
    """A message in the outbox."""

    id: int
    conversation: str
    channel: str
    content: dict[str, Any]
    state: str
    attempts: int
    next_at: datetime
    created_at: datetime


def post(
    session: Session,
    conversation: str,
    channel: str,
    content: dict[str, Any],
    now: datetime,
) -> None:
    """Put a message into the outbox."""
    session.add(
        OutboxRow(
            conversation_id=conversation,
            channel=channel,
            content=content,
            state=WAITING,
            attempts=0,
            next_at=now,
            created_at=now,
        )
    )


def conversations_to_send(session: Session, now: datetime, limit: int) -> list[str]:
    """Return conversations whose oldest unsent message is due, longest due first."""
    first = (
        select(func.min(OutboxRow.id).label("id"))
        .where(OutboxRow.state.in_(_OPEN))
        .group_by(OutboxRow.conversation_id)
        .subquery()
    )
    statement = (
        select(OutboxRow.conversation_id)
        .join(first, OutboxRow.id == first.c.id)
        .where(OutboxRow.next_at <= now)
        .order_by(OutboxRow.next_at)
        .limit(limit)
    )
    return list(session.execute(statement).scalars())


def oldest_unsent(session: Session, conversation: str) -> OutboxItem | None:
    """Return the message of a conversation that must go before all others, or None."""
    statement = (
        select(OutboxRow)
        .where(OutboxRow.conversation_id == conversation, OutboxRow.state.in_(_OPEN))
        .order_by(OutboxRow.id)
        .limit(1)
    )
    row = session.execute(statement).scalars().first()
    if row is None:
        return None
    return OutboxItem(
        row.id,
        row.conversation_id,
        row.channel,
        row.content,
        row.state,
        row.attempts,
        row.next_at,
        row.created_at,
    )


def set_state(
    session: Session,
    outbox_id: int,
    state: str,
    *,
    next_at: datetime | None = None,
    attempts: int | None = None,
    provider_key: str | None = None,
    error: int | None = None,
) -> None:
    """Note what became of a message; what was sent or given up loses its words."""
    values: dict[str, Any] = {"state": state, "error": error}
    if next_at is not None:
        values["next_at"] = next_at
    if attempts is not None:
        values["attempts"] = attempts
    if provider_key is not None:
        values["provider_key"] = provider_key
    if state not in _OPEN:
        values["content"] = {}
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == outbox_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def note_status(
    session: Session,
    state: str,
    provider_key: str,
    outbox_id: int | None,
    error: int | None,
) -> str | None:
    """Note what a provider tells of a message of ours; return its conversation."""
    row = session.get(OutboxRow, outbox_id) if outbox_id is not None else None
    if row is None or row.provider_key not in (None, provider_key):
        statement = select(OutboxRow).where(OutboxRow.provider_key == provider_key)
        row = session.execute(statement).scalars().first()
    if row is None:
        return None
    row.provider_key = provider_key
    if state == "failed":
        row.state, row.error, row.content = DEAD, error, {}
    elif _RANK[state] > _RANK.get(row.state, 9):
        row.state, row.content = state, {}
    return str(row.conversation_id)


def forget_outbox_before(session: Session, moment: datetime) -> None:
    """Remove messages that were dealt with long ago."""
    session.execute(
        delete(OutboxRow).where(
            OutboxRow.created_at < moment, OutboxRow.state.not_in(_OPEN)
        )
    )


def count_by_state(session: Session) -> dict[str, int]:
    """Return how many messages are in each state."""
    statement = select(OutboxRow.state, func.count()).group_by(OutboxRow.state)
    return {row[0]: row[1] for row in session.execute(statement)}


@dataclass(frozen=True)
class Delivery:
    """What became of one message; `error` is the provider's last number for it."""

    state: str
    error: int | None
    created_at: datetime


def states_of(session: Session, conversation: str, limit: int = 5) -> list[Delivery]:
    """Return what became of a conversation's last messages, the newest first."""
    statement = (
        select(OutboxRow.state, OutboxRow.error, OutboxRow.created_at)
        .where(OutboxRow.conversation_id == conversation)
        .order_by(OutboxRow.id.desc())
        .limit(limit)
    )
    return [Delivery(*row) for row in session.execute(statement)]
