"""The chat API's votes: whether an answer helped."""

from __future__ import annotations

import asyncio
import secrets
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.gateway.reading import read_address, read_ballot, read_conversation, read_json
from bot.gateway.world import world_of
from bot.services.feedback import cast_vote


async def give_feedback(request: Request) -> Response:
    """Keep a vote on one answer of this conversation."""
    world = world_of(request)
    data = await read_json(request)
    conversation = read_conversation(request, world.key)
    ballot = read_ballot(conversation, data)
    world.limits.count_message(conversation, read_address(request))
    keeps_misses = world.settings.KEEP_MISSES == "on"
    is_news = await asyncio.to_thread(
        cast_vote,
        world.storage,
        world.key,
        ballot,
        world.now(),
        partial(secrets.token_hex, 8) if keeps_misses else None,
    )
    if is_news:
        world.metrics.feedback.labels("yes" if ballot.helpful else "no").inc()
    return JSONResponse({"recorded": True}, headers={"Cache-Control": "no-store"})


routes = [Route("/api/chat/feedback", give_feedback, methods=["POST"])]
