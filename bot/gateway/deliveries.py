"""Delivers the outbox to WhatsApp: in order for each person, patiently, in limits."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot.channels.whatsapp_errors import Verdict, meaning, verdict
from bot.channels.whatsapp_limits import (
    MOST_PER_SECOND,
    PAIR_BURST,
    PAIR_SECONDS,
    WINDOW_HOURS,
)
from bot.core.errors import ProviderError
from bot.core.languages import DEFAULT_LANGUAGE, Language
from bot.core.whatsapp import Choice, Outgoing, Person
from bot.gateway.metrics import Metrics
from bot.gateway.providers import Provider
from bot.gateway.wakeups import Wakeups
from bot.gateway.worker import Worker
from bot.services.hearing import hashed
from bot.services.notices import post_undelivered
from bot.storage import contacts, conversations, daily_counts, leases, outbox
from bot.storage.contacts import Contact
from bot.storage.engine import Storage, Transaction
from bot.storage.outbox import OutboxItem

logger: Final = logging.getLogger(__name__)
# So long a message that may have been taken waits for its status before it goes again.
_DOUBT: Final = timedelta(seconds=30)
_SEND_SECONDS: Final = 30.0
_GIVE_UP: Final = timedelta(hours=24)
_LONGEST_PAUSE: Final = 300.0
# How soon a reply goes after its person, asked by a template, has written again.
_LOOK_AGAIN: Final = timedelta(seconds=10)
_ALARM_PAUSE: Final = timedelta(seconds=60)
_MOST_TRIES: Final = 30
# "phone" comes only where no number is known: a known one is used from the start.
_FINAL: Final = frozenset({"dead", "alarm", "closed", "ignore", "phone"})
_PAIR: Final = timedelta(seconds=PAIR_SECONDS)
_WINDOW: Final = timedelta(hours=WINDOW_HOURS)


@dataclass(frozen=True)
class Parcel:
    """A message that may be sent now, and to whom; or first a template, for it."""

    item: OutboxItem
    person: Person
    outgoing: Outgoing
    language: Language
    is_template: bool


class Deliveries(Worker):
    """Sends what is due, one message of a conversation after the other."""

    name = "out"
    # Longer than a provider is given, and two uses of the database.
    lease = timedelta(seconds=_SEND_SECONDS + 10)
    at_once = 20

    def __init__(
        self,
        storage: Storage,
        providers: dict[str, Provider],
        wakeups: Wakeups,
        metrics: Metrics,
        key: bytes,
        now: Callable[[], datetime],
        chance: Callable[[], float],
        holder: str,
        day_of: Callable[[datetime], date] = datetime.date,
    ) -> None:
        super().__init__(storage, wakeups, now, holder)
        self._providers = providers
        self._metrics = metrics
        self._key = key
        self._chance = chance
        self._day_of = day_of
        # When the next message of all may go.
        self._slot = 0.0
        # After an alarm nothing is sent until then, and nothing is lost.
        self._stopped_until: datetime | None = None

    def due(self) -> list[str]:
        """Return the conversations whose oldest unsent message may go now."""
        now = self.now()
        if self._stopped_until is not None and now < self._stopped_until:
            return []
        with self.storage.read() as session:
            return outbox.conversations_to_send(session, now, 100)

    async def work(self, conversation: str) -> bool:
        """Send what is due, the oldest first."""
        is_done = False
        while parcel := await asyncio.to_thread(self._take, conversation):
            await self._queue_up()
            await self._send(parcel)
            is_done = True
        return is_done

    async def _queue_up(self) -> None:
        clock = asyncio.get_running_loop().time()
        wait = max(0.0, self._slot - clock)
        self._slot = max(self._slot, clock) + 1 / MOST_PER_SECOND
        await asyncio.sleep(wait)

    def _take(self, conversation: str) -> Parcel | None:
        """Return the conversation's next message, marked as being sent, or None."""
        now = self.now()
        with self.storage.begin() as session:
            if not self.take(session, conversation, now):
                return None
            item = outbox.oldest_unsent(session, conversation)
            if item is None or item.next_at > now:
                return None
            return self._prepare(session, item, now)

    def _prepare(
        self, session: Transaction, item: OutboxItem, now: datetime
    ) -> Parcel | None:
        contact = contacts.contact_of(session, item.conversation)
        hindrance = _hindrance(item, contact, now)
        waits = hindrance == "window_closed" and self._may_wait(item, now)
        if contact is None or contact.person is None or (hindrance and not waits):
            self._give_up(session, item, hindrance, None)
            logger.error("whatsapp message given up: %s", hindrance)
            return None
        free_at = _free_at(contact, now)
        if free_at <= now and waits and not _may_ask(session, item, now):
            free_at = now + _LOOK_AGAIN
        if free_at > now:
            outbox.set_state(session, item.id, item.state, next_at=free_at)
            return None
        used = max(contact.paced_until or now, now) + _PAIR
        contacts.pace_contact(session, contact.person_key, used)
        outbox.set_state(
            session,
            item.id,
            outbox.SENDING,
            next_at=now + _DOUBT,
            attempts=item.attempts + 1,
        )
        language = _language(session, item.conversation)
        outgoing = read_outgoing(item.content)
        return Parcel(item, contact.person, outgoing, language, waits)

    def _may_wait(self, item: OutboxItem, now: datetime) -> bool:
        """Whether a template may ask the person to write, which opens the window."""
        provider = self._providers.get(item.channel)
        is_asking = provider is not None and provider.has_template
        is_young = now - item.created_at <= _GIVE_UP
        return is_asking and is_young and bool(item.content.get("staff"))

    def _give_up(
        self, session: Transaction, item: OutboxItem, reason: str, error: int | None
    ) -> None:
        outbox.set_state(session, item.id, outbox.DEAD, error=error)
        self._metrics.undelivered.labels(reason).inc()
        post_undelivered(session, item.conversation, self.now())

    async def _send(self, parcel: Parcel) -> None:
        item = parcel.item
        provider = self._providers.get(item.channel)
        if provider is None:
            return
        try:
            provider_id = await _hand_over(provider, parcel)
        except ProviderError as error:
            await asyncio.to_thread(self._failed, parcel, error)
            return
        await asyncio.to_thread(self._sent, parcel, provider_id)
        self._metrics.delivered.labels(item.channel).inc()

    def _sent(self, parcel: Parcel, provider_id: str) -> None:
        item, now = parcel.item, self.now()
        with self.storage.begin() as session:
            if parcel.is_template:
                again = now + _LOOK_AGAIN
                outbox.set_state(session, item.id, outbox.WAITING, next_at=again)
            else:
                key = hashed(self._key, item.channel, provider_id)
                outbox.note_status(session, outbox.SENT, key, item.id, None)
            day = self._day_of(now)
            daily_counts.count(session, day, item.channel, parcel.language, "sent")

    def _failed(self, parcel: Parcel, error: ProviderError) -> None:
        """Decide what becomes of a message that was not taken, or perhaps was."""
        item, now = parcel.item, self.now()
        found = verdict(error.code, error.status)
        # Numbers and our own words only: a provider's text may quote what was sent.
        logger.error(
            "whatsapp: error %s (%s), %s: %s",
            error.code,
            error.status,
            meaning(error.code),
            found,
        )
        self._metrics.provider_errors.labels(str(error.code), found).inc()
        if found == "stop":
            self._stopped_until = now + _ALARM_PAUSE
        with self.storage.begin() as session:
            if parcel.is_template and not error.is_unsure:
                leases.give_back_lease(session, *_asking(item))
            if self._is_over(item, found, now):
                self._give_up(session, item, str(error.code), error.code)
                return
            outbox.set_state(
                session,
                item.id,
                outbox.SENDING if error.is_unsure else outbox.WAITING,
                next_at=now + self._wait(item, error, found),
                error=error.code,
            )

    def _is_over(self, item: OutboxItem, found: Verdict, now: datetime) -> bool:
        if found == "stop":
            return False
        too_late = now - item.created_at > _GIVE_UP or item.attempts >= _MOST_TRIES
        return found in _FINAL or too_late

    def _wait(
        self, item: OutboxItem, error: ProviderError, found: Verdict
    ) -> timedelta:
        if error.is_unsure:
            return _DOUBT
        if found == "stop":
            return _ALARM_PAUSE
        return _PAIR if found == "pace" else self._pause(item.attempts)

    def _pause(self, attempts: int) -> timedelta:
        seconds = min(2.0**attempts, _LONGEST_PAUSE)
        return timedelta(seconds=seconds * (0.5 + self._chance() / 2))


async def _hand_over(provider: Provider, parcel: Parcel) -> str:
    """Return the provider's id of what was sent; raises ProviderError, in time."""
    if parcel.is_template:
        # Not the row's number: what becomes of the template is not its state.
        call = provider.send_template(parcel.language, parcel.person, "template")
    else:
        call = provider.send(parcel.outgoing, parcel.person, str(parcel.item.id))
    try:
        return await asyncio.wait_for(call, _SEND_SECONDS)
    except asyncio.TimeoutError:
        raise ProviderError(None, 0, is_unsure=True) from None


def read_outgoing(content: dict[str, Any]) -> Outgoing:
    """Return the message that a row of the outbox holds."""
    choices = tuple(Choice(**choice) for choice in content.get("choices", ()))
    return Outgoing(content["body"], choices, content.get("list_label", ""))


def _hindrance(item: OutboxItem, contact: Contact | None, now: datetime) -> str:
    """Return why a message may not be sent at all, or ""."""
    if contact is None or contact.person is None:
        return "no_address"
    if contact.opted_out_at is not None and not item.content.get("always"):
        return "opted_out"
    if now - contact.heard_at > _WINDOW:
        return "window_closed"
    return ""


def _may_ask(session: Transaction, item: OutboxItem, now: datetime) -> bool:
    """Note that a person is asked by a template; False if they were within a day."""
    name, holder = _asking(item)
    return leases.take_lease(session, name, holder, now, now + _WINDOW)


def _asking(item: OutboxItem) -> tuple[str, str]:
    # Each try is a holder of its own: the same one would get the lease again.
    return f"asked:{item.conversation}", f"{item.id}.{item.attempts}"


def _language(session: Transaction, conversation: str) -> Language:
    found = conversations.find_conversation(session, conversation)
    return (found.language if found is not None else None) or DEFAULT_LANGUAGE


def _free_at(contact: Contact, now: datetime) -> datetime:
    """Return when this person may get one: a burst, then one every few seconds."""
    if contact.paced_until is None:
        return now
    return max(now, contact.paced_until - PAIR_BURST * _PAIR)
