"""The console's door: who may enter, which forms are our own, how refusals look."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.core.errors import ChangedByOther, NotAllowed, RequestGone, StorageError
from bot.core.staff import Staff
from bot.gateway.console.desk import (
    PREFIX,
    ConsolePage,
    Visit,
    desk_of,
    language_of,
    path_of,
    render,
    wants_fragment,
)
from bot.gateway.problems import Problem, problem_response
from bot.gateway.reading import read_form
from bot.services.sign_ins import staff_of, token_key

logger: Final = logging.getLogger(__name__)
SESSION_COOKIE: Final = "__Host-desk"
_SAFE_METHODS: Final = frozenset({"GET", "HEAD"})
_OWN_SITE: Final = frozenset({"same-origin", "none"})
_HEADERS: Final = {
    "Cache-Control": "no-store",
    # Without require-trusted-types-for: htmx 2 swaps nothing under it (Chromium).
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; "
        "form-action 'self'; base-uri 'none'; object-src 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# Errors and statuses by the words of error.html that tell them.
_TOLD: Final[tuple[tuple[type[Exception], int, str], ...]] = (
    (ChangedByOther, 409, "changed"),
    (RequestGone, 404, "gone"),
    (NotAllowed, 409, "not_allowed"),
    (StorageError, 503, "unavailable"),
)
_TOLD_STATUS: Final = {
    403: "forbidden",
    404: "gone",
    405: "not_read",
    503: "unavailable",
}
_PROBLEM_STATUS: Final = {"too_large": 413, "unsupported_media_type": 415}

Answer = Callable[[Request], Awaitable[Response]]


class Gate:
    """Middleware: unknown networks find nothing here; answers carry safe headers."""

    def __init__(
        self, app: ASGIApp, networks: tuple[IPv4Network | IPv6Network, ...]
    ) -> None:
        self._app = app
        self._networks = networks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer as if there were no console."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not self._is_let_in((scope.get("client") or ("",))[0]):
            await problem_response("not_found")(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_safely)

    def _is_let_in(self, address: str) -> bool:
        if not self._networks:
            return True
        try:
            found = ip_address(address)
        except ValueError:
            return False
        if isinstance(found, IPv6Address) and found.ipv4_mapped:
            found = found.ipv4_mapped
        return any(found in network for network in self._networks)


def open_to_staff(page: ConsolePage) -> Answer:
    """Return what answers requests of a page: its endpoint behind all checks."""

    async def answer(request: Request) -> Response:
        desk = desk_of(request)
        # Reading edited knowledge anew takes seconds: not in the endpoint.
        await asyncio.to_thread(desk.world.shelf.knowledge)
        person, key = await _find_staff(request)
        if person is None:
            return _ask_to_sign_in(request)
        request.state.staff = person
        if not person.may(page.permission):
            return tell(request, 403, "forbidden")
        csrf = csrf_token(desk.session_key, key)
        if request.method not in _SAFE_METHODS and not await _is_own(request, csrf):
            return tell(request, 403, "foreign")
        return await page.endpoint(Visit(request, person, desk.world, csrf, key))

    return told_in_words(answer)


def told_in_words(answer: Answer) -> Answer:
    """Return the same, with errors told as pages in the language of who is there."""

    async def tell_errors(request: Request) -> Response:
        try:
            return await answer(request)
        except Exception as error:
            return tell_error(request, error)

    return tell_errors


async def tell_unknown(request: Request, error: Exception) -> Response:
    """Return the page about an address that the console does not have."""
    with suppress(StorageError):
        request.state.staff, _ = await _find_staff(request)
    return tell_error(request, error)


def tell_error(request: Request, error: Exception) -> Response:
    """Return the page about an error; only the kind of an unforeseen one is logged."""
    for kind, status, words in _TOLD:
        if isinstance(error, kind):
            return tell(request, status, words)
    if isinstance(error, Problem):
        return tell(request, _PROBLEM_STATUS.get(error.code, 400), "not_read")
    if isinstance(error, HTTPException):
        status = error.status_code
        return tell(request, status, _TOLD_STATUS.get(status, "not_read"))
    logger.error("incident %s: %s", secrets.token_hex(4), type(error).__name__)
    return tell(request, 500, "failed")


def tell(request: Request, status: int, words: str) -> Response:
    """Return the page that tells a refusal: words/base.yml, `error_<words>`."""
    person: Staff | None = getattr(request.state, "staff", None)
    is_part = wants_fragment(request)
    response = render(
        request,
        "error_part.html" if is_part else "error.html",
        status,
        language=person.language if person else language_of(request),
        staff=person,
        csrf=_csrf_of(request) if person else "",
        problem=words,
    )
    if is_part:
        # Wherever the part would have gone: errors have a place of their own.
        response.headers["HX-Retarget"] = "#problems"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def csrf_token(key: bytes, session_key: str) -> str:
    """Return the token that all forms of one sign-in carry."""
    said = f"csrf:{session_key}".encode()
    return hmac.new(key, said, hashlib.sha256).hexdigest()


def is_from_own_page(request: Request) -> bool:
    """Return whether the browser says that a form comes from a page of ours.

    Browsers too old to say so are believed; the token of the form is checked, too.
    """
    origin = request.headers.get("origin")
    if origin is not None and origin.split("://", 1)[-1] != request.headers.get("host"):
        return False
    return request.headers.get("sec-fetch-site", "none") in _OWN_SITE


async def _find_staff(request: Request) -> tuple[Staff | None, str]:
    token = request.cookies.get(SESSION_COOKIE, "")
    if not token:
        return None, ""
    desk = desk_of(request)
    key = token_key(token, desk.session_key)
    # A page that asks for news by itself does not mean that somebody is there.
    is_use = not (wants_fragment(request) and request.method in _SAFE_METHODS)
    world = desk.world
    person = await asyncio.to_thread(staff_of, world.storage, key, world.now(), is_use)
    return person, key


async def _is_own(request: Request, csrf: str) -> bool:
    if not is_from_own_page(request):
        return False
    fields = await read_form(request)
    given = fields.pop("csrf", "") or request.headers.get("x-csrf", "")
    request.state.fields = fields
    return hmac.compare_digest(given.encode(), csrf.encode())


def _csrf_of(request: Request) -> str:
    desk = desk_of(request)
    key = token_key(request.cookies.get(SESSION_COOKIE, ""), desk.session_key)
    return csrf_token(desk.session_key, key)


def _ask_to_sign_in(request: Request) -> Response:
    path = path_of(request)
    address = f"{PREFIX}/sign-in" + (f"?next={quote(path)}" if path != "/" else "")
    is_reading = request.method in _SAFE_METHODS
    if is_reading and wants_fragment(request):
        headers = {"HX-Redirect": f"{PREFIX}/sign-in"}
        return Response(status_code=401, headers=headers)
    if not is_reading:
        return tell(request, 401, "signed_out")
    if request.headers.get("sec-fetch-site") == "cross-site":
        # A link in a message: browsers keep the cookie back, but not from ourselves.
        return render(request, "onward.html", language=language_of(request))
    return RedirectResponse(address, 303)
