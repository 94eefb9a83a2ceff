"""Starting, reading on and deleting a conversation."""

from __future__ import annotations

import httpx
import pytest

from bot.core.conversations import conversation_id
from bot.gateway.world import World
from bot.storage.conversations import count_conversations, find_conversation
from tests.gateway.conftest import Visitor, arrive

pytestmark = pytest.mark.asyncio


async def test_a_session_greets_in_the_language_asked_for(
    client: httpx.AsyncClient,
) -> None:
    response = await client.post("/api/chat/sessions", json={"language": "es"})
    greeting = response.json()["messages"][0]
    assert response.status_code == 201
    assert "programa automático" in greeting["text"]


async def test_a_session_greets_in_the_browsers_language_when_none_is_asked_for(
    client: httpx.AsyncClient,
) -> None:
    response = await client.post(
        "/api/chat/sessions",
        json={"language": None},
        headers={"Accept-Language": "es-MX,es;q=0.9"},
    )
    assert response.json()["language"] == "es"


async def test_the_greeting_says_that_it_is_a_program_and_no_lawyer(
    visitor: Visitor,
) -> None:
    greeting = (await visitor.read())[0]
    assert "automated program, not a lawyer" in str(greeting["text"])


async def test_the_token_has_256_random_bits_and_is_stored_nowhere(
    client: httpx.AsyncClient, world: World
) -> None:
    visitor = await arrive(client)
    token = visitor.headers["Authorization"].removeprefix("Bearer ")
    files = [path.read_bytes() for path in world.settings.DATA_DIR.glob("*.db*")]
    assert len(token) == 43
    assert not any(token.encode() in data for data in files)


async def test_the_conversations_id_never_leaves_the_server(
    client: httpx.AsyncClient, world: World
) -> None:
    visitor = await arrive(client)
    token = visitor.headers["Authorization"].removeprefix("Bearer ")
    said = await visitor.say("hello")
    assert conversation_id(token, world.key) not in said.text


async def test_deleting_leaves_nothing_and_ends_the_token(
    visitor: Visitor, world: World
) -> None:
    await visitor.say("please forget me")
    gone = await visitor.browser.delete("/api/chat/sessions", headers=visitor.headers)
    again = await visitor.say("are you there", "2")
    with world.storage.begin() as session:
        assert count_conversations(session) == 0
    assert (gone.status_code, again.status_code) == (204, 401)


async def test_two_visitors_never_see_each_others_messages(
    client: httpx.AsyncClient,
) -> None:
    first, second = await arrive(client), await arrive(client)
    await first.say("my secret question")
    assert "secret" not in str(await second.read())


async def test_reading_after_a_number_returns_only_what_is_newer(
    visitor: Visitor,
) -> None:
    await visitor.say("hello")
    assert [message["seq"] for message in await visitor.read(after=2)] == [3]


async def test_a_conversation_remembers_in_which_language_it_was_answered(
    visitor: Visitor, world: World
) -> None:
    await visitor.say("hello")
    token = visitor.headers["Authorization"].removeprefix("Bearer ")
    with world.storage.begin() as session:
        found = find_conversation(session, conversation_id(token, world.key))
    assert found is not None
    assert found.language == "en"
