"""Takes messages through the dialogue: in order, each once, none without a reply."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from weakref import WeakValueDictionary

from bot.channels.web import present
from bot.core.errors import DialogueError, StorageError, UnknownConversation
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
from bot.storage.engine import Storage, Transaction
from bot.storage.inbox import InboxItem

logger: Final = logging.getLogger(__name__)
Message = dict[str, Any]
# So long another gateway may still be answering what it has accepted.
_LONGEST_TURN: Final = timedelta(seconds=10)


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
        count = 0
        for item in await asyncio.to_thread(self._unanswered):
            await asyncio.sleep(self._rest(item))
            try:
                if await asyncio.to_thread(self._waiting, item) is not None:
                    await self._finish(item, None, None)
                    count += 1
            except StorageError:
                logger.error("left-over message not finished")
        return count

    def _rest(self, item: InboxItem) -> float:
        """Return how many seconds another gateway may still be answering it."""
        rest = (item.at or self._now()) + _LONGEST_TURN - self._now()
        # A clock ahead of ours must not hold the others up.
        return min(max(rest, timedelta()), _LONGEST_TURN).total_seconds()

    async def _finish(
        self, item: InboxItem, found: Conversation | None, shown: str | None
    ) -> list[Message]:
        lock = self._locks.setdefault(item.conversation, asyncio.Lock())
        async with lock:
            if not item.is_new:
                found = await asyncio.to_thread(self._waiting, item)
            if found is not None:
                return await self._run(item, found, shown)
        return await asyncio.to_thread(self._turn, item)

    async def _run(
        self, item: InboxItem, found: Conversation, shown: str | None
    ) -> list[Message]:
        reply = None
        if not _wants_back(item) and found.owner != PERSON:
            reply = await self._ask(item, found.language)
        turn = await asyncio.to_thread(self._store, item, reply, shown)
        if reply is not None:
            self._metrics.replies.labels(reply.kind, reply.language).inc()
        self._wakeups.ring(item.conversation)
        return turn

    async def _ask(self, item: InboxItem, language: Language | None) -> Reply:
        text, payload = item.content.get("text"), item.content.get("payload")
        started = time.monotonic()
        try:
            return await self._rasa.send(
                item.conversation, item.message_key, text, payload, language
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
        """Keep the turn; where a person has the conversation, without a reply.

        What was deleted or answered by another gateway in the meantime stays so.
        """
        knowledge, now = self._shelf.knowledge(), self._now()
        with self._storage.begin() as session:
            # This holds the conversation; only then is it certain what others did.
            if handoffs.hear(session, item.conversation, now):
                reply = None
            found = conversations.find_conversation(session, item.conversation)
            if found is None or inbox.is_done(session, item.id):
                return self._told(session, item)
            language = reply.language if reply else found.language or DEFAULT_LANGUAGE
            text = item.content.get("text")
            turn: list[tuple[Message, int | None]] = []
            if shown is not None or text is not None:
                own = visitor_message(
                    found, text, shown, knowledge, language, item.content.get("id")
                )
                turn.append((own, None))
            if reply is not None:
                reply, card = shown_now(self._shelf, reply, now, self._require_approved)
                turn.append((reply_message(reply, card), item.id))
                note_asked(session, found, reply)
                count_reply(session, knowledge, found.channel, reply, now)
            stored = messages.add_messages(session, item.conversation, turn, now)
            inbox.mark_done(session, item.id)
            spoken = reply.language if reply else None
            conversations.touch_conversation(session, item.conversation, now, spoken)
            if _wants_back(item):
                handoffs.hand_back(session, found.id, None, knowledge, now, ASKED_BACK)
            told = with_summaries(session, stored[-1:], knowledge) if reply else []
        return [present(message) for message in told]

    def _accept(self, incoming: Incoming) -> tuple[InboxItem, Conversation]:
        named = f"{incoming.conversation}:{incoming.message_id}".encode()
        key = hmac.new(self._key, named, hashlib.sha256).hexdigest()
        with self._storage.begin() as session:
            found = conversations.find_conversation(session, incoming.conversation)
            if found is None:
                raise UnknownConversation
            return inbox.accept(session, incoming, key), found

    def _unanswered(self) -> list[InboxItem]:
        with self._storage.read() as session:
            return inbox.unanswered(session)

    def _waiting(self, item: InboxItem) -> Conversation | None:
        """Return the conversation in which it is unanswered; None if it is not."""
        with self._storage.read() as session:
            if inbox.is_done(session, item.id):
                return None
            return conversations.find_conversation(session, item.conversation)

    def _turn(self, item: InboxItem) -> list[Message]:
        with self._storage.read() as session:
            return self._told(session, item)

    def _told(self, session: Transaction, item: InboxItem) -> list[Message]:
        found = messages.messages_of_turn(session, item.id)
        told = with_summaries(session, found, self._shelf.current)
        return [present(message) for message in told]


def _wants_back(item: InboxItem) -> bool:
    """Whether the visitor asked for the assistant instead of the person."""
    return bool(item.content.get("payload") == BACK)
