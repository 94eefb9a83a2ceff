"""Meta's Graph API for one telephone number, as far as an office needs it."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from datetime import datetime, timezone
from random import Random
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standins import payloads
from tests.standins.calls import meta_call
from tests.standins.faults import Fault, Faults, PairRate
from tests.standins.graph_limits import refusal
from tests.standins.luck import luck
from tests.standins.postman import Postman

_VERSION = re.compile(r"v2[2-6]\.0")


@dataclass(frozen=True)
class Accepted:
    """A message that Meta took on, in the order of `number`."""

    number: int
    id: str
    person: str
    kind: str
    body: str
    choices: tuple[tuple[str, str, str], ...]
    callback: str | None
    payload: dict[str, Any]
    at: float = field(default_factory=time.monotonic)


@dataclass
class GraphApi:
    """The control of the stand-in: what it holds true, what it saw, how it fails.

    `webhook` is where statuses go ("" keeps them back); `states` which are told and
    `early` whether the first is told before the sender hears of success.
    """

    token: str = "meta-token"
    secret: str = "meta-secret"
    phone_number_id: str = "106540352242922"
    account_id: str = "102290129340398"
    webhook: str = ""
    states: tuple[str, ...] = ("sent", "delivered", "read")
    shuffled: bool = False
    early: bool = False
    deliveries: int = 1
    subscribed: bool = True
    takes_user_ids: bool = True
    pair_rate: PairRate | None = None
    # Name, language and state of each template: ("office_replied", "en", "APPROVED").
    templates: list[tuple[str, str, str]] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    luck: Random = field(default_factory=luck)
    accepted: list[Accepted] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    read_marks: list[tuple[str, bool]] = field(default_factory=list)
    postman: Postman = field(default_factory=Postman)

    def app(self) -> Starlette:
        """Return the app to serve."""
        messages = "/{version}/" + self.phone_number_id + "/messages"
        return Starlette(
            routes=[
                Route(messages, self._messages, methods=["POST"]),
                Route("/{version}/debug_token", self._debug_token),
                Route("/{version}/{id}", self._number),
                Route("/{version}/{id}/message_templates", self._message_templates),
                Route("/{version}/{id}/subscribed_apps", self._subscribed_apps),
                Route("/{path:path}", self._unknown, methods=["GET", "POST"]),
            ]
        )

    def said_to(self, person: str) -> list[str]:
        """Return the bodies that a number or business-scoped id was sent, in order."""
        return [message.body for message in self.accepted if message.person == person]

    def tell(self, id: str, state: str, **more: Any) -> None:
        """Tell the office what became of a message."""
        message = next(message for message in self.accepted if message.id == id)
        is_number = message.person.isdigit()
        to = {"recipient_id" if is_number else "recipient_user_id": message.person}
        if message.callback is not None:
            more["biz_opaque_callback_data"] = message.callback
        value = payloads.status(id, state, datetime.now(timezone.utc), to, **more)
        entry = payloads.envelope(value, self.phone_number_id)
        call = meta_call(payloads.webhook([entry]), self.secret)
        for _ in range(self.deliveries if self.webhook else 0):
            self.postman.take(self.webhook, call)

    async def _messages(self, request: Request) -> Response:
        if wrong := self._stranger(request):
            return wrong
        fault = self.faults.next()
        if fault and fault.code and not fault.late:
            await asyncio.sleep(fault.seconds)
            return self._refuse(fault.http, fault.code, "on purpose")
        payload = await request.json()
        if payload.get("status") == "read":
            return self._mark_read(payload)
        if wrong := self._wrong(payload):
            return wrong
        return await self._accept(payload, fault)

    def _wrong(self, payload: dict[str, Any]) -> Response | None:
        if found := refusal(payload):
            return self._refuse(400, *found)
        if not (payload.get("to") or self.takes_user_ids):
            return self._refuse(400, 131062, "Recipient kind not supported.")
        if payload.get("type") == "template" and not self._has(payload["template"]):
            return self._refuse(404, 132001, "Template name does not exist")
        if self.pair_rate and not self.pair_rate.allows(_person(payload)):
            return self._refuse(400, 131056, "Pair rate limit hit.")
        return None

    def _has(self, template: dict[str, Any]) -> bool:
        language = template["language"]["code"]
        return (template["name"], language, "APPROVED") in self.templates

    async def _accept(self, payload: dict[str, Any], fault: Fault | None) -> Response:
        number = len(self.accepted)
        message = _accepted(number, payload)
        self.accepted.append(message)
        late = fault.code if fault else 0
        states = ["failed"] if late else list(self.states)
        if self.shuffled:
            self.luck.shuffle(states)
        early = states[:1] if self.early else []
        for state in early:
            self._tell(message.id, state, late)
        if early:
            await asyncio.to_thread(self.postman.settle)
        await asyncio.sleep(fault.seconds if fault else 0)
        for state in states[len(early) :]:
            self._tell(message.id, state, late)
        key = "wa_id" if payload.get("to") else "user_id"
        contact = {"input": payload.get("to") or message.person, key: message.person}
        ids = [{"id": message.id}]
        about = {"messaging_product": "whatsapp", "contacts": [contact]}
        return JSONResponse({**about, "messages": ids})

    def _tell(self, id: str, state: str, late: int) -> None:
        if late:
            self.tell(id, state, errors=[{"code": late, "title": "on purpose"}])
        else:
            self.tell(id, state)

    def _mark_read(self, payload: dict[str, Any]) -> Response:
        message = str(payload.get("message_id", ""))
        if not message.startswith("wamid."):
            return self._refuse(400, 100, "Invalid parameter: message_id")
        self.read_marks.append((message, "typing_indicator" in payload))
        return JSONResponse({"success": True})

    async def _number(self, request: Request) -> Response:
        if wrong := self._stranger(request):
            return wrong
        if request.path_params["id"] != self.phone_number_id:
            return await self._unknown(request)
        about = {"verified_name": "Office", "display_phone_number": "+1 415-523-8886"}
        quality = {"quality_rating": "GREEN", "id": self.phone_number_id}
        return JSONResponse({**about, **quality})

    async def _subscribed_apps(self, request: Request) -> Response:
        if wrong := self._stranger(request):
            return wrong
        if request.path_params["id"] != self.account_id:
            return await self._unknown(request)
        app = {"whatsapp_business_api_data": {"name": "Rights Desk", "id": "1"}}
        return JSONResponse({"data": [app] if self.subscribed else []})

    async def _debug_token(self, request: Request) -> Response:
        if wrong := self._stranger(request):
            return wrong
        if request.query_params.get("input_token") != self.token:
            return self._refuse(400, 100, "Invalid parameter: input_token")
        scopes = ("whatsapp_business_management", "whatsapp_business_messaging")
        granted = [{"scope": each, "target_ids": [self.account_id]} for each in scopes]
        return JSONResponse({"data": {"is_valid": True, "granular_scopes": granted}})

    async def _message_templates(self, request: Request) -> Response:
        if wrong := self._stranger(request):
            return wrong
        if request.path_params["id"] != self.account_id:
            return await self._unknown(request)
        wanted = request.query_params.get("name", "")
        # Meta gives every template whose name begins alike.
        found = [
            {"id": str(number), "name": name, "language": language, "status": status}
            for number, (name, language, status) in enumerate(self.templates, 1)
            if name.startswith(wanted)
        ]
        return JSONResponse({"data": found})

    async def _unknown(self, request: Request) -> Response:
        words = "Unsupported request. Object does not exist or is not permitted."
        return self._refuse(400, 100, words)

    def _stranger(self, request: Request) -> Response | None:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return self._refuse(401, 190, "Invalid OAuth access token.")
        if not _VERSION.fullmatch(request.path_params["version"]):
            return self._refuse(400, 2635, "You are calling a deprecated version.")
        return None

    def _refuse(self, http: int, code: int, details: str) -> Response:
        self.refused.append(code)
        error = {
            "message": f"(#{code}) {details}",
            "type": "OAuthException",
            "code": code,
            "error_data": {"messaging_product": "whatsapp", "details": details},
            "fbtrace_id": "ALfhCiNWtld8enTUJyg0FFo",
        }
        return JSONResponse({"error": error}, http)


def _person(payload: dict[str, Any]) -> str:
    """Return whom a payload is for; a phone number wins over a business-scoped id."""
    if payload.get("to"):
        return re.sub("[^0-9]", "", payload["to"])
    return str(payload["recipient"])


def _accepted(number: int, payload: dict[str, Any]) -> Accepted:
    kind = payload.get("type", "text")
    interactive = payload.get("interactive", {})
    action = interactive.get("action", {})
    rows = [button["reply"] for button in action.get("buttons", [])]
    rows += [row for part in action.get("sections", []) for row in part["rows"]]
    bodies = {
        "text": payload.get("text", {}).get("body", ""),
        "template": payload.get("template", {}).get("name", ""),
        "interactive": interactive.get("body", {}).get("text", ""),
    }
    return Accepted(
        number,
        payloads.wamid(10**9 + number),
        _person(payload),
        interactive["type"] if kind == "interactive" else kind,
        bodies[kind],
        tuple((row["id"], row["title"], row.get("description", "")) for row in rows),
        payload.get("biz_opaque_callback_data"),
        payload,
    )
