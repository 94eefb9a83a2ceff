"""What a gateway that died left unanswered is answered later, and by one gateway."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.core.messages import Incoming
from bot.gateway import dispatcher
from bot.gateway.dispatcher import Dispatcher
from bot.gateway.world import World
from bot.services import handoffs
from bot.storage import inbox
from bot.storage.conversations import delete_conversations, start_conversation
from tests.conftest import FakeClock
from tests.gateway.conftest import FakeRasa
from tests.live_office import ANA, open_office, send_request

pytestmark = pytest.mark.asyncio
CHAT = "c" * 32


@pytest.fixture
def begun(world: World, clock: FakeClock) -> Iterator[World]:
    """A gateway with one conversation in which nothing was said yet."""
    with world.storage.begin() as session:
        start_conversation(session, CHAT, "web", "en", clock())
    yield world
    world.storage.close()


@pytest.fixture
def other(begun: World) -> Dispatcher:
    """What answers in another gateway on the same database."""
    return Dispatcher(
        begun.storage,
        begun.shelf,
        begun.dispatcher._rasa,
        begun.wakeups,
        begun.metrics,
        begun.key,
        begun.dispatcher._now,
    )


def hello(clock: FakeClock) -> Incoming:
    """Return a message that comes at this moment."""
    return Incoming("web", CHAT, "1", "hello", None, clock())


def said(world: World) -> list[str]:
    """Return who said something in the conversation, in order."""
    with world.storage.read() as session:
        found = dispatcher.messages.messages_after(session, CHAT, 0)
    return [message["from"] for message in found]


async def begin(world: World, rasa: FakeRasa, clock: FakeClock) -> asyncio.Task[object]:
    """Let the first gateway answer, and return that work once Rasa was asked."""
    rasa.pause = 0.1
    work = asyncio.create_task(world.dispatcher.handle(hello(clock)))
    while not rasa.asked:
        await asyncio.sleep(0.01)
    return work


async def test_what_another_gateway_answers_just_now_is_left_to_it(
    begun: World,
    other: Dispatcher,
    rasa: FakeRasa,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dispatcher, "_LONGEST_TURN", timedelta(seconds=0.4))
    work = await begin(begun, rasa, clock)
    assert await other.finish_left_over() == 0
    await work
    assert (len(rasa.asked), said(begun)) == (1, ["visitor", "bot"])


async def test_two_gateways_that_answer_the_same_keep_one_answer(
    begun: World, other: Dispatcher, rasa: FakeRasa, clock: FakeClock
) -> None:
    work = await begin(begun, rasa, clock)
    clock.pass_time(minutes=1)
    await other.finish_left_over()
    first = await work
    assert said(begun) == ["visitor", "bot"]
    assert first == await begun.dispatcher.handle(hello(clock)) != []


async def test_what_is_left_over_stays_with_the_person_who_has_the_conversation(
    begun: World, rasa: FakeRasa, clock: FakeClock
) -> None:
    begun.dispatcher._accept(hello(clock))
    with begun.storage.begin() as session:
        open_office(session, clock())
        send_request(session, CHAT, clock())
        handoffs.join(session, CHAT, ANA, begun.shelf.current, clock())
    clock.pass_time(minutes=1)
    assert await begun.dispatcher.finish_left_over() == 1
    assert (rasa.asked, said(begun)) == ([], ["system", "visitor"])


async def test_what_was_deleted_in_the_meantime_is_not_asked_about(
    begun: World, rasa: FakeRasa, clock: FakeClock
) -> None:
    begun.dispatcher._accept(hello(clock))
    with begun.storage.begin() as session:
        (item,) = inbox.unanswered(session)
        delete_conversations(session, [CHAT])
    assert await begun.dispatcher._finish(item, None, None) == []
    assert rasa.asked == []


async def test_rasa_knows_a_message_by_a_hash_that_no_other_message_gets(
    begun: World, rasa: FakeRasa, clock: FakeClock
) -> None:
    await begun.dispatcher.handle(hello(clock))
    with begun.storage.begin() as session:
        delete_conversations(session, [CHAT])
        start_conversation(session, CHAT, "web", "en", clock())
    await begun.dispatcher.handle(Incoming("web", CHAT, "2", "again", None, clock()))
    first, second = (message_id for message_id, _, _ in rasa.asked)
    assert first != second
    assert all(re.fullmatch("[0-9a-f]{64}", name) for name in (first, second))
