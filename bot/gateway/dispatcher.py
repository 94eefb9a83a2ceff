"""Takes messages through the dialogue: in order, each once, none without a reply."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Final
from weakref import WeakValueDictionary

from bot.channels.web import present, render_reply
from bot.core.errors import (
    DialogueError,
    RequestGone,
    StorageError,
    UnknownConversation,
)
from bot.core.languages import DEFAULT_LANGUAGE, Language
from bot.core.messages import Incoming, Reply
from bot.gateway.metrics import Metrics
from bot.gateway.rasa_client import RasaClient
from bot.gateway.wakeups import Wakeups
from bot.services import handoffs
from bot.services.handoff_messages import BACK
from bot.services.handoffs import ASKED_BACK, PERSON
from bot.services.library import KnowledgeShelf
from bot.services.numbers import count_reply
from bot.services.showing import show_reply
from bot.services.turn_keeping import (
    APOLOGY,
    note_asked,
    reply_message,
    visitor_message,
    with_summaries,
)
from bot.services.up_to_date import shown_now
from bot.storage import conversations, inbox, messages
from bot.storage.conversations import Conversation
from bot.storage.engine import Storage
from bot.storage.inbox import InboxItem

logger: Final = logging.getLogger(__name__)
Message = dict[str, Any]


class Dispatcher:
    """Works on a conversation one message at a time, on conversations side by side."""

    def __init__(
        self,
        storage: Storage,
        shelf: KnowledgeShelf,
        rasa: RasaClient,
        wakeups: Wakeups,
        metrics: Metrics,
        key: bytes,
        now: Callable[[], datetime],
        require_approved: bool = False,
    ) -> None:
        self._storage = storage
        self._shelf = shelf
        self._rasa = rasa
        self._wakeups = wakeups
        self._metrics = metrics
        self._key = key
        self._now = now
        self._require_approved = require_approved
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def handle(
        self, incoming: Incoming, shown: str | None = None
    ) -> list[Message]:
        """Accept a message, answer it and return the turn's messages.

        `shown` is what the visitor sees of it, where that is not its text (a button).
        A repeat of a known message returns what that one got.

        Raises:
            StorageError: nothing was saved.
            UnknownConversation: it was deleted, or never begun.
        """
        item, found = await asyncio.to_thread(self._accept, incoming)
        if item.is_new:
            self._metrics.messages.labels(incoming.channel).inc()
        return await self._finish(item, found, shown)

    async def finish_left_over(self) -> int:
        """Answer what was accepted before a crash, and return how many there were."""
        items = await asyncio.to_thread(self._unanswered)
        for item in items:
            try:
                await self._finish(item, None, None)
            except StorageError:
                logger.error("left-over message not finished")
        return len(items)

    async def _finish(
        self, item: InboxItem, found: Conversation | None, shown: str | None
    ) -> list[Message]:
        lock = self._locks.setdefault(item.conversation, asyncio.Lock())
        async with lock:
            if item.is_new or not await asyncio.to_thread(self._is_done, item):
                return await self._run(item, found, shown)
        return await asyncio.to_thread(self._turn, item)

    async def _run(
        self, item: InboxItem, found: Conversation | None, shown: str | None
    ) -> list[Message]:
        text, payload = item.content.get("text"), item.content.get("payload")
        if payload == BACK:
            turn = await asyncio.to_thread(self._give_back, item, shown)
        elif found is not None and found.owner == PERSON:
            turn = await asyncio.to_thread(self._store, item, None, shown)
        else:
            language = found.language if found is not None else None
            reply = await self._ask(item, text, payload, language)
            turn = await asyncio.to_thread(self._store, item, reply, shown)
            self._metrics.replies.labels(reply.kind, reply.language).inc()
        self._wakeups.ring(item.conversation)
        return turn

    async def _ask(
        self,
        item: InboxItem,
        text: str | None,
        payload: str | None,
        language: Language | None,
    ) -> Reply:
        started = time.monotonic()
        try:
            return await self._rasa.send(
                item.conversation, self._rasa_id(item), text, payload, language
            )
        except DialogueError as error:
            logger.error("no reply: %s", error)
            self._metrics.failures.inc()
            return Reply("notice", language or DEFAULT_LANGUAGE, phrases=(APOLOGY,))
        finally:
            self._metrics.turn_seconds.observe(time.monotonic() - started)

    def _store(
        self, item: InboxItem, reply: Reply | None, shown: str | None
    ) -> list[Message]:
        """Keep the turn; where a person has the conversation, without a reply."""
        knowledge, now = self._shelf.knowledge(), self._now()
        with self._storage.begin() as session:
            found = conversations.find_conversation(session, item.conversation)
            if found is None:  # Deleted while its message was being answered.
                return []
            if handoffs.hear(session, item.conversation, now):
                reply = None
            language = reply.language if reply else found.language or DEFAULT_LANGUAGE
            text = item.content.get("text")
            turn: list[tuple[Message, int | None]] = []
            if shown is not None or text is not None:
                own = visitor_message(
                    found, text, shown, knowledge, language, item.content.get("id")
                )
                turn.append((own, None))
            if reply is not None:
                reply, message = self._shown(reply, now)
                turn.append((message, item.id))
                note_asked(session, found, reply)
                count_reply(session, knowledge, found.channel, reply, now)
            stored = messages.add_messages(session, item.conversation, turn, now)
            inbox.mark_done(session, item.id)
            spoken = reply.language if reply else None
            conversations.touch_conversation(session, item.conversation, now, spoken)
            told = with_summaries(session, stored[-1:], knowledge) if reply else []
        return [present(message) for message in told]

    def _shown(self, reply: Reply, now: datetime) -> tuple[Reply, Message]:
        shelf, today = self._shelf, now.date()
        try:
            reply, shown = shown_now(shelf, reply, today, self._require_approved)
        except KeyError:
            # The action server says a sentence that this process does not know.
            apology = Reply("notice", reply.language, phrases=(APOLOGY,))
            shown = show_reply(apology, shelf.current, today)
            return apology, render_reply(shown)
        return reply, reply_message(reply, shown)

    def _give_back(self, item: InboxItem, shown: str | None) -> list[Message]:
        """Let the assistant go on, because the visitor asked for it."""
        stored = self._store(item, None, shown)
        knowledge, now = self._shelf.knowledge(), self._now()
        # Deleted in between: nobody waits for the assistant any more.
        with suppress(RequestGone), self._storage.begin() as session:
            handoffs.hand_back(
                session, item.conversation, None, knowledge, now, ASKED_BACK
            )
        return stored

    def _accept(self, incoming: Incoming) -> tuple[InboxItem, Conversation]:
        named = f"{incoming.conversation}:{incoming.message_id}".encode()
        key = hmac.new(self._key, named, hashlib.sha256).hexdigest()
        with self._storage.begin() as session:
            found = conversations.find_conversation(session, incoming.conversation)
            if found is None:
                raise UnknownConversation
            return inbox.accept(session, incoming, key), found

    def _rasa_id(self, item: InboxItem) -> str:
        return f"{item.conversation}-{item.id}"

    def _unanswered(self) -> list[InboxItem]:
        with self._storage.read() as session:
            return inbox.unanswered(session)

    def _is_done(self, item: InboxItem) -> bool:
        with self._storage.read() as session:
            return inbox.is_done(session, item.id)

    def _turn(self, item: InboxItem) -> list[Message]:
        with self._storage.read() as session:
            found = messages.messages_of_turn(session, item.id)
            told = with_summaries(session, found, self._shelf.current)
        return [present(message) for message in told]
