"""The console with the pages of ICE's list, and how an editor uses them, for tests."""

from __future__ import annotations

import re
from typing import Any, Final

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.gateway.console import agreements
from bot.gateway.console.routes import console_app
from bot.gateway.world import World
from bot.services.agreements import current
from tests.gateway.console_people import ADDRESS, StaffBrowser
from tests.sheets import DIRTY, NAME, Line, lines, workbook

FIRST: Final = [*lines(20), *DIRTY]
NEXT: Final = "participatingAgencies07162026am.xlsx"
OWN: Final = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}


def list_app(world: World) -> Starlette:
    """Return the console with the pages of the list, as routes.py puts it together."""
    app = console_app(world, agreements.pages)
    console = next(route for route in app.routes if isinstance(route, Mount))
    inner: list[Any] = console.app.router.routes  # type: ignore[attr-defined]
    if not any(route in inner for route in agreements.file_routes):
        inner[:0] = agreements.file_routes
    return app


async def upload(
    browser: StaffBrowser,
    data: bytes,
    name: str = NAME,
    follow: bool = False,
    **fields: str,
) -> httpx.Response:
    """Send the form with a file as a browser does."""
    return await browser.http.post(
        "/staff/agreements",
        data={"csrf": browser.csrf, "downloaded": "", **fields},
        files={"file": (name, data, "application/octet-stream")},
        headers=OWN,
        follow_redirects=follow,
    )


async def bring(browser: StaffBrowser, rows: list[Line], name: str = NAME) -> None:
    """Import a list and make it the current one."""
    page = await upload(browser, workbook(rows), name, follow=True)
    assert (await confirm(browser, page.text)).status_code == 303


async def confirm(browser: StaffBrowser, page: str) -> httpx.Response:
    """Press the button that makes the list of a report the current one."""
    fields = re.findall(r'name="(snapshot|follows)" value="(\d+)"', page)
    assert len(fields) == 2
    return await browser.send("/agreements/current", dict(fields))


def counted(world: World) -> int | None:
    """Return how many lines the list has that counts."""
    with world.storage.read() as session:
        found = current(session)
    return len(found.agreements) if found else None
