"""A vote is kept once and nameless; shared words go with time or with their visitor."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.errors import StorageError
from bot.core.feedback import Tally
from bot.services.retention import delete_old_conversations
from bot.settings import Settings
from bot.storage import conversations, feedback
from bot.storage.engine import Storage
from tests.builders import NOON
from tests.storage.conftest import CONVERSATION, OTHER, vote

WORDS = "canario-amarillo-7319"


def keep(storage: Storage, *votes: Any) -> list[bool]:
    """Record votes and return which of them said something new."""
    with storage.begin() as session:
        return [feedback.record_vote(session, one) for one in votes]


def tallies(storage: Storage) -> list[Tally]:
    """Return the votes as they are counted."""
    with storage.read() as session:
        return feedback.count_votes(session)


def shared(storage: Storage) -> list[str]:
    """Return the words that the office may read."""
    with storage.read() as session:
        assert feedback.count_shared_questions(session) == len(
            feedback.shared_questions(session)
        )
        return [question.words for question in feedback.shared_questions(session)]


def named(settings: Settings) -> list[tuple[object, ...]]:
    """Return what the rows say of words and conversations, as the database has it."""
    with sqlite3.connect(settings.DATA_DIR / "rights_desk.db") as connection:
        rows = connection.execute("SELECT words, conversation_id FROM feedback")
        found = rows.fetchall()
    connection.close()
    return found


def test_a_second_vote_takes_the_place_of_the_first(storage: Storage) -> None:
    keep(storage, vote("a"), vote("a", helpful=True))
    assert tallies(storage) == [Tally("jail_hold", "en", up=1, down=0)]


def test_only_a_vote_that_says_something_else_is_new(storage: Storage) -> None:
    given = [vote("a"), vote("a", WORDS), vote("a", helpful=True), vote("b")]
    assert keep(storage, *given) == [True, False, True, True]


def test_votes_are_counted_by_entry_and_language(storage: Storage) -> None:
    keep(storage, vote("a"), vote("b", helpful=True), vote("c", language="es"))
    keep(storage, vote("d", entry="bond_money", helpful=True))
    assert sorted(tallies(storage), key=str) == [
        Tally("bond_money", "en", up=1, down=0),
        Tally("jail_hold", "en", up=1, down=1),
        Tally("jail_hold", "es", up=0, down=1),
    ]


def test_a_vote_without_words_names_no_conversation(
    storage: Storage, settings: Settings
) -> None:
    keep(storage, vote("a", conversation=CONVERSATION))
    assert named(settings) == [(None, None)]


def test_the_database_refuses_a_conversation_without_words(storage: Storage) -> None:
    with pytest.raises(StorageError), storage.begin() as session:
        feedback.record_vote(session, vote("a", WORDS, conversation=None))


def test_a_later_vote_without_words_takes_the_shared_ones_away(
    storage: Storage, settings: Settings
) -> None:
    keep(storage, vote("a", WORDS), vote("a", helpful=True))
    assert (shared(storage), named(settings)) == ([], [(None, None)])


def test_shared_questions_come_oldest_first(storage: Storage) -> None:
    keep(storage, vote("a", "later", at=NOON + timedelta(hours=1)), vote("b", "first"))
    assert shared(storage) == ["first", "later"]


def test_forgetting_a_conversation_takes_its_words_and_leaves_its_votes(
    storage: Storage,
) -> None:
    keep(storage, vote("a", "mine"), vote("b", "theirs", conversation=OTHER))
    with storage.begin() as session:
        assert feedback.has_words(session, CONVERSATION)
        assert feedback.forget_words(session, CONVERSATION) == 1
        assert not feedback.has_words(session, CONVERSATION)
    assert shared(storage) == ["theirs"]
    assert tallies(storage) == [Tally("jail_hold", "en", up=0, down=2)]


def test_shared_words_outlive_their_conversation(started: Storage) -> None:
    keep(started, vote("a", WORDS))
    assert delete_old_conversations(started, NOON + timedelta(hours=49), 48) == 2
    with started.read() as session:
        assert conversations.count_conversations(session) == 0
    assert shared(started) == [WORDS]


@pytest.mark.parametrize(
    ("days", "left"),
    [(89.9, [WORDS]), (90, [WORDS]), (90.1, [])],
    ids=["before", "to the minute", "after"],
)
def test_shared_words_are_forgotten_after_ninety_days_and_the_vote_stays(
    storage: Storage, days: float, left: list[str]
) -> None:
    keep(storage, vote("a", WORDS))
    delete_old_conversations(storage, NOON + timedelta(days=days), 48)
    assert shared(storage) == left
    assert len(tallies(storage)) == 1


def test_after_ninety_days_no_file_holds_a_trace_of_shared_words(
    storage: Storage, settings: Settings
) -> None:
    keep(storage, vote("a", WORDS), vote("b"))
    marks = [CONVERSATION.encode(), *(row[0] for row in named(settings) if row[0])]

    def traces() -> list[str]:
        files = [path for path in settings.DATA_DIR.rglob("*") if path.is_file()]
        return [f.name for f in files if any(mark in f.read_bytes() for mark in marks)]

    assert len(marks) == 2
    assert traces() != []
    delete_old_conversations(storage, NOON + timedelta(days=91), 48)
    assert traces() == []


def test_what_is_read_back_is_what_was_shared(storage: Storage) -> None:
    keep(storage, vote("a", "¿Y la fianza?", language="es"))
    with storage.read() as session:
        (question,) = feedback.shared_questions(session)
    expected = replace(question, words="¿Y la fianza?", language="es", at=NOON)
    assert question == expected
    assert not question.helpful
