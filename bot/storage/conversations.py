"""Conversations: started, touched, looked up, deleted with everything in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from bot.core.languages import Language, as_language
from bot.core.messages import Channel
from bot.storage.consultations import forget_conversations
from bot.storage.contacts import forget_contacts
from bot.storage.leases import forget_leases_of
from bot.storage.tables import (
    ConversationRow,
    InboxRow,
    MessageRow,
    OutboxRow,
    TrackerRow,
)

# Each message runs these: made once, and on the table, they cost half of the ORM's.
_TABLE: Final = ConversationRow.__table__
_WORDS: Final[tuple[Any, ...]] = (MessageRow, InboxRow, TrackerRow)
_FIND: Final = select(_TABLE).where(_TABLE.c.id == bindparam("wanted"))
_TOUCH: Final = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("wanted"))
    .values(
        last_message_at=bindparam("now"),
        language=func.coalesce(bindparam("spoken"), _TABLE.c.language),
    )
)


@dataclass(frozen=True)
class Conversation:
    """What is kept about a conversation beside its messages."""

    id: str
    channel: str
    language: Language | None
    owner: str
    last_message_at: datetime
    # The field that the consultation form asked last, while it is open.
    asked: str | None = None


def start_conversation(
    session: Session,
    conversation_id: str,
    channel: Channel,
    language: Language | None,
    now: datetime,
) -> None:
    """Add a conversation that the bot answers."""
    session.add(
        ConversationRow(
            id=conversation_id,
            channel=channel,
            language=language,
            owner="bot",
            created_at=now,
            last_message_at=now,
        )
    )


def find_conversation(session: Session, conversation_id: str) -> Conversation | None:
    """Return the conversation of an id, or None."""
    row = session.execute(_FIND, {"wanted": conversation_id}).first()
    if row is None:
        return None
    return Conversation(
        row.id,
        row.channel,
        as_language(row.language),
        row.owner,
        row.last_message_at,
        row.asked,
    )


def touch_conversation(
    session: Session,
    conversation_id: str,
    now: datetime,
    language: Language | None = None,
) -> None:
    """Note that a conversation was used, and in which language it is now answered."""
    values = {"wanted": conversation_id, "now": now, "spoken": language}
    session.execute(_TOUCH, values)


def set_asked(session: Session, conversation_id: str, asked: str | None) -> None:
    """Note which field the consultation form asks now; None: it is not open."""
    session.execute(
        update(_TABLE).where(_TABLE.c.id == conversation_id).values(asked=asked)
    )


def delete_conversations(session: Session, conversation_ids: list[str]) -> None:
    """Delete conversations with all that was said and where it was to be sent.

    Requests that were begun go, too; those that were sent stay without the tie.
    """
    forget_contacts(session, conversation_ids)
    forget_leases_of(session, conversation_ids)
    forget_conversations(session, conversation_ids)
    # The conversation first: who is about to add to it is waited for, and what was
    # added goes, too.
    _delete(session, ConversationRow, ConversationRow.id.in_(conversation_ids))
    for table in (*_WORDS, OutboxRow):
        _delete(session, table, table.conversation_id.in_(conversation_ids))


def delete_left_behind(session: Session) -> None:
    """Delete what belongs to no conversation: it came while one was deleted."""
    for table in _WORDS:
        own = select(ConversationRow.id).where(
            ConversationRow.id == table.conversation_id
        )
        _delete(session, table, ~own.exists())


def _delete(session: Session, table: Any, which: Any) -> None:
    statement = delete(table).where(which)
    session.execute(statement.execution_options(synchronize_session=False))


def conversations_unused_since(
    session: Session, moment: datetime, limit: int = 500
) -> list[str]:
    """Return ids of conversations whose last message is older than a moment."""
    statement = (
        select(ConversationRow.id)
        .where(ConversationRow.last_message_at < moment)
        .limit(limit)
    )
    return list(session.execute(statement).scalars())


def count_conversations(session: Session) -> int:
    """Return how many conversations are kept now."""
    return int(
        session.execute(select(func.count()).select_from(ConversationRow)).scalar_one()
    )
