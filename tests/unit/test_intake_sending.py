"""A consultation request is sent once, with its notice, whatever happens between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time

import pytest

from bot.core.consultations import CONFIRM
from bot.core.errors import StorageError
from bot.knowledge.base import KnowledgeBase
from bot.services.request_codes import status_of
from bot.settings import Settings
from bot.storage import audit, notices
from bot.storage.engine import Storage, open_storage, upgrade
from tests.conftest import FakeClock
from tests.unit.fake_requests import KEY, Visitor


@pytest.fixture
def storage(settings: Settings) -> Iterator[Storage]:
    """An open database with the present tables."""
    upgrade(settings)
    opened = open_storage(settings)
    yield opened
    opened.close()


@pytest.fixture
def visitor(storage: Storage, knowledge: KnowledgeBase, clock: FakeClock) -> Visitor:
    """Somebody on the web who writes English."""
    return Visitor(storage, knowledge, clock)


def notices_of(storage: Storage, clock: FakeClock) -> list[tuple[str, str | None]]:
    """Return what staff are told."""
    with storage.read() as session:
        return [(n.kind, n.reference) for n in notices.due_notices(session, clock())]


@pytest.mark.parametrize(
    ("urgency", "kind"),
    [("neither", "new_request"), ("someone is detained", "urgent_request")],
)
def test_a_sent_request_is_kept_told_and_noted(
    visitor: Visitor, clock: FakeClock, urgency: str, kind: str
) -> None:
    visitor.answer_up_to(CONFIRM, urgency=urgency)
    visitor.press("send")
    (sent,) = visitor.sent()
    assert (visitor.asks, visitor.draft(), sent.state) == (None, None, "new")
    assert [key for key in sent.answers if key.startswith("_")] == []
    assert (sent.delete_at - clock()).days == 90
    assert notices_of(visitor.storage, clock) == [(kind, sent.reference)]
    with visitor.storage.read() as session:
        (entry,) = audit.of_subject(session, sent.reference)
        found = status_of(session, visitor.reply.values["number"], KEY)
    assert (entry.action, entry.staff_id) == ("request_sent", None)
    assert found is not None
    assert found.id == sent.id


@pytest.mark.parametrize("message", ["m", "another"])
def test_send_again_after_a_crash_says_the_same_number(
    visitor: Visitor, clock: FakeClock, message: str
) -> None:
    visitor.answer_up_to(CONFIRM)
    first = visitor.hear("send", message="m")
    visitor.asks = CONFIRM  # The process died before it noted that the form is over.
    clock.pass_time(minutes=20)
    again = visitor.hear("send", message=message, is_late=message == "m")
    assert again.values["number"] == first.values["number"]
    assert len(visitor.sent()) == 1
    assert len(notices_of(visitor.storage, clock)) == 1


def test_a_request_that_could_not_be_saved_stays_a_draft(
    visitor: Visitor, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.answer_up_to(CONFIRM)

    def fail(*args: object) -> None:
        raise StorageError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(audit, "note", fail)
        with pytest.raises(StorageError):
            visitor.hear("send", message="m")
    assert (visitor.sent(), notices_of(visitor.storage, clock)) == ([], [])
    assert visitor.draft() is not None
    visitor.hear("send", message="m")
    assert len(visitor.sent()) == 1


def test_what_is_not_whole_is_not_sent(visitor: Visitor) -> None:
    visitor.answer_up_to("name")
    visitor.asks = CONFIRM
    visitor.hear(answer="confirm.send")
    assert (visitor.asks, visitor.sent()) == ("name", [])


def test_a_late_send_sends_nothing(visitor: Visitor) -> None:
    visitor.answer_up_to(CONFIRM)
    visitor.hear("send", is_late=True)
    assert (visitor.asks, visitor.sent()) == (CONFIRM, [])


def test_a_fourth_request_in_a_day_is_refused_politely(
    visitor: Visitor, clock: FakeClock
) -> None:
    for _ in range(3):
        visitor.answer_up_to(CONFIRM)
        visitor.hear("send")
    assert visitor.begin().phrases == ("intake_too_many",)
    assert (visitor.asks, visitor.draft(), len(visitor.sent())) == (None, None, 3)
    clock.pass_time(hours=25)
    visitor.begin()
    assert visitor.asks == "consent"


@pytest.mark.parametrize(
    ("hours", "phrase", "day"),
    [
        ({}, "intake_next_unknown", None),
        ({0: (time(7), time(17))}, "intake_next_now", None),
        ({1: (time(9), time(17))}, "intake_next_opening", "July 21, 2026"),
    ],
    ids=["not filled in", "open", "closed"],
)
def test_what_happens_next_follows_the_hours_of_the_office(
    visitor: Visitor,
    hours: dict[int, tuple[time, time]],
    phrase: str,
    day: str | None,
) -> None:
    desk = replace(visitor.knowledge.desk, open=hours)
    visitor.knowledge = replace(visitor.knowledge, desk=desk)
    visitor.answer_up_to(CONFIRM)
    reply = visitor.hear("send")
    assert phrase in reply.phrases
    assert reply.values.get("opening_day") == day
    assert reply.values.get("opening_time") == ("9:00 a.m." if day else None)


def test_the_phone_of_the_office_is_told_for_an_urgent_request(
    visitor: Visitor,
) -> None:
    office = {**visitor.knowledge.office, "phone": {"en": "212 555 0100", "es": ""}}
    visitor.knowledge = replace(visitor.knowledge, office=office)
    visitor.answer_up_to(CONFIRM, urgency="someone is detained")
    assert "intake_urgent_call" in visitor.hear("send").phrases
