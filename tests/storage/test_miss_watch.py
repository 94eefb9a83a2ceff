"""The watch follows conversations and keeps questions that got no useful answer."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from bot.core.errors import StorageError
from bot.core.messages import Reply
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.storage.engine import Storage
from tests.builders import message, write_knowledge
from tests.storage.missed_office import Office, kept_words

NO = Reply("no_answer", "en", options=("bond_money", "human_please"))
ASKS = Reply("clarify", "en", options=("bond_money", "human_please"))
GIVES = Reply("answer", "en", entries=("bond_money",))
PERSON = Reply("handoff", "en", entries=("human_please",))
THANKS = Reply("small_talk", "en")
URGENT = Reply("emergency", "en")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The small knowledge folder."""
    return load_knowledge(write_knowledge(tmp_path_factory.mktemp("missed")))


@pytest.fixture
def office(storage: Storage, small: KnowledgeBase) -> Office:
    """An office that watches its turns."""
    return Office(storage, small)


def test_the_watch_keeps_a_refused_question_masked(
    office: Office, storage: Storage
) -> None:
    office.turn("a", "can my cousin Juan Perez keep a dog", NO)
    assert kept_words(storage) == ["can my cousin [name] keep a dog"]


# What a visitor said and was told, turn by turn; and the words that are kept.
TALKS = {
    "answered": ([("my dog", GIVES)], []),
    "asked back and picked": ([("my dog", ASKS), ("the first", GIVES)], []),
    "asked back, thanked, picked": (
        [("my dog", ASKS), ("ok", THANKS), ("the first", GIVES)],
        [],
    ),
    "asked back twice, then refused": (
        [("my dog", ASKS), ("a tattoo", ASKS), ("the lottery", NO)],
        ["a tattoo", "my dog", "the lottery"],
    ),
    "a person after an answer": (
        [("my dog", GIVES), ("/request_consultation", PERSON)],
        ["my dog"],
    ),
    "a person after more of an answer": (
        [("my dog", GIVES), ("/ask_more", GIVES), ("/person", PERSON)],
        ["my dog"],
    ),
    "refused twice in the same words": ([("my dog", NO), ("a dog", NO)], ["my dog"]),
    "an emergency in between": (
        [("my dog", ASKS), ("help now", URGENT), ("a tattoo", GIVES)],
        [],
    ),
}


@pytest.mark.parametrize(("said", "kept"), TALKS.values(), ids=TALKS)
def test_the_watch_follows_a_conversation(
    office: Office, storage: Storage, said: list[tuple[str, Reply]], kept: list[str]
) -> None:
    for words, reply in said:
        office.turn("a", words, reply)
    assert kept_words(storage) == kept


def test_conversations_do_not_mix(office: Office, storage: Storage) -> None:
    office.turn("a", "my dog", ASKS)
    office.turn("b", "a tattoo", GIVES)
    office.turn("a", "the first", GIVES)
    assert kept_words(storage) == []


def test_who_leaves_without_picking_is_noted_half_an_hour_later(
    office: Office, storage: Storage
) -> None:
    office.turn("a", "my dog", ASKS)
    office.now += timedelta(minutes=31)
    office.turn("b", "a tattoo", GIVES)
    assert kept_words(storage) == ["my dog"]


def test_words_of_somebody_in_despair_are_never_kept(
    office: Office, storage: Storage
) -> None:
    office.turn("a", "my dog died and I want to", NO, intent="crisis")
    office.turn("a", "a person please", PERSON)
    assert kept_words(storage) == []


def test_a_database_that_fails_stops_nobody_and_no_word_is_logged(
    office: Office,
    storage: Storage,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> None:
        raise StorageError("away")

    monkeypatch.setattr(storage, "begin", broken)
    with caplog.at_level(logging.DEBUG):
        office.turn("a", "canary dog", NO)
    assert "not kept" in caplog.text
    assert "canary" not in caplog.text


def test_a_flood_of_turns_is_let_go(office: Office, storage: Storage) -> None:
    for number in range(500):
        office.watch.see(f"v{number}", message(f"a dog {number}"), NO)
    office.watch.work_off()
    assert len(kept_words(storage)) == 200


def test_an_answer_about_the_office_is_no_miss_when_a_person_is_asked_for(
    storage: Storage, small: KnowledgeBase
) -> None:
    personal = next(e.id for e in small.entries.values() if e.group == "meta")
    office = Office(storage, small)
    office.turn("a", "do you keep my dog", Reply("answer", "en", entries=(personal,)))
    office.turn("a", "/request_consultation", PERSON)
    assert kept_words(storage) == []
