"""Staff for tests of the console: one person for each role, signed in in a browser."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import pyotp
from starlette.applications import Starlette
from starlette.types import ASGIApp

from bot.core.languages import Language
from bot.core.staff import Role, Staff
from bot.gateway.console.door import SESSION_COOKIE, csrf_token
from bot.gateway.world import World
from bot.services import accounts, sign_ins
from bot.services.passwords import Passwords
from bot.services.second_factor import derive_secret
from bot.services.sign_ins import token_key
from bot.storage import staff
from bot.storage.keys import derived_key

HOST = "office.example"
ADDRESS = f"https://{HOST}"
PASSWORD = "correct horse battery"
# Made once: a real hash takes its time.
HASH = Passwords().hash(PASSWORD)


def session_key_of(world: World) -> bytes:
    """Return the key under which tokens of sign-ins are kept."""
    return derived_key(world.settings, "staff sessions")


def add_person(
    world: World, role: Role = "intake", login: str = "", language: Language = "en"
) -> Staff:
    """Add somebody who has chosen a password and a second factor."""
    login = login or role
    now = world.now()
    with world.storage.begin() as session:
        name = f"{login.title()} Person"
        person = accounts.add(session, None, login, name, role, language, now)
        factor = {"password_hash": HASH, "totp_secret": secret_of(login)}
        staff.change(session, person.id, factor)
    return person


def secret_of(login: str) -> str:
    """Return the secret of a person's second factor."""
    return derive_secret(b"tests", login)


def code_of(world: World, login: str, steps: int = 0) -> str:
    """Return the code that a person's phone shows, now or some steps away."""
    moment = world.now() + timedelta(seconds=30 * steps)
    return str(pyotp.TOTP(secret_of(login)).at(moment))


class StaffBrowser:
    """A browser in which somebody is signed in, or nobody."""

    def __init__(
        self, app: ASGIApp, world: World, person: Staff | None = None, **options: Any
    ) -> None:
        self.world = world
        self.person = person
        self.csrf = ""
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, **options)
        self.http = httpx.AsyncClient(transport=transport, base_url=ADDRESS)
        if person is not None:
            self._sign_in(person)

    def _sign_in(self, person: Staff) -> None:
        token, key = secrets.token_urlsafe(32), session_key_of(self.world)
        session_key = token_key(token, key)
        with self.world.storage.begin() as session:
            sign_ins.renew_session(session, person, session_key, self.world.now())
        self.http.cookies.set(SESSION_COOKIE, token, domain=HOST)
        self.csrf = csrf_token(key, session_key)

    async def open(
        self, path: str, follow: bool = False, **headers: str
    ) -> httpx.Response:
        """Open a page; `path` is without /staff."""
        return await self.http.get(
            f"/staff{path}", headers=headers, follow_redirects=follow
        )

    async def send(
        self,
        path: str,
        fields: Mapping[str, str] | None = None,
        follow: bool = False,
        **headers: str,
    ) -> httpx.Response:
        """Send a form of a page as a browser does, with its CSRF token."""
        own = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}
        return await self.http.post(
            f"/staff{path}",
            data={"csrf": self.csrf, **(fields or {})},
            headers={**own, **headers},
            follow_redirects=follow,
        )

    async def close(self) -> None:
        """Close the browser."""
        await self.http.aclose()


def browser_of(
    app: Starlette,
    world: World,
    role: Role | None = None,
    login: str = "",
    language: Language = "en",
) -> StaffBrowser:
    """Return a browser with a new person of a role signed in; no role: nobody."""
    person = add_person(world, role, login, language) if role is not None else None
    return StaffBrowser(app, world, person)
