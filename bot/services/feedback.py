"""A visitor's vote on an answer, kept without their words unless they agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.errors import UnknownAnswer, UnknownConversation
from bot.core.feedback import Vote, vote_name
from bot.core.languages import DEFAULT_LANGUAGE, as_language
from bot.core.misses import Miss
from bot.core.redaction import redact
from bot.services.miss_groups import DrawId, note_miss, safely
from bot.services.request_codes import find_code_in
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


def cast_vote(
    storage: Storage,
    key: bytes,
    ballot: Ballot,
    now: datetime,
    draw_id: DrawId | None = None,
) -> bool:
    """Keep a vote and return whether it says something new about the answer.

    With `draw_id`, a question under a "no" that the visitor lets the office read is
    kept among the missed ones, too: masked, and without any tie to the vote.

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
        name = vote_name(whose, seq, ballot.entry, key)
        # The same visitor is counted once, however often they change their mind.
        is_first = not feedback.is_shared(session, name)
        vote = Vote(
            name=name,
            entry=ballot.entry,
            language=message["language"],
            channel=found.channel,
            helpful=ballot.helpful,
            at=now,
            words=words,
            conversation=None if words is None else whose,
        )
        is_news = feedback.record_vote(session, vote)
    if draw_id is not None and is_first and not ballot.helpful and words:
        _note_missed(storage, draw_id, ballot, vote, words)
    return is_news


def _note_missed(
    storage: Storage, draw_id: DrawId, ballot: Ballot, vote: Vote, question: str
) -> None:
    masked = redact(question)
    language = as_language(vote.language) or DEFAULT_LANGUAGE
    if len(masked.split()) < 2 or find_code_in(question):
        return
    miss = Miss("thumbs_down", language, masked, ballot.entry)
    safely(lambda: note_miss(storage, miss, vote.at.date(), draw_id))


def _answers_with(message: dict[str, Any], entry: str) -> bool:
    given = {answer["entry"] for answer in message["answers"]}
    return message["from"] == "bot" and entry in given
