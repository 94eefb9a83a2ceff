"""The chat API: start a conversation, send a message, read on, delete everything."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web import chosen_payload, present, render_reply
from bot.core.conversations import TOKEN_BYTES, conversation_id
from bot.core.errors import UnknownConversation
from bot.core.languages import Language, as_language
from bot.core.messages import Incoming, Reply
from bot.core.safety import is_too_long, visitor_text
from bot.gateway.events import stream_events
from bot.gateway.problems import Problem
from bot.gateway.reading import (
    SentMessage,
    read_conversation,
    read_json,
    read_message,
)
from bot.gateway.world import World, world_of
from bot.services.showing import show_reply
from bot.storage import conversations, feedback, messages

_NO_STORE = {"Cache-Control": "no-store"}


async def start_session(request: Request) -> Response:
    """Start a conversation and greet."""
    world = world_of(request)
    data = await read_json(request)
    world.limits.count_session(request.client.host if request.client else "")
    wanted = data.get("language")
    if wanted is not None and as_language(wanted) is None:
        raise Problem("bad_request")
    chosen = as_language(wanted)
    language = chosen or _preferred(request)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    greeting = await asyncio.to_thread(_start, world, token, chosen, language)
    world.metrics.sessions.inc()
    body = {"token": token, "language": language, "messages": [greeting]}
    return JSONResponse(body, 201, _NO_STORE)


def _start(
    world: World, token: str, chosen: Language | None, language: Language
) -> Any:
    conversation, now = conversation_id(token, world.key), world.now()
    reply = Reply("small_talk", language, phrases=("greeting", "attorney_advertising"))
    content = render_reply(show_reply(reply, world.shelf.knowledge(), now.date()))
    with world.storage.begin() as session:
        conversations.start_conversation(session, conversation, "web", chosen, now)
        return present(messages.add_message(session, conversation, content, now))


def _preferred(request: Request) -> Language:
    first = request.headers.get("accept-language", "").strip().lower()
    return "es" if first.startswith("es") else "en"


async def send_message(request: Request) -> Response:
    """Answer one message of a visitor."""
    world = world_of(request)
    data = await read_json(request)
    conversation = read_conversation(request, world.key)
    sent = read_message(data)
    world.limits.count_message(
        conversation, request.client.host if request.client else ""
    )
    if sent.text is not None and (
        is_too_long(sent.text) or not visitor_text(sent.text)
    ):
        phrase = "about_to_be_shortened" if is_too_long(sent.text) else "please_type"
        return JSONResponse(
            {"messages": [await _notice(world, conversation, phrase)]}, 200, _NO_STORE
        )
    incoming, shown = await _incoming(world, conversation, sent)
    turn = await world.dispatcher.handle(incoming, shown)
    return JSONResponse({"messages": turn}, 200, _NO_STORE)


async def _incoming(
    world: World, conversation: str, sent: SentMessage
) -> tuple[Incoming, str | None]:
    if sent.text is not None:
        text = visitor_text(sent.text)
        return Incoming("web", conversation, sent.id, text, None, world.now()), None
    assert sent.button is not None
    seq, place = sent.button
    chosen = await asyncio.to_thread(_chosen, world, conversation, seq, place)
    if chosen is None:
        raise Problem("unknown_button")
    payload, label = chosen
    return Incoming("web", conversation, sent.id, None, payload, world.now()), label


def _chosen(
    world: World, conversation: str, seq: int, place: int
) -> tuple[str, str] | None:
    with world.storage.read() as session:
        message = messages.find_message(session, conversation, seq)
    return chosen_payload(message, place) if message is not None else None


async def _notice(world: World, conversation: str, phrase: str) -> Any:
    def store() -> Any:
        now = world.now()
        with world.storage.begin() as session:
            found = conversations.find_conversation(session, conversation)
            if found is None:
                raise UnknownConversation
            language = found.language or "en"
            reply = Reply("notice", language, phrases=(phrase,))
            content = render_reply(
                show_reply(reply, world.shelf.knowledge(), now.date())
            )
            return present(messages.add_message(session, conversation, content, now))

    return await asyncio.to_thread(store)


async def read_messages(request: Request) -> Response:
    """Return the messages after a number, for a reload or a second tab."""
    world = world_of(request)
    conversation = read_conversation(request, world.key)
    after = request.query_params.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) <= 9):
        raise Problem("bad_request")
    await _known(world, conversation)
    found = await asyncio.to_thread(_after, world, conversation, int(after))
    return JSONResponse({"messages": found}, 200, _NO_STORE)


def _after(world: World, conversation: str, seq: int) -> list[Any]:
    with world.storage.read() as session:
        return [present(m) for m in messages.messages_after(session, conversation, seq)]


async def delete_session(request: Request) -> Response:
    """Delete the conversation with everything in it, now, and the words it shared."""
    world = world_of(request)
    conversation = read_conversation(request, world.key)
    if await asyncio.to_thread(_delete, world, conversation):
        world.metrics.deleted.inc()
    return Response(status_code=204, headers=_NO_STORE)


def _delete(world: World, conversation: str) -> bool:
    with world.storage.read() as session:
        is_known = conversations.find_conversation(session, conversation) is not None
        has_shared = feedback.has_words(session, conversation)
    # Shared words outlive their conversation; its token can still take them back.
    if not is_known and not has_shared:
        raise Problem("no_session")
    with world.storage.begin() as session:
        feedback.forget_words(session, conversation)
        conversations.delete_conversations(session, [conversation])
    return is_known


async def _known(world: World, conversation: str) -> None:
    def find() -> bool:
        with world.storage.read() as session:
            return conversations.find_conversation(session, conversation) is not None

    if not await asyncio.to_thread(find):
        raise Problem("no_session")


routes = [
    Route("/api/chat/sessions", start_session, methods=["POST"]),
    Route("/api/chat/sessions", delete_session, methods=["DELETE"]),
    Route("/api/chat/messages", send_message, methods=["POST"]),
    Route("/api/chat/messages", read_messages, methods=["GET"]),
    Route("/api/chat/events", stream_events, methods=["GET"]),
]
