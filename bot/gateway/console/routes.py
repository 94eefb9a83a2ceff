"""Collects the pages of the console and puts them under /staff."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.gateway.console import (
    account,
    agreements,
    audit_page,
    conversation,
    exports,
    knowledge_edit,
    knowledge_effect,
    knowledge_history,
    knowledge_list,
    knowledge_new,
    knowledge_paper,
    knowledge_tools,
    misses_page,
    numbers,
    queue,
    registers_owners,
    registers_page,
    request_page,
    sign_in,
    staff_pages,
)
from bot.gateway.console.desk import PREFIX, ConsolePage, Desk, load_templates
from bot.gateway.console.door import Gate, open_to_staff, tell_unknown
from bot.gateway.console.wide_form import with_many_fields
from bot.gateway.console.words import load_words
from bot.gateway.guard import Guard
from bot.gateway.rate_limits import RateLimits
from bot.gateway.world import World
from bot.storage.keys import derived_key

_STATIC: Final = Path(__file__).parent / "static"
# In this order: an export's address would else pass for a request's.
# Files of a request come before its page: /requests/4F2K.pdf would be a request, too.
_MODULES: Final = (
    sign_in,
    account,
    staff_pages,
    audit_page,
    queue,
    exports,
    request_page,
    conversation,
    numbers,
    agreements,
    misses_page,
    # The entries' own pages last: their address takes any word.
    knowledge_list,
    knowledge_new,
    knowledge_tools,
    registers_owners,
    registers_page,
    knowledge_history,
    knowledge_paper,
    knowledge_effect,
    knowledge_edit,
)


def all_pages() -> tuple[ConsolePage, ...]:
    """Return every page of the console."""
    return tuple(page for module in _MODULES for page in module.pages)


def console_routes(
    world: World, pages: Sequence[ConsolePage] | None = None
) -> list[BaseRoute]:
    """Return the routes of the console; none where it is switched off."""
    settings = world.settings
    if settings.STAFF_CONSOLE == "off":
        return []
    console = Starlette(
        routes=[
            *sign_in.open_routes,
            *agreements.file_routes,
            *map(_route, all_pages() if pages is None else pages),
            Mount("/static", _StaticFiles(directory=_STATIC)),
        ],
        middleware=[Middleware(Gate, networks=settings.staff_networks)],
        exception_handlers={HTTPException: tell_unknown},
    )
    console.router.redirect_slashes = False
    console.state.world = world
    console.state.desk = Desk(
        world,
        load_words(),
        load_templates(),
        derived_key(settings, "staff sessions"),
        derived_key(settings, "staff second factor"),
        # Of its own, so that visitors and staff of one network do not share it.
        RateLimits(time.monotonic, settings.RATE_LIMITS == "on"),
    )
    # Mount alone would send /staff to /staff/, past the console's own gate.
    return [Route(PREFIX, _AtHome(console)), Mount(PREFIX, console)]


def console_app(world: World, pages: Sequence[ConsolePage]) -> Starlette:
    """Return an application that is the console only, for tests of its pages."""
    app = Starlette(
        routes=console_routes(world, pages),
        middleware=[Middleware(Guard, origins=world.settings.origins)],
    )
    app.state.world = world
    return app


class _AtHome:
    """Takes a request of /staff as one of /staff/."""

    def __init__(self, console: ASGIApp) -> None:
        self._console = console

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        home = {**scope, "path": f"{PREFIX}/", "root_path": PREFIX}
        await self._console(home, receive, send)


class _StaticFiles(StaticFiles):
    """The style and htmx: nobody's secret, so that browsers may ask whether new."""

    def file_response(self, *args: Any, **options: Any) -> Response:
        """Return a file that browsers keep but ask about."""
        response = super().file_response(*args, **options)
        response.headers["Cache-Control"] = "no-cache"
        return response


def _route(page: ConsolePage) -> Route:
    answer = with_many_fields(page) if page.is_wide else open_to_staff(page)
    return Route(page.path, answer, methods=list(page.methods))
