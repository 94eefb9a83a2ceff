"""Takes messages through the dialogue: in order, each once, none without a reply."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from weakref import WeakValueDictionary

from bot.channels.web import present, render_reply, render_visitor
from bot.core.errors import DialogueError, StorageError, UnknownConversation
from bot.core.languages import DEFAULT_LANGUAGE, Language
from bot.core.messages import Incoming, Reply
from bot.gateway.metrics import Metrics
from bot.gateway.rasa_client import RasaClient
from bot.gateway.wakeups import Wakeups
from bot.services.library import KnowledgeShelf
from bot.services.showing import show_reply
from bot.storage import conversations, inbox, messages
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
        item, language = await asyncio.to_thread(self._accept, incoming)
        if item.is_new:
            self._metrics.messages.labels(incoming.channel).inc()
        return await self._finish(item, language, shown)

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
        self, item: InboxItem, language: Language | None, shown: str | None
    ) -> list[Message]:
        lock = self._locks.setdefault(item.conversation, asyncio.Lock())
        async with lock:
            if item.is_new or not await asyncio.to_thread(self._is_done, item):
                return await self._run(item, language, shown)
        return await asyncio.to_thread(self._turn, item)

    async def _run(
        self, item: InboxItem, language: Language | None, shown: str | None
    ) -> list[Message]:
        text, payload = item.content.get("text"), item.content.get("payload")
        started = time.monotonic()
        try:
            reply = await self._rasa.send(
                item.conversation, self._rasa_id(item), text, payload, language
            )
        except DialogueError as error:
            logger.error("no reply: %s", error)
            self._metrics.failures.inc()
            reply = Reply("notice", language or DEFAULT_LANGUAGE, phrases=("apology",))
        self._metrics.turn_seconds.observe(time.monotonic() - started)
        turn = await asyncio.to_thread(self._store, item, reply, shown or text)
        self._metrics.replies.labels(reply.kind, reply.language).inc()
        self._wakeups.ring(item.conversation)
        return turn

    def _store(self, item: InboxItem, reply: Reply, shown: str | None) -> list[Message]:
        knowledge = self._shelf.knowledge()
        now = self._now()
        try:
            shown_reply = show_reply(
                reply, knowledge, now.date(), self._require_approved
            )
            content = render_reply(shown_reply)
        except KeyError:
            # The action server already knows an entry that this process does not yet.
            apology = Reply("notice", reply.language, phrases=("apology",))
            content = render_reply(show_reply(apology, knowledge, now.date()))
        with self._storage.begin() as session:
            said = []
            if shown is not None:
                own = render_visitor(shown, reply.language, item.content.get("id"))
                said.append((own, None))
            turn = [*said, (content, item.id)]
            stored = messages.add_messages(session, item.conversation, turn, now)
            inbox.mark_done(session, item.id)
            conversations.touch_conversation(
                session, item.conversation, now, reply.language
            )
        return [present(stored[-1])]

    def _accept(self, incoming: Incoming) -> tuple[InboxItem, Language | None]:
        named = f"{incoming.conversation}:{incoming.message_id}".encode()
        key = hmac.new(self._key, named, hashlib.sha256).hexdigest()
        with self._storage.begin() as session:
            found = conversations.find_conversation(session, incoming.conversation)
            if found is None:
                raise UnknownConversation
            return inbox.accept(session, incoming, key), found.language

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
            return [present(m) for m in messages.messages_of_turn(session, item.id)]
