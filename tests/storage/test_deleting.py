"""What is deleted, by a visitor or by time, is gone from the rows and from the disk."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, text

from bot.core.errors import StorageError
from bot.services import requests
from bot.services.retention import delete_old_conversations
from bot.settings import Settings
from bot.storage import conversations, inbox, leases, messages, seen, trackers
from bot.storage.engine import Storage
from bot.storage.tables import ConversationRow
from tests.builders import NOON, incoming
from tests.storage.conftest import CONVERSATION, OTHER
from tests.storage.office_requests import begin

TABLES = {
    "conversations": "id",
    "inbox": "conversation_id",
    "messages": "conversation_id",
    "trackers": "conversation_id",
}
CANARY = "canario-amarillo-7319"


def fill(storage: Storage, conversation: str) -> None:
    """Store something of a conversation in every table."""
    said = incoming(conversation, "1", CANARY)
    with storage.begin() as session:
        inbox.accept(session, said, f"key-of-{conversation}")
        messages.add_message(session, conversation, {"text": CANARY}, NOON)
        trackers.save_tracker(session, conversation, {"text": CANARY}, NOON)


def rows_of(settings: Settings, conversation: str) -> dict[str, int]:
    """Return how many rows each table has of a conversation."""
    with sqlite3.connect(settings.DATA_DIR / "rights_desk.db") as connection:
        counted = {
            table: connection.execute(
                f"SELECT count(*) FROM {table} WHERE {column} = ?",  # noqa: S608
                (conversation,),
            ).fetchone()[0]
            for table, column in TABLES.items()
        }
    connection.close()
    return counted


def cipher_texts(settings: Settings) -> list[bytes]:
    """Return the cipher texts as they stand in the tables."""
    with sqlite3.connect(settings.DATA_DIR / "rights_desk.db") as connection:
        found = [
            row[0]
            for table in ("inbox", "messages", "trackers")
            for row in connection.execute(f"SELECT content FROM {table}")  # noqa: S608
        ]
    connection.close()
    return found


def traces(folder: Path, marks: list[bytes]) -> list[str]:
    """Return the names of files that hold one of some byte strings."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [f.name for f in files if any(mark in f.read_bytes() for mark in marks)]


def test_a_deleted_conversation_leaves_no_row_and_another_all_of_its_own(
    started: Storage, settings: Settings
) -> None:
    fill(started, CONVERSATION)
    fill(started, OTHER)
    with started.begin() as session:
        conversations.delete_conversations(session, [CONVERSATION])
    assert rows_of(settings, CONVERSATION) == dict.fromkeys(TABLES, 0)
    assert rows_of(settings, OTHER) == dict.fromkeys(TABLES, 1)


def test_a_deleted_conversation_leaves_no_lease_that_names_it(started: Storage) -> None:
    names = [f"{kind}:{CONVERSATION}" for kind in ("in", "out", "asked")]
    with started.begin() as session:
        for name in (*names, f"in:{OTHER}"):
            leases.take_lease(session, name, "one", NOON, NOON)
        conversations.delete_conversations(session, [CONVERSATION])
        left = session.execute(text("SELECT name FROM leases")).scalars().all()
    assert left == [f"in:{OTHER}"]


def test_after_retention_no_file_holds_a_trace_of_what_was_deleted(
    started: Storage, settings: Settings
) -> None:
    fill(started, CONVERSATION)
    marks = [CANARY.encode(), CONVERSATION.encode(), *cipher_texts(settings)]
    assert traces(settings.DATA_DIR, marks) != []
    deleted = delete_old_conversations(started, NOON + timedelta(hours=49), 48)
    assert deleted == 2
    assert traces(settings.DATA_DIR, marks) == []


@pytest.mark.parametrize(
    ("hours", "deleted"),
    [(47.9, 0), (48, 0), (48.1, 2)],
    ids=["before", "to the minute", "after"],
)
def test_a_conversation_is_deleted_when_its_time_is_over(
    started: Storage, hours: float, deleted: int
) -> None:
    now = NOON + timedelta(hours=hours)
    assert delete_old_conversations(started, now, 48) == deleted


def test_a_conversation_used_again_is_kept_with_all_its_rows(
    started: Storage, settings: Settings
) -> None:
    fill(started, CONVERSATION)
    later = NOON + timedelta(hours=40)
    with started.begin() as session:
        conversations.touch_conversation(session, CONVERSATION, later)
        trackers.save_tracker(session, CONVERSATION, {"text": CANARY}, later)
    assert delete_old_conversations(started, NOON + timedelta(hours=60), 48) == 1
    assert rows_of(settings, CONVERSATION) == dict.fromkeys(TABLES, 1)


def test_a_memory_saved_after_its_conversation_was_deleted_is_not_kept(
    started: Storage,
) -> None:
    with started.begin() as session:
        conversations.delete_conversations(session, [CONVERSATION])
    with started.begin() as session:
        trackers.save_tracker(session, CONVERSATION, {"text": CANARY}, NOON)
        assert trackers.tracker_ids(session) == []


def test_words_without_a_conversation_are_deleted_at_the_next_look(
    started: Storage, settings: Settings
) -> None:
    fill(started, CONVERSATION)
    fill(started, OTHER)
    with started.begin() as session:
        session.execute(delete(ConversationRow).filter_by(id=CONVERSATION))
    assert delete_old_conversations(started, NOON, 48) == 0
    assert rows_of(settings, CONVERSATION) == dict.fromkeys(TABLES, 0)
    assert rows_of(settings, OTHER) == dict.fromkeys(TABLES, 1)


def test_more_conversations_than_one_batch_are_all_deleted(storage: Storage) -> None:
    with storage.begin() as session:
        for number in range(503):
            conversations.start_conversation(
                session, f"{number:032x}", "web", "en", NOON
            )
    assert delete_old_conversations(storage, NOON + timedelta(hours=49), 48) == 503
    with storage.begin() as session:
        assert conversations.count_conversations(session) == 0


def test_a_disk_that_refuses_does_not_undo_a_deletion(
    started: Storage, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with started.begin() as session:
        conversations.delete_conversations(session, [CONVERSATION])
    started.close()
    database = settings.DATA_DIR / "rights_desk.db"
    database.rename(database.with_suffix(".away"))
    database.mkdir()
    started.forget_deleted()
    assert "deleted rows not overwritten yet: OperationalError" in caplog.text


def test_a_row_that_cannot_be_read_keeps_nothing_else_from_being_deleted(
    started: Storage, settings: Settings
) -> None:
    fill(started, CONVERSATION)
    with started.begin() as session:
        name = begin(session)
        session.execute(
            text("UPDATE consultations SET content = :bad, conversation_id = NULL"),
            {"bad": b"of a lost key"},
        )
    assert delete_old_conversations(started, NOON + timedelta(days=91), 48) == 2
    assert rows_of(settings, CONVERSATION) == dict.fromkeys(TABLES, 0)
    with started.read() as session:
        assert not session.execute(text("SELECT id FROM consultations")).all(), name


def test_a_step_that_fails_is_told_after_all_others_were_done(
    started: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise StorageError("unreadable")

    monkeypatch.setattr(requests, "delete_due", fail)
    with started.begin() as session:
        seen.see(session, "whatsapp_cloud", "k", NOON)
    with pytest.raises(StorageError, match="unreadable"):
        delete_old_conversations(started, NOON + timedelta(days=9), 48)
    with started.begin() as session:
        assert seen.see(session, "whatsapp_cloud", "k", NOON)
        assert conversations.count_conversations(session) == 0
