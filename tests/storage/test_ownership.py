"""Who has a conversation is decided once, and stays so until it is given back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import ownership
from bot.storage.engine import Storage
from bot.storage.ownership import Ownership
from tests.builders import NOON
from tests.storage.conftest import CONVERSATION, OTHER

ANA, LUZ = 1, 2
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def taken(started: Storage) -> Storage:
    """The database in which Ana took a conversation at noon."""
    with started.begin() as session:
        assert ownership.take(session, CONVERSATION, ANA, NOON)
    return started


def owned(storage: Storage, conversation: str = CONVERSATION) -> Ownership:
    """Return who has a conversation."""
    with storage.read() as session:
        found = ownership.ownership_of(session, conversation)
    assert found is not None
    return found


def test_the_assistant_has_a_new_conversation(started: Storage) -> None:
    assert owned(started) == Ownership("bot", None, None, None, None, None, None)


def test_a_person_has_what_they_took_and_since_when(taken: Storage) -> None:
    found = owned(taken)
    assert (found.owner, found.staff_id, found.since) == ("person", ANA, NOON)
    assert owned(taken, OTHER).owner == "bot"


def test_a_second_taker_gets_nothing(taken: Storage) -> None:
    with taken.begin() as session:
        assert not ownership.take(session, CONVERSATION, LUZ, LATER)
    assert owned(taken).staff_id == ANA


def test_what_does_not_exist_cannot_be_taken(started: Storage) -> None:
    with started.begin() as session:
        assert not ownership.take(session, "c" * 32, ANA, NOON)
        assert ownership.ownership_of(session, "c" * 32) is None


@pytest.mark.parametrize(("by", "is_given"), [(ANA, True), (LUZ, False), (None, True)])
def test_only_its_owner_or_nobody_in_particular_gives_it_back(
    taken: Storage, by: int | None, is_given: bool
) -> None:
    with taken.begin() as session:
        assert ownership.give_back(session, CONVERSATION, LATER, by) is is_given
    assert (owned(taken).owner == "bot") is is_given


def test_what_was_given_back_is_not_given_back_again(taken: Storage) -> None:
    with taken.begin() as session:
        assert ownership.give_back(session, CONVERSATION, LATER, ANA)
        assert not ownership.give_back(session, CONVERSATION, LATER, None)


def test_a_visitor_waits_since_their_first_unanswered_words(taken: Storage) -> None:
    with taken.begin() as session:
        assert ownership.note_waiting(session, CONVERSATION, NOON)
        assert ownership.note_waiting(session, CONVERSATION, LATER)
    assert owned(taken).waiting_since == NOON


def test_nobody_waits_for_the_assistant(started: Storage) -> None:
    with started.begin() as session:
        assert not ownership.note_waiting(session, CONVERSATION, NOON)
    assert owned(started).waiting_since is None


def test_whoever_is_answered_waits_no_longer(taken: Storage) -> None:
    with taken.begin() as session:
        ownership.note_waiting(session, CONVERSATION, NOON)
        ownership.note_staff(session, CONVERSATION, LATER)
    assert (owned(taken).waiting_since, owned(taken).staff_at) == (None, LATER)


def test_those_who_wait_too_long_are_found(taken: Storage) -> None:
    with taken.begin() as session:
        assert ownership.waiting_longer_than(session, LATER) == []
        ownership.note_waiting(session, CONVERSATION, NOON)
        before = NOON - timedelta(seconds=1)
        assert ownership.waiting_longer_than(session, before) == []
        assert ownership.waiting_longer_than(session, NOON) == [CONVERSATION]


def test_other_gateways_see_what_staff_did(taken: Storage) -> None:
    before = NOON - timedelta(seconds=1)
    with taken.read() as session:
        assert ownership.changed_since(session, before) == [CONVERSATION]
        assert ownership.changed_since(session, NOON) == []


@pytest.mark.parametrize("who", ["staff", "visitor"])
def test_typing_is_seen_until_its_time_is_over(
    taken: Storage, who: ownership.Who
) -> None:
    with taken.begin() as session:
        assert ownership.note_typing(session, CONVERSATION, who, LATER)
    found = owned(taken)
    assert found.is_typing(who, NOON)
    assert not found.is_typing(who, LATER)
    assert not found.is_typing("visitor" if who == "staff" else "staff", NOON)


def test_typing_to_the_assistant_is_not_kept(started: Storage) -> None:
    with started.begin() as session:
        assert not ownership.note_typing(session, CONVERSATION, "visitor", LATER)
    assert owned(started).visitor_typing_until is None
