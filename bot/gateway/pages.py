"""The plain page at / to chat on until an office has the widget on its own site."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.core.languages import LANGUAGES
from bot.gateway.world import world_of
from bot.services.showing import say

_FOLDER: Final = Path(__file__).parent / "static"
# The phrases that the page itself says, in the language of the answer they stand under.
_WORDS: Final = (
    "feedback_ask",
    "feedback_helped",
    "feedback_not_helped",
    "feedback_share",
    "feedback_yes",
    "feedback_no",
    "feedback_thanks",
    "feedback_shared",
    "feedback_failed",
)


async def home(_request: Request) -> Response:
    """Return the chat page."""
    return FileResponse(_FOLDER / "chat.html", headers={"Cache-Control": "no-cache"})


async def words(request: Request) -> Response:
    """Return the office's phrases that the page says, in each language."""
    knowledge = world_of(request).shelf.knowledge()
    found = {
        language: {key: say(knowledge, key, language) for key in _WORDS}
        for language in LANGUAGES
    }
    return JSONResponse(found, headers={"Cache-Control": "no-cache"})


async def no_icon(_request: Request) -> Response:
    """Answer browsers that look for an icon; the page has none on purpose."""
    return Response(status_code=204)


routes = [
    Route("/", home),
    Route("/words.json", words),
    Route("/favicon.ico", no_icon),
    Mount("/static", StaticFiles(directory=_FOLDER)),
]
