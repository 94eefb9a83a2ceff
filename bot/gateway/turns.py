"""Answers what came by WhatsApp: one person at a time in order, whichever gateway."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any, Final, cast

from bot.channels.web import chosen_payload
from bot.channels.whatsapp_layout import lay_out
from bot.channels.whatsapp_limits import MAX_TEXT, MAX_TWILIO_TEXT
from bot.core.cards import ShownReply
from bot.core.errors import DialogueError
from bot.core.languages import DEFAULT_LANGUAGE
from bot.core.messages import Channel, Reply
from bot.core.safety import visitor_text
from bot.gateway.metrics import Metrics
from bot.gateway.providers import Provider
from bot.gateway.rasa_client import RasaClient
from bot.gateway.wakeups import Wakeups
from bot.gateway.worker import BELL, LOOK_SECONDS, Worker
from bot.knowledge.base import KnowledgeBase
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
    with_summary_lines,
)
from bot.services.up_to_date import shown_now
from bot.services.whatsapp_replies import (
    ABOUT_OPTING,
    FIRST,
    STARTED,
    STOPPED,
    TOO_LONG,
    Said,
    own_reply,
)
from bot.storage import contacts, conversations, inbox, messages, outbox
from bot.storage.conversations import Conversation
from bot.storage.engine import Storage, Transaction
from bot.storage.inbox import InboxItem

logger: Final = logging.getLogger(__name__)
_ALBUM: Final = timedelta(seconds=3)
_PATIENCE: Final = timedelta(seconds=60)
# What is read later than this may answer a question that is long past.
_LATE: Final = timedelta(minutes=10)
_MARK_SECONDS: Final = 2.0
# Of the name of a button; a longer one is none of ours.
_MOST_DIGITS: Final = 11


class Turns(Worker):
    """Takes waiting conversations one by one under a lease, and answers them."""

    name = "in"
    # Longer than any turn: an album, what Rasa is given, three uses of the database.
    lease = timedelta(seconds=20)
    at_once = 8

    def __init__(
        self,
        storage: Storage,
        shelf: KnowledgeShelf,
        rasa: RasaClient,
        providers: dict[str, Provider],
        wakeups: Wakeups,
        metrics: Metrics,
        now: Callable[[], datetime],
        holder: str,
        require_approved: bool,
    ) -> None:
        super().__init__(storage, wakeups, now, holder)
        self._shelf = shelf
        self._rasa = rasa
        self._providers = providers
        self._metrics = metrics
        self._require_approved = require_approved

    def due(self) -> list[str]:
        """Return the conversations in which something is unanswered."""
        with self.storage.read() as session:
            return inbox.conversations_waiting(session, list(self._providers), 100)

    async def work(self, conversation: str) -> bool:
        """Answer what is there, in the order in which it was written."""
        is_done = False
        while item := await asyncio.to_thread(self._next, conversation):
            try:
                await self._answer(item)
            except DialogueError:
                await asyncio.sleep(LOOK_SECONDS)
            is_done = True
        return is_done

    def _next(self, conversation: str) -> InboxItem | None:
        """Return what to answer next, or None if there is nothing or another has it."""
        with self.storage.begin() as session:
            if not self.take(session, conversation, self.now()):
                return None
            waiting = inbox.waiting_of(session, conversation)
            return waiting[0] if waiting else None

    async def _answer(self, item: InboxItem) -> None:
        kind = str(item.content.get("kind", "text"))
        if kind == "media" and item.at is not None:
            # The pictures of an album come one by one; they get one answer.
            rest = (item.at + _ALBUM - self.now()).total_seconds()
            await asyncio.sleep(min(max(rest, 0.0), _ALBUM.total_seconds()))
        said = await asyncio.to_thread(self._read, item, kind)
        reply = own_reply(said)
        wants_back = reply is None and said.payload == BACK
        if reply is None and not (wants_back or said.is_with_person):
            self._begin_mark(item)
            reply = await self._ask(item, said)
        await asyncio.to_thread(self._store, item, reply, wants_back)
        if reply is not None:
            self._metrics.replies.labels(reply.kind, reply.language).inc()
        self.wakeups.ring(item.conversation)
        self.wakeups.ring(BELL)

    def _read(self, item: InboxItem, kind: str) -> Said:
        """Return what was said, and what a pressed choice stands for."""
        with self.storage.read() as session:
            found = conversations.find_conversation(session, item.conversation)
            contact = contacts.contact_of(session, item.conversation)
            payload = self._payload(session, item)
        return Said(
            kind,
            str(item.content.get("text") or ""),
            payload,
            contact is not None and contact.opted_out_at is not None,
            found.language if found is not None else None,
            found is not None and found.owner == PERSON,
            found is not None and found.asked is not None,
        )

    def _payload(self, session: Transaction, item: InboxItem) -> str | None:
        seq, _, place = str(item.content.get("payload") or "").partition(".")
        digits = seq + place
        is_number = seq and place and digits.isascii() and digits.isdigit()
        if not is_number or len(digits) > _MOST_DIGITS:
            return None
        message = messages.find_message(session, item.conversation, int(seq))
        chosen = chosen_payload(message, int(place)) if message is not None else None
        return chosen[0] if chosen is not None else None

    def _begin_mark(self, item: InboxItem) -> None:
        """Begin to show that it is read; the answer does not wait for it."""
        task = asyncio.create_task(self._mark(item))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _mark(self, item: InboxItem) -> None:
        marking = self._providers[item.channel].mark_read(str(item.content.get("id")))
        try:
            await asyncio.wait_for(marking, _MARK_SECONDS)
        # A sign only, whatever happens to it; the error's text may name a person.
        except Exception as error:
            logger.warning("%s: no read mark: %s", self.name, type(error).__name__)

    async def _ask(self, item: InboxItem, said: Said) -> Reply:
        text = None if said.payload is not None else visitor_text(said.text)
        try:
            return await self._rasa.send(
                item.conversation,
                item.message_key,
                text,
                said.payload,
                said.language,
                cast(Channel, item.channel),
                item.at is not None and self.now() - item.at > _LATE,
            )
        except DialogueError as error:
            if self._may_wait(item):
                raise
            logger.error("no reply: %s", error)
            self._metrics.failures.inc()
            language = said.language or DEFAULT_LANGUAGE
            return Reply("notice", language, phrases=(APOLOGY,))

    def _may_wait(self, item: InboxItem) -> bool:
        """Whether Rasa, starting again, may still answer before the apology does."""
        return item.at is not None and self.now() - item.at < _PATIENCE

    def _store(self, item: InboxItem, reply: Reply | None, wants_back: bool) -> None:
        """Keep the turn and put its one message into the outbox, or none of it.

        Where a person has the conversation, only what the visitor wished about being
        written to is answered.
        """
        now, knowledge = self.now(), self._shelf.knowledge()
        with self.storage.begin() as session:
            if handoffs.hear(session, item.conversation, now) and not _opts(reply):
                reply = None
            found = conversations.find_conversation(session, item.conversation)
            if found is None or inbox.is_done(session, item.id):
                return
            said = self._said(item, found, reply, knowledge)
            turn: list[tuple[dict[str, Any], int | None]] = []
            if said is not None:
                turn.append((said, None))
            shown = None
            if reply is not None:
                if not messages.messages_after(session, item.conversation, 0):
                    reply = replace(reply, phrases=(*reply.phrases, FIRST))
                reply, shown = shown_now(
                    self._shelf, reply, now, self._require_approved
                )
                turn.append((reply_message(reply, shown), item.id))
            stored = messages.add_messages(session, item.conversation, turn, now)
            if reply is not None and shown is not None:
                full = with_summary_lines(session, reply, shown, knowledge)
                self._post(session, item, reply, full, stored[-1]["seq"])
                self._note_wish(session, item, reply, now)
                note_asked(session, found, reply)
                count_reply(session, knowledge, found.channel, reply, now)
            for done in self._answered_with(session, item):
                inbox.mark_done(session, done.id)
            spoken = None if reply is None or reply.kind == "notice" else reply.language
            conversations.touch_conversation(session, item.conversation, now, spoken)
            if wants_back:
                handoffs.hand_back(session, found.id, None, knowledge, now, ASKED_BACK)

    def _post(
        self,
        session: Transaction,
        item: InboxItem,
        reply: Reply,
        shown: ShownReply,
        seq: int,
    ) -> None:
        most = MAX_TWILIO_TEXT if item.channel == "whatsapp_twilio" else MAX_TEXT
        outgoing: dict[str, Any] = asdict(lay_out(shown, seq, most))
        outgoing["always"] = _opts(reply)
        outbox.post(session, item.conversation, item.channel, outgoing, self.now())

    def _said(
        self,
        item: InboxItem,
        found: Conversation,
        reply: Reply | None,
        knowledge: KnowledgeBase,
    ) -> dict[str, Any] | None:
        if reply is not None and TOO_LONG in reply.phrases:
            return None  # It is told that nothing of it was kept.
        language = reply.language if reply else found.language or DEFAULT_LANGUAGE
        text, kind = item.content.get("text"), item.content.get("kind")
        if kind == "choice":
            return visitor_message(found, None, text or "", knowledge, language)
        if text:
            return visitor_message(found, str(text), None, knowledge, language)
        if reply is None:  # For staff: something came that is not opened here.
            unread = knowledge.phrase("handoff_not_opened", language)
            return visitor_message(found, None, unread, knowledge, language)
        return None

    def _note_wish(
        self, session: Transaction, item: InboxItem, reply: Reply, now: datetime
    ) -> None:
        contact = contacts.contact_of(session, item.conversation)
        if contact is None:
            return
        if STOPPED in reply.phrases:
            contacts.set_opted_out(session, contact.person_key, now)
        elif STARTED in reply.phrases:
            contacts.set_opted_out(session, contact.person_key, None)

    def _answered_with(self, session: Transaction, item: InboxItem) -> list[InboxItem]:
        if item.content.get("kind") != "media":
            return [item]
        waiting = inbox.waiting_of(session, item.conversation)
        album = [other for other in waiting if other.content.get("kind") == "media"]
        return [item, *(other for other in album if other.id != item.id)]


def _opts(reply: Reply | None) -> bool:
    return reply is not None and not ABOUT_OPTING.isdisjoint(reply.phrases)
