"""The page /incidents: what went wrong so far, told to anybody."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.core.dates import spoken_date
from bot.core.languages import Language, as_language, other_language
from bot.gateway.layouts import layouts
from bot.gateway.plain_form import LANGUAGE_NAMES
from bot.gateway.reading import preferred_language
from bot.gateway.world import world_of
from bot.knowledge.base import KnowledgeBase
from bot.services.showing import say

PATH: Final = "/incidents"
_HEADERS: Final = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
_WORDS: Final = (
    "incidents_done",
    "incidents_happened",
    "incidents_intro",
    "incidents_none",
    "incidents_tell_us",
    "incidents_title",
    "incidents_touched",
    "plain_history",
    "plain_leave",
)


async def show_incidents(request: Request) -> Response:
    """Show all incidents, newest first, or that none has been published."""
    world = world_of(request)
    wanted = as_language(request.query_params.get("lang"))
    language = wanted or preferred_language(request)
    # Reading an edited knowledge folder anew takes seconds.
    knowledge = await asyncio.to_thread(world.shelf.knowledge)
    return HTMLResponse(_render(knowledge, language), headers=_HEADERS)


def _render(knowledge: KnowledgeBase, language: Language) -> str:
    other = other_language(language)
    template = layouts().get_template("incidents.html")
    return template.render(
        language=language,
        other_language=other,
        other_name=LANGUAGE_NAMES[other],
        words={key: say(knowledge, key, language) for key in _WORDS},
        incidents=[
            (one.day, spoken_date(one.day, language), one.accounts[language])
            for one in knowledge.incidents
        ],
    )


routes = [Route(PATH, show_incidents, methods=["GET"])]
