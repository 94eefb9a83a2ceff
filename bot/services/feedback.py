"""A visitor's vote on an answer, kept without their words unless they agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.errors import UnknownAnswer, UnknownConversation
from bot.core.feedback import Vote, vote_name
from bot.storage import conversations, feedback, messages
from bot.storage.engine import Storage


@dataclass(frozen=True)
class Ballot:
    """What a visitor says about one answer of one message."""

    conversation: str
    seq: int
    entry: str
    helpful: bool
    share: bool


def cast_vote(storage: Storage, key: bytes, ballot: Ballot, now: datetime) -> bool:
    """Keep a vote and return whether it says something new about the answer.

    Raises:
        UnknownConversation: it was deleted, or never begun.
        UnknownAnswer: the message is none of the bot's, or gave another entry.
        StorageError: nothing was saved.
    """
    whose, seq = ballot.conversation, ballot.seq
    with storage.begin() as session:
        found = conversations.find_conversation(session, whose)
        if found is None:
            raise UnknownConversation
        message = messages.find_message(session, whose, seq)
        if message is None or not _answers_with(message, ballot.entry):
            raise UnknownAnswer
        # A turn is stored whole: what was said, then what was answered.
        asked = messages.find_message(session, whose, seq - 1) if ballot.share else None
        words = asked["text"] if asked and asked["from"] == "visitor" else None
        vote = Vote(
            name=vote_name(whose, seq, ballot.entry, key),
            entry=ballot.entry,
            language=message["language"],
            channel=found.channel,
            helpful=ballot.helpful,
            at=now,
            words=words,
            conversation=None if words is None else whose,
        )
        return feedback.record_vote(session, vote)


def _answers_with(message: dict[str, Any], entry: str) -> bool:
    given = {answer["entry"] for answer in message["answers"]}
    return message["from"] == "bot" and entry in given
