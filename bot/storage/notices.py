"""Notices to staff: each waits here until somebody was told, or nobody could be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.storage.office_tables import NoticeRow
from bot.storage.tables import ConversationRow

WAITING: Final = "waiting"
SENT: Final = "sent"
# Told together with another one, which counts as sent.
FOLDED: Final = "folded"
DEAD: Final = "dead"
OFF: Final = "off"


@dataclass(frozen=True)
class Notice:
    """A notice that waits; `due_since` is when it was posted or its hours began."""

    id: int
    kind: str
    reference: str | None
    attempts: int
    due_since: datetime


def post(session: Session, kind: str, reference: str | None, now: datetime) -> None:
    """Let staff be told of something, outside the console and without its content."""
    session.add(
        NoticeRow(
            kind=kind,
            reference=reference,
            state=WAITING,
            attempts=0,
            next_at=now,
            created_at=now,
        )
    )


def due_notices(session: Session, now: datetime, limit: int = 500) -> list[Notice]:
    """Return the notices that may go now, the oldest first."""
    statement = (
        select(NoticeRow)
        .where(NoticeRow.state == WAITING, NoticeRow.next_at <= now)
        .order_by(NoticeRow.id)
        .limit(limit)
    )
    return [
        Notice(row.id, row.kind, row.reference, row.attempts, row.created_at)
        for row in session.execute(statement).scalars()
    ]


def hold(session: Session, ids: Sequence[int], until: datetime) -> None:
    """Keep notices back for the office's hours: they are due only from then on."""
    _change(session, ids, next_at=until, created_at=until)


def put_off(session: Session, ids: Sequence[int], until: datetime) -> None:
    """Let notices that are due wait a little longer."""
    _change(session, ids, next_at=until)


def begin_try(session: Session, ids: Sequence[int], until: datetime) -> None:
    """Count a try; if this process dies in it, another begins after `until`."""
    _change(session, ids, attempts=NoticeRow.attempts + 1, next_at=until)


def note_sent(session: Session, ids: Sequence[int], now: datetime) -> None:
    """Note that staff were told of these in one message; it counts once."""
    _change(session, ids[:1], state=SENT, next_at=now)
    _change(session, ids[1:], state=FOLDED, next_at=now)


def give_up(session: Session, ids: Sequence[int], now: datetime) -> None:
    """Note that nobody could be told of these."""
    _change(session, ids, state=DEAD, next_at=now)


def switch_off_before(session: Session, moment: datetime) -> int:
    """End notices that were posted before a moment, as nobody wants to be told."""
    statement = (
        update(NoticeRow)
        .where(NoticeRow.state == WAITING, NoticeRow.created_at < moment)
        .values(state=OFF)
        .execution_options(synchronize_session=False)
    )
    return int(session.execute(statement).rowcount)


def sent_since(
    session: Session, moment: datetime, kinds: Collection[str] | None = None
) -> list[datetime]:
    """Return when messages went out since a moment, the oldest first."""
    statement = select(NoticeRow.next_at).where(
        NoticeRow.state == SENT, NoticeRow.next_at > moment
    )
    if kinds is not None:
        statement = statement.where(NoticeRow.kind.in_(kinds))
    return list(session.execute(statement.order_by(NoticeRow.next_at)).scalars())


def oldest_due(session: Session, now: datetime) -> datetime | None:
    """Return since when the oldest unsent notice has been due, or None."""
    statement = select(func.min(NoticeRow.created_at)).where(
        NoticeRow.state == WAITING, NoticeRow.created_at <= now
    )
    found: datetime | None = session.execute(statement).scalar_one()
    return found


def was_posted(session: Session, kind: str, reference: str) -> bool:
    """Return whether such a notice was posted and is not yet forgotten."""
    statement = (
        select(NoticeRow.id)
        .where(NoticeRow.kind == kind, NoticeRow.reference == reference)
        .limit(1)
    )
    return session.execute(statement).first() is not None


def forget_before(
    session: Session, moment: datetime, except_kinds: Collection[str] = ()
) -> None:
    """Remove notices that were dealt with before a moment."""
    session.execute(
        delete(NoticeRow)
        .where(
            NoticeRow.state != WAITING,
            NoticeRow.created_at < moment,
            NoticeRow.kind.not_in(except_kinds),
        )
        .execution_options(synchronize_session=False)
    )


def waiting_conversations(
    session: Session, before: datetime
) -> list[tuple[str, datetime]]:
    """Return who has waited for a person since before a moment, and since when.

    Not those of whom staff were told at the moment when they began to wait.
    """
    told = select(NoticeRow.id).where(
        NoticeRow.kind == "waiting",
        NoticeRow.created_at == ConversationRow.waiting_since,
    )
    statement = select(ConversationRow.id, ConversationRow.waiting_since).where(
        ConversationRow.waiting_since < before, ~told.exists()
    )
    return [(row.id, row.waiting_since) for row in session.execute(statement)]


def _change(session: Session, ids: Sequence[int], **values: Any) -> None:
    if ids:
        session.execute(
            update(NoticeRow)
            .where(NoticeRow.id.in_(ids))
            .values(**values)
            .execution_options(synchronize_session=False)
        )
