"""Twilio's REST and Content APIs for one account, as far as an office needs them."""

from __future__ import annotations

import asyncio
import base64
import time
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standins import forms, payloads, twilio_limits
from tests.standins.calls import twilio_call
from tests.standins.faults import Fault, Faults, PairRate
from tests.standins.luck import luck
from tests.standins.postman import Postman


@dataclass(frozen=True)
class Queued:
    """A message that Twilio took on, as the person would see it."""

    id: str
    to: str
    body: str
    choices: tuple[tuple[str, str, str], ...]
    status_url: str
    fields: dict[str, str]
    at: float = field(default_factory=time.monotonic)


@dataclass
class TwilioApi:
    """The control of the stand-in: what it holds true, what it saw, how it fails.

    Statuses are signed for the address that the message named and posted to its path
    on `office` ("" keeps them back), as the public name leads nowhere in a test.
    """

    account: str = forms.ACCOUNT
    token: str = "twilio-token"
    own_number: str = payloads.OWN_NUMBER
    office: str = ""
    states: tuple[str, ...] = ("queued", "sent", "delivered", "read")
    shuffled: bool = False
    deliveries: int = 1
    pair_rate: PairRate | None = None
    faults: Faults = field(default_factory=Faults)
    luck: Random = field(default_factory=luck)
    accepted: list[Queued] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    templates: dict[str, dict[str, Any]] = field(default_factory=dict)
    # The templates that WhatsApp approved, by their sid.
    approved: set[str] = field(default_factory=set)
    postman: Postman = field(default_factory=Postman)

    def app(self) -> Starlette:
        """Return the app to serve; it stands for both of Twilio's hosts."""
        messages = "/2010-04-01/Accounts/{account}/Messages.json"
        return Starlette(
            routes=[
                Route(messages, self._messages, methods=["POST"]),
                Route("/v1/Content", self._new_template, methods=["POST"]),
                Route("/v1/Content/{sid}/ApprovalRequests", self._approval),
                Route("/2010-04-01/Accounts/{account}.json", self._account),
                Route("/v1/Content/{sid}", self._old_template, methods=["DELETE"]),
            ]
        )

    def said_to(self, to: str) -> list[str]:
        """Return the bodies that an address was sent, in order."""
        return [message.body for message in self.accepted if message.to == to]

    def tell(self, message: Queued, state: str, error: int | None = None) -> None:
        """Tell the office what became of a message."""
        if not (self.office and message.status_url):
            return
        own, url = self.own_number, message.status_url
        pairs = forms.status(message.id, state, message.to, own, error)
        call = twilio_call(pairs, url, self.token)
        target = urlsplit(url)._replace(scheme="", netloc="").geturl()
        for _ in range(self.deliveries):
            self.postman.take(self.office + target, call)

    async def _messages(self, request: Request) -> Response:
        if wrong := self._stranger(request):
            return wrong
        fault = self.faults.next()
        if fault and fault.code and not fault.late:
            await asyncio.sleep(fault.seconds)
            return self._refuse(fault.http, fault.code, "on purpose")
        pairs = parse_qsl((await request.body()).decode(), keep_blank_values=True)
        fields = dict(pairs)
        if found := twilio_limits.message_refusal(fields):
            return self._refuse(400, *found)
        if fields.get("From") != forms.address(self.own_number):
            return self._refuse(400, 63007, "No Channel with this From address")
        if self.pair_rate and not self.pair_rate.allows(fields["To"]):
            return self._refuse(429, 63018, "Rate limit exceeded for Channel")
        content = self._content(fields)
        if isinstance(content, tuple):
            return self._refuse(400, *content)
        return await self._accept(fields, content, fault)

    def _content(self, fields: dict[str, str]) -> dict[str, Any] | tuple[int, str]:
        if "ContentSid" not in fields:
            return {"twilio/text": {"body": fields["Body"]}}
        template = self.templates.get(fields["ContentSid"])
        if template is None:
            return 21655, "The ContentSid is invalid"
        return twilio_limits.fill(template, fields.get("ContentVariables", ""))

    async def _accept(
        self, fields: dict[str, str], content: dict[str, Any], fault: Fault | None
    ) -> Response:
        message = _queued(len(self.accepted), fields, content)
        self.accepted.append(message)
        late = fault.code if fault else 0
        if "ContentSid" in fields and (found := twilio_limits.session_refusal(content)):
            late = found[0]
        states = ["undelivered"] if late else list(self.states)
        if self.shuffled:
            self.luck.shuffle(states)
        await asyncio.sleep(fault.seconds if fault else 0)
        for state in states:
            self.tell(message, state, late or None)
        shown = {"sid": message.id, "status": "queued", "to": message.to}
        return JSONResponse({**shown, "error_code": None}, 201)

    async def _new_template(self, request: Request) -> Response:
        if wrong := self._stranger(request):
            return wrong
        template = await request.json()
        if found := twilio_limits.template_refusal(template):
            return self._refuse(400, *found)
        sid = forms.sid(len(self.templates), "HX")
        self.templates[sid] = template
        return JSONResponse({"sid": sid, **template}, 201)

    async def _old_template(self, request: Request) -> Response:
        if wrong := self._stranger(request):
            return wrong
        if self.templates.pop(request.path_params["sid"], None) is None:
            return self._refuse(404, 20404, "The requested resource was not found")
        return Response(status_code=204)

    async def _approval(self, request: Request) -> Response:
        if wrong := self._stranger(request):
            return wrong
        sid = request.path_params["sid"]
        if sid not in self.templates:
            return self._refuse(404, 20404, "The requested resource was not found")
        state = "approved" if sid in self.approved else "unsubmitted"
        whatsapp = {"type": "whatsapp", "name": "office_replied", "status": state}
        return JSONResponse({"sid": sid, "whatsapp": whatsapp})

    async def _account(self, request: Request) -> Response:
        if wrong := self._stranger(request):
            return wrong
        return JSONResponse({"sid": self.account, "status": "active"})

    def _stranger(self, request: Request) -> Response | None:
        pair = base64.b64encode(f"{self.account}:{self.token}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {pair}":
            return self._refuse(401, 20003, "Authenticate")
        if request.path_params.get("account", self.account) != self.account:
            return self._refuse(404, 20404, "The requested resource was not found")
        return None

    def _refuse(self, http: int, code: int, words: str) -> Response:
        self.refused.append(code)
        more = f"https://www.twilio.com/docs/errors/{code}"
        error = {"code": code, "message": words, "more_info": more, "status": http}
        return JSONResponse(error, http)


def _queued(number: int, fields: dict[str, str], content: dict[str, Any]) -> Queued:
    (shown,) = content.values()
    choices = [(row["id"], row["title"], "") for row in shown.get("actions", [])]
    for row in shown.get("items", []):
        choices.append((row["id"], row["item"], row["description"]))
    return Queued(
        forms.sid(10**9 + number),
        fields["To"],
        shown["body"],
        tuple(choices),
        fields.get("StatusCallback", ""),
        fields,
    )
