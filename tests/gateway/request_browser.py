"""A visitor on the page /request, and requests of every state to look for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import cast

import httpx

from bot.core.consultations import Consultation, State
from bot.core.errors import StorageError
from bot.core.languages import Language
from bot.gateway.app import create_app
from bot.gateway.world import World
from bot.services import requests
from bot.services.request_codes import code_key, code_of
from bot.storage import consultations
from bot.storage.engine import Storage
from bot.storage.keys import derived_key
from tests.gateway.plain_browser import PageReader
from tests.storage.office_requests import CALL, KEPT, add_staff, begin

AT_HOME = ("203.0.113.7", 4000)
NEIGHBOUR = ("203.0.113.8", 4000)
# Well formed, and nobody's.
WRONG = "R-4F2K-2222-2222"
# What the page says of a request that is new.
WAITING = "It waits for a person of the office."


class RequestBrowser:
    """A browser that runs no JavaScript, on the page /request."""

    def __init__(self, browser: httpx.AsyncClient) -> None:
        self.browser = browser
        self.response = httpx.Response(200)
        self.page = PageReader("")

    def _show(self, response: httpx.Response) -> PageReader:
        self.response = response
        if response.headers["content-type"].startswith("text/html"):
            self.page = PageReader(response.text)
        return self.page

    async def open(self, language: Language = "en") -> PageReader:
        return self._show(await self.browser.get(f"/request?lang={language}"))

    async def press(self, action: str, **fields: str) -> PageReader:
        """Press a button that the page has."""
        assert action in {value for _, value, _ in self.page.buttons}
        form = {**self.page.fields, **fields, "action": action}
        return self._show(await self.browser.post("/request", data=form))

    async def look(self, number: str) -> PageReader:
        return await self.press("look", number=number)


@asynccontextmanager
async def opened_page(
    world: World, address: tuple[str, int] = AT_HOME
) -> AsyncIterator[RequestBrowser]:
    """Yield a visitor who has opened the page in English."""
    transport = httpx.ASGITransport(create_app(world), client=address)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://office"
    ) as browser:
        visitor = RequestBrowser(browser)
        await visitor.open()
        yield visitor


def send(world: World, reference: str = "4F2K") -> tuple[Consultation, str]:
    """Put a request into the database; return it and its private number."""
    key = derived_key(world.settings, "requests")
    with world.storage.begin() as session:
        name = begin(session, reference)
        number = code_of(name, reference, key)
        sent = consultations.submit(
            session,
            name,
            code_key=code_key(number, key),
            sent_by=f"message of {reference}",
            now=world.now(),
            delete_at=world.now() + KEPT,
        )
    return sent, number


def bring_to(world: World, state: State) -> str:
    """Put a request of a state into the database; return its private number."""
    sent, number = send(world)
    with world.storage.begin() as session:
        ana = add_staff(session, "ana")
        found, now = sent, world.now()
        if state == "spam":
            requests.mark_spam(session, found.reference, ana, found.version, now)
        if state in ("claimed", "scheduled", "closed"):
            found = requests.claim(session, found.reference, ana, found.version, now)
        if state == "scheduled":
            requests.schedule(session, found.reference, ana, found.version, CALL, now)
        if state == "closed":
            requests.close(session, found.reference, ana, found.version, "other", now)
    return number


def count(world: World) -> int:
    """Return how many requests are kept."""
    with world.storage.read() as session:
        return sum(consultations.count_by_state(session).values())


class BrokenStorage:
    """A database that does not answer."""

    def begin(self) -> None:
        raise StorageError("OperationalError")

    read = begin


@contextmanager
def database_away(world: World) -> Iterator[None]:
    """Let the database not answer for a while."""
    storage, world.storage = world.storage, cast("Storage", BrokenStorage())
    yield
    world.storage = storage
