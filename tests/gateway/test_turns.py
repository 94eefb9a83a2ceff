"""A message by WhatsApp gets its answer whatever becomes of the read mark."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.core.errors import ProviderError
from bot.core.messages import Channel, Reply
from bot.core.whatsapp import Heard, Person, Webhook
from bot.gateway import deliveries, rasa_client, turns
from bot.gateway.deliveries import Deliveries
from bot.gateway.turns import Turns
from bot.gateway.world import World
from bot.services import handoffs, hearing
from bot.storage import inbox, messages, outbox, ownership
from tests.conftest import FakeClock
from tests.gateway.conftest import FakeRasa
from tests.live_office import ANA, open_office, send_request

pytestmark = pytest.mark.asyncio
CLOUD: Channel = "whatsapp_cloud"
PHONE = "15555550123"
# One use of the database waits a second for its turn and one for other processes.
DATABASE_SECONDS = 2.0


class Rasa(FakeRasa):
    """The fake, which is told of WhatsApp's messages that they are such."""

    async def send(self, *about: Any) -> Reply:
        return await super().send(*about[:5])


class Meta:
    """A provider that only shows read marks, or takes its time, or refuses."""

    channel = CLOUD
    has_template = False

    def __init__(self) -> None:
        self.seconds = 0.0
        self.error: Exception | None = None
        self.marked: list[str] = []
        self.broken_off = 0

    async def mark_read(self, provider_id: str) -> None:
        try:
            await asyncio.sleep(self.seconds)
        except asyncio.CancelledError:
            self.broken_off += 1
            raise
        if self.error is not None:
            raise self.error
        self.marked.append(provider_id)


class Chat:
    """A person's conversation by WhatsApp, and what answers it in one gateway."""

    def __init__(self, world: World, clock: FakeClock) -> None:
        self.world, self.clock = world, clock
        self.rasa, self.meta = Rasa(), Meta()
        self.turns = Turns(
            world.storage,
            world.shelf,
            self.rasa,  # type: ignore[arg-type]
            {CLOUD: self.meta},  # type: ignore[dict-item]
            world.wakeups,
            world.metrics,
            clock,
            "one",
            require_approved=False,
        )
        self.id = ""

    def hear(self, number: int = 1, **what: Any) -> None:
        """Let the person write, or do something else."""
        what = {"kind": "text", "text": "what does it cost", **what}
        person, now = Person(None, PHONE), self.clock()
        heard = Heard(f"wamid.{number}", person, now, **what)
        with self.world.storage.begin() as session:
            hearing.take_in(
                session, CLOUD, Webhook((heard,)), self.world.key, self.clock()
            )
            (item,) = inbox.unanswered(session, CLOUD)
        self.id = item.conversation

    async def answer(self) -> None:
        """Answer all that waits, within the time that nothing may add to."""
        await asyncio.wait_for(self.turns.work(self.id), 1.5)

    def said(self) -> list[dict[str, Any]]:
        with self.world.storage.read() as session:
            return messages.messages_after(session, self.id, 0)


@pytest.fixture
def chat(world: World, clock: FakeClock) -> Iterator[Chat]:
    """A conversation by WhatsApp."""
    yield Chat(world, clock)
    world.storage.close()


async def test_a_read_mark_that_hangs_delays_no_answer_and_ends_by_itself(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_MARK_SECONDS", 0.2, raising=False)
    chat.meta.seconds = 60.0
    chat.hear()
    await chat.answer()
    assert [message["from"] for message in chat.said()] == ["visitor", "bot"]
    await asyncio.sleep(0.3)
    assert (chat.meta.broken_off, chat.turns._tasks) == (1, set())


@pytest.mark.parametrize(
    "error", [None, ProviderError(None, 500), RuntimeError("Session is closed")]
)
async def test_a_read_mark_is_shown_if_it_can_be(
    chat: Chat, error: Exception | None, caplog: pytest.LogCaptureFixture
) -> None:
    chat.meta.error = error
    chat.rasa.pause = 0.05
    chat.hear()
    await chat.answer()
    assert len(chat.said()) == 2
    assert chat.meta.marked == ([] if error else ["wamid.1"])
    assert "Session is closed" not in caplog.text


async def test_a_read_mark_under_way_ends_with_the_gateway(chat: Chat) -> None:
    chat.meta.seconds = 60.0
    chat.hear()
    await chat.answer()
    assert chat.meta.broken_off == 0
    chat.turns.stop()
    ended = asyncio.gather(*chat.turns._tasks, return_exceptions=True)
    await asyncio.wait_for(ended, 1.0)
    assert chat.meta.broken_off == 1


async def test_a_lease_outlasts_all_that_is_waited_for_under_it() -> None:
    waits = turns._ALBUM.total_seconds() + rasa_client._TURN_SECONDS
    assert Turns.lease.total_seconds() > waits + 3 * DATABASE_SECONDS
    sending = deliveries._SEND_SECONDS + 2 * DATABASE_SECONDS
    assert Deliveries.lease.total_seconds() > sending


async def test_rasa_knows_a_message_by_a_hash_of_the_providers_id(chat: Chat) -> None:
    chat.hear()
    await chat.answer()
    ((name, _, _),) = chat.rasa.asked
    assert re.fullmatch("[0-9a-f]{64}", name)


async def test_nothing_is_kept_of_what_is_too_long_for_the_assistant(
    chat: Chat,
) -> None:
    chat.hear(text="word " * 300)
    await chat.answer()
    (told,) = chat.said()
    assert "Nothing of it was kept" in told["text"]
    assert chat.rasa.asked == []


async def test_the_persons_button_brings_the_assistant_back(
    chat: Chat, world: World, clock: FakeClock
) -> None:
    chat.hear()
    await chat.answer()
    with world.storage.begin() as session:
        open_office(session, clock())
        send_request(session, chat.id, clock())
        handoffs.join(session, chat.id, ANA, world.shelf.current, clock())
    chat.hear(2, kind="choice", text="Back", choice="3.0")
    await chat.answer()
    told = chat.said()[-1]
    assert (told["from"], told["owner"]) == ("system", "bot")
    with world.storage.read() as session:
        owned = ownership.ownership_of(session, chat.id)
        assert outbox.count_by_state(session) == {"waiting": 3}
    assert owned is not None
    assert (owned.owner, len(chat.rasa.asked)) == ("bot", 1)
