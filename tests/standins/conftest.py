"""A stand-in of each kind that runs, and an office that only keeps what it gets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.standins.calls import Call
from tests.standins.graph_api import GraphApi
from tests.standins.serving import local_client, serve
from tests.standins.twilio_api import TwilioApi


@dataclass
class Office:
    """Keeps every call; answers with `answers` one by one, then 200."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    calls: list[tuple[str, Call]] = field(default_factory=list)

    async def hear(self, request: Request) -> Response:
        body, path = await request.body(), request.url.path
        names = ("content-type", "x-hub-signature-256", "x-twilio-signature")
        headers = {n: request.headers[n] for n in names if n in request.headers}
        query = f"?{request.url.query}" if request.url.query else ""
        self.calls.append((path + query, Call(body, headers)))
        return Response(status_code=self.answers.pop(0) if self.answers else 200)


@pytest.fixture
def office() -> Iterator[Office]:
    """An office that runs."""
    office = Office()
    route = Route("/{path:path}", office.hear, methods=["POST"])
    with serve(Starlette(routes=[route])) as office.url:
        yield office


@pytest.fixture
def graph(office: Office) -> GraphApi:
    """Meta's control, its webhook at the office."""
    return GraphApi(webhook=f"{office.url}/whatsapp")


@pytest.fixture
def meta(graph: GraphApi) -> Iterator[httpx.Client]:
    """A client with the right token."""
    headers = {"Authorization": f"Bearer {graph.token}"}
    with (
        serve(graph.app()) as url,
        local_client(base_url=f"{url}/v26.0", headers=headers) as client,
    ):
        yield client


@pytest.fixture
def twilio(office: Office) -> TwilioApi:
    """Twilio's control, its statuses at the office."""
    return TwilioApi(office=office.url)


@pytest.fixture
def account(twilio: TwilioApi) -> Iterator[httpx.Client]:
    """A client with the right account and token."""
    pair = (twilio.account, twilio.token)
    with (
        serve(twilio.app()) as url,
        local_client(base_url=url, auth=pair) as client,
    ):
        yield client
