"""The notifier against a web service: once, in time, patiently, without secrets."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import time

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from bot.commands import notify
from bot.core.office import DeskRules
from bot.gateway.notifier import Notifier
from bot.knowledge.base import KnowledgeBase
from bot.settings import Settings
from bot.storage import daily_counts
from bot.storage.engine import open_storage, upgrade
from tests.conftest import FakeClock
from tests.gateway.told_office import Office, Service
from tests.standins.serving import serve

pytestmark = pytest.mark.asyncio
SECRET = "s3cret-t0ken"
OFFICE = DeskRules(open={day: (time(9), time(17)) for day in range(5)})


@pytest.fixture
def service() -> Service:
    """The service's control."""
    return Service()


@pytest.fixture
def settings(settings: Settings, service: Service) -> Iterator[Settings]:
    """The settings of an office that is told at that service."""
    route = Route("/{path:path}", service.hear, methods=["POST"])
    with serve(Starlette(routes=[route])) as url:
        address = f"{url.replace('http', 'json')}/{SECRET}"
        yield settings.copy(
            update={"NOTIFY_URLS": address, "PUBLIC_URL": "https://desk.example"}
        )


@pytest.fixture
def office(
    settings: Settings, knowledge: KnowledgeBase, clock: FakeClock
) -> Iterator[Office]:
    """An office without hours; noon of the clock is 8 in New York."""
    upgrade(settings)
    storage = open_storage(settings)
    yield Office(storage, settings, knowledge, clock)
    storage.close()


async def look(notifier: Notifier) -> None:
    """Let a notifier do what it would do this second."""
    for name in notifier.due():
        await notifier.work(name)
        await asyncio.to_thread(notifier._give_back, name)


async def test_urgent_request_is_told_with_a_link_and_nothing_else(
    office: Office, service: Service
) -> None:
    office.post("urgent_request")
    await look(office.notifier())
    (message,) = service.told
    assert message["title"] == (
        "New urgent request R-4F2K / Solicitud urgente nueva R-4F2K"
    )
    assert message["message"] == "https://desk.example/staff/requests/4F2K"
    assert office.states() == ["sent"]


async def test_notice_is_told_once_by_two_gateways_that_look_at_once(
    office: Office, service: Service
) -> None:
    office.post("new_request")
    first, second = office.notifier("a"), office.notifier("b")
    assert (first.due(), second.due()) == (["all"], ["all"])
    await asyncio.gather(*(each.work("all") for each in (first, second)))
    await look(second)
    assert service.titles == ["New request R-4F2K"]


async def test_six_messages_in_ten_minutes_and_the_rest_in_one(
    office: Office, service: Service, clock: FakeClock
) -> None:
    office.post(*["new_request"] * 8)
    notifier = office.notifier()
    await look(notifier)
    assert service.titles == ["New request R-4F2K"] * 5 + ["3 new requests"]
    office.post(*["new_request"] * 5)
    await look(notifier)
    assert service.tries == 6
    clock.pass_time(minutes=10)
    office.post("new_request")
    await look(notifier)
    assert service.titles[6:] == ["New request R-4F2K"] * 5 + ["New request R-4F2K"]


async def test_flood_that_goes_on_is_folded_into_one_message(
    office: Office, service: Service, clock: FakeClock
) -> None:
    notifier = office.notifier()
    for _ in range(11):
        office.post("new_request")
        await look(notifier)
        clock.pass_time(seconds=30)
    assert service.tries == 6
    clock.pass_time(minutes=4.5)
    await look(notifier)
    assert service.titles[6:] == ["5 new requests"]


async def test_urgent_one_is_not_held_back_by_the_others(
    office: Office, service: Service
) -> None:
    office.post(*["new_request"] * 20)
    notifier = office.notifier()
    await look(notifier)
    office.post("urgent_request")
    await look(notifier)
    assert service.titles[6:] == ["New urgent request R-4F2K"]


async def test_closed_office_is_told_of_urgent_things_only_until_it_opens(
    office: Office, service: Service, clock: FakeClock
) -> None:
    office.desk = OFFICE
    office.post("new_request", "urgent_request", "withdrawn", "waiting", "undelivered")
    notifier = office.notifier()
    await look(notifier)
    urgent = ["New urgent request R-4F2K", "Somebody is waiting for a reply R-4F2K"]
    assert service.titles == urgent
    clock.pass_time(minutes=59)
    await look(notifier)
    assert (service.titles, office.metric("notices_waiting_seconds")) == (urgent, 0)
    clock.pass_time(minutes=1)
    await look(notifier)
    assert len(service.titles) == 5


async def test_failed_notice_is_tried_again_for_a_day_and_then_given_up(
    office: Office, service: Service, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    service.status = 500
    office.post("new_request")
    notifier = office.notifier()
    with caplog.at_level(logging.DEBUG):
        for _ in range(3 * 20):
            await look(notifier)
            clock.pass_time(minutes=30)
    assert 40 < service.tries < 60
    assert office.states() == ["dead"]
    assert office.metric("notices_total", result="dead") == 1
    assert "notice by json not sent" in caplog.text
    assert "have not been told of news" in caplog.text
    assert SECRET not in caplog.text


async def test_notice_arrives_after_the_service_comes_back(
    office: Office, service: Service, clock: FakeClock
) -> None:
    service.status = 503
    office.post("new_request")
    notifier = office.notifier()
    await look(notifier)
    assert office.states() == ["waiting"]
    service.status = 200
    clock.pass_time(seconds=30)
    await look(notifier)
    assert (service.titles, office.states()) == (["New request R-4F2K"], ["sent"])


async def test_one_address_that_takes_it_is_enough(
    office: Office, service: Service
) -> None:
    both = f"json://127.0.0.1:9/{SECRET} {office.settings.NOTIFY_URLS}"
    office.post("new_request")
    await look(office.notifier(NOTIFY_URLS=both))
    assert (service.tries, office.states()) == (1, ["sent"])


async def test_silence_shows_in_the_metric(
    office: Office, service: Service, clock: FakeClock
) -> None:
    service.status = 500
    office.post("new_request")
    notifier = office.notifier()
    await look(notifier)
    clock.pass_time(hours=1)
    await look(notifier)
    assert office.metric("notices_waiting_seconds") == 3600


async def test_without_addresses_nothing_grows(
    office: Office, clock: FakeClock
) -> None:
    office.post("new_request", "urgent_request")
    notifier = office.notifier(NOTIFY_URLS="")
    await look(notifier)
    assert office.states() == ["waiting"] * 2
    clock.pass_time(hours=2)
    await look(notifier)
    assert office.states() == ["off"] * 2
    clock.pass_time(hours=48)
    await look(notifier)
    assert (office.states(), office.metric("notices_waiting_seconds")) == ([], 0)


@pytest.mark.parametrize(("limit", "is_told"), [(0, False), (7, False), (6, True)])
async def test_month_with_too_many_messages_is_told_once(
    office: Office, service: Service, clock: FakeClock, limit: int, is_told: bool
) -> None:
    day = clock().date()
    with office.storage.begin() as session:
        for when, channel, kind in (
            (day, "whatsapp_cloud", "sent"),
            (day.replace(day=1), "whatsapp_twilio", "sent"),
            (day.replace(month=6), "whatsapp_cloud", "sent"),
            (day, "whatsapp_cloud", "answer"),
            (day, "web", "sent"),
        ):
            daily_counts.count(session, when, channel, "es", kind, 3 + (day != when))
    office.notifier().due()
    assert office.metric("whatsapp_sent_this_month") == 7
    for gateway in ("a", "b"):
        notifier = office.notifier(gateway, WHATSAPP_MONTHLY_ALERT=limit)
        for _ in range(2):
            await look(notifier)
            clock.pass_time(hours=9 * 24)
    assert len(service.titles) == is_told


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [(200, 0, "1. json: sent"), (500, 1, "1. json: the service refused")],
)
async def test_test_notice_says_what_became_of_it_without_the_secret(
    settings: Settings,
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    status: int,
    code: int,
    words: str,
) -> None:
    monkeypatch.setenv("NOTIFY_URLS", settings.NOTIFY_URLS)
    service.status = status
    assert notify.test() == code
    printed = capsys.readouterr().out
    assert words in printed
    assert SECRET not in printed


async def test_notices_kept_a_day_over_a_weekend_are_not_given_up(
    office: Office, service: Service, clock: FakeClock
) -> None:
    office.desk = OFFICE
    clock.pass_time(days=5)
    office.post("new_request")
    notifier = office.notifier()
    await look(notifier)
    service.status = 500
    clock.pass_time(days=2, hours=1)
    await look(notifier)
    assert (office.states(), service.tries) == (["waiting"], 1)
    service.status = 200
    clock.pass_time(hours=1)
    await look(notifier)
    assert office.states() == ["sent"]
