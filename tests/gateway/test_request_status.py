"""The page /request shows a visitor how a request stands, and what can be done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from icalendar import Calendar

from bot.core.consultations import State
from bot.core.languages import Language
from bot.gateway.rate_limits import RateLimits
from bot.gateway.world import World
from bot.services import requests
from bot.storage import audit, consultations
from tests.fakes import FakeTimer
from tests.gateway.request_browser import (
    WAITING,
    RequestBrowser,
    bring_to,
    count,
    opened_page,
    send,
)
from tests.storage.office_requests import ANSWERS, CALL, add_staff

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def visitor(world: World) -> AsyncIterator[RequestBrowser]:
    """A visitor who has opened the page in English."""
    async with opened_page(world) as opened:
        yield opened
    world.storage.close()


TOLD: dict[tuple[State, Language], str] = {
    ("new", "en"): WAITING,
    ("new", "es"): "Falta que una persona de la oficina la atienda.",
    ("claimed", "en"): "is looking at your request",
    ("claimed", "es"): "está viendo su solicitud",
    ("scheduled", "en"): (
        "an appointment by phone: July 23, 2026, 8:00 a.m., by the office's clock, "
        "up to 40 minutes"
    ),
    ("scheduled", "es"): (
        "una cita por teléfono: 23 de julio de 2026, 8:00 a. m., según la hora de la "
        "oficina, de hasta 40 minutos"
    ),
    ("closed", "en"): "The office has closed this request.",
    ("closed", "es"): "La oficina cerró esta solicitud.",
    ("spam", "en"): "The office has closed this request.",
    ("spam", "es"): "La oficina cerró esta solicitud.",
}
NOT_A_LAWYER = {
    "en": ("does not make the office your lawyer", "Time limits keep running"),
    "es": ("no convierte a la oficina en su abogado", "Los plazos siguen corriendo"),
}


@pytest.mark.parametrize(("state", "language"), TOLD, ids=map("-".join, TOLD))
async def test_a_visitor_reads_how_the_request_stands(
    visitor: RequestBrowser, world: World, state: State, language: Language
) -> None:
    number = bring_to(world, state)
    await visitor.open(language)
    page = await visitor.look(number)
    assert visitor.response.status_code == 200
    assert ("html", "lang", language) in page.attributes
    assert TOLD[state, language] in page.text
    assert all(said in page.text for said in NOT_A_LAWYER[language])
    has_file = "calendar" in {value for _, value, _ in page.buttons}
    assert has_file == (state == "scheduled")


async def test_what_the_person_answered_and_who_works_on_it_are_not_shown(
    visitor: RequestBrowser, world: World
) -> None:
    await visitor.look(bring_to(world, "claimed"))
    told = visitor.response.text.casefold()
    # Two letters stand in any text.
    private = [word for word in (*ANSWERS.values(), "Ana ", "4F2K |") if len(word) > 2]
    assert [word for word in private if word.casefold() in told] == []


@pytest.mark.parametrize(
    "spelled",
    [str.lower, lambda n: n.replace("-", " "), lambda n: n[2:], lambda n: f" {n} "],
    ids=["small letters", "spaces", "without R-", "spaces around it"],
)
async def test_the_number_may_be_written_as_people_write_it(
    visitor: RequestBrowser, world: World, spelled: object
) -> None:
    _, number = send(world)
    page = await visitor.look(spelled(number))  # type: ignore[operator]
    assert WAITING in page.text


async def test_the_calendar_file_is_the_appointment(
    visitor: RequestBrowser, world: World
) -> None:
    await visitor.look(bring_to(world, "scheduled"))
    await visitor.press("calendar")
    response = visitor.response
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert response.headers["content-type"].startswith("text/calendar")
    assert (
        response.headers["content-disposition"]
        == 'attachment; filename="appointment.ics"'
    )
    assert event["dtstart"].dt == CALL.starts_at
    assert event["dtend"].dt == CALL.starts_at + timedelta(minutes=CALL.minutes)
    assert str(event["summary"]) == "Appointment"
    assert "4F2K" not in response.text


async def test_the_calendar_file_speaks_the_pages_language(
    visitor: RequestBrowser, world: World
) -> None:
    await visitor.open("es")
    await visitor.look(bring_to(world, "scheduled"))
    await visitor.press("calendar")
    assert b"SUMMARY:Cita\r\n" in visitor.response.content
    assert 'filename="cita.ics"' in visitor.response.headers["content-disposition"]


async def test_an_appointment_taken_back_meanwhile_gives_no_file(
    visitor: RequestBrowser, world: World
) -> None:
    await visitor.look(bring_to(world, "scheduled"))
    with world.storage.begin() as session:
        boris = add_staff(session, "boris")
        found = consultations.find_by_reference(session, "4F2K")
        assert found is not None
        requests.reopen(session, "4F2K", boris, found.version, world.now())
    page = await visitor.press("calendar")
    assert visitor.response.status_code == 409
    assert "no appointment to save any more" in page.by_id["newest"]
    assert TOLD["claimed", "en"] in page.text


async def test_deleting_asks_once_more_and_then_leaves_nothing(
    visitor: RequestBrowser, world: World
) -> None:
    _, number = send(world)
    await visitor.look(number)
    page = await visitor.press("delete")
    assert "Delete your request?" in page.by_id["newest"]
    assert count(world) == 1
    page = await visitor.press("delete_now")
    assert "Your request was deleted." in page.by_id["newest"]
    assert number not in visitor.response.text
    assert count(world) == 0
    with world.storage.read() as session:
        last = audit.of_subject(session, "4F2K")[-1]
    assert (last.action, last.staff_id) == ("request_withdrawn", None)
    await visitor.look(number)
    assert visitor.response.status_code == 404


async def test_keeping_it_after_all_shows_the_request_again(
    visitor: RequestBrowser, world: World
) -> None:
    await visitor.look(send(world)[1])
    await visitor.press("delete")
    page = await visitor.press("look")
    assert WAITING in page.text
    assert count(world) == 1


async def test_the_other_language_keeps_the_number_typed_and_tries_nothing(
    visitor: RequestBrowser, world: World
) -> None:
    world.limits = RateLimits(FakeTimer())
    for _ in range(20):
        page = await visitor.press("switch", number="R-4F2K-half")
        assert page.fields["number"] == "R-4F2K-half"
        assert visitor.response.status_code == 200
    assert page.fields["language"] == "en"


@pytest.mark.parametrize("step", ["request", "sure"])
async def test_the_other_language_shows_the_same_again(
    visitor: RequestBrowser, world: World, step: str
) -> None:
    await visitor.look(send(world)[1])
    if step == "sure":
        await visitor.press("delete")
    page = await visitor.press("switch")
    assert page.fields["step"] == step
    assert page.fields["language"] == "es"
    said = {"request": TOLD["new", "es"], "sure": "¿Borrar su solicitud?"}
    assert said[step] in page.text
    assert count(world) == 1


async def test_the_enter_key_looks_the_number_up(visitor: RequestBrowser) -> None:
    assert visitor.page.buttons[0][:2] == ("action", "look")


async def test_looking_for_another_number_forgets_the_first(
    visitor: RequestBrowser, world: World
) -> None:
    _, number = send(world)
    await visitor.look(number)
    await visitor.press("leave")
    assert number not in visitor.response.text
