"""Deletes conversations, requests, shared words and misses when their time is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.services import requests
from bot.services.miss_groups import forget_old
from bot.storage import conversations, feedback, leases, outbox, seen, trackers
from bot.storage.engine import Storage

SHARED_WORDS_KEPT: Final = timedelta(days=90)
# Providers repeat a call for up to seven days.
SEEN_KEPT: Final = timedelta(days=8)


def delete_old_conversations(storage: Storage, now: datetime, kept_hours: int) -> int:
    """Delete what was not used for that long, and return how many conversations.

    Requests, words that a visitor shared with a vote, and missed questions have a time
    of their own.

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
    _delete_due_requests(storage, now)
    with storage.begin() as session:
        trackers.delete_trackers_unused_since(session, moment)
        forget_old(session, now)
        feedback.forget_words_before(session, now - SHARED_WORDS_KEPT)
        seen.forget_seen_before(session, now - SEEN_KEPT)
        leases.forget_leases_before(session, now - timedelta(hours=1))
        outbox.forget_outbox_before(session, moment)
    storage.forget_deleted()
    return deleted


def _delete_due_requests(storage: Storage, now: datetime) -> None:
    deleted = 1
    while deleted:
        with storage.begin() as session:
            deleted = requests.delete_due(session, now)
