"""Every page of the console, tried by every role, by nobody and from anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette

from bot.core.staff import PERMISSIONS, ROLES, Role
from bot.gateway.app import create_app
from bot.gateway.console.desk import ConsolePage
from bot.gateway.console.routes import all_pages
from bot.gateway.world import World
from bot.settings import Settings, load_settings
from tests.gateway.console_people import StaffBrowser, add_person, browser_of

pytestmark = pytest.mark.asyncio

TRIED = [(page, method) for page in all_pages() for method in page.methods]
IDS = [f"{method} {page.path}" for page, method in TRIED]
# What an allowed person may get who names nothing that exists and fills in nothing.
SERVED = {200, 204, 303, 400, 404, 409, 422}


@pytest.fixture
def app(world: World) -> Iterator[Starlette]:
    """The whole gateway."""
    yield create_app(world)
    world.storage.close()


def address_of(page: ConsolePage) -> str:
    """Return the page's address with something that is not there in each blank."""
    path = re.sub(r"\{\w+:int\}", "99999", page.path)
    return re.sub(r"\{\w+(:\w+)?\}", "ZZZZ", path)


async def ask(
    browser: StaffBrowser, page: ConsolePage, method: str, **headers: str
) -> int:
    """Return the status of a page asked for in the way of a method."""
    if method == "GET":
        return (await browser.open(address_of(page), **headers)).status_code
    return (await browser.send(address_of(page), **headers)).status_code


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_gets_what_it_may_and_nothing_else(
    app: Starlette, world: World, role: Role
) -> None:
    person = add_person(world, role)
    wrong = {}
    for page, method in TRIED:
        # Each with a sign-in of its own: some pages end it.
        status = await ask(StaffBrowser(app, world, person), page, method)
        expected = SERVED if role in PERMISSIONS[page.permission] else {403}
        if status not in expected:
            wrong[f"{method} {page.path}"] = status
    assert wrong == {}


@pytest.mark.parametrize(
    ("headers", "reading", "sending"),
    [({}, 303, 401), ({"HX-Request": "true"}, 401, 401)],
    ids=["a page", "a part of a page"],
)
async def test_nobody_gets_nothing(
    app: Starlette, world: World, headers: dict[str, str], reading: int, sending: int
) -> None:
    browser = StaffBrowser(app, world)
    wrong = {}
    for page, method in TRIED:
        status = await ask(browser, page, method, **headers)
        if status != (reading if method == "GET" else sending):
            wrong[f"{method} {page.path}"] = status
    assert wrong == {}


async def test_nobody_is_sent_to_the_sign_in(app: Starlette, world: World) -> None:
    response = await StaffBrowser(app, world).open("/account")
    assert response.headers["location"] == "/staff/sign-in?next=/account"


async def test_no_address_is_there_twice() -> None:
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize(
    ("role", "home"),
    [
        ("intake", "/staff/requests"),
        ("admin", "/staff/requests"),
        ("editor", "/staff/knowledge"),
        ("reviewer", "/staff/knowledge"),
    ],
)
@pytest.mark.parametrize("path", ["", "/"])
async def test_everybody_begins_where_they_work(
    app: Starlette, world: World, role: Role, home: str, path: str
) -> None:
    response = await browser_of(app, world, role).open(path)
    assert response.headers["location"] == home


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("intake", ["requests", "numbers", "account"]),
        ("editor", ["numbers", "knowledge", "misses", "agreements", "account"]),
        (
            "admin",
            [
                "requests",
                "numbers",
                "knowledge",
                "misses",
                "agreements",
                "staff",
                "audit",
                "account",
            ],
        ),
    ],
)
async def test_the_menu_has_what_one_may_open(
    app: Starlette, world: World, role: Role, shown: list[str]
) -> None:
    page = await browser_of(app, world, role).open("/account")
    assert re.findall(r'<li><a href="/staff/(\w+)"', page.text) == shown


@pytest.mark.parametrize("role", [None, "editor"])
async def test_an_address_that_is_not_there_is_told_as_a_page(
    app: Starlette, world: World, role: Role | None
) -> None:
    response = await browser_of(app, world, role).open("/there/is/nothing")
    assert response.status_code == 404
    assert "There is nothing here." in response.text


async def test_answers_of_the_console_are_kept_nowhere_and_framed_nowhere(
    app: Starlette, world: World
) -> None:
    page = await StaffBrowser(app, world).open("/sign-in")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("networks", "address", "is_there"),
    [
        ("192.0.2.0/24", "192.0.2.9", True),
        ("192.0.2.0/24", "::ffff:192.0.2.9", True),
        ("192.0.2.0/24, 2001:db8::/32", "2001:db8::1", True),
        ("192.0.2.0/24", "203.0.113.7", False),
        ("192.0.2.0/24", "127.0.0.1", False),
        ("192.0.2.0/24", "nonsense", False),
    ],
)
async def test_only_the_networks_named_find_the_console(
    world: World, networks: str, address: str, is_there: bool
) -> None:
    folder = str(world.settings.DATA_DIR)
    given = {"DATA_DIR": folder, "STAFF_NETWORKS": networks}
    world.settings = load_settings(given)
    browser = StaffBrowser(create_app(world), world, client=(address, 1))
    nothing = await browser.http.get("/there/is/nothing")
    for path in ("", "/", "/sign-in", "/account", "/static/console.css"):
        response = await browser.open(path)
        assert (response.status_code != 404) is is_there
        assert (response.text != nothing.text) is is_there
    world.storage.close()


async def test_a_console_switched_off_is_not_there(
    world: World, settings: Settings
) -> None:
    given = {"DATA_DIR": str(settings.DATA_DIR), "STAFF_CONSOLE": "off"}
    world.settings = load_settings(given)
    browser = StaffBrowser(create_app(world), world)
    for path in ("", "/", "/sign-in", "/static/htmx.min.js"):
        assert (await browser.open(path)).status_code == 404
    world.storage.close()
