"""Tells machines how the assistant is: alive, ready to answer, and in numbers."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.core.errors import DialogueError
from bot.gateway.world import World, world_of

logger: Final = logging.getLogger(__name__)
# A conversation of our own; a visitor's id is an HMAC and never this one.
_PROBE: Final = "0" * 32
_WHILE_STARTING: Final = 0.3
_WHILE_READY: Final = 30.0


async def healthz(_request: Request) -> Response:
    """Say that the process lives."""
    return JSONResponse({"status": "alive"}, headers={"Cache-Control": "no-store"})


async def readyz(request: Request) -> Response:
    """Say whether a question would be answered, and if not, what is missing."""
    world = world_of(request)
    database = await asyncio.to_thread(world.storage.is_answering)
    details = {
        "database": database,
        "dialogue": world.is_ready,
        "knowledge": {
            "version": world.shelf.knowledge().version,
            "faults": list(map(str, world.shelf.faults)),
        },
    }
    ready = database and world.is_ready
    body = {"status": "ready" if ready else "not ready", **details}
    return JSONResponse(body, 200 if ready else 503, {"Cache-Control": "no-store"})


async def metrics(request: Request) -> Response:
    """Return the counts for Prometheus."""
    text = world_of(request).metrics.text()
    return Response(text, media_type="text/plain; version=0.0.4")


async def keep_asking(world: World) -> None:
    """Find out again and again whether a real question gets a real answer."""
    number = 0
    while True:
        number += 1
        was_ready = world.is_ready
        try:
            reply = await world.rasa.send(
                _PROBE, str(number), "what is a detainer", None, "en"
            )
            world.is_ready = bool(reply.entries)
        except DialogueError:
            world.is_ready = False
        if world.is_ready != was_ready:
            logger.info("ready to answer" if world.is_ready else "not ready to answer")
        await asyncio.sleep(_WHILE_READY if world.is_ready else _WHILE_STARTING)


routes = [
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/metrics", metrics),
]
