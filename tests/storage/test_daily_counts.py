"""Counts add up whoever writes at once, and days are the office's days."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone

import pytest

from bot.settings import Settings
from bot.storage import daily_counts, feedback
from bot.storage.daily_counts import DailyCount
from bot.storage.engine import Storage, Transaction, open_storage
from bot.storage.office_tables import ConsultationRow
from tests.builders import NOON
from tests.storage.conftest import vote

DAY = date(2026, 7, 20)
NEW_YORK = "America/New_York"


def counted(storage: Storage, first: date = DAY, last: date = DAY) -> list[DailyCount]:
    """Return what is counted from a first to a last day."""
    with storage.read() as session:
        return daily_counts.totals(session, first, last)


def send_requests(storage: Storage, moments: Iterable[datetime | None]) -> None:
    """Keep a request for each moment, sent then; None: it was not sent yet."""
    with storage.begin() as session:
        for number, moment in enumerate(moments):
            session.add(
                ConsultationRow(
                    id=f"{number:032}",
                    reference=f"{number:04}",
                    channel="web",
                    language="es",
                    state="draft" if moment is None else "new",
                    content={},
                    created_at=NOON,
                    submitted_at=moment,
                    changed_at=NOON,
                    delete_at=NOON,
                )
            )


def sent(storage: Storage, first: date, last: date) -> dict[date, int]:
    """Return how many requests were sent on each day in New York."""
    with storage.read() as session:
        found = daily_counts.submitted_on(session, first, last, NEW_YORK)
    return {one.day: one.number for one in found}


def test_counts_of_the_same_kind_add_up(storage: Storage) -> None:
    with storage.begin() as session:
        daily_counts.count(session, DAY, "web", "en", "answer")
        daily_counts.count(session, DAY, "web", "en", "answer", 4)
    assert counted(storage) == [DailyCount(DAY, "web", "en", "answer", 5)]


@pytest.mark.parametrize(
    "other",
    [
        DailyCount(DAY - timedelta(days=1), "web", "en", "answer", 1),
        DailyCount(DAY, "whatsapp_cloud", "en", "answer", 1),
        DailyCount(DAY, "web", "es", "answer", 1),
        DailyCount(DAY, "web", "en", "no_answer", 1),
    ],
    ids=["day", "channel", "language", "kind"],
)
def test_what_differs_in_one_thing_is_counted_apart(
    storage: Storage, other: DailyCount
) -> None:
    with storage.begin() as session:
        daily_counts.count(session, DAY, "web", "en", "answer")
        daily_counts.count(
            session, other.day, other.channel, other.language, other.kind
        )
    found = counted(storage, DAY - timedelta(days=1), DAY)
    assert len(found) == 2
    assert other in found


def test_a_message_in_no_known_language_counts_too(storage: Storage) -> None:
    with storage.begin() as session:
        daily_counts.count(session, DAY, "web", None, "failed")
    assert [one.language for one in counted(storage)] == [""]


def test_only_the_days_asked_for_are_told_both_ends_included(storage: Storage) -> None:
    days = [DAY + timedelta(days=number) for number in range(4)]
    with storage.begin() as session:
        for day in days:
            daily_counts.count(session, day, "web", "en", "answer")
    assert [one.day for one in counted(storage, days[1], days[2])] == days[1:3]


def fails_after_counting(session: Transaction) -> None:
    """Count, and then fail as a fault in the code would."""
    daily_counts.count(session, DAY, "web", "en", "answer")
    raise AttributeError


def test_a_count_goes_with_the_transaction_that_fails(storage: Storage) -> None:
    with pytest.raises(AttributeError), storage.begin() as session:
        fails_after_counting(session)
    assert counted(storage) == []


def test_two_processes_that_count_at_once_lose_nothing(
    storage: Storage, settings: Settings
) -> None:
    other = open_storage(settings)

    def write(where: Storage) -> None:
        for _ in range(25):
            with where.begin() as session:
                daily_counts.count(session, DAY, "web", "en", "answer")

    writers = [threading.Thread(target=write, args=[one]) for one in (storage, other)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    other.close()
    assert [one.number for one in counted(storage)] == [50]


def test_a_request_belongs_to_the_day_on_the_clock_of_the_office(
    storage: Storage,
) -> None:
    # 03:59 UTC is 23:59 of the day before in New York.
    midnight = datetime(2026, 7, 20, 4, 0, tzinfo=timezone.utc)
    send_requests(storage, [midnight, midnight - timedelta(minutes=1), None, midnight])
    assert sent(storage, DAY, DAY) == {DAY: 2}
    yesterday = DAY - timedelta(days=1)
    assert sent(storage, yesterday, DAY) == {yesterday: 1, DAY: 2}


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25)]
)
def test_a_day_on_which_the_clock_changes_is_whole(
    storage: Storage, day: date, hours: int
) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
    send_requests(storage, [start + timedelta(hours=number) for number in range(48)])
    assert sent(storage, day, day) == {day: hours}


def test_votes_are_told_by_day_and_whether_they_helped(storage: Storage) -> None:
    with storage.begin() as session:
        for given in (
            vote("a"),
            vote("b", helpful=True),
            vote("c", helpful=True),
            vote("d", at=NOON - timedelta(days=1)),
        ):
            feedback.record_vote(session, given)
    with storage.read() as session:
        found = daily_counts.votes_on(session, DAY, DAY, NEW_YORK)
    assert found == [
        DailyCount(DAY, "web", "en", "helpful", 2),
        DailyCount(DAY, "web", "en", "not_helpful", 1),
    ]
