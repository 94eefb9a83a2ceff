"""Puts consultation requests into the database and staff into browsers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import httpx

from bot.core.consultations import Consultation, State
from bot.core.languages import Language
from bot.core.messages import Channel
from bot.core.staff import Role, Staff
from bot.gateway.console import queue, request_page
from bot.gateway.console.door import SESSION_COOKIE
from bot.gateway.console.routes import console_app
from bot.gateway.world import World
from bot.services import requests
from bot.services.sign_ins import token_key
from bot.storage import audit, consents, consultations, staff, staff_sessions
from bot.storage.keys import derived_key
from tests.gateway.plain_browser import PageReader

CONVERSATION: Final = "c" * 32
CONSENT_VERSION: Final = "0123456789abcdef.en"
CONSENT_TEXT: Final = "I agree that staff read my answers.\nThey are kept 90 days."
KEPT: Final = timedelta(days=90)
ANSWERS: Final[Mapping[str, str]] = {
    "place": "ny",
    "urgency": "neither",
    "other_side": "Acme Detention LLC",
    "matter": "mandamus",
    "reach": "phone",
    "address": "+12125550100",
    "reach_time": "morning",
    "message_ok": "no",
    "name": "María de los Ángeles López",
    "spoken": "es",
    "kind": "office",
    "times": "afternoon",
}
# What staff fill in for one.
APPOINTMENT: Final[Mapping[str, str]] = {
    "day": "2026-07-24",
    "time": "14:30",
    "minutes": "40",
    "kind": "phone",
}


def put_request(
    world: World,
    reference: str = "4F2K",
    *,
    answers: Mapping[str, str] | None = None,
    state: State = "new",
    is_urgent: bool = False,
    channel: Channel = "web",
    language: Language = "en",
    sent_at: datetime | None = None,
    holder: Staff | None = None,
) -> Consultation:
    """Keep a request as the form leaves it, and bring it into a state."""
    at = sent_at or world.now()
    id, given = (reference * 8).lower(), {**ANSWERS, **(answers or {})}
    times = {"now": at, "delete_at": at + KEPT}
    with world.storage.begin() as session:
        consents.keep_text(session, CONSENT_VERSION, "en", CONSENT_TEXT, at)
        consultations.new_draft(
            session,
            id=id,
            reference=reference,
            conversation=CONVERSATION,
            channel=channel,
            language=language,
            **times,
        )
        consultations.save_draft(session, id, given, is_urgent, language, at)
        consultations.note_consent(session, id, CONSENT_VERSION, at)
        if state == "draft":
            found = consultations.find(session, id)
            assert found is not None
            return found
        kept = consultations.submit(
            session, id, code_key=f"code of {id}", sent_by=f"sender of {id}", **times
        )
        if state == "new":
            return kept
        whose = holder.id if holder else None
        return consultations.change(
            session, id, kept.version, state=state, staff_id=whose, **times
        )


def read_kept(world: World, reference: str = "4F2K") -> Consultation:
    """Return a request as it is kept now."""
    with world.storage.read() as session:
        found = consultations.find_by_reference(session, reference)
    assert found is not None
    return found


def actions_of(world: World, reference: str = "4F2K") -> list[str]:
    """Return what the audit holds about a request, oldest first."""
    with world.storage.read() as session:
        return [entry.action for entry in audit.of_subject(session, reference)]


def claim_at_once(world: World, person: Staff, reference: str = "4F2K") -> None:
    """Let somebody take a request while others look at it."""
    version = read_kept(world, reference).version
    with world.storage.begin() as session:
        requests.claim(session, reference, person, version, world.now())


class Clerk:
    """Somebody of the office at a browser without JavaScript."""

    def __init__(self, person: Staff, browser: httpx.AsyncClient) -> None:
        self.person = person
        self.browser = browser
        self.response = httpx.Response(200)
        self.page = PageReader("")

    def _show(self, response: httpx.Response) -> httpx.Response:
        self.response, self.page = response, PageReader(response.text)
        return response

    @property
    def text(self) -> str:
        """What can be read on the page, without line breaks."""
        return re.sub(r"\s+", " ", self.page.text)

    @property
    def links(self) -> list[str]:
        """Where the page's links go."""
        found = self.page.attributes
        return [value for tag, name, value in found if (tag, name) == ("a", "href")]

    async def open(self, path: str, **headers: str) -> httpx.Response:
        """Load a page of the console."""
        response = await self.browser.get(f"/staff{path}", headers=headers)
        return self._show(response)

    async def send(self, path: str, **fields: str) -> httpx.Response:
        """Send a form of the page in front of the clerk, without following."""
        form = {"csrf": self.page.fields.get("csrf", ""), **fields}
        return self._show(await self.browser.post(f"/staff{path}", data=form))

    async def press(self, action: str, **fields: str) -> httpx.Response:
        """Press a button of the request's page in front of the clerk."""
        fields = {"version": self.page.fields["version"], **fields}
        path = str(self.response.url.path).removeprefix("/staff")
        return await self.send(path, action=action, **fields)


def sit_down(
    world: World, login: str = "ana", role: Role = "intake", language: Language = "en"
) -> Clerk:
    """Return somebody new who is signed in."""
    now, token = world.now(), f"token-of-{login}"
    key = token_key(token, derived_key(world.settings, "staff sessions"))
    with world.storage.begin() as session:
        person = staff.add(session, login, login.capitalize(), role, language, now)
        assert person is not None
        given: dict[str, Any] = {"password_hash": "none", "totp_secret": "none"}
        staff.change(session, person.id, given)
        staff_sessions.start(session, key, person.id, now, now + timedelta(hours=12))
    app = console_app(world, (*queue.pages, *request_page.pages))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    headers = {"Cookie": f"{SESSION_COOKIE}={token}"}
    browser = httpx.AsyncClient(
        transport=transport, base_url="http://office", headers=headers
    )
    return Clerk(person, browser)


async def at_request(
    world: World,
    *,
    state: State = "new",
    role: Role = "intake",
    language: Language = "en",
) -> Clerk:
    """Return somebody who has a request of theirs in front of them."""
    clerk = sit_down(world, role=role, language=language)
    put_request(world, state=state, holder=clerk.person)
    await clerk.open("/requests/4F2K")
    return clerk
