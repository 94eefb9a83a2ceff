"""One running assistant for all conversations of this folder."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.assistant import Assistant, lend_index
from bot.settings import PROJECT_ROOT
from tests.e2e.whatsapp_office import PATH, PUBLIC, WhatsApp
from tests.standins.graph_api import GraphApi
from tests.standins.lines import MetaLine
from tests.standins.serving import serve
from tests.standins.twilio_api import TwilioApi


class Talk:
    """A conversation as a visitor has it."""

    def __init__(self, address: str, language: str | None = None) -> None:
        self.client = httpx.Client(base_url=address, timeout=20, trust_env=False)
        body = {"language": language}
        started = self.client.post("/api/chat/sessions", json=body).json()
        self.headers = {"Authorization": f"Bearer {started['token']}"}

    def send(self, **content: Any) -> httpx.Response:
        body = {"id": str(uuid.uuid4()), **content}
        path = "/api/chat/messages"
        return self.client.post(path, json=body, headers=self.headers)

    def say(self, text: str) -> dict[str, Any]:
        message: dict[str, Any] = self.send(text=text).json()["messages"][-1]
        return message

    def all_messages(self) -> list[dict[str, Any]]:
        path = "/api/chat/messages?after=0"
        found: list[dict[str, Any]] = self.client.get(
            path, headers=self.headers
        ).json()["messages"]
        return found


def entries(message: dict[str, Any]) -> list[str]:
    """Return the ids of the entries that a message answers with."""
    return [answer["entry"] for answer in message["answers"]]


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The three processes, on the model and the index that `make test` trained."""
    folder: Path = tmp_path_factory.mktemp("installation")
    lend_index(folder / "var")
    running = Assistant(folder / "var", PROJECT_ROOT / "models", RATE_LIMITS="off")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def talk(assistant: Assistant) -> Talk:
    """A new conversation in English."""
    return Talk(assistant.address, "en")


@pytest.fixture(scope="session")
def whatsapp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhatsApp]:
    """The assistant with WhatsApp switched on."""
    folder: Path = tmp_path_factory.mktemp("whatsapp")
    lend_index(folder / "var")
    graph, twilio = GraphApi(), TwilioApi()
    with serve(graph.app()) as url, serve(twilio.app()) as twilio_url:
        assistant = Assistant(
            folder / "var",
            PROJECT_ROOT / "models",
            RATE_LIMITS="off",
            WHATSAPP_API_URL=f"{url}/v26.0",
            WHATSAPP_TOKEN=graph.token,
            WHATSAPP_APP_SECRET=graph.secret,
            WHATSAPP_VERIFY_TOKEN="our-word",
            WHATSAPP_PHONE_NUMBER_ID=graph.phone_number_id,
            PUBLIC_URL=PUBLIC,
            TWILIO_ACCOUNT_SID=twilio.account,
            TWILIO_AUTH_TOKEN=twilio.token,
            TWILIO_NUMBER=twilio.own_number,
            TWILIO_API_URL=twilio_url,
            TWILIO_CONTENT_URL=twilio_url,
        )
        graph.webhook = f"{assistant.address}{PATH}"
        twilio.office = assistant.address
        assistant.start()
        yield WhatsApp(graph, twilio, MetaLine(graph.secret), assistant, folder)
        assistant.stop()
