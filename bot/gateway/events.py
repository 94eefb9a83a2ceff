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
from bot.gateway.reading import read_address, read_conversation
from bot.gateway.world import World, world_of
from bot.services.turn_keeping import with_summaries
from bot.storage import messages, ownership
from bot.storage.ownership import Ownership

_KEEP_ALIVE_SECONDS: Final = 15.0
# A person may write through another gateway, which cannot ring our bell.
_LOOK_SECONDS: Final = 1.0
# A few tabs; whoever gets none asks now and then instead.
_MAX_OF_A_CONVERSATION: Final = 5
_TYPING: Final = f"event: typing\ndata: {json.dumps({'who': 'staff'})}\n\n"


async def stream_events(request: Request) -> Response:
    """Stream the conversation's messages after Last-Event-ID, as they come."""
    world = world_of(request)
    conversation = read_conversation(request, world.key)
    last = request.headers.get("last-event-id") or request.query_params.get(
        "after", "0"
    )
    if not (last.isascii() and last.isdigit() and len(last) <= 9):
        raise Problem("bad_request")
    world.limits.count_read(conversation)
    address = read_address(request)
    if not (
        world.limits.may_stream(address)
        and world.wakeups.listeners_to(conversation) < _MAX_OF_A_CONVERSATION
    ):
        raise Problem("unavailable")
    if await asyncio.to_thread(_read, world, conversation, int(last)) is None:
        raise Problem("no_session")
    return StreamingResponse(
        _events(request, world, conversation, int(last), address),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(
    request: Request, world: World, conversation: str, last: int, address: str
) -> AsyncIterator[str]:
    clock = asyncio.get_running_loop().time
    spoken_at, typing_at = clock(), -_LOOK_SECONDS
    with (
        world.wakeups.listening(conversation) as bell,
        world.limits.streaming(address),
        world.metrics.streams.track_inprogress(),
    ):
        while not (world.wakeups.is_closing or await request.is_disconnected()):
            bell.clear()
            found = await asyncio.to_thread(_read, world, conversation, last)
            if found is None:
                yield "event: ended\ndata: {}\n\n"
                return
            owned, new = found
            for message in new:
                last, spoken_at = message["seq"], clock()
                data = json.dumps(present(message), ensure_ascii=False)
                yield f"id: {last}\nevent: message\ndata: {data}\n\n"
            is_typing = owned.is_typing("staff", world.now())
            if is_typing and clock() - typing_at >= _LOOK_SECONDS:
                typing_at = spoken_at = clock()
                yield _TYPING
            if clock() - spoken_at >= _KEEP_ALIVE_SECONDS:
                spoken_at = clock()
                yield ": still here\n\n"
            await _pause(bell, owned, spoken_at + _KEEP_ALIVE_SECONDS - clock())


async def _pause(bell: asyncio.Event, owned: Ownership, rest: float) -> None:
    """Wait for the bell, but not past the next sign of life or the next look."""
    seconds = min(rest, _LOOK_SECONDS) if owned.is_person else rest
    try:
        await asyncio.wait_for(bell.wait(), max(seconds, 0.0))
    except asyncio.TimeoutError:
        return


def _read(
    world: World, conversation: str, last: int
) -> tuple[Ownership, list[dict[str, Any]]] | None:
    with world.storage.read() as session:
        owned = ownership.ownership_of(session, conversation)
        if owned is None:
            return None
        new = messages.messages_after(session, conversation, last)
        return owned, with_summaries(session, new, world.shelf.current)
