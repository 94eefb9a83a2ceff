"""Deletes conversations when their time is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.storage import conversations, trackers
from bot.storage.engine import Storage


def delete_old_conversations(storage: Storage, now: datetime, kept_hours: int) -> int:
    """Delete what was not used for that long, and return how many conversations.

    Raises:
        StorageError: the database did not answer; what was not deleted stays due.
    """
    moment = now - timedelta(hours=kept_hours)
    deleted = 0
    while True:
        with storage.begin() as session:
            due = conversations.conversations_unused_since(session, moment)
            if due:
                conversations.delete_conversations(session, due)
        deleted += len(due)
        if not due:
            break
    with storage.begin() as session:
        trackers.delete_trackers_unused_since(session, moment)
    storage.forget_deleted()
    return deleted
