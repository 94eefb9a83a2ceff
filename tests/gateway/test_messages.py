"""One message at a time, each once, none without a reply."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from bot.core.messages import Reply
from bot.gateway.world import World
from tests.conftest import FakeClock
from tests.gateway.conftest import FakeRasa, Visitor, arrive

pytestmark = pytest.mark.asyncio


async def test_an_answer_carries_text_sources_and_the_day_it_was_checked(
    visitor: Visitor,
) -> None:
    message = (await visitor.say("what does it cost")).json()["messages"][0]
    answer = message["answers"][0]
    assert message["kind"] == "answer"
    assert answer["entry"] == "mandamus_cost"
    assert answer["sources"][0]["url"].startswith("https://")
    assert answer["as_of"] == "2026-07-15"
    assert "$405" in message["text"]


async def test_an_unapproved_answer_says_that_no_attorney_has_reviewed_it(
    visitor: Visitor,
) -> None:
    message = (await visitor.say("what does it cost")).json()["messages"][0]
    assert message["answers"][0]["approved"] is False
    assert "Not yet reviewed by an attorney" in message["text"]


async def test_the_same_id_again_gets_the_same_reply_and_runs_nothing(
    visitor: Visitor, rasa: FakeRasa
) -> None:
    first = await visitor.say("once", "same-id")
    second = await visitor.say("once", "same-id")
    assert first.json() == second.json()
    assert len(rasa.asked) == 1


async def test_two_deliveries_at_the_same_moment_run_once(
    visitor: Visitor, rasa: FakeRasa
) -> None:
    rasa.pause = 0.05
    answers = await asyncio.gather(*(visitor.say("x", "same-id") for _ in range(5)))
    assert len(rasa.asked) == 1
    assert len({answer.text for answer in answers}) == 1


async def test_two_visitors_may_use_the_same_message_id(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    first, second = await arrive(client), await arrive(client)
    await first.say("one", "same-id")
    await second.say("two", "same-id")
    assert [text for _, text, _ in rasa.asked] == ["one", "two"]


async def test_messages_of_one_conversation_are_worked_on_one_at_a_time(
    visitor: Visitor, rasa: FakeRasa
) -> None:
    rasa.pause = 0.02
    await asyncio.gather(*(visitor.say("x", str(n)) for n in range(6)))
    assert rasa.most_at_once == 1
    assert len(rasa.asked) == 6


async def test_conversations_run_side_by_side(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    visitors = [await arrive(client) for _ in range(4)]
    rasa.pause = 0.1
    await asyncio.gather(*(visitor.say("x") for visitor in visitors))
    assert rasa.most_at_once > 1


async def test_a_dead_dialogue_engine_gets_the_visitor_an_apology_not_silence(
    visitor: Visitor, rasa: FakeRasa
) -> None:
    rasa.is_down = True
    message = (await visitor.say("hello")).json()["messages"][0]
    assert message["kind"] == "notice"
    assert "try again" in message["text"]


async def test_a_reply_about_an_entry_that_is_not_known_here_becomes_an_honest_no(
    visitor: Visitor, rasa: FakeRasa
) -> None:
    rasa.reply = lambda text, payload: Reply("answer", "en", entries=("no_such",))
    message = (await visitor.say("hello")).json()["messages"][0]
    assert message["kind"] == "no_answer"
    assert message["options"]


async def test_what_was_accepted_before_a_crash_is_answered_once_afterwards(
    visitor: Visitor, world: World, rasa: FakeRasa, clock: FakeClock
) -> None:
    rasa.pause = 5
    sending = asyncio.create_task(visitor.say("lost?"))
    while not rasa.asked:
        await asyncio.sleep(0.01)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    rasa.pause = 0
    clock.pass_time(seconds=10)
    assert await world.dispatcher.finish_left_over() == 1
    assert await world.dispatcher.finish_left_over() == 0
    texts = [message["text"] for message in await visitor.read()]
    assert texts.count("lost?") == 1


async def test_a_button_sends_its_payload_and_shows_its_label(
    visitor: Visitor, rasa: FakeRasa
) -> None:
    message = (await visitor.say("cost")).json()["messages"][0]
    button = message["buttons"][0]
    await visitor.post(id="2", button=button["id"])
    assert rasa.asked[-1][1:] == (None, "/ask_more")
    shown = [m["text"] for m in await visitor.read() if m["from"] == "visitor"]
    assert shown[-1] == button["label"] == "Tell me more"


async def test_a_buttons_payload_never_reaches_the_visitor(visitor: Visitor) -> None:
    assert "/ask_more" not in (await visitor.say("cost")).text


async def test_a_button_of_another_conversation_is_refused(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    await visitor.say("cost")
    stranger = await arrive(client)
    response = await stranger.post(id="1", button="3.0")
    assert response.status_code == 409


async def test_choices_to_clarify_come_as_options_and_buttons(
    visitor: Visitor, rasa: FakeRasa
) -> None:
    options = ("mandamus_cost", "mandamus_steps")
    rasa.reply = lambda text, payload: Reply(
        "clarify", "es", options=options, phrases=("clarify",)
    )
    message = (await visitor.say("mandamus")).json()["messages"][0]
    assert [option["entry"] for option in message["options"]] == list(options)
    assert [len(button["label"]) <= 20 for button in message["buttons"]] == [True, True]
