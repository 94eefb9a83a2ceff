"""The plain page at / to chat on until an office has the widget on its own site."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

_FOLDER: Final = Path(__file__).parent / "static"


async def home(_request: Request) -> Response:
    """Return the chat page."""
    return FileResponse(_FOLDER / "chat.html", headers={"Cache-Control": "no-cache"})


async def no_icon(_request: Request) -> Response:
    """Answer browsers that look for an icon; the page has none on purpose."""
    return Response(status_code=204)


routes = [
    Route("/", home),
    Route("/favicon.ico", no_icon),
    Mount("/static", StaticFiles(directory=_FOLDER)),
]
