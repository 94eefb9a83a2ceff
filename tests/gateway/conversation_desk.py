"""The console's page of a conversation, and browsers of staff who look at it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import httpx
import pytest
import pytest_asyncio

from bot.core.staff import Staff
from bot.gateway.console import conversation
from bot.gateway.console.door import SESSION_COOKIE, csrf_token
from bot.gateway.console.routes import console_app
from bot.gateway.world import World
from bot.services.sign_ins import token_key
from bot.storage import (
    audit,
    conversations,
    messages,
    ownership,
    staff,
    staff_sessions,
)
from bot.storage.keys import derived_key
from tests.live_office import (
    REFERENCE,
    open_office,
    send_request,
    write_by_whatsapp,
)

CHAT = "c" * 32
PAGE = f"/staff/requests/{REFERENCE}/conversation"
SPITE = '<script>alert("x")</script>'
FRAGMENT = {"HX-Request": "true"}


@dataclass
class Browser:
    """The browser of somebody of the office who is signed in."""

    opened: httpx.AsyncClient
    headers: dict[str, str]
    csrf: str

    async def look(self, query: str = "", **headers: str) -> httpx.Response:
        return await self.opened.get(PAGE + query, headers={**self.headers, **headers})

    async def press(self, step: str, **fields: str) -> httpx.Response:
        form = {"csrf": self.csrf, **fields}
        return await self.opened.post(f"{PAGE}/{step}", data=form, headers=self.headers)


class Desk:
    """The console's page of conversations, on a database of its own."""

    def __init__(self, world: World, opened: httpx.AsyncClient) -> None:
        self.world = world
        self.opened = opened

    def sign_in(self, person: Staff) -> Browser:
        now = self.world.now()
        token = f"token-of-{person.login}-{now:%d-%H-%M}"
        session_key = derived_key(self.world.settings, "staff sessions")
        key = token_key(token, session_key)
        with self.world.storage.begin() as session:
            given = {"password_hash": "none that matches", "totp_secret": "none"}
            staff.change(session, person.id, {**given, "language": person.language})
            until = now + timedelta(days=3)
            staff_sessions.start(session, key, person.id, now, until)
        headers = {"Cookie": f"{SESSION_COOKIE}={token}"}
        return Browser(self.opened, headers, csrf_token(session_key, key))

    def visitor_says(self, text: str) -> None:
        self._keep("visitor", text)

    def assistant_says(self, text: str) -> None:
        self._keep("bot", text)

    def _keep(self, who: str, text: str) -> None:
        said = {"from": who, "kind": "message", "language": "en", "text": text}
        with self.world.storage.begin() as session:
            messages.add_message(session, CHAT, said, self.world.now())

    def said(self) -> list[tuple[str, str]]:
        with self.world.storage.read() as session:
            found = messages.messages_after(session, CHAT, 0)
        return [(message["from"], message["text"]) for message in found]

    def owner(self) -> int | None:
        with self.world.storage.read() as session:
            found = ownership.ownership_of(session, CHAT)
        return found.staff_id if found else None

    def looks(self) -> int:
        with self.world.storage.read() as session:
            found = audit.of_subject(session, REFERENCE)
        return sum(entry.action == "conversation_viewed" for entry in found)


@pytest_asyncio.fixture
async def empty(world: World) -> AsyncIterator[Desk]:
    """A desk to which nobody has written yet."""
    with world.storage.begin() as session:
        open_office(session, world.now())
    transport = httpx.ASGITransport(console_app(world, conversation.pages))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as opened:
        yield Desk(world, opened)
    world.storage.close()


@pytest.fixture
def desk(empty: Desk) -> Desk:
    """The same with a visitor of the website who has sent a request."""
    with empty.world.storage.begin() as session:
        now = empty.world.now()
        conversations.start_conversation(session, CHAT, "web", "en", now)
        send_request(session, CHAT, now)
    empty.visitor_says("Is anybody there?")
    return empty


@pytest.fixture
def whatsapp(empty: Desk) -> Desk:
    """The same with a visitor on WhatsApp."""
    with empty.world.storage.begin() as session:
        write_by_whatsapp(session, CHAT, empty.world.now())
        send_request(session, CHAT, empty.world.now())
    return empty


def words_of(page: str) -> str:
    """Return what a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def box(page: str) -> str:
    """Return what stands in the box to write in."""
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return unescape(found[1])
