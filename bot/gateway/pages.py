"""The example of an office's website at /, with the widget in it, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.core.languages import as_language
from bot.gateway.reading import preferred_language

_HERE: Final = Path(__file__).parent


async def home(request: Request) -> Response:
    """Return the example page in the language asked for, else the browser's."""
    language = as_language(request.query_params.get("lang"))
    page = f"{language or preferred_language(request)}.html"
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    return FileResponse(_HERE / "demo" / page, headers=headers)


async def no_icon(_request: Request) -> Response:
    """Answer browsers that look for an icon; the page has none on purpose."""
    return Response(status_code=204)


routes = [
    Route("/", home),
    Route("/favicon.ico", no_icon),
    Mount("/static", StaticFiles(directory=_HERE / "static")),
]
