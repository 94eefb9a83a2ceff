"""Each message is accepted once, answered in order, and looked up by its turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from bot.core.errors import StorageError
from bot.storage import conversations, inbox, messages
from bot.storage.engine import Storage
from bot.storage.inbox import InboxItem
from tests.builders import NOON, incoming
from tests.storage.conftest import CONVERSATION, OTHER


def accept(storage: Storage, key: str, text: str = "hello") -> InboxItem:
    """Put a message into the inbox."""
    with storage.begin() as session:
        return inbox.accept(session, incoming(CONVERSATION, key, text), key)


def test_a_message_accepted_twice_stands_in_the_inbox_once(started: Storage) -> None:
    first, second = accept(started, "k", "first"), accept(started, "k", "again")
    assert (first.is_new, second.is_new) == (True, False)
    assert first.id == second.id
    with started.begin() as session:
        waiting = [item.content["text"] for item in inbox.unanswered(session)]
    assert waiting == ["first"]


def test_the_same_key_of_another_channel_is_another_message(started: Storage) -> None:
    accept(started, "k")
    other = replace(incoming(CONVERSATION, "k", "hello"), channel="whatsapp_cloud")
    with started.begin() as session:
        assert inbox.accept(session, other, "k").is_new


def test_messages_wait_in_the_order_in_which_they_came(started: Storage) -> None:
    for key in ("c", "a", "b"):
        accept(started, key, key)
    with started.begin() as session:
        waiting = [item.content["text"] for item in inbox.unanswered(session)]
    assert waiting == ["c", "a", "b"]


def test_an_answered_message_waits_no_longer(started: Storage) -> None:
    item = accept(started, "k")
    with started.begin() as session:
        assert not inbox.is_done(session, item.id)
        inbox.mark_done(session, item.id)
    with started.begin() as session:
        assert inbox.is_done(session, item.id)
        assert inbox.unanswered(session) == []


def test_a_block_that_fails_saves_nothing(started: Storage) -> None:
    def accept_and_fail() -> None:
        with started.begin() as session:
            inbox.accept(session, incoming(CONVERSATION, "k", "hello"), "k")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        accept_and_fail()
    with started.begin() as session:
        assert inbox.unanswered(session) == []


def test_messages_are_numbered_from_one_in_each_conversation(started: Storage) -> None:
    with started.begin() as session:
        for conversation in (CONVERSATION, CONVERSATION, OTHER, CONVERSATION):
            messages.add_message(session, conversation, {"text": "x"}, NOON)
        mine = [m["seq"] for m in messages.messages_after(session, CONVERSATION, 0)]
        theirs = [m["seq"] for m in messages.messages_after(session, OTHER, 0)]
    assert (mine, theirs) == ([1, 2, 3], [1])


def test_only_messages_after_the_number_are_returned(started: Storage) -> None:
    with started.begin() as session:
        for text in ("one", "two", "three"):
            messages.add_message(session, CONVERSATION, {"text": text}, NOON)
        later = messages.messages_after(session, CONVERSATION, 1)
    assert [message["text"] for message in later] == ["two", "three"]


def test_a_turn_has_the_messages_that_answered_it_and_no_others(
    started: Storage,
) -> None:
    with started.begin() as session:
        messages.add_message(session, CONVERSATION, {"text": "greeting"}, NOON)
        messages.add_message(session, CONVERSATION, {"text": "mine"}, NOON, 1)
        messages.add_message(session, CONVERSATION, {"text": "next"}, NOON, 2)
        turn = messages.messages_of_turn(session, 1)
    assert [message["text"] for message in turn] == ["mine"]


@pytest.mark.parametrize(
    ("conversation", "seq", "found"),
    [(CONVERSATION, 1, "mine"), (OTHER, 1, None), (CONVERSATION, 2, None)],
    ids=["its own", "of another conversation", "not written"],
)
def test_a_message_is_found_only_in_its_conversation(
    started: Storage, conversation: str, seq: int, found: str | None
) -> None:
    with started.begin() as session:
        messages.add_message(session, CONVERSATION, {"text": "mine"}, NOON)
        message = messages.find_message(session, conversation, seq)
    assert (message and message["text"]) == found


def test_a_conversation_keeps_its_language_when_touched_without_one(
    started: Storage,
) -> None:
    later = NOON + timedelta(hours=1)
    with started.begin() as session:
        conversations.touch_conversation(session, CONVERSATION, later, "es")
        conversations.touch_conversation(session, CONVERSATION, later)
    with started.begin() as session:
        found = conversations.find_conversation(session, CONVERSATION)
    assert found is not None
    assert (found.language, found.last_message_at) == ("es", later)


def test_a_moment_is_kept_as_utc_whatever_its_zone(started: Storage) -> None:
    new_york = NOON.astimezone(timezone(timedelta(hours=-4)))
    with started.begin() as session:
        conversations.touch_conversation(session, OTHER, new_york)
    with started.begin() as session:
        found = conversations.find_conversation(session, OTHER)
    assert found is not None
    assert found.last_message_at.isoformat() == "2026-07-20T12:00:00+00:00"


def test_a_moment_without_a_zone_is_refused(started: Storage) -> None:
    without_zone = NOON.replace(tzinfo=None)
    with pytest.raises(StorageError), started.begin() as session:
        conversations.touch_conversation(session, OTHER, without_zone)
