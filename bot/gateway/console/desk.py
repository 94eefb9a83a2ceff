"""What every page of the console works with: who is there, forms, templates, notices.

A page module lists its pages: `pages: Final = (ConsolePage("/queue", show_queue,
"see_requests"), ...)`. Before an endpoint runs, the console has checked the sign-in,
the permission and, for a POST, that the form is one of its own.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.core.dates import spoken_date
from bot.core.languages import LANGUAGES, Language, as_language
from bot.core.staff import Permission, Staff
from bot.gateway.console.fault_words import tell
from bot.gateway.console.runs import Runs
from bot.gateway.console.words import Words
from bot.gateway.layouts import escaping
from bot.gateway.plain_form import LANGUAGE_NAMES
from bot.gateway.rate_limits import RateLimits
from bot.gateway.reading import preferred_language
from bot.gateway.world import World
from bot.services.passwords import Passwords

PREFIX: Final = "/staff"
NOTICE_COOKIE: Final = "__Host-desk-notice"
_NOTICE_SECONDS: Final = 60
_TEMPLATES: Final = Path(__file__).parent / "templates"
_OWN_PATH: Final = re.compile(r"/(?:[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*)?")
# The pages of the menu: address, permission, words.
_MENU: Final[tuple[tuple[str, Permission, str], ...]] = (
    ("/requests", "see_requests", "base.requests"),
    ("/numbers", "see_numbers", "base.numbers"),
    ("/knowledge", "edit_knowledge", "base.knowledge"),
    ("/misses", "see_misses", "base.misses"),
    ("/agreements", "edit_knowledge", "base.agreements"),
    ("/staff", "manage_staff", "base.staff"),
    ("/audit", "see_audit", "base.audit"),
    ("/account", "see_own_account", "base.account"),
)


@dataclass(frozen=True)
class Desk:
    """What all pages share; built once when the process starts."""

    world: World
    words: Words
    templates: Environment
    session_key: bytes
    factor_key: bytes
    limits: RateLimits
    passwords: Passwords = field(default_factory=Passwords)
    # One check of a password takes 64 MB: at most four at once.
    hashing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(4))
    # Slow commands that staff ask for while they edit.
    runs: Runs = field(default_factory=Runs)


@dataclass(frozen=True)
class Visit:
    """One request of somebody who is signed in and may do what they ask."""

    request: Request
    staff: Staff
    world: World
    csrf: str
    # Under this name the sign-in is kept; the token itself stays in the browser.
    session_key: str = ""

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.world.now()


Endpoint = Callable[[Visit], Awaitable[Response]]


@dataclass(frozen=True)
class ConsolePage:
    """An address under /staff, what it does, and what one must be allowed to do."""

    path: str
    endpoint: Endpoint
    permission: Permission
    methods: tuple[str, ...] = ("GET",)
    # Whether its form has very many or very long fields: wide_form.py.
    is_wide: bool = False


async def read_fields(visit: Visit) -> dict[str, str]:
    """Return the fields of the form that was sent; its CSRF token is checked already.

    Raises:
        Problem: the body is too large or is not a form.
    """
    fields: dict[str, str] = visit.request.state.fields
    return dict(fields)


def show(visit: Visit, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page, or a part of one, in the language of the person there."""
    return render(
        visit.request,
        template,
        status,
        language=visit.staff.language,
        staff=visit.staff,
        csrf=visit.csrf,
        **values,
    )


def go_to(visit: Visit, path: str, notice: str | None = None) -> Response:
    """Send the browser to a page of the console, which shows the notice once.

    `path` is without /staff. htmx, which would take the page for a part, is told to
    go there in the browser's own way.
    """
    return _with_notice(_leave_for(visit, path), notice)


def is_fragment(visit: Visit) -> bool:
    """Return whether htmx asks for a part of a page only."""
    return wants_fragment(visit.request)


def wants_fragment(request: Request) -> bool:
    """Return whether htmx asks, and not for a whole page."""
    headers = request.headers
    return headers.get("hx-request") == "true" and "hx-boosted" not in headers


def desk_of(request: Request) -> Desk:
    """Return what all pages share."""
    desk: Desk = request.app.state.desk
    return desk


def own_path(value: str | None, otherwise: str = "/") -> str:
    """Return a path of the console that came from outside, if it is one.

    >>> own_path("/requests/4F2K"), own_path("//evil.example"), own_path(None, "/x")
    ('/requests/4F2K', '/', '/x')
    """
    return value if value and _OWN_PATH.fullmatch(value) else otherwise


def path_of(request: Request) -> str:
    """Return the path of a request without /staff."""
    return request.url.path.removeprefix(PREFIX) or "/"


def language_of(request: Request) -> Language:
    """Return the language for somebody who is not signed in."""
    wanted = as_language(request.query_params.get("lang"))
    return wanted or preferred_language(request)


def render(
    request: Request,
    template: str,
    status: int = 200,
    *,
    language: Language,
    staff: Staff | None = None,
    csrf: str = "",
    **values: Any,
) -> HTMLResponse:
    """Return a template filled for somebody, or for nobody known."""
    desk = desk_of(request)

    def word(key: str, **blanks: object) -> str:
        return desk.words.say(key, language, **blanks)

    def local_time(moment: datetime) -> str:
        local = desk.world.shelf.current.desk.local(moment)
        return spoken_time(local, language)

    notice = "" if wants_fragment(request) else request.cookies.get(NOTICE_COOKIE, "")
    filled = desk.templates.get_template(template).render(
        staff=staff,
        csrf=csrf,
        csrf_field=lambda: _hidden_field(csrf),
        may=lambda permission: staff is not None and staff.may(permission),
        word=word,
        language=language,
        languages=[(name, LANGUAGE_NAMES[name]) for name in LANGUAGES],
        path=path_of(request),
        local_time=local_time,
        tell=lambda fault: tell(fault, desk.words, language),
        shown_notice=word(notice) if notice in desk.words else "",
        menu=_menu_of(staff),
        **values,
    )
    response = HTMLResponse(filled, status)
    if notice:
        _set_notice(response, "", 0)
    return response


def spoken_time(local: datetime, language: Language) -> str:
    """Return a moment of the office's clock in words.

    >>> spoken_time(datetime(2026, 7, 20, 14, 5), "en")
    'July 20, 2026, 2:05 p.m.'
    >>> spoken_time(datetime(2026, 7, 20, 0, 5), "es")
    '20 de julio de 2026, 12:05 a. m.'
    """
    half = "ap"[local.hour >= 12]
    half = f"{half}.m." if language == "en" else f"{half}. m."
    hour = local.hour % 12 or 12
    return f"{spoken_date(local.date(), language)}, {hour}:{local.minute:02} {half}"


def load_templates() -> Environment:
    """Return the console's templates; whatever they are given is escaped."""
    return escaping(_TEMPLATES)


def _leave_for(visit: Visit, path: str) -> Response:
    address = f"{PREFIX}{path}"
    if is_fragment(visit):
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


def _with_notice(response: Response, notice: str | None) -> Response:
    if notice:
        _set_notice(response, notice, _NOTICE_SECONDS)
    return response


def _set_notice(response: Response, notice: str, seconds: int) -> None:
    response.set_cookie(
        NOTICE_COOKIE,
        notice,
        max_age=seconds,
        path="/",
        secure=True,
        httponly=True,
        samesite="strict",
    )


def _hidden_field(csrf: str) -> Markup:
    return Markup('<input type="hidden" name="csrf" value="{}">').format(csrf)


def _menu_of(staff: Staff | None) -> list[tuple[str, str]]:
    if staff is None:
        return []
    return [(path, words) for path, may, words in _MENU if staff.may(may)]
