"""Stands before every route: foreign websites stay out, answers carry safe headers."""

from __future__ import annotations

from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.problems import problem_response

_SAFE_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_ALLOWED_METHODS: Final = "GET, POST, DELETE"
_ALLOWED_HEADERS: Final = "Authorization, Content-Type, Last-Event-ID"


class Guard:
    """Middleware: Origin first, then headers on whatever is answered."""

    def __init__(self, app: ASGIApp, origins: frozenset[str]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the request and pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        own = origin is not None and origin.split("://", 1)[-1] == headers.get("host")
        if origin is not None and not own and origin not in self._origins:
            await problem_response("foreign_origin")(scope, receive, send)
            return
        allowed = origin if origin in self._origins else None

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), allowed)
            await send(message)

        if allowed and scope["method"] == "OPTIONS":
            await Response(status_code=204)(scope, receive, send_safely)
            return
        await self._app(scope, receive, send_safely)


def _add_headers(headers: MutableHeaders, allowed: Any) -> None:
    for name, value in _SAFE_HEADERS.items():
        headers.setdefault(name, value)
    if allowed:
        headers["Access-Control-Allow-Origin"] = allowed
        headers["Access-Control-Allow-Methods"] = _ALLOWED_METHODS
        headers["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
        headers.add_vary_header("Origin")
