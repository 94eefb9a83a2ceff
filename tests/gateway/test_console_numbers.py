"""The page of numbers shows what was counted, by the office's clock, to all staff."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta

import httpx
import pytest
import pytest_asyncio

from bot.core.feedback import Vote
from bot.core.languages import Language
from bot.core.staff import ROLES, Role
from bot.gateway.console import numbers
from bot.gateway.console.door import SESSION_COOKIE
from bot.gateway.console.routes import console_app
from bot.gateway.world import World
from bot.services.sign_ins import token_key
from bot.storage import daily_counts, feedback, staff, staff_sessions
from bot.storage.keys import derived_key
from tests.conftest import FakeClock

DAY = date(2026, 7, 20)
# Of a day: what the assistant did, on which channel, in which language, how often.
COUNTED = (
    (DAY, "web", "en", "answer", 5),
    (DAY, "web", "es", "emergency", 1),
    (DAY, "whatsapp_cloud", "es", "clarify", 2),
    (DAY, "web", "es", "no_answer", 1),
    (DAY, "web", "en", "handoff", 3),
    (DAY, "web", "en", "small_talk", 40),
    (DAY, "web", "en", "form", 40),
    (DAY - timedelta(days=1), "web", "en", "answer", 7),
    (DAY - timedelta(days=13), "web", "en", "answer", 8),
    (DAY - timedelta(days=14), "web", "en", "answer", 1000),
)


def sign_in(world: World, role: Role, language: Language = "en") -> dict[str, str]:
    """Return the cookie header of somebody new of a role."""
    now, token = world.now(), f"token-of-{role}-{language}"
    key = token_key(token, derived_key(world.settings, "staff sessions"))
    with world.storage.begin() as session:
        person = staff.add(session, f"{role}-{language}", "Ana", role, language, now)
        assert person is not None
        given = {"password_hash": "none that matches", "totp_secret": "none"}
        staff.change(session, person.id, given)
        staff_sessions.start(session, key, person.id, now, now + timedelta(hours=1))
    return {"Cookie": f"{SESSION_COOKIE}={token}"}


@pytest_asyncio.fixture
async def browser(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A browser of an office in which things were counted; nobody is signed in."""
    with world.storage.begin() as session:
        for counted in COUNTED:
            daily_counts.count(session, *counted)
        for name, helpful in (("a", True), ("b", True), ("c", False)):
            vote = Vote(name, "jail_hold", "en", "web", helpful, world.now())
            feedback.record_vote(session, vote)
    transport = httpx.ASGITransport(console_app(world, numbers.pages))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as opened:
        yield opened
    world.storage.close()


@pytest_asyncio.fixture
async def page(browser: httpx.AsyncClient, world: World) -> str:
    """The page of the day, as an editor reads it in English."""
    response = await browser.get("/staff/numbers", headers=sign_in(world, "editor"))
    assert response.status_code == 200
    return response.text


def tiles(page: str) -> dict[str, int]:
    """Return what the tiles say."""
    found = re.findall(r'id="tile-(\w+)">(\d+)<', page)
    return {name: int(number) for name, number in found}


def row(page: str, name: str, place: int = 0) -> list[int]:
    """Return the numbers of a row of a table; `place`: the first row of that name."""
    rows = re.findall(rf'<th scope="row"[^>]*>{name}</th>(.*?)</tr>', page)
    return [int(number) for number in re.findall(r">(\d+)</td>", rows[place])]


def test_tiles_say_what_became_of_todays_questions(page: str) -> None:
    assert tiles(page) == {
        "asked": 12,
        "answered": 6,
        "offered": 2,
        "refused": 1,
        "person_wanted": 3,
        "requests": 0,
    }


def test_shares_are_told_with_one_decimal(page: str) -> None:
    assert "50.0% of what was asked" in page
    assert "16.7% of what was asked" in page
    assert "66.7% of 3 votes" in page


def test_the_table_has_fourteen_days_and_nothing_before(page: str) -> None:
    table = page.split('id="numbers-days"')[1].split("</table>")[0]
    assert table.count('scope="row"') == 14
    assert row(page, "July 19, 2026")[:2] == [7, 7]
    assert row(page, "July 7, 2026")[:2] == [8, 8]
    assert "1000" not in page


def test_languages_and_channels_are_told_apart_for_the_day_and_for_all_days(
    page: str,
) -> None:
    asked = {
        name: [row(page, name, place)[0] for place in (0, 1)]
        for name in ("English", "Spanish", "Website", "WhatsApp")
    }
    assert asked == {
        "English": [8, 23],
        "Spanish": [4, 4],
        "Website": [10, 25],
        "WhatsApp": [2, 2],
    }


def test_every_chart_has_a_name_and_a_table_with_the_same_numbers(page: str) -> None:
    assert page.count('<svg role="img"') == 3
    assert page.count("<table") == 4
    assert page.count("The table below has the same numbers.</title>") == 3


def test_the_page_needs_no_script_and_no_style_of_its_own(page: str) -> None:
    main = page.split("<main")[1]
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", main)


def test_votes_of_a_day_stand_in_a_table_of_their_own(page: str) -> None:
    assert row(page, "July 20, 2026", 1) == [2, 1, 0, 0]


@pytest.mark.asyncio
async def test_another_day_is_shown_by_its_address(
    browser: httpx.AsyncClient, world: World
) -> None:
    headers = sign_in(world, "admin", "es")
    response = await browser.get("/staff/numbers?day=2026-07-19", headers=headers)
    assert tiles(response.text)["asked"] == 7
    assert "19 de julio de 2026" in response.text
    assert 'href="?day=2026-07-20"' in response.text
    assert "100.0 % de las preguntas" in response.text


@pytest.mark.parametrize(
    "given",
    ["2026-07-21", "yesterday", "0001-01-01", "2026-02-30", "<script>", ""],
    ids=["future", "no date", "first year", "no such day", "markup", "empty"],
)
@pytest.mark.asyncio
async def test_what_is_no_day_until_today_shows_today(
    browser: httpx.AsyncClient, world: World, given: str
) -> None:
    headers = sign_in(world, "intake")
    response = await browser.get(
        "/staff/numbers", params={"day": given}, headers=headers
    )
    assert response.status_code == 200
    assert tiles(response.text)["asked"] == 12


@pytest.mark.asyncio
async def test_a_day_on_which_nothing_was_asked_divides_nothing(
    browser: httpx.AsyncClient, world: World
) -> None:
    headers = sign_in(world, "intake")
    response = await browser.get("/staff/numbers?day=2026-01-05", headers=headers)
    assert response.status_code == 200
    assert "Nothing was asked on this day." in response.text
    assert "No visitor has said whether an answer helped." in response.text


@pytest.mark.asyncio
async def test_today_is_the_day_on_the_clock_of_the_office(
    browser: httpx.AsyncClient, world: World, clock: FakeClock
) -> None:
    # 03:00 UTC on July 21 is still 23:00 on July 20 in New York.
    clock.pass_time(hours=15)
    response = await browser.get("/staff/numbers", headers=sign_in(world, "intake"))
    assert "July 20, 2026" in response.text
    assert tiles(response.text)["asked"] == 12


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.asyncio
async def test_every_role_may_see_the_numbers(
    browser: httpx.AsyncClient, world: World, role: Role
) -> None:
    response = await browser.get("/staff/numbers", headers=sign_in(world, role))
    assert response.status_code == 200


@pytest.mark.asyncio
async def test_nobody_sees_the_numbers_without_a_sign_in(
    browser: httpx.AsyncClient,
) -> None:
    response = await browser.get("/staff/numbers")
    assert response.status_code == 303
    assert response.headers["location"].startswith("/staff/sign-in")
