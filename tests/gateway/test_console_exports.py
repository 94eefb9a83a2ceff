"""Staff save one request as a PDF, as a line for Clio, as a calendar file."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from icalendar import Calendar

from bot.core.consultations import STATES, Appointment, Consultation, State
from bot.core.languages import LANGUAGES, Language
from bot.core.staff import ROLES, Role, Staff
from bot.gateway.console import exports
from bot.gateway.console.routes import all_pages, console_app
from bot.gateway.console.words import load_words
from bot.gateway.world import World
from bot.knowledge.base import KnowledgeBase
from bot.services import requests
from bot.services.request_csv import COLUMNS
from bot.storage import audit, consultations
from tests.gateway.console_requests import (
    CONSENT_TEXT,
    actions_of,
    put_request,
    read_kept,
    sit_down,
)
from tests.unit.pdf_reader import text_of

pytestmark = pytest.mark.asyncio

KINDS = ("pdf", "csv", "ics")
MAY = {role: role in ("intake", "admin") for role in ROLES}
# Hostile words for every field that a visitor types into.
TYPED = {
    "name": "=HYPERLINK(1) Ñandú",
    "other_side": "@SUM(1);=cmd|' /C calc'!A0",
    "address": "+12125550100",
}


class Saver:
    """Somebody of the office who saves files."""

    def __init__(self, person: Staff, browser: httpx.AsyncClient) -> None:
        self.person = person
        self.browser = browser

    async def save(self, kind: str, reference: str = "4F2K") -> httpx.Response:
        return await self.browser.get(f"/staff/requests/{reference}.{kind}")


def saver(world: World, role: Role = "intake", language: Language = "en") -> Saver:
    """Return somebody new of a role who is signed in."""
    clerk = sit_down(world, role, role, language)
    transport = httpx.ASGITransport(
        console_app(world, all_pages()), raise_app_exceptions=False
    )
    browser = httpx.AsyncClient(
        transport=transport, base_url="http://office", headers=clerk.browser.headers
    )
    return Saver(clerk.person, browser)


@pytest_asyncio.fixture
async def ana(world: World) -> AsyncIterator[Saver]:
    """Somebody of the intake, signed in, before a new request."""
    put_request(world, answers=TYPED)
    yield saver(world)
    world.storage.close()


def schedule(world: World, person: Staff, appointment: Appointment) -> Consultation:
    """Claim the request and give it an appointment."""
    with world.storage.begin() as session:
        found = consultations.find_by_reference(session, "4F2K")
        assert found is not None
        if found.state == "new":
            found = requests.claim(session, "4F2K", person, found.version, world.now())
        return requests.schedule(
            session, "4F2K", person, found.version, appointment, world.now()
        )


def in_days(world: World, days: int) -> Appointment:
    """Return an appointment some days from now."""
    starts_at = world.now().replace(hour=18)
    return Appointment(starts_at.replace(day=starts_at.day + days), 40, "office")


async def test_the_pdf_holds_all_of_a_request(ana: Saver, world: World) -> None:
    with world.storage.begin() as session:
        requests.add_note(session, "4F2K", ana.person, "Called.\nNo one", world.now())
    response = await ana.save("pdf")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/pdf"
    text = text_of(response.content)
    for said in (
        "Request R-4F2K",
        "Confidential: for the office only",
        "State: New",
        "With: nobody yet",
        "Received: July 20, 2026, 8:00 a.m.",
        "=HYPERLINK(1) Ñandú",
        "@SUM(1);=cmd|' /C calc'!A0",
        "Intake, July 20, 2026, 8:00 a.m.\nCalled.\nNo one",
        "Intake: wrote a note",
        "Intake: looked at it",
        *CONSENT_TEXT.splitlines(),
    ):
        assert said in text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_pdf_names_every_answer_in_the_language_of_who_saves_it(
    ana: Saver, world: World, knowledge: KnowledgeBase, language: Language
) -> None:
    eva = saver(world, "admin", language)
    text = text_of((await eva.save("pdf")).content)
    for field in read_kept(world).answers:
        assert f"{knowledge.phrase(f'intake_label_{field}', language)}: " in text
    title = {"en": "Request R-4F2K", "es": "Solicitud R-4F2K"}
    assert title[language] in text
    assert ("Ana" in text, "not answered" in text) == (False, False)


@pytest.mark.parametrize("state", [s for s in STATES if s not in ("draft", "new")])
async def test_a_request_of_every_state_can_be_printed(
    ana: Saver, world: World, state: State
) -> None:
    found, now = read_kept(world), world.now()
    with world.storage.begin() as session:
        consultations.change(
            session,
            found.id,
            found.version,
            now=now,
            delete_at=found.delete_at,
            state=state,
            staff_id=ana.person.id,
            close_reason="could_not_reach" if state == "closed" else "",
        )
        # Of a state or an action that has no words yet, too.
        audit.note(session, now, 999, "request_dreamt_of", "4F2K", "thrice")
    response = await ana.save("pdf")
    assert response.status_code == 200
    text = text_of(response.content)
    assert f"State: {load_words().say(f'queue.state_{state}', 'en')}" in text
    assert "With: Intake" in text
    assert ("could not reach" in text) == (state == "closed")


async def test_the_pdf_says_when_the_appointment_is(ana: Saver, world: World) -> None:
    schedule(world, ana.person, in_days(world, 3))
    text = text_of((await ana.save("pdf")).content)
    assert "July 23, 2026, 2:00 p.m., 40 minutes, at the office" in text


async def test_the_line_for_clio_starts_no_formula_and_names_the_other_side(
    ana: Saver,
) -> None:
    response = await ana.save("csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert tuple(row) == COLUMNS
    assert row["from_first"] == "'=HYPERLINK(1)"
    assert row["from_last"] == "Ñandú"
    assert row["from_phone"] == "'+12125550100"
    assert row["from_source"] == "Rights Desk (web)"
    assert row["from_message"].startswith("R-4F2K | ")
    assert "@SUM(1),=cmd|' /C calc'!A0" in row["from_message"]
    assert "New York" in row["from_message"]


async def test_the_line_for_clio_says_no_name_and_no_number_twice(ana: Saver) -> None:
    text = (await ana.save("csv")).text
    assert text.count("HYPERLINK") == 1
    assert text.count("2125550100") == 1
    assert "555-0100" not in text


async def test_the_calendar_file_names_nobody(ana: Saver, world: World) -> None:
    appointment = in_days(world, 3)
    schedule(world, ana.person, appointment)
    response = await ana.save("ics")
    assert response.headers["content-type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["dtstart"].dt == appointment.starts_at
    assert str(event["summary"]) == "Appointment"
    for word in ("4F2K", "Ñandú", "Intake", "ATTENDEE", "ORGANIZER", "DESCRIPTION"):
        assert word not in response.text


async def test_a_changed_appointment_moves_the_same_event(
    ana: Saver, world: World
) -> None:
    events = []
    for days in (3, 5):
        schedule(world, ana.person, in_days(world, days))
        response = await ana.save("ics")
        events += Calendar.from_ical(response.content).walk("VEVENT")
    first, second = events
    assert first["uid"] == second["uid"]
    assert first["sequence"] < second["sequence"]
    assert first["dtstart"].dt < second["dtstart"].dt


async def test_there_is_no_calendar_file_without_an_appointment(
    ana: Saver, world: World
) -> None:
    response = await ana.save("ics")
    assert response.status_code == 409
    assert response.headers["content-type"].startswith("text/html")
    assert "request_exported" not in actions_of(world)


async def test_an_appointment_that_was_cancelled_gives_no_file(
    ana: Saver, world: World
) -> None:
    found = schedule(world, ana.person, in_days(world, 3))
    with world.storage.begin() as session:
        requests.reopen(session, "4F2K", ana.person, found.version, world.now())
    assert (await ana.save("ics")).status_code == 409


@pytest.mark.parametrize("kind", KINDS)
async def test_every_file_leaves_an_audit_row_with_its_kind(
    ana: Saver, world: World, kind: str
) -> None:
    schedule(world, ana.person, in_days(world, 3))
    response = await ana.save(kind)
    assert response.status_code == 200
    with world.storage.read() as session:
        last = audit.of_subject(session, "4F2K")[-1]
    assert (last.action, last.staff_id, last.detail) == (
        "request_exported",
        ana.person.id,
        kind,
    )


@pytest.mark.parametrize("kind", KINDS)
async def test_a_file_is_saved_under_a_neutral_name_and_kept_by_no_cache(
    ana: Saver, world: World, kind: str
) -> None:
    schedule(world, ana.person, in_days(world, 3))
    headers = (await ana.save(kind, "4f2k")).headers
    assert headers["content-disposition"] == f'attachment; filename="R-4F2K.{kind}"'
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", KINDS)
async def test_only_roles_that_may_export_get_a_file(
    ana: Saver, world: World, role: Role, kind: str
) -> None:
    schedule(world, ana.person, in_days(world, 3))
    person = ana if role == ana.person.role else saver(world, role)
    response = await person.save(kind)
    assert response.status_code == (200 if MAY[role] else 403)
    if not MAY[role]:
        assert "Ñandú" not in response.text


@pytest.mark.parametrize("kind", KINDS)
async def test_nobody_gets_a_file_without_a_sign_in(
    ana: Saver, world: World, kind: str
) -> None:
    ana.browser.headers.pop("Cookie")
    response = await ana.save(kind)
    assert response.status_code == 303
    assert "/sign-in" in response.headers["location"]
    assert actions_of(world) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reference", ["9999", "R-4F2K", "..", "4F2K.pdf"])
async def test_a_reference_that_is_not_there_is_told_as_gone(
    ana: Saver, kind: str, reference: str
) -> None:
    assert (await ana.save(kind, reference)).status_code == 404


async def test_files_are_found_before_the_page_of_the_request() -> None:
    paths = [page.path for page in all_pages() if page.methods == ("GET",)]
    for page in exports.pages:
        assert paths.index(page.path) < paths.index("/requests/{reference}")
