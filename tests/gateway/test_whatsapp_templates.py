"""Staff's replies after the 24 hours: a template asks, or staff are told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import update

from bot.core.errors import ProviderError
from bot.core.languages import Language
from bot.core.whatsapp import Outgoing, Person
from bot.gateway import deliveries
from bot.gateway.deliveries import Deliveries
from bot.gateway.metrics import Metrics
from bot.gateway.providers import CloudApi, Provider, open_providers
from bot.gateway.wakeups import Wakeups
from bot.settings import Settings
from bot.storage import contacts, conversations, daily_counts, notices, outbox
from bot.storage.engine import Storage, open_storage, upgrade
from bot.storage.tables import ConversationRow
from tests.conftest import FakeClock
from tests.standins.faults import Fault, down, token_expired
from tests.standins.graph_api import GraphApi
from tests.standins.serving import serve

pytestmark = pytest.mark.asyncio
ANA = Person("US.1", "15555550123")
CONVERSATION = "a" * 32
NAME = "office_replied"


@pytest.fixture
def graph() -> GraphApi:
    """Meta's control."""
    both = [(NAME, "en_US", "APPROVED"), (NAME, "es", "APPROVED")]
    return GraphApi(templates=both)


@pytest.fixture
def settings(settings: Settings, graph: GraphApi) -> Iterator[Settings]:
    """The settings of an office with an approved template."""
    with serve(graph.app()) as url:
        yield settings.copy(
            update={
                "WHATSAPP_PHONE_NUMBER_ID": graph.phone_number_id,
                "WHATSAPP_TOKEN": graph.token,
                "WHATSAPP_API_URL": f"{url}/v26.0",
                "WHATSAPP_TEMPLATE": NAME,
                "WHATSAPP_TEMPLATE_LANGUAGES": "en_US,es",
            }
        )


@dataclass
class Office:
    """An office whose staff have a conversation, and what sends their replies."""

    storage: Storage
    settings: Settings
    clock: FakeClock
    providers: dict[str, Provider] = field(default_factory=dict)

    def deliveries(self, holder: str = "a") -> Deliveries:
        """Return what sends in one gateway."""
        metrics, key = Metrics(), b"k" * 32
        return Deliveries(
            self.storage,
            self.providers,
            Wakeups(),
            metrics,
            key,
            self.clock,
            lambda: 1.0,
            holder,
        )

    def hear(self) -> None:
        """Let Ana write now."""
        with self.storage.begin() as session:
            now = self.clock()
            contacts.note_contact(
                session, "k", "whatsapp_cloud", CONVERSATION, ANA, now
            )

    def reply(self, body: str, **more: Any) -> None:
        """Let staff write to Ana."""
        content = {"body": body, "choices": [], "list_label": "", "staff": True}
        with self.storage.begin() as session:
            outbox.post(
                session,
                CONVERSATION,
                "whatsapp_cloud",
                {**content, **more},
                self.clock(),
            )

    async def send(self, holder: str = "a") -> None:
        """Send what may go now."""
        deliveries = self.deliveries(holder)
        for conversation in deliveries.due():
            await deliveries.work(conversation)
            deliveries._give_back(conversation)

    def state(self) -> str:
        """Return the state of the last message."""
        with self.storage.read() as session:
            return outbox.states_of(session, CONVERSATION)[0].state

    def told(self) -> list[str]:
        """Return what staff are told of."""
        with self.storage.read() as session:
            return [each.kind for each in notices.due_notices(session, self.clock())]

    def counted(self) -> int:
        """Return how many messages count as sent."""
        day = self.clock().date()
        with self.storage.read() as session:
            totals = daily_counts.totals(session, day - timedelta(days=9), day)
            return sum(each.number for each in totals if each.kind == "sent")


@pytest_asyncio.fixture
async def office(settings: Settings, clock: FakeClock) -> AsyncIterator[Office]:
    """An office to which Ana wrote in Spanish 25 hours ago; a person has it."""
    upgrade(settings)
    office = Office(open_storage(settings), settings, clock, open_providers(settings))
    with office.storage.begin() as session:
        conversations.start_conversation(
            session, CONVERSATION, "whatsapp_cloud", "es", clock()
        )
        session.execute(update(ConversationRow).values(owner="person"))
    office.hear()
    clock.pass_time(hours=25)
    yield office
    for provider in office.providers.values():
        await provider.close()
    office.storage.close()


class Doubtful(CloudApi):
    """Meta takes the template, but the line breaks before we hear of it."""

    async def send_template(
        self, language: Language, person: Person, callback: str
    ) -> str:
        await super().send_template(language, person, callback)
        raise ProviderError(None, 0, is_unsure=True)


class Silent(CloudApi):
    """Meta says nothing to a message, neither yes nor no."""

    async def send(self, outgoing: Outgoing, person: Person, callback: str) -> str:
        await asyncio.sleep(60)
        return ""


def languages(graph: GraphApi) -> list[str]:
    """Return the languages of the templates that Meta took on."""
    return [
        message.payload["template"]["language"]["code"]
        for message in graph.accepted
        if message.kind == "template"
    ]


async def test_template_asks_once_and_the_reply_follows_the_answer(
    office: Office, graph: GraphApi, clock: FakeClock
) -> None:
    office.reply("first")
    office.reply("second")
    for seconds in (0, 10, 60, 3_600):
        clock.pass_time(seconds=seconds)
        await office.send()
    assert graph.said_to(ANA.phone or "") == [NAME]
    assert (languages(graph), office.state(), office.told()) == (["es"], "waiting", [])
    office.hear()
    clock.pass_time(seconds=10)
    await office.send()
    assert graph.said_to(ANA.phone or "") == [NAME, "first", "second"]
    assert office.counted() == 3


async def test_what_becomes_of_the_template_is_not_the_replys_state(
    office: Office, graph: GraphApi
) -> None:
    office.reply("hello")
    await office.send()
    callback = graph.accepted[0].callback or ""
    assert not callback.isdigit()
    assert office.state() == "waiting"


async def test_reply_that_nobody_answers_is_given_up_after_a_day_and_told(
    office: Office, graph: GraphApi, clock: FakeClock
) -> None:
    office.reply("hello")
    for _ in range(25 * 6 + 1):
        await office.send()
        clock.pass_time(minutes=10)
    assert graph.said_to(ANA.phone or "") == [NAME]
    assert (office.state(), office.told()) == ("dead", ["undelivered"])


async def test_person_is_asked_at_most_once_a_day(
    office: Office, graph: GraphApi, clock: FakeClock
) -> None:
    office.reply("hello")
    await office.send()
    clock.pass_time(hours=24, minutes=1)
    await office.send()
    office.reply("are you there?")
    await office.send("b")
    assert len(languages(graph)) == 2
    await office.send()
    assert len(languages(graph)) == 2


@pytest.mark.parametrize("is_staff", [True, False], ids=["staff", "assistant"])
async def test_without_a_template_a_late_message_is_given_up_at_once(
    office: Office, graph: GraphApi, is_staff: bool
) -> None:
    if is_staff:
        off = office.settings.copy(update={"WHATSAPP_TEMPLATE": ""})
        office.providers = open_providers(off)
    office.reply("hello", staff=is_staff)
    await office.send()
    assert graph.accepted == []
    assert (office.state(), office.told()) == ("dead", ["undelivered"])


async def test_failed_template_is_sent_again(
    office: Office, graph: GraphApi, clock: FakeClock
) -> None:
    graph.faults.add(down(times=1), token_expired(times=1))
    office.reply("hello")
    for _ in range(3):
        await office.send()
        clock.pass_time(minutes=2)
    assert (languages(graph), office.state()) == (["es"], "waiting")


async def test_template_that_perhaps_arrived_is_not_sent_again(
    office: Office, graph: GraphApi, clock: FakeClock
) -> None:
    office.providers = {"whatsapp_cloud": Doubtful(office.settings)}
    office.reply("hello")
    for _ in range(3):
        await office.send()
        clock.pass_time(minutes=2)
    assert languages(graph) == ["es"]
    assert office.state() in ("sending", "waiting")


async def test_message_without_a_word_of_the_provider_in_time_was_perhaps_taken(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "_SEND_SECONDS", 0.1, raising=False)
    office.providers = {"whatsapp_cloud": Silent(office.settings)}
    office.hear()
    office.reply("hello")
    await asyncio.wait_for(office.send(), 5)
    assert (office.state(), office.counted()) == ("sending", 0)


async def test_unknown_template_gives_the_reply_up_and_tells(
    office: Office, graph: GraphApi
) -> None:
    graph.templates.clear()
    office.reply("hello")
    await office.send()
    assert graph.refused == [132001]
    assert (office.state(), office.told()) == ("dead", ["undelivered"])


async def test_refused_reply_is_told_while_a_person_has_the_conversation(
    office: Office, graph: GraphApi
) -> None:
    office.hear()
    graph.faults.add(Fault(131026, 400))
    office.reply("hello")
    await office.send()
    assert (office.state(), office.told()) == ("dead", ["undelivered"])


async def test_lost_message_of_the_assistant_is_not_told(
    office: Office, graph: GraphApi
) -> None:
    with office.storage.begin() as session:
        session.execute(update(ConversationRow).values(owner="bot"))
    office.reply("hello", staff=False)
    await office.send()
    assert (office.state(), office.told()) == ("dead", [])
