"""What was said stands in the database as cipher text, readable only with the keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.orm import Session

from bot.core.errors import SettingsError, StorageError
from bot.settings import Settings
from bot.storage import feedback, inbox, messages, trackers
from bot.storage.engine import Storage, open_storage
from bot.storage.keys import add_content_key, retire_content_keys
from bot.storage.rotation import reencrypt
from bot.storage.tables import InboxRow
from tests.builders import NOON, incoming
from tests.storage.conftest import CONVERSATION, vote

CANARY = "canario-amarillo-7319"
KEYS = "content.keys"

READERS: dict[str, Callable[[Session], object]] = {
    "inbox": inbox.unanswered,
    "message": lambda session: messages.messages_after(session, CONVERSATION, 0),
    "feedback": feedback.shared_questions,
    "tracker": lambda session: trackers.load_tracker(session, CONVERSATION),
}


def write_canaries(storage: Storage) -> None:
    """Store a tell-tale word wherever words are stored."""
    with storage.begin() as session:
        inbox.accept(session, incoming(CONVERSATION, "1", CANARY), "key-1")
        inbox.accept(session, incoming(CONVERSATION, "2", None, f"/{CANARY}"), "key-2")
        messages.add_message(session, CONVERSATION, {"text": CANARY}, NOON)
        trackers.save_tracker(session, CONVERSATION, {"events": [CANARY]}, NOON)
        feedback.record_vote(session, vote("1", CANARY))
        feedback.record_vote(session, vote("2"))


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file in a folder."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name: path.read_bytes() for path in paths}


def read_all(storage: Storage) -> list[object]:
    """Return everything that can be read back."""
    with storage.begin() as session:
        return [read(session) for read in READERS.values()]


def test_no_file_of_the_database_holds_a_word_that_was_said(
    started: Storage, settings: Settings
) -> None:
    write_canaries(started)
    files = files_of(settings.DATA_DIR)
    assert {"rights_desk.db", "rights_desk.db-wal"} <= set(files)
    assert CONVERSATION.encode() in b"".join(files.values())
    assert [name for name, data in files.items() if CANARY.encode() in data] == []


@pytest.mark.parametrize("kind", READERS)
def test_what_was_stored_can_be_read_back(started: Storage, kind: str) -> None:
    write_canaries(started)
    with started.begin() as session:
        assert CANARY in str(READERS[kind](session))


@pytest.mark.parametrize("kind", READERS)
def test_a_row_cannot_be_read_with_another_key(
    started: Storage, settings: Settings, kind: str
) -> None:
    write_canaries(started)
    started.close()
    path = settings.DATA_DIR / KEYS
    path.unlink()
    path.write_bytes(Fernet.generate_key())
    other = open_storage(settings)
    with pytest.raises(StorageError) as raised, other.begin() as session:
        READERS[kind](session)
    assert CANARY not in str(raised.value)
    other.close()


def test_a_damaged_key_file_is_told_with_its_name(
    storage: Storage, settings: Settings
) -> None:
    path = settings.DATA_DIR / KEYS
    path.unlink()
    path.write_bytes(b"not a key\n")
    with pytest.raises(SettingsError, match=KEYS):
        open_storage(settings)


def test_rotation_keeps_everything_readable_with_the_new_key_alone(
    started: Storage, settings: Settings
) -> None:
    write_canaries(started)
    before, old_key = read_all(started), (settings.DATA_DIR / KEYS).read_bytes()
    started.close()
    add_content_key(settings)
    rotating = open_storage(settings)
    assert reencrypt(rotating) == 5
    rotating.close()
    retire_content_keys(settings)
    assert (settings.DATA_DIR / KEYS).read_bytes() != old_key
    reopened = open_storage(settings)
    assert read_all(reopened) == before
    reopened.close()


def test_a_new_key_in_front_leaves_old_rows_readable(
    started: Storage, settings: Settings
) -> None:
    write_canaries(started)
    before = read_all(started)
    started.close()
    assert add_content_key(settings) == 2
    reopened = open_storage(settings)
    assert read_all(reopened) == before
    reopened.close()


def test_without_rotation_old_rows_are_lost_with_their_key(
    started: Storage, settings: Settings
) -> None:
    write_canaries(started)
    started.close()
    add_content_key(settings)
    retire_content_keys(settings)
    reopened = open_storage(settings)
    with pytest.raises(StorageError):
        read_all(reopened)
    reopened.close()


def test_the_words_of_an_answered_message_are_forgotten_by_the_inbox(
    started: Storage,
) -> None:
    write_canaries(started)
    with started.begin() as session:
        inbox.mark_done(session, 1)
    with started.begin() as session:
        assert session.get(InboxRow, 1).content == {}
