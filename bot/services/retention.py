"""Deletes conversations, requests, shared words and misses when their time is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.services import requests
from bot.services.miss_groups import forget_old
from bot.storage import conversations, feedback, leases, outbox, seen, trackers
from bot.storage.engine import Storage, Transaction

SHARED_WORDS_KEPT: Final = timedelta(days=90)
# Providers repeat a call for up to seven days.
SEEN_KEPT: Final = timedelta(days=8)
LEASES_KEPT: Final = timedelta(hours=1)
# Deletes a batch and returns how many, or all at once and returns nothing.
_Deleting = Callable[[Transaction], int | None]


def delete_old_conversations(storage: Storage, now: datetime, kept_hours: int) -> int:
    """Delete what was not used for that long, and return how many conversations.

    Requests, words that a visitor shared with a vote, and missed questions have a time
    of their own.

    Raises:
        Exception: the first of what went wrong, after all the rest was deleted; what
            was not stays due.
    """
    moment = now - timedelta(hours=kept_hours)
    failed: list[Exception] = []

    def delete(some: _Deleting) -> int:
        try:
            return _until_none(storage, some)
        # A row that cannot be read must not keep all the others.
        except Exception as error:
            failed.append(error)
            return 0

    deleted = delete(lambda session: _delete_conversations(session, moment))
    delete(lambda session: requests.delete_due(session, now))
    rest: tuple[_Deleting, ...] = (
        lambda session: trackers.delete_trackers_unused_since(session, moment),
        lambda session: conversations.delete_left_behind(session),
        lambda session: forget_old(session, now),
        lambda session: feedback.forget_words_before(session, now - SHARED_WORDS_KEPT),
        lambda session: seen.forget_seen_before(session, now - SEEN_KEPT),
        lambda session: leases.forget_leases_before(session, now - LEASES_KEPT),
        lambda session: outbox.forget_outbox_before(session, moment),
    )
    for some in rest:
        delete(some)
    storage.forget_deleted()
    if failed:
        raise failed[0]
    return deleted


def _until_none(storage: Storage, some: _Deleting) -> int:
    """Delete batch after batch, each in a transaction of its own; return how many."""
    deleted = 0
    while True:
        with storage.begin() as session:
            batch = some(session)
        if not batch:
            return deleted
        deleted += batch


def _delete_conversations(session: Transaction, moment: datetime) -> int:
    due = conversations.conversations_unused_since(session, moment)
    if due:
        conversations.delete_conversations(session, due)
    return len(due)
