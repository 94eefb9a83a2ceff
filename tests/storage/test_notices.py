"""Notices wait in a table of their own, without content, and leave nothing behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.core.office import DeskRules
from bot.services.notices import post_limit, post_undelivered, post_waiting
from bot.storage import notices
from bot.storage.engine import Storage
from bot.storage.tables import ConversationRow
from tests.builders import NOON
from tests.storage.conftest import CONVERSATION, OTHER

MINUTE = timedelta(minutes=1)
FIVE = timedelta(minutes=5)


def waits_since(storage: Storage, conversation: str, since: object) -> None:
    """Let a conversation be with a person for whom the visitor waits."""
    with storage.begin() as session:
        session.execute(
            update(ConversationRow)
            .where(ConversationRow.id == conversation)
            .values(owner="person", waiting_since=since)
        )


def kinds_due(storage: Storage, at: object = NOON + timedelta(days=1)) -> list[str]:
    """Return the kinds of the notices that may go, the oldest first."""
    with storage.read() as session:
        return [notice.kind for notice in notices.due_notices(session, at)]  # type: ignore[arg-type]


def ids_of(storage: Storage, *kinds: str) -> list[int]:
    """Post notices of kinds at noon and return their ids."""
    with storage.begin() as session:
        for kind in kinds:
            notices.post(session, kind, "4F2K", NOON)
    with storage.read() as session:
        return [notice.id for notice in notices.due_notices(session, NOON)]


def test_posted_notice_is_due_at_once_with_its_reference(storage: Storage) -> None:
    ids_of(storage, "new_request")
    with storage.read() as session:
        (notice,) = notices.due_notices(session, NOON)
    assert (notice.kind, notice.reference, notice.attempts) == (
        "new_request",
        "4F2K",
        0,
    )
    assert notice.due_since == NOON


def test_notice_under_way_is_not_due_until_the_doubt_is_over(storage: Storage) -> None:
    ids = ids_of(storage, "withdrawn")
    with storage.begin() as session:
        notices.begin_try(session, ids, NOON + FIVE)
    assert kinds_due(storage, NOON + FIVE - MINUTE) == []
    assert kinds_due(storage, NOON + FIVE) == ["withdrawn"]


def test_notices_told_together_count_as_one_message(storage: Storage) -> None:
    ids = ids_of(storage, "new_request", "new_request", "withdrawn")
    with storage.begin() as session:
        notices.note_sent(session, ids, NOON)
    with storage.read() as session:
        assert notices.sent_since(session, NOON - MINUTE) == [NOON]
        assert notices.sent_since(session, NOON - MINUTE, ["withdrawn"]) == []
        assert notices.sent_since(session, NOON) == []
    assert kinds_due(storage) == []


def test_notice_held_for_the_opening_is_not_late_before_it(storage: Storage) -> None:
    ids = ids_of(storage, "new_request")
    opening = NOON + timedelta(hours=20)
    with storage.begin() as session:
        notices.hold(session, ids, opening)
    with storage.read() as session:
        assert notices.oldest_due(session, opening - MINUTE) is None
        assert notices.oldest_due(session, opening + MINUTE) == opening


def test_notices_put_off_stay_late_since_they_were_posted(storage: Storage) -> None:
    ids = ids_of(storage, "new_request")
    with storage.begin() as session:
        notices.put_off(session, ids, NOON + FIVE)
    with storage.read() as session:
        assert notices.oldest_due(session, NOON + MINUTE) == NOON


def test_nothing_stays_where_nobody_wants_to_be_told(storage: Storage) -> None:
    ids_of(storage, "new_request", "withdrawn")
    later = NOON + timedelta(hours=2)
    with storage.begin() as session:
        assert notices.switch_off_before(session, NOON) == 0
        assert notices.switch_off_before(session, later) == 2
        notices.forget_before(session, later)
        assert not notices.was_posted(session, "withdrawn", "4F2K")


def test_forgetting_spares_what_waits_and_the_kinds_named(storage: Storage) -> None:
    done = ids_of(storage, "limit", "withdrawn")
    with storage.begin() as session:
        notices.give_up(session, done, NOON)
        notices.post(session, "new_request", None, NOON)
        notices.forget_before(session, NOON + FIVE, except_kinds=["limit"])
        assert notices.was_posted(session, "limit", "4F2K")
        assert not notices.was_posted(session, "withdrawn", "4F2K")
    assert kinds_due(storage) == ["new_request"]


def test_visitor_who_waits_is_told_of_once_for_each_wait(started: Storage) -> None:
    waits_since(started, CONVERSATION, NOON)
    counts = []
    for minutes in (4, 6, 7):
        with started.begin() as session:
            counts.append(post_waiting(session, NOON + minutes * MINUTE, FIVE))
    waits_since(started, CONVERSATION, NOON + 20 * MINUTE)
    with started.begin() as session:
        counts.append(post_waiting(session, NOON + 30 * MINUTE, FIVE))
    assert counts == [0, 1, 0, 1]


def test_visitor_of_whom_staff_were_told_at_once_is_not_told_of_again(
    started: Storage,
) -> None:
    waits_since(started, CONVERSATION, NOON)
    with started.begin() as session:
        notices.post(session, "waiting", "4F2K", NOON)
        assert post_waiting(session, NOON + 2 * FIVE, FIVE) == 0


@pytest.mark.parametrize(
    ("conversation", "is_told"),
    [(CONVERSATION, True), (OTHER, False), ("c" * 32, False)],
    ids=["with a person", "with the assistant", "deleted"],
)
def test_lost_reply_is_told_only_where_a_person_wrote_it(
    started: Storage, conversation: str, is_told: bool
) -> None:
    waits_since(started, CONVERSATION, None)
    with started.begin() as session:
        assert post_undelivered(session, conversation, NOON) == is_told
    assert kinds_due(started) == ["undelivered"] * is_told


def test_months_limit_is_told_once_a_month(storage: Storage) -> None:
    told = []
    for days in (0, 1, 12):
        with storage.begin() as session:
            told.append(post_limit(session, DeskRules(), NOON + timedelta(days=days)))
    assert told == [True, False, True]
