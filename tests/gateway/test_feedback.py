"""A visitor's vote on an answer: whose it may be, what is kept of it, what is not."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest

from bot.core.conversations import conversation_id
from bot.core.feedback import SharedQuestion, Tally
from bot.core.messages import Reply
from bot.gateway.world import World
from bot.services.retention import delete_old_conversations
from bot.storage import feedback
from tests.conftest import FakeClock
from tests.gateway.conftest import FakeRasa, Visitor, arrive

pytestmark = pytest.mark.asyncio

QUESTION = "canary what does it cost"
GREETING, ASKED, ANSWER = 1, 2, 3


async def vote(visitor: Visitor, **changes: Any) -> httpx.Response:
    """Vote down the first answer of a conversation."""
    body = {"seq": ANSWER, "entry": "mandamus_cost", "helpful": False, **changes}
    return await visitor.browser.post(
        "/api/chat/feedback", json=body, headers=visitor.headers
    )


async def answered(visitor: Visitor) -> Visitor:
    """Let a visitor ask the first question and be answered."""
    await visitor.say(QUESTION)
    return visitor


def tallies(world: World) -> list[Tally]:
    """Return the votes as they are counted."""
    with world.storage.read() as session:
        return feedback.count_votes(session)


def shared(world: World) -> list[SharedQuestion]:
    """Return the questions that the office may read."""
    with world.storage.read() as session:
        return feedback.shared_questions(session)


@pytest.mark.parametrize("helpful", [True, False])
async def test_a_vote_is_recorded_without_the_visitors_words(
    visitor: Visitor, world: World, helpful: bool
) -> None:
    response = await vote(await answered(visitor), helpful=helpful)
    assert (response.status_code, response.json()) == (200, {"recorded": True})
    assert tallies(world) == [Tally("mandamus_cost", "en", helpful, not helpful)]
    assert shared(world) == []


async def test_a_second_vote_of_the_same_visitor_replaces_the_first(
    visitor: Visitor, world: World
) -> None:
    await vote(await answered(visitor))
    await vote(visitor, helpful=True)
    assert tallies(world) == [Tally("mandamus_cost", "en", up=1, down=0)]


async def test_votes_of_two_visitors_are_two(
    client: httpx.AsyncClient, world: World
) -> None:
    for _ in range(2):
        await vote(await answered(await arrive(client)))
    assert tallies(world) == [Tally("mandamus_cost", "en", up=0, down=2)]


async def test_a_shared_question_is_the_one_that_the_answer_replied_to(
    visitor: Visitor, world: World, clock: FakeClock
) -> None:
    await visitor.say("canary another question")
    await visitor.say(QUESTION, "2")
    await vote(visitor, seq=5, share=True)
    assert shared(world) == [
        SharedQuestion("mandamus_cost", "en", False, clock(), QUESTION)
    ]


async def test_a_visitor_who_takes_the_agreement_back_is_heard(
    visitor: Visitor, world: World
) -> None:
    await vote(await answered(visitor), share=True)
    await vote(visitor, share=False)
    assert shared(world) == []


async def test_each_entry_of_an_answer_has_a_vote_of_its_own(
    visitor: Visitor, world: World, rasa: FakeRasa
) -> None:
    both = ("mandamus_cost", "mandamus_steps")
    rasa.reply = lambda text, payload: Reply("answer", "es", entries=both)
    await vote(await answered(visitor))
    await vote(visitor, entry="mandamus_steps", helpful=True)
    found = {tally.entry: (tally.language, tally.up) for tally in tallies(world)}
    assert found == {"mandamus_cost": ("es", 0), "mandamus_steps": ("es", 1)}


NOT_GIVEN = {
    "another entry": {"entry": "mandamus_steps"},
    "no entry of ours": {"entry": "x" * 5_000},
    "the greeting": {"seq": GREETING},
    "the visitor's own words": {"seq": ASKED},
    "a message not written": {"seq": 4},
    "the last number": {"seq": 999_999_999},
}


@pytest.mark.parametrize("changes", NOT_GIVEN.values(), ids=NOT_GIVEN)
async def test_an_answer_that_was_not_given_cannot_be_voted_on(
    visitor: Visitor, world: World, changes: dict[str, Any]
) -> None:
    response = await vote(await answered(visitor), **changes)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "unknown_answer"
    assert tallies(world) == []


async def test_an_alias_does_not_name_the_answer(
    visitor: Visitor, world: World, rasa: FakeRasa
) -> None:
    entries = world.shelf.knowledge().entries.values()
    entry = next(entry for entry in entries if entry.aliases)
    rasa.reply = lambda text, payload: Reply("answer", "en", entries=(entry.id,))
    response = await vote(await answered(visitor), entry=entry.aliases[0])
    assert response.status_code == 404
    assert (await vote(visitor, entry=entry.id)).status_code == 200


BROKEN = {
    "seq of a wrong type": {"seq": "3"},
    "seq that is no number": {"seq": True},
    "seq with a fraction": {"seq": 3.0},
    "seq below one": {"seq": 0},
    "endless seq": {"seq": 10**30},
    "entry of a wrong type": {"entry": ["mandamus_cost"]},
    "empty entry": {"entry": ""},
    "helpful of a wrong type": {"helpful": "no"},
    "helpful as a number": {"helpful": 0},
    "no helpful": {"helpful": None},
    "share of a wrong type": {"share": "yes"},
    "share of nothing": {"share": None},
}


@pytest.mark.parametrize("changes", BROKEN.values(), ids=BROKEN)
async def test_a_vote_of_another_form_is_refused(
    visitor: Visitor, world: World, changes: dict[str, Any]
) -> None:
    response = await vote(await answered(visitor), **changes)
    assert response.status_code == 400
    assert tallies(world) == []


async def test_a_stranger_cannot_vote_in_another_conversation(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    await answered(visitor)
    assert (await vote(await arrive(client))).status_code == 404


@pytest.mark.parametrize("token", ["", "short", "A" * 43])
async def test_without_a_conversation_there_is_no_vote(
    client: httpx.AsyncClient, token: str
) -> None:
    assert (await vote(Visitor(client, token))).status_code == 401


async def test_votes_count_against_the_limit_of_messages(visitor: Visitor) -> None:
    await answered(visitor)
    responses = [await vote(visitor) for _ in range(15)]
    assert responses[-1].status_code == 429
    assert int(responses[-1].headers["Retry-After"]) > 0


async def test_deleting_the_conversation_takes_the_shared_words_and_not_the_vote(
    visitor: Visitor, world: World
) -> None:
    await vote(await answered(visitor), share=True)
    await visitor.browser.delete("/api/chat/sessions", headers=visitor.headers)
    assert shared(world) == []
    assert len(tallies(world)) == 1


async def test_shared_words_can_be_taken_back_after_the_conversation_is_gone(
    visitor: Visitor, world: World, clock: FakeClock
) -> None:
    await vote(await answered(visitor), share=True)
    clock.pass_time(hours=49)
    assert delete_old_conversations(world.storage, clock(), 48) == 1
    assert len(shared(world)) == 1
    statuses = [
        (await visitor.browser.delete("/api/chat/sessions", headers=visitor.headers))
        for _ in range(2)
    ]
    assert [response.status_code for response in statuses] == [204, 401]
    assert shared(world) == []


async def test_a_vote_names_its_conversation_nowhere(
    visitor: Visitor, world: World
) -> None:
    await vote(await answered(visitor), share=True)
    await visitor.browser.delete("/api/chat/sessions", headers=visitor.headers)
    world.storage.forget_deleted()
    token = visitor.headers["Authorization"].removeprefix("Bearer ")
    whose = conversation_id(token, world.key).encode()
    files = [path.read_bytes() for path in world.settings.DATA_DIR.glob("*.db*")]
    assert not any(whose in data for data in files)


async def test_the_metrics_count_votes_once_and_name_no_entry(visitor: Visitor) -> None:
    await vote(await answered(visitor))
    await vote(visitor, share=True)
    await vote(visitor, helpful=True)
    text = (await visitor.browser.get("/metrics")).text
    assert 'rights_desk_feedback_total{helpful="no"} 1.0' in text
    assert 'rights_desk_feedback_total{helpful="yes"} 1.0' in text
    assert "mandamus_cost" not in text


async def test_nothing_of_a_vote_reaches_a_log(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    await vote(await answered(visitor), share=True)
    await vote(visitor, entry="canary-entry")
    await vote(visitor, helpful="canary-helpful")
    assert "canary" not in caplog.text
