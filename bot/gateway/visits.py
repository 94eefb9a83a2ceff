"""What visitors do, whichever page they use: start, say something, read on, delete."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.channels.web import chosen_payload, present, render_reply
from bot.core.conversations import conversation_id
from bot.core.errors import UnknownConversation
from bot.core.languages import Language
from bot.core.messages import Incoming, Reply
from bot.core.safety import is_too_long, visitor_text
from bot.gateway.problems import Problem
from bot.gateway.reading import SentMessage
from bot.gateway.world import World
from bot.services.showing import show_reply
from bot.services.turn_keeping import with_summaries
from bot.storage import conversations, feedback, messages

Message = dict[str, Any]


def greeting(world: World, language: Language) -> Message:
    """Return what a visitor is told first, as the content of a message."""
    reply = Reply("small_talk", language, phrases=("greeting", "attorney_advertising"))
    knowledge = world.shelf.knowledge()
    today = knowledge.desk.local(world.now()).date()
    return render_reply(show_reply(reply, knowledge, today))


async def start_visit(
    world: World, token: str, chosen: Language | None, language: Language
) -> list[Message]:
    """Start a token's conversation and return the greeting; nothing if it has begun."""
    greeted = await asyncio.to_thread(_start, world, token, chosen, language)
    if greeted:
        world.metrics.sessions.inc()
    return greeted


def _start(
    world: World, token: str, chosen: Language | None, language: Language
) -> list[Message]:
    conversation, now = conversation_id(token, world.key), world.now()
    content = greeting(world, language)
    with world.storage.begin() as session:
        if conversations.find_conversation(session, conversation) is not None:
            return []
        conversations.start_conversation(session, conversation, "web", chosen, now)
        return [present(messages.add_message(session, conversation, content, now))]


def find_objection(sent: SentMessage) -> str | None:
    """Return the phrase that says why a message is not read, or None if it is."""
    if sent.text is None:
        return None
    if is_too_long(sent.text):
        return "about_to_be_shortened"
    return None if visitor_text(sent.text) else "please_type"


async def object_to(world: World, conversation: str, phrase: str) -> Message:
    """Say in the conversation why a message was not read.

    Raises:
        UnknownConversation: it was deleted, or never begun.
    """

    def store() -> Message:
        now = world.now()
        with world.storage.begin() as session:
            found = conversations.find_conversation(session, conversation)
            if found is None:
                raise UnknownConversation
            language = found.language or "en"
            reply = Reply("notice", language, phrases=(phrase,))
            knowledge = world.shelf.knowledge()
            today = knowledge.desk.local(now).date()
            content = render_reply(show_reply(reply, knowledge, today))
            return present(messages.add_message(session, conversation, content, now))

    return await asyncio.to_thread(store)


async def hear_message(
    world: World, conversation: str, sent: SentMessage
) -> list[Message]:
    """Answer what a visitor typed or pressed and return the turn's messages.

    Raises:
        Problem: the button is none of this conversation.
        UnknownConversation: it was deleted, or never begun.
    """
    text, payload, shown = None, None, None
    if sent.text is not None:
        text = visitor_text(sent.text)
    else:
        payload, shown = await asyncio.to_thread(_chosen, world, conversation, sent)
    incoming = Incoming("web", conversation, sent.id, text, payload, world.now())
    return await world.dispatcher.handle(incoming, shown)


def _chosen(world: World, conversation: str, sent: SentMessage) -> tuple[str, str]:
    seq, place = sent.button or (0, 0)
    with world.storage.read() as session:
        message = messages.find_message(session, conversation, seq)
    chosen = chosen_payload(message, place) if message is not None else None
    if chosen is None:
        raise Problem("unknown_button")
    return chosen


async def read_on(world: World, conversation: str, seq: int = 0) -> list[Message]:
    """Return the messages after a number, oldest first.

    Raises:
        Problem: the conversation was deleted, or never begun.
    """
    await asyncio.to_thread(_check_known, world, conversation)
    return await asyncio.to_thread(_after, world, conversation, seq)


def _check_known(world: World, conversation: str) -> None:
    with world.storage.read() as session:
        if conversations.find_conversation(session, conversation) is None:
            raise Problem("no_session")


def _after(world: World, conversation: str, seq: int) -> list[Message]:
    with world.storage.read() as session:
        found = messages.messages_after(session, conversation, seq)
        told = with_summaries(session, found, world.shelf.current)
    return [present(message) for message in told]


async def delete_visit(world: World, conversation: str) -> None:
    """Delete a conversation with everything in it, and the words it shared.

    Raises:
        Problem: it was deleted before, or never begun.
    """
    if await asyncio.to_thread(_delete, world, conversation):
        world.metrics.deleted.inc()


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
    world.storage.forget_deleted()
    return is_known
