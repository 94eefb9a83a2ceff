"""Hears that a visitor is typing, so that the person who has the chat can see it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.gateway.reading import read_conversation
from bot.gateway.world import World, world_of
from bot.storage import ownership
from bot.storage.ownership import Who

# Signs come every two seconds at most; one that gets lost is not seen.
SHOWN_FOR: Final = timedelta(seconds=6)
_LEAST_APART: Final = timedelta(seconds=2)


async def note_visitor(request: Request) -> Response:
    """Note that the visitor is typing; nothing of what they type comes here."""
    world = world_of(request)
    conversation = read_conversation(request, world.key)
    await asyncio.to_thread(note_typing, world, conversation, "visitor")
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


def note_typing(world: World, conversation: str, who: Who) -> None:
    """Note that somebody types where a person has the conversation."""
    now = world.now()
    until = now + SHOWN_FOR
    with world.storage.read() as session:
        owned = ownership.ownership_of(session, conversation)
    if owned is None or not owned.is_person:
        return
    known = owned.staff_typing_until if who == "staff" else owned.visitor_typing_until
    if known is not None and until - known < _LEAST_APART:
        return
    with world.storage.begin() as session:
        ownership.note_typing(session, conversation, who, until)


routes = [Route("/api/chat/typing", note_visitor, methods=["POST"])]
