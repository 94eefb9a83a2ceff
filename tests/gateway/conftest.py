"""A gateway of its own for each test, with a fake in Rasa's place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
import pytest_asyncio

from bot.core.errors import DialogueError
from bot.core.languages import Language
from bot.core.messages import Button, Reply
from bot.gateway.app import build_world, create_app
from bot.gateway.quiet import Quiet
from bot.gateway.world import World
from bot.knowledge.parts import FolderReader
from bot.services.library import KnowledgeShelf
from bot.settings import PROJECT_ROOT, Settings
from bot.storage.engine import upgrade
from tests.conftest import FakeClock

REAL_FOLDER = PROJECT_ROOT / "knowledge"
DETAILS = Button("button_details", "/ask_more")


class FakeRasa:
    """Answers every message with one entry; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None, str | None]] = []
        self.reply: Callable[[str | None, str | None], Reply] = self.one_entry
        self.is_down = False
        self.pause = 0.0
        self.running = 0
        self.most_at_once = 0

    @staticmethod
    def one_entry(text: str | None, payload: str | None) -> Reply:
        return Reply("answer", "en", entries=("mandamus_cost",), buttons=(DETAILS,))

    async def send(
        self,
        conversation: str,
        message_id: str,
        text: str | None,
        payload: str | None,
        language: Language | None,
    ) -> Reply:
        self.asked.append((message_id, text, payload))
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        await asyncio.sleep(self.pause)
        self.running -= 1
        if self.is_down:
            raise DialogueError("down")
        return self.reply(text, payload)

    async def close(self) -> None:
        pass


@pytest.fixture
def rasa() -> FakeRasa:
    """The fake in Rasa's place."""
    return FakeRasa()


@pytest.fixture(scope="session")
def real_folder() -> FolderReader:
    """The real knowledge folder, read once for all tests."""
    return FolderReader(REAL_FOLDER)


@pytest.fixture
def world(
    settings: Settings, rasa: FakeRasa, clock: FakeClock, real_folder: FolderReader
) -> World:
    """Everything that the routes work with, on a database of its own."""
    upgrade(settings)
    root = settings.KNOWLEDGE_DIR
    reader = real_folder if root == REAL_FOLDER else None
    world = build_world(settings, KnowledgeShelf(root, reader=reader))
    world.rasa = rasa  # type: ignore[assignment]
    world.dispatcher._rasa = rasa  # type: ignore[assignment]
    world.now = clock
    world.dispatcher._now = clock
    return world


@pytest_asyncio.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A visitor's browser."""
    transport = httpx.ASGITransport(Quiet(create_app(world)))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://office"
    ) as browser:
        yield browser
    world.storage.close()


class Visitor:
    """A visitor with a conversation."""

    def __init__(self, browser: httpx.AsyncClient, token: str) -> None:
        self.browser = browser
        self.headers = {"Authorization": f"Bearer {token}"}

    async def post(self, **body: object) -> httpx.Response:
        return await self.browser.post(
            "/api/chat/messages", json=body, headers=self.headers
        )

    async def say(self, text: str, message_id: str = "1") -> httpx.Response:
        return await self.post(id=message_id, text=text)

    async def read(self, after: int = 0) -> list[dict[str, object]]:
        path = f"/api/chat/messages?after={after}"
        response = await self.browser.get(path, headers=self.headers)
        messages: list[dict[str, object]] = response.json()["messages"]
        return messages


async def arrive(browser: httpx.AsyncClient, language: str | None = "en") -> Visitor:
    """Start a conversation."""
    response = await browser.post("/api/chat/sessions", json={"language": language})
    return Visitor(browser, response.json()["token"])


@pytest_asyncio.fixture
async def visitor(client: httpx.AsyncClient) -> Visitor:
    """A visitor who has been greeted."""
    return await arrive(client)
