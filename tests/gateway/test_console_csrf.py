"""Forms of other websites change nothing, whatever the browser sends along."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette

from bot.gateway.app import create_app
from bot.gateway.console.routes import all_pages
from bot.gateway.world import World
from bot.settings import Settings, load_settings
from bot.storage import staff
from tests.gateway.console_people import (
    ADDRESS,
    PASSWORD,
    StaffBrowser,
    add_person,
    browser_of,
    code_of,
)

pytestmark = pytest.mark.asyncio

POSTED = [
    page.path.replace("{staff_id:int}", "1").replace("{reference}", "ZZZZ")
    for page in all_pages()
    if "POST" in page.methods
]
FOREIGN = "https://widget.example"
LANGUAGE = {"language": "es", "back": "/account"}


@pytest.fixture
def world_with_guests(world: World, settings: Settings) -> World:
    """A world in which another website may embed the chat, and passes the guard."""
    given = {"DATA_DIR": str(settings.DATA_DIR), "ALLOWED_ORIGINS": FOREIGN}
    world.settings = load_settings(given)
    return world


@pytest.fixture
def app(world_with_guests: World) -> Iterator[Starlette]:
    """The whole gateway."""
    yield create_app(world_with_guests)
    world_with_guests.storage.close()


def language_of(world: World) -> str:
    """Return the language that the only person has chosen."""
    with world.storage.read() as session:
        return staff.everybody(session)[0].staff.language


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({"csrf": ""}, {}),
        ({"csrf": "0" * 64}, {}),
        ({"csrf": "ñ"}, {}),
        ({}, {"Origin": FOREIGN}),
        ({}, {"Origin": "null"}),
        ({}, {"Origin": "https://office.example.evil.example"}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
        ({}, {"Sec-Fetch-Site": "same-site"}),
    ],
    ids=[
        "no token",
        "another token",
        "not even a token",
        "a website that may embed the chat",
        "no origin to name",
        "a website named alike",
        "cross-site",
        "same-site",
    ],
)
async def test_a_foreign_form_is_refused(
    app: Starlette,
    world: World,
    fields: dict[str, str],
    headers: dict[str, str],
) -> None:
    browser = browser_of(app, world, "admin")
    given = {**LANGUAGE, **fields}
    let_in = [
        path
        for path in POSTED
        if (await browser.send(path, given, **headers)).status_code != 403
    ]
    assert let_in == []
    assert language_of(world) == "en"


async def test_the_token_of_somebody_else_is_refused(
    app: Starlette, world: World
) -> None:
    browser = browser_of(app, world, "intake")
    other = browser_of(app, world, "admin")
    stolen = {**LANGUAGE, "csrf": other.csrf}
    response = await browser.send("/account/language", stolen)
    assert response.status_code == 403


async def test_the_token_may_come_as_a_header(app: Starlette, world: World) -> None:
    browser = browser_of(app, world, "intake")
    headers = {"X-CSRF": browser.csrf, "HX-Request": "true"}
    fields = {**LANGUAGE, "csrf": ""}
    response = await browser.send("/account/language", fields, **headers)
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/staff/account"
    assert language_of(world) == "es"


async def test_an_old_browser_that_names_no_origin_may_send_our_form(
    app: Starlette, world: World
) -> None:
    browser = browser_of(app, world, "intake")
    data = {**LANGUAGE, "csrf": browser.csrf}
    response = await browser.http.post("/staff/account/language", data=data)
    assert response.status_code == 303


async def test_a_page_opened_by_get_changes_nothing(
    app: Starlette, world: World
) -> None:
    browser = browser_of(app, world, "intake")
    response = await browser.open(f"/account/language?language=es&csrf={browser.csrf}")
    assert response.status_code == 405
    assert language_of(world) == "en"


@pytest.mark.parametrize(
    "headers",
    [{"Origin": FOREIGN}, {"Sec-Fetch-Site": "cross-site", "Origin": ADDRESS}],
    ids=["origin", "site"],
)
async def test_nobody_can_be_signed_in_by_a_foreign_form(
    app: Starlette, world: World, headers: dict[str, str]
) -> None:
    add_person(world, "intake", "ana")
    browser = StaffBrowser(app, world)
    fields = {"login": "ana", "password": PASSWORD, "code": code_of(world, "ana")}
    response = await browser.send("/sign-in", fields, **headers)
    assert response.status_code == 403
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"language=es&language=en", "application/x-www-form-urlencoded", 400),
        (b"language=%ff", "application/x-www-form-urlencoded", 400),
        (b"a=" + b"x" * 300_000, "application/x-www-form-urlencoded", 413),
    ],
    ids=["no form", "a field twice", "no UTF-8", "too large"],
)
async def test_what_is_no_form_is_told_as_a_page(
    app: Starlette, world: World, content: bytes, kind: str, status: int
) -> None:
    browser = browser_of(app, world, "intake")
    response = await browser.http.post(
        "/staff/account/language", content=content, headers={"Content-Type": kind}
    )
    assert response.status_code == status
    assert "could not be read" in response.text
