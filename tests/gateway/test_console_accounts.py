"""Accounts in the console: links, one's own account, the staff list, the audit."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import httpx
import pyotp
import pytest
from starlette.applications import Starlette

from bot.gateway.app import create_app
from bot.gateway.console.staff_pages import link_address
from bot.gateway.world import World
from bot.services import accounts
from bot.storage import audit, staff
from tests.conftest import FakeClock
from tests.gateway.console_people import (
    ADDRESS,
    PASSWORD,
    StaffBrowser,
    add_person,
    browser_of,
    session_key_of,
)

pytestmark = pytest.mark.asyncio

NEW_PASSWORD = "twelve purple horses"


@pytest.fixture
def app(world: World) -> Iterator[Starlette]:
    """The whole gateway."""
    yield create_app(world)
    world.storage.close()


def first_link(world: World) -> str:
    """Return the path of the first admin's link, without /staff."""
    with world.storage.begin() as session:
        key, now = session_key_of(world), world.now()
        token = accounts.invite_first_admin(session, lambda: "t" * 43, key, now)
    assert token is not None
    return link_address("", token).removeprefix("/staff")


def code_on(page: httpx.Response, world: World) -> str:
    """Return the code of an app into which the secret of a page was typed."""
    shown = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page.text)
    assert shown is not None
    return pyotp.TOTP(shown[1].replace(" ", "")).at(world.now())


def filled(page: httpx.Response, world: World, **changed: str) -> dict[str, str]:
    """Return the form of a one-time link, filled in."""
    token = re.search(r'name="token" value="([^"]*)"', page.text)
    assert token is not None
    right = {"token": token[1], "name": "Ana", "password": NEW_PASSWORD}
    right |= {"again": NEW_PASSWORD, "code": code_on(page, world), "language": "es"}
    return {**right, **changed}


async def test_the_first_link_makes_an_admin_who_can_sign_in(
    app: Starlette, world: World, clock: FakeClock
) -> None:
    browser, path = StaffBrowser(app, world), first_link(world)
    await browser.open(path)
    page = await browser.open(path)
    assert page.headers["Referrer-Policy"] == "strict-origin"
    done = await browser.send("/join", filled(page, world))
    assert "Su cuenta está lista" in done.text
    clock.pass_time(seconds=30)
    fields = {"login": "admin", "password": NEW_PASSWORD, "code": code_on(page, world)}
    home = await browser.send("/sign-in", fields)
    assert home.status_code == 303
    assert "Ana" in (await browser.open("/staff")).text
    assert (await browser.open(path)).status_code == 404
    again = await browser.send("/join", filled(page, world))
    assert "Este enlace ya no funciona" in again.text
    with world.storage.begin() as session:
        made = accounts.invite_first_admin(session, lambda: "x", b"k", world.now())
    assert made is None


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"password": "short", "again": "short"}, "too short"),
        ({"again": "something else here"}, "not the same"),
        ({"code": "000000"}, "code does not fit"),
        ({"name": " "}, "Write your name"),
        ({"password": "admin admin 1", "again": "admin admin 1"}, "your name"),
    ],
    ids=["short", "not the same", "code", "no name", "one's name"],
)
async def test_a_link_stays_good_until_everything_is_right(
    app: Starlette, world: World, changed: dict[str, str], told: str
) -> None:
    browser, path = StaffBrowser(app, world), first_link(world)
    page = await browser.open(path)
    refused = await browser.send("/join", filled(page, world, language="en", **changed))
    assert refused.status_code == 422
    assert told in refused.text
    assert NEW_PASSWORD not in refused.text
    assert (await browser.send("/join", filled(page, world))).status_code == 200


async def test_a_link_dies_after_a_day_and_when_a_new_one_is_made(
    app: Starlette, world: World, clock: FakeClock
) -> None:
    browser, path = StaffBrowser(app, world), first_link(world)
    clock.pass_time(hours=24)
    assert (await browser.open(path)).status_code == 404
    assert (await browser.open("/join?token=")).status_code == 404


async def test_an_added_person_gets_a_link_that_is_shown_once(
    app: Starlette, world: World
) -> None:
    admin = browser_of(app, world, "admin")
    fields = {"login": "Bea@Office.example", "name": "Bea", "role": "editor"}
    shown = await admin.send("/staff", {**fields, "language": "es"})
    link = re.search(r"https://\S+/staff/join\?token=[\w-]+", html.unescape(shown.text))
    assert link is not None
    assert link[0].startswith(ADDRESS)
    page = await StaffBrowser(app, world).open(link[0].removeprefix(f"{ADDRESS}/staff"))
    assert "bea@office.example" in page.text
    assert link[0] not in (await admin.open("/staff")).text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"login": "ADMIN"}, "already"),
        ({"login": "a b"}, "Use an e-mail address"),
        ({"name": ""}, "Write a name"),
        ({"role": "owner"}, "Choose one of the roles"),
    ],
)
async def test_a_person_who_cannot_be_added_is_told_why_with_the_form_kept(
    app: Starlette, world: World, changed: dict[str, str], told: str
) -> None:
    admin = browser_of(app, world, "admin")
    fields = {"login": "bea", "name": "<b>Bea", "role": "editor", **changed}
    page = await admin.send("/staff", fields)
    assert page.status_code == 422
    assert told in page.text
    assert f'value="{html.escape(fields["name"])}"' in page.text


@pytest.mark.parametrize(
    ("path", "fields"),
    [("role", {"role": "editor"}), ("disable", {}), ("link", {})],
)
async def test_what_changes_a_person_ends_their_sign_ins(
    app: Starlette, world: World, path: str, fields: dict[str, str]
) -> None:
    admin, other = browser_of(app, world, "admin"), browser_of(app, world, "intake")
    assert other.person is not None
    response = await admin.send(f"/staff/{other.person.id}/{path}", fields)
    assert response.status_code in {200, 303}
    assert (await other.open("/account")).status_code == 303


@pytest.mark.parametrize(
    ("path", "fields"),
    [("role", {"role": "editor"}), ("disable", {}), ("link", {})],
)
async def test_the_last_admin_stays(
    app: Starlette, world: World, path: str, fields: dict[str, str]
) -> None:
    admin = browser_of(app, world, "admin")
    assert admin.person is not None
    # An admin who has not used the link yet does not count.
    with world.storage.begin() as session:
        accounts.add(session, None, "later", "Later", "admin", "en", world.now())
    page = await admin.send(f"/staff/{admin.person.id}/{path}", fields)
    assert page.status_code == 422
    assert (await admin.open("/staff")).status_code == 200


async def test_a_disabled_person_let_in_again_needs_a_new_link(
    app: Starlette, world: World
) -> None:
    admin, person = browser_of(app, world, "admin"), add_person(world)
    for path, status in (("disable", 303), ("link", 422), ("enable", 303)):
        response = await admin.send(f"/staff/{person.id}/{path}")
        assert response.status_code == status
    with world.storage.read() as session:
        account = staff.find(session, person.id)
    assert account is not None
    assert (account.disabled_at, account.is_active) == (None, False)


async def test_a_new_password_ends_other_sign_ins_and_keeps_this_one(
    app: Starlette, world: World
) -> None:
    here = browser_of(app, world, "intake")
    there = StaffBrowser(app, world, here.person)
    fields = {"present": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    wrong = await here.send("/account/password", {**fields, "present": "wrong"})
    assert "present password is not right" in wrong.text
    page = await here.send("/account/password", fields, follow=True)
    assert "The password was changed." in page.text
    assert (await there.open("/account")).status_code == 303
    # The notice is shown once.
    assert "was changed" not in (await here.open("/account")).text


async def test_a_browser_left_open_is_no_way_to_guess_the_password(
    app: Starlette, world: World
) -> None:
    browser = browser_of(app, world, "intake")
    fields = {"password": NEW_PASSWORD, "again": NEW_PASSWORD}
    for guess in ("one", "two", "three", "four", "five", PASSWORD):
        page = await browser.send("/account/password", {**fields, "present": guess})
        assert page.status_code == 422


async def test_a_new_second_factor_needs_the_password_and_its_first_code(
    app: Starlette, world: World
) -> None:
    browser = browser_of(app, world, "intake")
    page = await browser.open("/account/factor")
    right = {"present": PASSWORD, "code": code_on(page, world)}
    for wrong in ({"present": "wrong"}, {"code": "000000"}):
        refused = await browser.send("/account/factor", {**right, **wrong})
        assert refused.status_code == 422
    done = await browser.send("/account/factor", right, follow=True)
    assert "The new second factor works." in done.text
    again = await browser.open("/account/factor")
    assert code_on(again, world) != code_on(page, world)


async def test_signing_out_everywhere_ends_every_sign_in(
    app: Starlette, world: World
) -> None:
    here = browser_of(app, world, "intake")
    there = StaffBrowser(app, world, here.person)
    await here.send("/account/everywhere")
    assert (await here.open("/account")).status_code == 303
    assert (await there.open("/account")).status_code == 303


async def test_the_language_is_kept_with_the_person(
    app: Starlette, world: World
) -> None:
    browser = browser_of(app, world, "intake")
    fields = {"language": "es", "back": "/account"}
    page = await browser.send("/account/language", fields, follow=True)
    assert "Cerrar sesión" in page.text
    with world.storage.read() as session:
        kept = staff.find_by_login(session, "intake")
    assert kept is not None
    assert kept.staff.language == "es"


async def test_the_audit_is_read_page_by_page_in_words(
    app: Starlette, world: World
) -> None:
    admin = browser_of(app, world, "admin")
    assert admin.person is not None
    with world.storage.begin() as session:
        for _ in range(60):
            who = admin.person.id
            audit.note(session, world.now(), who, "request_viewed", "4F2K", "<i>")
    first = await admin.open("/audit")
    assert first.text.count("<tr>") == 51
    assert "read the request" in first.text
    assert "R-4F2K" in first.text
    assert "&lt;i&gt;" in first.text
    older = re.search(r"/audit\?before=\d+", first.text)
    assert older is not None
    second = await admin.open(older[0])
    assert "added a person" in second.text
    assert (await admin.open("/audit?before=x")).status_code == 200
