"""Health, counts, later messages and the end of a conversation's time."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from bot.core.errors import StorageError
from bot.core.messages import Reply
from bot.gateway.health import keep_asking
from bot.gateway.loops import keep_doing
from bot.gateway.world import World
from bot.services.retention import delete_old_conversations
from tests.conftest import FakeClock
from tests.gateway.conftest import FakeRasa, Visitor

pytestmark = pytest.mark.asyncio


async def test_healthz_answers_while_the_dialogue_is_away(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    rasa.is_down = True
    assert (await client.get("/healthz")).status_code == 200


@pytest.mark.parametrize(
    ("is_down", "status"), [(False, 200), (True, 503)], ids=["answers", "is silent"]
)
async def test_readyz_is_green_only_if_a_real_question_gets_an_answer(
    client: httpx.AsyncClient, world: World, rasa: FakeRasa, is_down: bool, status: int
) -> None:
    rasa.is_down = is_down
    asking = asyncio.create_task(keep_asking(world))
    await asyncio.sleep(0.05)
    asking.cancel()
    assert (await client.get("/readyz")).status_code == status


async def test_readyz_is_red_when_the_answer_names_no_entry(
    client: httpx.AsyncClient, world: World, rasa: FakeRasa
) -> None:
    rasa.reply = lambda text, payload: Reply("no_answer", "en")
    asking = asyncio.create_task(keep_asking(world))
    await asyncio.sleep(0.05)
    asking.cancel()
    assert (await client.get("/readyz")).status_code == 503


async def test_an_office_that_has_approved_nothing_yet_is_ready_for_handing_over(
    client: httpx.AsyncClient, world: World, rasa: FakeRasa
) -> None:
    rasa.reply = lambda text, payload: Reply("no_answer", "en")
    world.settings = world.settings.copy(update={"REQUIRE_APPROVED": True})
    asking = asyncio.create_task(keep_asking(world))
    await asyncio.sleep(0.05)
    asking.cancel()
    assert (await client.get("/readyz")).status_code == 200


async def test_a_loop_goes_on_after_any_failure_and_says_only_its_kind(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = []

    async def step() -> None:
        done.append(1)
        if len(done) == 1:
            raise KeyError("canary question")

    loop = asyncio.create_task(keep_doing("cleaning", step, 0.01))
    await asyncio.sleep(0.05)
    loop.cancel()
    assert len(done) > 1
    assert "cleaning: put off: KeyError" in caplog.text
    assert "canary" not in caplog.text


async def test_the_metrics_count_and_say_nothing_of_what_was_said(
    visitor: Visitor,
) -> None:
    await visitor.say("canary question")
    text = (await visitor.browser.get("/metrics")).text
    assert 'rights_desk_messages_total{channel="web"} 1.0' in text
    assert 'rights_desk_replies_total{kind="answer",language="en"} 1.0' in text
    assert "canary" not in text


class BrokenStorage:
    """A database that does not answer."""

    def begin(self) -> object:
        raise StorageError("OperationalError")

    def read(self) -> object:
        raise StorageError("OperationalError")

    def is_answering(self) -> bool:
        return False

    def close(self) -> None:
        pass


async def test_a_database_that_is_away_is_told_honestly_and_runs_no_dialogue(
    visitor: Visitor, world: World, rasa: FakeRasa
) -> None:
    world.storage = world.dispatcher._storage = BrokenStorage()  # type: ignore[assignment]
    response = await visitor.say("hello")
    assert response.status_code == 503
    assert "Nothing was saved" in response.json()["error"]["message"]
    assert rasa.asked == []


async def test_a_conversation_is_deleted_when_its_time_is_over(
    visitor: Visitor, world: World, clock: FakeClock
) -> None:
    await visitor.say("hello")
    clock.pass_time(hours=47)
    assert delete_old_conversations(world.storage, clock(), 48) == 0
    clock.pass_time(hours=2)
    assert delete_old_conversations(world.storage, clock(), 48) == 1
    assert (await visitor.say("still there", "2")).status_code == 401


async def test_a_later_message_reaches_an_open_stream_with_its_number(
    visitor: Visitor, world: World
) -> None:
    from bot.gateway.events import _events

    await visitor.say("first")
    token = visitor.headers["Authorization"].removeprefix("Bearer ")
    from bot.core.conversations import conversation_id

    conversation = conversation_id(token, world.key)
    stream = _events(OpenPage(), world, conversation, 3, "")  # type: ignore[arg-type]
    coming = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0.05)
    await visitor.say("second", "2")
    block = await asyncio.wait_for(coming, 2)
    lines = dict(line.split(": ", 1) for line in block.strip().splitlines())
    assert (lines["id"], lines["event"]) == ("4", "message")
    assert json.loads(lines["data"])["text"] == "second"
    await stream.aclose()


class OpenPage:
    """A request whose page is still open."""

    async def is_disconnected(self) -> bool:
        return False
