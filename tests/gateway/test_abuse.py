"""What a hostile or broken client sends gets a clear error, and no more."""

from __future__ import annotations

import json
import logging
from contextlib import ExitStack

import httpx
import pytest

from bot.core.conversations import conversation_id
from bot.core.messages import Reply
from bot.gateway.world import World
from tests.gateway.conftest import FakeRasa, Visitor

pytestmark = pytest.mark.asyncio

BODIES = {
    "no JSON": (b"hello", 400),
    "broken JSON": (b'{"id": "1", "text": ', 400),
    "a list": (b"[1, 2]", 400),
    "a number": (b"7", 400),
    "text of a wrong type": (b'{"id": "1", "text": {"a": 1}}', 400),
    "id of a wrong type": (b'{"id": 1, "text": "x"}', 400),
    "no text and no button": (b'{"id": "1"}', 400),
    "text and button": (b'{"id": "1", "text": "x", "button": "1.0"}', 400),
    "empty id": (b'{"id": "", "text": "x"}', 400),
    "endless id": (b'{"id": "' + b"a" * 500 + b'", "text": "x"}', 400),
    "id that is no text": (b'{"id": "\\ud800", "text": "x"}', 400),
    "button that is none": (b'{"id": "1", "button": "drop table"}', 400),
    "button with other digits": ('{"id": "1", "button": "١.٠"}'.encode(), 400),
    "deeply nested": (b'{"id":' * 1 + b"[" * 30_000 + b"]" * 30_000 + b"}", 400),
    "not UTF-8": (b'{"id": "1", "text": "\xff\xfe"}', 400),
    "10 MB": (b'{"id": "1", "text": "' + b"a" * 10_000_000 + b'"}', 413),
}


@pytest.mark.parametrize(("body", "status"), BODIES.values(), ids=BODIES)
async def test_a_body_that_is_not_ours_is_refused_in_short_json(
    visitor: Visitor, rasa: FakeRasa, body: bytes, status: int
) -> None:
    response = await visitor.browser.post(
        "/api/chat/messages",
        content=body,
        headers={**visitor.headers, "Content-Type": "application/json"},
    )
    assert response.status_code == status
    assert set(response.json()["error"]) == {"code", "message"}
    assert "Traceback" not in response.text
    assert rasa.asked == []


@pytest.mark.parametrize("kind", ["text/plain", "", "application/xml"])
async def test_another_content_type_is_refused(visitor: Visitor, kind: str) -> None:
    response = await visitor.browser.post(
        "/api/chat/messages",
        content=b'{"id": "1", "text": "x"}',
        headers={**visitor.headers, "Content-Type": kind},
    )
    assert response.status_code == 415


@pytest.mark.parametrize(
    "header",
    [None, "Bearer ", "Bearer short", "Basic abc", "Bearer " + "A" * 43, "Bearer ñ"],
    ids=["none", "empty", "short", "basic", "guessed", "odd"],
)
async def test_a_missing_or_guessed_token_opens_nothing(
    client: httpx.AsyncClient, rasa: FakeRasa, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header.encode()}
    for call in (
        client.post(
            "/api/chat/messages", json={"id": "1", "text": "x"}, headers=headers
        ),
        client.get("/api/chat/messages", headers=headers),
        client.get("/api/chat/events", headers=headers),
        client.delete("/api/chat/sessions", headers=headers),
    ):
        assert (await call).status_code == 401
    assert rasa.asked == []


TEXTS = {
    "20,000 characters": ("x " * 10_000, None),
    "1,001 characters": ("a" * 1_001, None),
    "only spaces": ("  \n\t ", None),
    "only invisible marks": ("\u200b\ufeff", None),
    "a command": ("/restart", "restart"),
    "a command behind a no-break space": ("\u00a0/restart", "restart"),
    "a command behind a zero-width space": ("\u200b/restart", "restart"),
    "a full-width slash": ("\uff0frestart", "restart"),
    "NUL in the middle": ("hel\x00lo", "hel lo"),
    "a lone surrogate": ("hi \ud800 there", "hi there"),
    "an intent with entities": ('/ask_x{"a": 1}', 'ask_x{"a": 1}'),
}


@pytest.mark.parametrize(("text", "heard"), TEXTS.values(), ids=TEXTS)
async def test_odd_texts_get_a_kind_answer_and_reach_the_dialogue_harmless(
    visitor: Visitor, rasa: FakeRasa, text: str, heard: str | None
) -> None:
    body = json.dumps({"id": "1", "text": text})
    response = await visitor.browser.post(
        "/api/chat/messages",
        content=body,
        headers={**visitor.headers, "Content-Type": "application/json"},
    )
    assert response.status_code == 200
    assert response.json()["messages"][-1]["text"]
    assert [asked for _, asked, _ in rasa.asked] == ([] if heard is None else [heard])


async def test_a_text_that_is_too_long_is_asked_to_be_shortened_and_not_kept(
    visitor: Visitor,
) -> None:
    response = await visitor.say("canary " * 3_000)
    assert "1,000 characters" in response.json()["messages"][0]["text"]
    assert "canary" not in str(await visitor.read())


@pytest.mark.parametrize("after", ["-1", "x", "1e9", "99999999999", "١"])
async def test_a_number_that_is_none_is_refused(visitor: Visitor, after: str) -> None:
    response = await visitor.browser.get(
        "/api/chat/messages", params={"after": after}, headers=visitor.headers
    )
    assert response.status_code == 400


async def test_a_foreign_website_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post(
        "/api/chat/sessions", json={}, headers={"Origin": "https://evil.example"}
    )
    assert response.status_code == 403


async def test_our_own_page_is_not_foreign(client: httpx.AsyncClient) -> None:
    response = await client.post(
        "/api/chat/sessions", json={}, headers={"Origin": "http://office"}
    )
    assert response.status_code == 201


@pytest.mark.parametrize(
    "path", ["/", "/api/chat/none", "/healthz", "/embed.js", "/webhooks/x"]
)
async def test_every_answer_carries_the_safe_headers(
    client: httpx.AsyncClient, path: str
) -> None:
    headers = (await client.get(path)).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


async def test_nothing_a_visitor_typed_reaches_a_log(
    visitor: Visitor, rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await visitor.say("canary one")
    rasa.is_down = True
    await visitor.say("/canary two", "2")
    await visitor.say("canary " * 2_000, "3")
    await visitor.post(id="4", text={"canary": 1})
    assert "canary" not in caplog.text.lower()


async def test_of_an_error_that_nobody_foresaw_only_its_kind_is_logged(
    visitor: Visitor, rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def fail(text: str | None, _payload: str | None) -> Reply:
        raise LookupError(text)

    rasa.reply = fail
    assert (await visitor.say("canary question")).status_code == 500
    assert "LookupError" in caplog.text
    assert "canary" not in caplog.text


async def test_one_conversation_has_a_few_streams_and_is_then_asked_to_look(
    visitor: Visitor, world: World
) -> None:
    token = visitor.headers["Authorization"].removeprefix("Bearer ")
    name = conversation_id(token, world.key)
    with ExitStack() as open_streams:
        for _ in range(5):
            open_streams.enter_context(world.wakeups.listening(name))
        refused = await visitor.browser.get("/api/chat/events", headers=visitor.headers)
    assert refused.status_code == 503


async def test_a_visitor_who_floods_is_asked_to_wait_and_told_how_long(
    visitor: Visitor,
) -> None:
    answers = [await visitor.say("x", str(n)) for n in range(20)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert int(refused[0].headers["retry-after"]) >= 1
