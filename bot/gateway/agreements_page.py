"""The page /agreements: ICE's list of agreements, for anybody to search and cite."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.core.errors import ContentError
from bot.core.languages import as_language
from bot.core.safety import clean_text
from bot.gateway.agreements_view import ListPage, Shelf, render_list
from bot.gateway.reading import preferred_language
from bot.gateway.world import World, world_of
from bot.services.agreement_overrides import read_overrides
from bot.services.agreements import current

PATH: Final = "/agreements"
logger: Final = logging.getLogger(__name__)
# What was searched for stands in the address: no other website is told it.
_HEADERS: Final = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
_MOST_LETTERS: Final = 100
_MOST_DIGITS: Final = 4
# While their overrides cannot be read, nothing is shown of these states.
_BY_HAND: Final = frozenset({"NJ", "NY"})


async def show_list(request: Request) -> Response:
    """Show the list, or the part of it that fits the words and the state."""
    world = world_of(request)
    page = read_page(request)
    html = await asyncio.to_thread(_render, world, page)
    return HTMLResponse(html, headers=_HEADERS)


def read_page(request: Request) -> ListPage:
    """Return what is looked for from the address; what makes no sense is left out."""
    asked = request.query_params
    state = asked.get("state", "").upper()
    number = asked.get("page", "")
    is_number = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    return ListPage(
        language=as_language(asked.get("lang")) or preferred_language(request),
        words=clean_text(asked.get("q", "")[:_MOST_LETTERS]),
        state=state if len(state) == 2 and state.isascii() and state.isalpha() else "",
        number=int(number) if is_number else 1,
    )


def _render(world: World, page: ListPage) -> str:
    with world.storage.read() as session:
        snapshot = current(session)
    try:
        shelf = Shelf(snapshot, read_overrides(world.settings.KNOWLEDGE_DIR))
    except ContentError as error:
        for fault in error.faults:
            logger.error("overrides not taken up: %s", fault)
        shelf = Shelf(snapshot, {}, _BY_HAND)
    knowledge = world.shelf.knowledge()
    return render_list(page, shelf, knowledge, knowledge.desk.local(world.now()).date())


routes = [Route(PATH, show_list, methods=["GET"])]
