"""Serves the widget: one script for the office's website, and what it loads."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.gateway.problems import Problem
from bot.gateway.world import World, world_of
from bot.services.widget_files import EMBED, WidgetFiles

_FOREVER: Final = "public, max-age=31536000, immutable"
# A page may name an older version for as long as a browser keeps its script tag.
_SHORTLY: Final = "public, max-age=300"


# Not async: after an edit the knowledge is read anew, which takes seconds and must not
# hold up other visitors; Starlette gives these a thread of their own.
def embed(request: Request) -> Response:
    """Return the script that an office's website includes."""
    return _respond(request, _files(world_of(request)), EMBED, _SHORTLY)


def module(request: Request) -> Response:
    """Return one module; for ever, where the address names the version in use."""
    files = _files(world_of(request))
    name = request.path_params["name"]
    if name not in files.plain:
        raise Problem("not_found")
    is_current = request.path_params["version"] == files.version
    return _respond(request, files, name, _FOREVER if is_current else _SHORTLY)


def _files(world: World) -> WidgetFiles:
    return world.widget.files(world.shelf.knowledge())


def _respond(request: Request, files: WidgetFiles, name: str, keeping: str) -> Response:
    headers = {
        "Cache-Control": keeping,
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Accept-Encoding",
    }
    accepted = request.headers.get("accept-encoding", "")
    if "gzip" in accepted:
        headers["Content-Encoding"] = "gzip"
        return Response(files.packed[name], 200, headers, "text/javascript")
    return Response(files.plain[name], 200, headers, "text/javascript")


routes = [
    Route("/embed.js", embed),
    Route("/widget/{version}/{name}", module),
]
