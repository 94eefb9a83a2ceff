"""While a person has a conversation the bot is silent and words come at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from bot.core.conversations import conversation_id
from bot.gateway import typing
from bot.gateway.app import build_world, create_app
from bot.gateway.events import _events
from bot.gateway.world import World
from bot.services import handoffs
from bot.settings import Settings
from bot.storage import ownership
from bot.storage.ownership import Ownership
from tests.conftest import FakeClock
from tests.gateway.conftest import FakeRasa, Visitor
from tests.live_office import ANA, open_office, send_request

pytestmark = pytest.mark.asyncio


class OpenPage:
    """A page that is still looked at."""

    async def is_disconnected(self) -> bool:
        return False


class Talk:
    """The visitor's conversation, and Ana, who writes by one gateway or another."""

    def __init__(self, world: World, visitor: Visitor) -> None:
        self.world = world
        token = visitor.headers["Authorization"].removeprefix("Bearer ")
        self.id = conversation_id(token, world.key)

    def join(self) -> None:
        with self.world.storage.begin() as session:
            open_office(session, self.world.now())
            send_request(session, self.id, self.world.now())
            knowledge = self.world.shelf.knowledge()
            handoffs.join(session, self.id, ANA, knowledge, self.world.now())

    def say(self, text: str, world: World | None = None) -> None:
        through = world or self.world
        with through.storage.begin() as session:
            knowledge, now = through.shelf.knowledge(), through.now()
            handoffs.say(session, self.id, ANA, text, knowledge, now)

    def hand_back(self) -> None:
        with self.world.storage.begin() as session:
            knowledge, now = self.world.shelf.knowledge(), self.world.now()
            handoffs.hand_back(
                session, self.id, ANA, knowledge, now, handoffs.HANDED_BACK
            )

    def owned(self) -> Ownership:
        with self.world.storage.read() as session:
            found = ownership.ownership_of(session, self.id)
        assert found is not None
        return found

    def listen(self, after: int) -> AsyncIterator[str]:
        """Open the stream of what comes later."""
        page: Any = OpenPage()
        return _events(page, self.world, self.id, after, "")


@pytest.fixture
def talk(visitor: Visitor, world: World) -> Talk:
    """A conversation that Ana has taken over."""
    found = Talk(world, visitor)
    found.join()
    return found


@pytest.fixture
def other_world(
    settings: Settings, world: World, rasa: FakeRasa, clock: FakeClock
) -> Iterator[World]:
    """Another gateway on the same database, or the same one started again."""
    other = build_world(settings)
    other.rasa = other.dispatcher._rasa = rasa  # type: ignore[assignment]
    other.now = other.dispatcher._now = clock
    yield other
    other.storage.close()


@pytest_asyncio.fixture
async def typist(world: World, visitor: Visitor) -> AsyncIterator[httpx.AsyncClient]:
    """The visitor's browser at the address that hears that they type."""
    app = Starlette(routes=typing.routes)
    app.state.world = world
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://office", headers=visitor.headers
    ) as browser:
        yield browser


async def next_event(
    stream: AsyncIterator[str], within: float = 1.2
) -> tuple[str, dict[str, Any]]:
    """Return the next event's name and data, which must come within a second."""
    block = await asyncio.wait_for(anext(stream), within)
    lines = dict(line.split(": ", 1) for line in block.strip().splitlines())
    return lines["event"], json.loads(lines["data"])


async def test_the_bot_says_nothing_for_a_whole_day(
    visitor: Visitor, talk: Talk, rasa: FakeRasa, clock: FakeClock
) -> None:
    for hour in range(3, 25, 3):
        clock.pass_time(hours=3)
        sent = await visitor.say(f"hour {hour}", f"m{hour}")
        assert (sent.status_code, sent.json()["messages"]) == (200, [])
    said = await visitor.read()
    assert rasa.asked == []
    assert {message["from"] for message in said[2:]} == {"visitor"}
    assert [m["text"] for m in said[2:]] == [f"hour {n}" for n in range(3, 25, 3)]


async def test_the_bot_stays_silent_after_a_restart(
    visitor: Visitor, talk: Talk, other_world: World, rasa: FakeRasa
) -> None:
    transport = httpx.ASGITransport(create_app(other_world))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://office"
    ) as browser:
        visitor.browser = browser
        assert (await visitor.say("are you there?")).json()["messages"] == []
    assert rasa.asked == []


async def test_the_bot_answers_again_once_it_is_handed_back(
    visitor: Visitor, talk: Talk, rasa: FakeRasa
) -> None:
    talk.hand_back()
    answered = (await visitor.say("what does it cost")).json()["messages"]
    assert [message["from"] for message in answered] == ["bot"]
    assert len(rasa.asked) == 1


async def test_the_visitors_button_brings_the_assistant_back(
    visitor: Visitor, talk: Talk, rasa: FakeRasa
) -> None:
    joined = (await visitor.read())[-1]
    (button,) = joined["buttons"]  # type: ignore[misc, attr-defined]
    assert (await visitor.post(id="b", button=button["id"])).status_code == 200
    told = (await visitor.read())[-1]
    assert (told["from"], told["owner"]) == ("system", "bot")
    assert (talk.owned().owner, rasa.asked) == ("bot", [])
    assert (await visitor.say("what does it cost", "2")).json()["messages"]


async def test_the_visitor_waits_since_their_first_words(
    visitor: Visitor, talk: Talk, clock: FakeClock
) -> None:
    first = clock()
    await visitor.say("hello", "1")
    clock.pass_time(minutes=3)
    await visitor.say("anybody?", "2")
    assert talk.owned().waiting_since == first
    talk.say("Yes, I am here.")
    assert talk.owned().waiting_since is None


async def test_a_reply_through_another_gateway_comes_within_a_second(
    talk: Talk, other_world: World
) -> None:
    stream = talk.listen(2)
    coming = asyncio.ensure_future(next_event(stream))
    await asyncio.sleep(0.1)
    talk.say("Good day.\nMay I call you?", other_world)
    name, message = await coming
    assert (name, message["from"], message["name"]) == ("message", "staff", "Ana Ruiz")
    assert message["text"] == "Good day.\nMay I call you?"


async def test_markup_that_staff_type_arrives_as_text(talk: Talk) -> None:
    talk.say("<img src=x onerror=alert(1)>")
    _, message = await next_event(talk.listen(2))
    assert message["text"] == "<img src=x onerror=alert(1)>"


async def test_the_visitor_sees_that_staff_write_once_a_second(
    talk: Talk, world: World
) -> None:
    typing.note_typing(world, talk.id, "staff")
    stream = talk.listen(2)
    started = asyncio.get_running_loop().time()
    assert await next_event(stream) == ("typing", {"who": "staff"})
    second = asyncio.ensure_future(next_event(stream, 2.5))
    for _ in range(5):
        await asyncio.sleep(0.05)
        world.wakeups.ring(talk.id)
    assert await second == ("typing", {"who": "staff"})
    assert asyncio.get_running_loop().time() - started >= 1.0


async def test_the_sign_ends_when_the_words_are_there(talk: Talk, world: World) -> None:
    typing.note_typing(world, talk.id, "staff")
    talk.say("Hello")
    stream = talk.listen(2)
    assert (await next_event(stream))[0] == "message"
    with pytest.raises(asyncio.TimeoutError):
        await next_event(stream)


async def test_staff_see_that_the_visitor_types(
    typist: httpx.AsyncClient, talk: Talk, clock: FakeClock
) -> None:
    assert (await typist.post("/api/chat/typing")).status_code == 204
    assert talk.owned().is_typing("visitor", clock())
    clock.pass_time(seconds=10)
    assert not talk.owned().is_typing("visitor", clock())


async def test_signs_of_typing_are_written_every_two_seconds_at_most(
    typist: httpx.AsyncClient, talk: Talk, clock: FakeClock
) -> None:
    await typist.post("/api/chat/typing")
    first = talk.owned().visitor_typing_until
    clock.pass_time(seconds=1.9)
    await typist.post("/api/chat/typing")
    assert talk.owned().visitor_typing_until == first
    clock.pass_time(seconds=0.1)
    await typist.post("/api/chat/typing")
    assert talk.owned().visitor_typing_until == clock() + typing.SHOWN_FOR


async def test_typing_to_the_assistant_is_kept_nowhere(
    typist: httpx.AsyncClient, visitor: Visitor, world: World
) -> None:
    assert (await typist.post("/api/chat/typing")).status_code == 204
    assert Talk(world, visitor).owned().visitor_typing_until is None


async def test_silence_of_staff_brings_the_assistant_back(
    visitor: Visitor, talk: Talk, world: World, clock: FakeClock
) -> None:
    await visitor.say("hello?")
    clock.pass_time(hours=24)
    with world.storage.begin() as session:
        given = handoffs.give_back_silent(
            session, clock(), timedelta(hours=24), world.shelf.knowledge()
        )
    assert given == [talk.id]
    told = (await visitor.read())[-1]
    assert "nobody of the office" in str(told["text"])
    assert [m["from"] for m in (await visitor.say("x", "2")).json()["messages"]] == [
        "bot"
    ]
