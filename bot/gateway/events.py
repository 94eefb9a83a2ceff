"""Sends messages that come later to an open page: server-sent events, resumable."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.channels.web import present
from bot.gateway.problems import Problem
from bot.gateway.reading import read_conversation
from bot.gateway.world import World, world_of
from bot.storage import conversations, messages

_KEEP_ALIVE_SECONDS: Final = 15.0
_MAX_STREAMS: Final = 2_000


async def stream_events(request: Request) -> Response:
    """Stream the conversation's messages after Last-Event-ID, as they come."""
    world = world_of(request)
    conversation = read_conversation(request, world.key)
    last = request.headers.get("last-event-id") or request.query_params.get(
        "after", "0"
    )
    if not (last.isascii() and last.isdigit() and len(last) <= 9):
        raise Problem("bad_request")
    if world.wakeups.listeners() >= _MAX_STREAMS:
        raise Problem("unavailable")
    if await asyncio.to_thread(_read, world, conversation, int(last)) is None:
        raise Problem("no_session")
    return StreamingResponse(
        _events(request, world, conversation, int(last)),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(
    request: Request, world: World, conversation: str, last: int
) -> AsyncIterator[str]:
    with world.wakeups.listening(conversation) as bell:
        world.metrics.streams.set(world.wakeups.listeners())
        try:
            while not await request.is_disconnected():
                bell.clear()
                found = await asyncio.to_thread(_read, world, conversation, last)
                if found is None:
                    yield "event: ended\ndata: {}\n\n"
                    return
                for message in found:
                    last = message["seq"]
                    data = json.dumps(present(message), ensure_ascii=False)
                    yield f"id: {last}\nevent: message\ndata: {data}\n\n"
                try:
                    await asyncio.wait_for(bell.wait(), _KEEP_ALIVE_SECONDS)
                except asyncio.TimeoutError:
                    yield ": still here\n\n"
        finally:
            world.metrics.streams.dec()


def _read(world: World, conversation: str, last: int) -> list[dict[str, Any]] | None:
    with world.storage.read() as session:
        if conversations.find_conversation(session, conversation) is None:
            return None
        return messages.messages_after(session, conversation, last)
