"""Rasa's memory is kept whole and short, and an error is never hidden."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from cryptography.fernet import Fernet
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import text

from bot.core.errors import StorageError
from bot.rasa_server.tracker_store import EncryptedTrackerStore
from bot.settings import PROJECT_ROOT, Settings
from bot.storage.conversations import start_conversation
from bot.storage.engine import Storage, open_storage, upgrade
from tests.builders import NOON

CONVERSATION = "0123456789abcdef" * 2
CANARY = "my name is Maria"


@pytest.fixture
def storage(settings: Settings) -> Any:
    """A database with one conversation, of which nothing is remembered."""
    upgrade(settings)
    opened = open_storage(settings)
    with opened.begin() as session:
        start_conversation(session, CONVERSATION, "web", "en", NOON)
    yield opened
    opened.close()


@pytest.fixture
def store(storage: Storage) -> EncryptedTrackerStore:
    """The store on that database."""
    domain = Domain.load(str(PROJECT_ROOT / "domain.yml"))
    return EncryptedTrackerStore(domain, storage=storage)


def _new_tracker(store: EncryptedTrackerStore) -> DialogueStateTracker:
    return DialogueStateTracker(CONVERSATION, store.domain.slots)


def _turn(tracker: DialogueStateTracker, words: str, *events: Any) -> None:
    intent = {"name": "greet", "confidence": 1.0}
    for event in (
        ActionExecuted("action_listen"),
        UserUttered(words, intent=intent, message_id=words),
        ActionExecuted("action_answer"),
        *events,
        BotUttered(data={"custom": {"kind": "answer"}}),
    ):
        tracker.update(event, None)


def _talk(store: EncryptedTrackerStore, turns: int) -> DialogueStateTracker:
    """Return the memory after some turns, saved and retrieved after each."""
    tracker = _new_tracker(store)
    for turn in range(turns):
        events = [SlotSet("topic", [f"entry_{turn}"])]
        if turn == 0:
            events.append(SlotSet("jurisdiction", "NJ"))
        _turn(tracker, f"turn {turn}", *events)
        asyncio.run(store.save(tracker))
        found = asyncio.run(store.retrieve(CONVERSATION))
        assert found is not None
        tracker = found
    return tracker


def test_store_has_nothing_of_an_unknown_conversation(
    store: EncryptedTrackerStore,
) -> None:
    assert asyncio.run(store.retrieve(CONVERSATION)) is None


def test_store_keeps_slots_and_events(store: EncryptedTrackerStore) -> None:
    tracker = _new_tracker(store)
    _turn(tracker, "hello", SlotSet("language", "es"), SlotSet("topic", ["bail"]))
    asyncio.run(store.save(tracker))
    found = asyncio.run(store.retrieve(CONVERSATION))
    assert found is not None
    assert found.current_slot_values() == tracker.current_slot_values()
    assert [e.as_dict() for e in found.events] == [e.as_dict() for e in tracker.events]
    assert found.latest_message is not None
    assert found.latest_message.message_id == "hello"


def test_store_lists_its_conversations(store: EncryptedTrackerStore) -> None:
    _talk(store, 1)
    assert asyncio.run(store.keys()) == [CONVERSATION]


def test_memory_keeps_slots_when_there_were_forty_turns(
    store: EncryptedTrackerStore,
) -> None:
    values = _talk(store, 40).current_slot_values()
    assert (values["jurisdiction"], values["topic"]) == ("NJ", ["entry_39"])


def test_memory_stays_short_when_there_were_forty_turns(
    store: EncryptedTrackerStore,
) -> None:
    events = list(_talk(store, 40).events)
    spoken = [event.text for event in events if isinstance(event, UserUttered)]
    assert spoken == [f"turn {turn}" for turn in range(38, 40)]
    assert len(events) <= 2 * 8 + len(store.domain.slots)


def test_memory_of_one_conversation_is_not_that_of_another(
    store: EncryptedTrackerStore,
) -> None:
    _talk(store, 1)
    assert asyncio.run(store.retrieve("f" * 32)) is None


def test_an_answer_to_a_form_is_not_kept_in_any_form(
    store: EncryptedTrackerStore,
) -> None:
    tracker = _new_tracker(store)
    tracker.update(SlotSet(REQUESTED_SLOT, "intake_name"), None)
    parsed = {"text": CANARY, "respelt": CANARY, "vector": CANARY, "parts": [CANARY]}
    tracker.update(UserUttered(CANARY, parse_data=parsed), None)
    asyncio.run(store.save(tracker))
    found = asyncio.run(store.retrieve(CONVERSATION))
    assert found is not None
    assert CANARY not in json.dumps([event.as_dict() for event in found.events])


def test_words_do_not_stand_readable_in_the_database(
    store: EncryptedTrackerStore, settings: Settings
) -> None:
    tracker = _new_tracker(store)
    _turn(tracker, CANARY)
    asyncio.run(store.save(tracker))
    files = settings.DATA_DIR.glob("rights_desk.db*")
    assert not any(CANARY.encode() in path.read_bytes() for path in files)


def test_error_of_the_database_is_raised_when_saving(
    store: EncryptedTrackerStore, storage: Storage
) -> None:
    _drop(storage)
    with pytest.raises(StorageError):
        asyncio.run(store.save(_new_tracker(store)))


def test_error_of_the_database_is_raised_when_retrieving(
    store: EncryptedTrackerStore, storage: Storage
) -> None:
    _drop(storage)
    with pytest.raises(StorageError):
        asyncio.run(store.retrieve(CONVERSATION))


@pytest.mark.parametrize(
    "content",
    [b"garbage", b"", Fernet(Fernet.generate_key()).encrypt(b"{}")],
    ids=["garbage", "empty", "key_of_another"],
)
def test_corrupt_row_raises_and_the_process_goes_on(
    store: EncryptedTrackerStore, storage: Storage, content: bytes
) -> None:
    _talk(store, 1)
    with storage.begin() as session:
        command = text("UPDATE trackers SET content = :content")
        session.execute(command, {"content": content})
    with pytest.raises(StorageError):
        asyncio.run(store.retrieve(CONVERSATION))


def _drop(storage: Storage) -> None:
    with storage.begin() as session:
        session.execute(text("DROP TABLE trackers"))
