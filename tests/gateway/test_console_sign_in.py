"""Signing in: right credentials only, one message for all failures, times that end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest
import pytest_asyncio

from bot.gateway.app import create_app
from bot.gateway.console.door import SESSION_COOKIE
from bot.gateway.world import World
from bot.services import accounts
from bot.storage import audit, staff
from tests.conftest import FakeClock
from tests.fakes import FakeTimer
from tests.gateway.console_people import (
    HOST,
    PASSWORD,
    StaffBrowser,
    add_person,
    browser_of,
    code_of,
)

pytestmark = pytest.mark.asyncio

WRONG = "This did not work."


@pytest_asyncio.fixture
async def browser(world: World) -> AsyncIterator[StaffBrowser]:
    """A browser in which nobody is signed in; Ana has an account."""
    add_person(world, "intake", "ana")
    opened = StaffBrowser(create_app(world), world)
    yield opened
    await opened.close()
    world.storage.close()


async def try_in(browser: StaffBrowser, **changed: str) -> tuple[int, str]:
    """Try to sign Ana in with something changed; return the status and the page."""
    right = {
        "login": "ana",
        "password": PASSWORD,
        "code": code_of(browser.world, "ana"),
    }
    response = await browser.send("/sign-in", {**right, **changed})
    return response.status_code, response.text


def actions_of(world: World) -> list[tuple[str, str]]:
    """Return what the audit has, newest first: action and subject."""
    with world.storage.read() as session:
        return [(row.action, row.subject) for row in audit.latest(session, 100)]


async def test_password_and_code_sign_in_whatever_the_case_of_the_login(
    browser: StaffBrowser,
) -> None:
    status, _ = await try_in(browser, login=" ANA ")
    assert status == 303
    page = await browser.open("/account")
    assert page.status_code == 200
    assert "Ana Person" in page.text


async def test_the_cookie_is_for_this_site_and_the_server_only(
    browser: StaffBrowser,
) -> None:
    fields = {"login": "ana", "password": PASSWORD}
    fields["code"] = code_of(browser.world, "ana")
    response = await browser.send("/sign-in", fields)
    (cookie,) = response.headers.get_list("set-cookie")
    name, *attributes = cookie.split("; ")
    assert name.startswith("__Host-desk=")
    assert {each.lower() for each in attributes} == {
        "httponly",
        "path=/",
        "samesite=strict",
        "secure",
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"login": "nobody"},
        {"login": ""},
        {"login": "an\x00a"},
        {"password": "wrong horse battery"},
        {"password": ""},
        {"password": PASSWORD + "x" * 5000},
        {"code": "000000"},
        {"code": ""},
        {"code": "١٢٣٤٥٦"},
    ],
    ids=lambda changed: str(changed)[:40].replace("\x00", "0"),
)
async def test_every_failure_reads_the_same(
    browser: StaffBrowser, changed: dict[str, str]
) -> None:
    status, page = await try_in(browser, **changed)
    assert status == 401
    assert WRONG in page
    assert (await browser.open("/account")).status_code == 303


async def test_a_disabled_person_reads_the_same_as_a_stranger(
    browser: StaffBrowser, world: World
) -> None:
    with world.storage.begin() as session:
        person = staff.find_by_login(session, "ana")
        assert person is not None
        accounts.disable(session, 0, person.staff.id, world.now())
    told = await try_in(browser)
    assert told[0] == 401
    assert WRONG in told[1]


async def test_a_code_counts_once(browser: StaffBrowser) -> None:
    assert (await try_in(browser))[0] == 303
    assert (await try_in(browser))[0] == 401


@pytest.mark.parametrize(
    ("steps", "status"), [(-2, 401), (-1, 303), (0, 303), (1, 303), (2, 401)]
)
async def test_a_code_of_the_step_before_or_after_counts(
    browser: StaffBrowser, steps: int, status: int
) -> None:
    code = code_of(browser.world, "ana", steps)
    assert (await try_in(browser, code=code))[0] == status


async def test_after_five_failures_the_right_password_has_to_wait(
    browser: StaffBrowser, clock: FakeClock
) -> None:
    for _ in range(5):
        await try_in(browser, password="wrong horse battery")
    assert (await try_in(browser))[0] == 401
    clock.pass_time(seconds=59)
    assert (await try_in(browser))[0] == 401
    clock.pass_time(seconds=1)
    assert (await try_in(browser))[0] == 303


async def test_the_wait_doubles_until_somebody_signs_in(
    browser: StaffBrowser, clock: FakeClock
) -> None:
    for _ in range(5):
        await try_in(browser, code="000000")
    clock.pass_time(minutes=1)
    await try_in(browser, code="000000")
    clock.pass_time(seconds=61)
    assert (await try_in(browser))[0] == 401
    clock.pass_time(seconds=60)
    assert (await try_in(browser))[0] == 303
    clock.pass_time(minutes=1)
    await try_in(browser, code="000000")
    assert (await try_in(browser))[0] == 303


async def test_a_network_that_tries_without_end_is_slowed_down(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Time stands still: on a busy machine the tries alone would take long enough.
    still = SimpleNamespace(monotonic=FakeTimer())
    monkeypatch.setattr("bot.gateway.console.routes.time", still)
    app = create_app(world)
    browser = StaffBrowser(app, world, client=("203.0.113.7", 1))
    statuses = [(await try_in(browser, login=f"name{n}"))[0] for n in range(22)]
    assert statuses == [401] * 20 + [429] * 2
    elsewhere = StaffBrowser(app, world, client=("203.0.113.8", 1))
    assert (await try_in(elsewhere, login="name"))[0] == 401
    world.storage.close()


async def test_the_audit_names_who_exists_and_nobody_else(
    browser: StaffBrowser, world: World
) -> None:
    await try_in(browser, login="mistyped-secret")
    await try_in(browser, code="000000")
    await try_in(browser)
    assert actions_of(world)[:3] == [
        ("signed_in", "ana"),
        ("sign_in_failed", "ana"),
        ("sign_in_failed", "unknown"),
    ]


@pytest.mark.parametrize(
    ("minutes", "uses", "status"),
    [(29, 1, 200), (30, 1, 303), (29, 24, 200), (29, 25, 303)],
    ids=["used in time", "idle", "used all day", "after twelve hours"],
)
async def test_a_sign_in_ends_when_idle_and_after_twelve_hours(
    world: World, clock: FakeClock, minutes: int, uses: int, status: int
) -> None:
    browser = browser_of(create_app(world), world, "intake")
    for _ in range(uses):
        clock.pass_time(minutes=minutes)
        page = await browser.open("/account")
    assert page.status_code == status
    world.storage.close()


async def test_a_page_that_asks_for_news_by_itself_does_not_keep_one_signed_in(
    world: World, clock: FakeClock
) -> None:
    browser = browser_of(create_app(world), world, "intake")
    for _ in range(4):
        clock.pass_time(minutes=9)
        page = await browser.open("/account", **{"HX-Request": "true"})
    assert page.status_code == 401
    assert page.headers["HX-Redirect"] == "/staff/sign-in"
    world.storage.close()


async def test_signing_out_ends_the_sign_in_on_the_server(world: World) -> None:
    browser = browser_of(create_app(world), world, "intake")
    token = browser.http.cookies[SESSION_COOKIE]
    response = await browser.send("/sign-out", follow=True)
    assert "You are signed out." in response.text
    browser.http.cookies.set(SESSION_COOKIE, token, domain=HOST)
    assert (await browser.open("/account")).status_code == 303
    assert ("signed_out", "intake") in actions_of(world)
    world.storage.close()


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("/account", "/staff/account"),
        ("//evil.example", "/staff/"),
        ("https://evil.example", "/staff/"),
        ("/\\evil.example", "/staff/"),
        ("/account\r\nSet-Cookie: a=b", "/staff/"),
        ("", "/staff/"),
    ],
)
async def test_signing_in_leads_to_pages_of_the_console_only(
    browser: StaffBrowser, wanted: str, place: str
) -> None:
    fields = {"login": "ana", "password": PASSWORD, "next": wanted}
    fields["code"] = code_of(browser.world, "ana")
    response = await browser.send("/sign-in", fields)
    assert response.headers["location"] == place


async def test_a_link_in_a_message_leads_on_to_its_page(browser: StaffBrowser) -> None:
    # The browser keeps a strict cookie back until the page itself asks again.
    page = await browser.open("/account", **{"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 200
    assert '<meta http-equiv="refresh" content="0">' in page.text
    again = await browser.open("/account", **{"Sec-Fetch-Site": "same-origin"})
    assert again.headers["location"] == "/staff/sign-in?next=/account"


@pytest.mark.parametrize(
    ("query", "header", "said"),
    [
        ("", "en-US", "Password"),
        ("", "es-MX,es", "Contraseña"),
        ("?lang=es", "en-US", "Contraseña"),
    ],
)
async def test_the_sign_in_speaks_the_language_wanted(
    browser: StaffBrowser, query: str, header: str, said: str
) -> None:
    page = await browser.open(f"/sign-in{query}", **{"Accept-Language": header})
    assert said in page.text


async def test_what_was_typed_as_the_login_comes_back_as_text(
    browser: StaffBrowser,
) -> None:
    _, page = await try_in(browser, login='"><script>alert(1)</script>')
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
