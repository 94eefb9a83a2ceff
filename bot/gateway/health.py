"""Tells machines how the assistant is: alive, ready to answer, and in numbers."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.core.entries import Entry
from bot.gateway.world import World, world_of

logger: Final = logging.getLogger(__name__)
# A conversation of our own; a visitor's id is an HMAC and never this one.
_PROBE: Final = "0" * 32
_WHILE_SILENT: Final = 0.3
# A whole turn each time: not as often as a refused connection may be tried.
_WHILE_WITHOUT_ANSWER: Final = 5.0
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
            world.is_ready = await _is_answered(world, number)
            pause = _WHILE_READY if world.is_ready else _WHILE_WITHOUT_ANSWER
        # Whatever it was, no visitor gets an answer.
        except Exception:
            world.is_ready, pause = False, _WHILE_SILENT
        if world.is_ready != was_ready:
            logger.info("ready to answer" if world.is_ready else "not ready to answer")
        await asyncio.sleep(pause)


async def _is_answered(world: World, number: int) -> bool:
    entry = _any_answer(world)
    question = entry.texts["en"].title if entry else "hello"
    reply = await world.rasa.send(_PROBE, str(number), question, None, "en")
    # An office that has approved nothing yet still hands over to a person.
    return entry is None or bool(reply.entries or reply.options)


def _any_answer(world: World) -> Entry | None:
    shown = world.shelf.knowledge().shown(world.settings.REQUIRE_APPROVED)
    # Those about the assistant itself are shown without an approval, and in other ways.
    answers = (entry for entry in shown if entry.group != "meta")
    return min(answers, key=lambda entry: entry.id, default=None)


routes = [
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/metrics", metrics),
]
