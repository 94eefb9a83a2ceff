"""The private channel: our gateway only, no commands, each message once."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Sanic

from bot.rasa_server.channel import SECRET_HEADER, GatewayInput

SECRET = "right" * 8
CANARY = "Maria 917-555-0142 A123456789"
CONVERSATION = "0123456789abcdef" * 2
REPLY = {"kind": "answer", "language": "en", "entries": ["what_is_detainer"]}


class FakeRasa:
    """Stands for Rasa's agent: hears messages, answers, remembers the last."""

    def __init__(self) -> None:
        self.heard: list[UserMessage] = []
        self.failure: Exception | None = None
        self.tracker_store = self
        self.trackers: dict[str, DialogueStateTracker] = {}

    async def handle(self, message: UserMessage) -> None:
        self.heard.append(message)
        if self.failure:
            raise self.failure
        await message.output_channel.send_custom_json(message.sender_id, REPLY)
        tracker = DialogueStateTracker(message.sender_id, [])
        tracker.update(UserUttered(message.text, message_id=message.message_id))
        tracker.update(BotUttered(data={"custom": REPLY}))
        self.trackers[message.sender_id] = tracker

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return self.trackers.get(sender_id)


Talk = Callable[[httpx.AsyncClient], Awaitable[Any]]


def serve(rasa: FakeRasa, talk: Talk) -> Any:
    """Serve the channel on a free port while `talk` runs; return what it returns."""

    async def run() -> Any:
        app = Sanic(f"channel_{id(rasa)}", register=False, configure_logging=False)
        app.ctx.agent = rasa
        app.blueprint(
            GatewayInput(SECRET).blueprint(rasa.handle), url_prefix="/webhooks/gateway"
        )
        listening = socket.create_server(("127.0.0.1", 0))
        server = await app.create_server(
            sock=listening, return_asyncio_server=True, access_log=False
        )
        await server.startup()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/webhooks/gateway"
        async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
            result = await talk(client)
        server.close()
        await server.wait_closed()
        return result

    return asyncio.run(run())


def body(**changes: Any) -> dict[str, Any]:
    """Return the body of a good message with some fields changed."""
    whole = {"conversation": CONVERSATION, "id": "m1", "text": "hello", **changes}
    return {name: value for name, value in whole.items() if value is not None}


def post(rasa: FakeRasa, *bodies: Any, secret: str = SECRET) -> list[httpx.Response]:
    """Send bodies one after the other and return the responses."""

    async def talk(client: httpx.AsyncClient) -> list[httpx.Response]:
        headers = {SECRET_HEADER: secret} if secret else {}
        return [
            await client.post("/messages", json=sent, headers=headers)
            for sent in bodies
        ]

    return serve(rasa, talk)


@pytest.fixture
def rasa(monkeypatch: pytest.MonkeyPatch) -> FakeRasa:
    """A Rasa that answers everything with one entry."""
    # Otherwise only one server could ever start in a process.
    monkeypatch.setattr(Sanic, "test_mode", True)
    return FakeRasa()


def test_message_is_answered_with_whole_replies(rasa: FakeRasa) -> None:
    (response,) = post(rasa, body(text="what is a detainer", language="es"))
    assert (response.status_code, response.json()) == (200, {"messages": [REPLY]})
    (heard,) = rasa.heard
    assert (heard.text, heard.sender_id) == ("what is a detainer", CONVERSATION)
    assert heard.metadata == {"language": "es", "channel": None, "late": None}


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "x"])
def test_caller_learns_nothing_when_its_secret_is_wrong(
    rasa: FakeRasa, secret: str
) -> None:
    (response,) = post(rasa, body(), secret=secret)
    assert (response.status_code, response.content, rasa.heard) == (401, b"", [])


COMMANDS = {
    "plain": ("/restart", "restart"),
    "after_blanks": ("  /restart", "restart"),
    "doubled": ("//restart", "restart"),
    "behind_an_invisible_mark": ("\u200b/restart", "restart"),
    "other_slash": ("\uff0frestart", "restart"),
    "slash_inside": ("24/7 help", "24/7 help"),
}


@pytest.mark.parametrize(("typed", "heard"), COMMANDS.values(), ids=COMMANDS)
def test_visitor_cannot_give_commands_by_typing(
    rasa: FakeRasa, typed: str, heard: str
) -> None:
    post(rasa, body(text=typed))
    assert [message.text for message in rasa.heard] == [heard]


def test_button_gives_its_command(rasa: FakeRasa) -> None:
    post(rasa, body(text=None, payload="/ask_more"))
    assert [message.text for message in rasa.heard] == ["/ask_more"]


REFUSED = {
    "too_long": body(text="x" * 1_001),
    "wrong_conversation": body(conversation="default"),
    "conversation_in_capitals": body(conversation=CONVERSATION.upper()),
    "conversation_is_a_number": body(conversation=7),
    "no_conversation": body(conversation=None),
    "no_id": body(id=None),
    "long_id": body(id="x" * 81),
    "text_and_payload": body(payload="/ask_more"),
    "neither_text_nor_payload": body(text=None),
    "payload_without_slash": body(text=None, payload="ask_more"),
    "text_is_a_list": body(text=["hello"]),
    "list": [body()],
    "text_only": "hello",
    "nothing": None,
}


@pytest.mark.parametrize("sent", REFUSED.values(), ids=REFUSED)
def test_message_is_refused_when_it_is_not_of_our_form(
    rasa: FakeRasa, sent: Any
) -> None:
    (response,) = post(rasa, sent)
    assert (response.status_code, response.content, rasa.heard) == (400, b"", [])


def test_message_is_refused_when_it_is_not_json(rasa: FakeRasa) -> None:
    async def talk(client: httpx.AsyncClient) -> httpx.Response:
        headers = {SECRET_HEADER: SECRET}
        return await client.post("/messages", content=b"{", headers=headers)

    assert serve(rasa, talk).status_code == 400


def test_message_of_the_greatest_length_is_heard(rasa: FakeRasa) -> None:
    (response,) = post(rasa, body(text="x" * 1_000))
    assert (response.status_code, len(rasa.heard)) == (200, 1)


def test_failing_turn_tells_an_incident_and_nothing_else(
    rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    rasa.failure = ValueError(CANARY)
    with caplog.at_level(logging.DEBUG):
        (response,) = post(rasa, body(text=CANARY))
    assert response.status_code == 500
    assert list(response.json()) == ["error"]
    assert response.json()["error"] in caplog.text
    assert CANARY not in response.text + caplog.text


def test_message_runs_once_when_it_is_sent_twice(rasa: FakeRasa) -> None:
    first, second = post(rasa, body(), body())
    assert first.json() == second.json() == {"messages": [REPLY]}
    assert len(rasa.heard) == 1


def test_message_runs_once_when_the_server_restarted_between(rasa: FakeRasa) -> None:
    (first,), (second,) = post(rasa, body()), post(rasa, body())
    assert first.json() == second.json()
    assert len(rasa.heard) == 1


def test_same_words_run_again_when_the_message_is_a_new_one(rasa: FakeRasa) -> None:
    post(rasa, body(id="m1"), body(id="m2"))
    assert [message.message_id for message in rasa.heard] == ["m1", "m2"]


def test_message_runs_again_when_its_first_run_failed(rasa: FakeRasa) -> None:
    rasa.failure = ValueError("first")
    (failed,) = post(rasa, body())
    rasa.failure = None
    (response,) = post(rasa, body())
    assert (failed.status_code, response.json()) == (500, {"messages": [REPLY]})
