"""Who answers a conversation: the assistant, or a person of the office and since when.

Each change is one statement that holds only in the state it expects, so that of two
people who take a conversation one gets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.storage.office_tables import ConsultationRow
from bot.storage.tables import ConversationRow

BOT: Final = "bot"
PERSON: Final = "person"
Who = Literal["staff", "visitor"]
_TABLE: Final = ConversationRow.__table__


@dataclass(frozen=True)
class Ownership:
    """Who has a conversation, who waits for whom, who is typing until when."""

    owner: str
    staff_id: int | None
    since: datetime | None
    waiting_since: datetime | None
    staff_at: datetime | None
    staff_typing_until: datetime | None
    visitor_typing_until: datetime | None

    @property
    def is_person(self) -> bool:
        """Whether a person of the office has the conversation."""
        return self.owner == PERSON

    def is_typing(self, who: Who, now: datetime) -> bool:
        """Return whether somebody is writing just now."""
        until = self.staff_typing_until if who == "staff" else self.visitor_typing_until
        return self.is_person and until is not None and until > now


def ownership_of(
    session: Session, conversation: str, hold: bool = False
) -> Ownership | None:
    """Return who has a conversation, or None if there is no such conversation.

    `hold`: until the transaction ends nobody else changes it (SQLite: one writer).
    """
    statement = select(
        _TABLE.c.owner,
        _TABLE.c.staff_id,
        _TABLE.c.owner_since,
        _TABLE.c.waiting_since,
        _TABLE.c.staff_at,
        _TABLE.c.staff_typing_until,
        _TABLE.c.visitor_typing_until,
    ).where(_TABLE.c.id == conversation)
    row = session.execute(statement.with_for_update() if hold else statement).first()
    return None if row is None else Ownership(*row)


def take(session: Session, conversation: str, staff_id: int, now: datetime) -> bool:
    """Give a conversation from the assistant to a person; return whether it was so."""
    return _change(
        session,
        [_TABLE.c.id == conversation, _TABLE.c.owner == BOT],
        owner=PERSON,
        staff_id=staff_id,
        owner_since=now,
        staff_at=now,
        waiting_since=None,
        staff_typing_until=None,
        visitor_typing_until=None,
    )


def give_back(
    session: Session, conversation: str, now: datetime, staff_id: int | None
) -> bool:
    """Give a conversation back to the assistant; return whether it was so.

    `staff_id`: only if this person has it; None: whoever has it.
    """
    wanted = [_TABLE.c.id == conversation, _TABLE.c.owner == PERSON]
    if staff_id is not None:
        wanted.append(_TABLE.c.staff_id == staff_id)
    return _change(
        session,
        wanted,
        owner=BOT,
        staff_id=None,
        owner_since=now,
        staff_at=now,
        waiting_since=None,
        staff_typing_until=None,
        visitor_typing_until=None,
    )


def note_staff(session: Session, conversation: str, now: datetime) -> None:
    """Note that staff wrote: nobody waits any longer."""
    _change(
        session,
        [_TABLE.c.id == conversation],
        staff_at=now,
        waiting_since=None,
        staff_typing_until=None,
    )


def note_news(session: Session, conversation: str, now: datetime) -> None:
    """Note that the office left a message, so that every gateway wakes the page."""
    _change(session, [_TABLE.c.id == conversation], staff_at=now)


def note_waiting(session: Session, conversation: str, now: datetime) -> bool:
    """Note that the visitor waits for the person, since the first unanswered word.

    Returns whether a person has the conversation.
    """
    return _change(
        session,
        [_TABLE.c.id == conversation, _TABLE.c.owner == PERSON],
        waiting_since=func.coalesce(_TABLE.c.waiting_since, now),
        visitor_typing_until=None,
    )


def note_typing(session: Session, conversation: str, who: Who, until: datetime) -> bool:
    """Note until when somebody counts as typing; return whether a person has it."""
    column = "staff_typing_until" if who == "staff" else "visitor_typing_until"
    wanted = [_TABLE.c.id == conversation, _TABLE.c.owner == PERSON]
    return _change(session, wanted, **{column: until})


def waiting_longer_than(session: Session, moment: datetime) -> list[str]:
    """Return conversations whose visitor has waited since a moment or longer."""
    statement = (
        select(_TABLE.c.id)
        .where(_TABLE.c.owner == PERSON, _TABLE.c.waiting_since <= moment)
        .order_by(_TABLE.c.waiting_since)
    )
    return list(session.execute(statement).scalars())


def without_request(session: Session) -> list[str]:
    """Return conversations that a person has and no request leads to any more."""
    request = select(ConsultationRow.id).where(
        ConsultationRow.conversation_id == _TABLE.c.id, ConsultationRow.state != "draft"
    )
    statement = select(_TABLE.c.id).where(_TABLE.c.owner == PERSON, ~request.exists())
    return list(session.execute(statement).scalars())


def changed_since(session: Session, moment: datetime) -> list[str]:
    """Return conversations in which staff did something after a moment."""
    statement = select(_TABLE.c.id).where(_TABLE.c.staff_at > moment)
    return list(session.execute(statement).scalars())


def _change(session: Session, wanted: list[Any], **values: Any) -> bool:
    statement = update(_TABLE).where(*wanted).values(**values)
    return bool(session.execute(statement).rowcount)
