"""The chat API: start a conversation, send a message, read on, delete everything."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.core.conversations import TOKEN_BYTES
from bot.core.languages import as_language
from bot.gateway import visits
from bot.gateway.events import stream_events
from bot.gateway.problems import Problem
from bot.gateway.reading import (
    preferred_language,
    read_address,
    read_conversation,
    read_json,
    read_message,
)
from bot.gateway.world import world_of

_NO_STORE = {"Cache-Control": "no-store"}


async def start_session(request: Request) -> Response:
    """Start a conversation and greet."""
    world = world_of(request)
    data = await read_json(request)
    world.limits.count_session(read_address(request))
    wanted = data.get("language")
    if wanted is not None and as_language(wanted) is None:
        raise Problem("bad_request")
    chosen = as_language(wanted)
    language = chosen or preferred_language(request)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    greeted = await visits.start_visit(world, token, chosen, language)
    body = {"token": token, "language": language, "messages": greeted}
    return JSONResponse(body, 201, _NO_STORE)


async def send_message(request: Request) -> Response:
    """Answer one message of a visitor."""
    world = world_of(request)
    data = await read_json(request)
    conversation = read_conversation(request, world.key)
    sent = read_message(data)
    world.limits.count_message(conversation, read_address(request))
    objection = visits.find_objection(sent)
    if objection is not None:
        turn = [await visits.object_to(world, conversation, objection)]
    else:
        turn = await visits.hear_message(world, conversation, sent)
    return JSONResponse({"messages": turn}, 200, _NO_STORE)


async def read_messages(request: Request) -> Response:
    """Return the messages after a number, for a reload or a second tab."""
    world = world_of(request)
    conversation = read_conversation(request, world.key)
    after = request.query_params.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) <= 9):
        raise Problem("bad_request")
    world.limits.count_read(conversation)
    found = await visits.read_on(world, conversation, int(after))
    return JSONResponse({"messages": found}, 200, _NO_STORE)


async def delete_session(request: Request) -> Response:
    """Delete the conversation with everything in it, now, and the words it shared."""
    world = world_of(request)
    await visits.delete_visit(world, read_conversation(request, world.key))
    return Response(status_code=204, headers=_NO_STORE)


routes = [
    Route("/api/chat/sessions", start_session, methods=["POST"]),
    Route("/api/chat/sessions", delete_session, methods=["DELETE"]),
    Route("/api/chat/messages", send_message, methods=["POST"]),
    Route("/api/chat/messages", read_messages, methods=["GET"]),
    Route("/api/chat/events", stream_events, methods=["GET"]),
]
