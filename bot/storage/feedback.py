"""Votes on answers. A row names its conversation only while it keeps shared words."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from bot.core.feedback import SharedQuestion, Tally, Vote
from bot.storage.tables import FeedbackRow
from bot.storage.upserts import insert_into

_TABLE: Final = FeedbackRow.__table__
_REPLACED: Final = (
    *("entry", "language", "channel", "helpful", "at"),
    *("words", "conversation_id"),
)


def record_vote(session: Session, vote: Vote) -> bool:
    """Keep a vote in the place of an earlier one; return whether it says something new.

    The words of the earlier one go with it, unless the new one brings them again.
    """
    earlier = session.execute(
        select(_TABLE.c.helpful).where(_TABLE.c.vote == vote.name)
    ).scalar_one_or_none()
    is_shared = vote.words is not None
    values = {
        "vote": vote.name,
        "entry": vote.entry,
        "language": vote.language,
        "channel": vote.channel,
        "helpful": vote.helpful,
        "at": vote.at,
        "words": {"text": vote.words} if is_shared else None,
        "conversation_id": vote.conversation if is_shared else None,
    }
    insert = insert_into(session, _TABLE)
    new = {name: insert.excluded[name] for name in _REPLACED}
    session.execute(
        insert.on_conflict_do_update(index_elements=["vote"], set_=new), values
    )
    return earlier is not vote.helpful


def is_shared(session: Session, name: str) -> bool:
    """Return whether the question under a vote of this name was shared already."""
    found = select(_TABLE.c.id).where(
        _TABLE.c.vote == name, _TABLE.c.words.is_not(None)
    )
    return session.execute(found).first() is not None


def count_votes(session: Session) -> list[Tally]:
    """Return how many votes each entry has in each language."""
    up = func.sum(case((_TABLE.c.helpful, 1), else_=0)).label("up")
    statement = select(
        _TABLE.c.entry, _TABLE.c.language, up, func.count().label("votes")
    ).group_by(_TABLE.c.entry, _TABLE.c.language)
    return [
        Tally(row.entry, row.language, int(row.up), int(row.votes - row.up))
        for row in session.execute(statement)
    ]


def shared_questions(session: Session) -> list[SharedQuestion]:
    """Return the questions that visitors let the office read, oldest first."""
    statement = select(_TABLE).where(_TABLE.c.words.is_not(None)).order_by(_TABLE.c.at)
    return [
        SharedQuestion(row.entry, row.language, row.helpful, row.at, row.words["text"])
        for row in session.execute(statement)
    ]


def count_shared_questions(session: Session) -> int:
    """Return how many questions are kept that visitors let the office read."""
    statement = select(func.count()).where(_TABLE.c.words.is_not(None))
    return int(session.execute(statement).scalar_one())


def has_words(session: Session, conversation_id: str) -> bool:
    """Return whether words are kept that were shared in a conversation."""
    statement = select(_TABLE.c.id).where(_TABLE.c.conversation_id == conversation_id)
    return session.execute(statement.limit(1)).first() is not None


def forget_words(session: Session, conversation_id: str) -> int:
    """Forget the words shared in a conversation; its votes stay, without its name."""
    return _forget(session, _TABLE.c.conversation_id == conversation_id)


def forget_words_before(session: Session, moment: datetime) -> int:
    """Forget the words shared before a moment; the votes stay."""
    return _forget(session, _TABLE.c.words.is_not(None) & (_TABLE.c.at < moment))


def _forget(session: Session, which: Any) -> int:
    nothing = {"words": None, "conversation_id": None}
    return int(session.execute(update(_TABLE).where(which).values(nothing)).rowcount)
