"""Tells staff of news at the addresses of NOTIFY_URLS: patiently, rarely, once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.gateway.metrics import Metrics
from bot.gateway.wakeups import Wakeups
from bot.gateway.worker import Worker
from bot.knowledge.base import KnowledgeBase
from bot.services.notices import (
    LIMIT,
    MOST,
    SPAN,
    URGENT,
    Told,
    compose,
    held_until,
    next_bundle,
    post_limit,
    post_waiting,
    sent_this_month,
    tell,
)
from bot.settings import Settings
from bot.storage import notices
from bot.storage.engine import Storage, Transaction
from bot.storage.notices import Notice

logger: Final = logging.getLogger(__name__)
# One lease for all, so that the limit of messages holds over all gateways.
_ALL: Final = "all"
# A try that was cut off is made again after this.
_DOUBT: Final = timedelta(minutes=5)
_GIVE_UP: Final = timedelta(hours=24)
_FIRST_PAUSE: Final = 30.0
_LONGEST_PAUSE: Final = 1_800.0
_LOOK_AROUND: Final = timedelta(seconds=60)
# A visitor who has waited this long for a person is told of once more.
_WAITED: Final = timedelta(minutes=5)
_SILENCE: Final = timedelta(minutes=30)
_OFF_AFTER: Final = timedelta(hours=1)
_KEPT: Final = timedelta(hours=48)


@dataclass(frozen=True)
class Message:
    """One message to staff about one or several notices."""

    bundle: tuple[Notice, ...]
    title: str
    body: str

    @property
    def ids(self) -> list[int]:
        """The rows that it tells of."""
        return [notice.id for notice in self.bundle]


class Notifier(Worker):
    """Sends what is due; one gateway at a time does so."""

    name = "notices"
    # Longer than the addresses of an office take.
    lease = timedelta(minutes=2)
    at_once = 1

    def __init__(
        self,
        storage: Storage,
        settings: Settings,
        knowledge: Callable[[], KnowledgeBase],
        now: Callable[[], datetime],
        chance: Callable[[], float],
        metrics: Metrics,
        holder: str,
        wakeups: Wakeups,
    ) -> None:
        super().__init__(storage, wakeups, now, holder)
        self._settings = settings
        self._knowledge = knowledge
        self._chance = chance
        self._metrics = metrics
        self._looked_at: datetime | None = None

    def due(self) -> list[str]:
        """Return whether any notice may go now, as the one thing to work on."""
        now = self.now()
        if self._looked_at is None or now - self._looked_at >= _LOOK_AROUND:
            self._looked_at = now
            self._look_around(now)
        if not self._settings.notify_urls:
            return []
        with self.storage.read() as session:
            return [_ALL] if notices.due_notices(session, now, limit=1) else []

    async def work(self, conversation: str) -> bool:
        """Send what is due, one message after the other."""
        is_done = False
        while message := await asyncio.to_thread(self._take, conversation):
            told = await asyncio.to_thread(
                tell, self._settings.notify_urls, message.title, message.body
            )
            await asyncio.to_thread(self._note, message, told)
            is_done = True
        return is_done

    def _take(self, name: str) -> Message | None:
        """Return the next message, its notices marked as being sent, or None."""
        now = self.now()
        desk = self._knowledge().desk
        with self.storage.begin() as session:
            if not self.take(session, name, now):
                return None
            due = []
            for notice in notices.due_notices(session, now):
                opening = held_until(notice, desk, now)
                if opening is None:
                    due.append(notice)
                else:
                    notices.hold(session, [notice.id], opening)
            bundle = self._choose(session, due, now)
            if not bundle:
                return None
            message = Message(bundle, *compose(bundle, self._settings.PUBLIC_URL))
            notices.begin_try(session, message.ids, now + _DOUBT)
            return message

    def _choose(
        self, session: Transaction, due: Sequence[Notice], now: datetime
    ) -> tuple[Notice, ...]:
        sent = notices.sent_since(session, now - SPAN)
        urgent = notices.sent_since(session, now - SPAN, URGENT)
        bundle = next_bundle(due, len(sent), len(urgent))
        if due and not bundle:
            # Until the oldest message that stands in the way is old enough.
            blocking = urgent if len(urgent) >= MOST else sent
            again = blocking[len(blocking) - MOST] + SPAN
            notices.put_off(session, [notice.id for notice in due], again)
        return bundle

    def _note(self, message: Message, told: Sequence[Told]) -> None:
        """Note what became of a message; one address that took it is enough."""
        now = self.now()
        for one in told:
            if one.problem:
                # Only the scheme: the rest of an address is often a password.
                logger.error("notice by %s not sent: %s", one.scheme, one.problem)
        with self.storage.begin() as session:
            if not all(one.problem for one in told):
                notices.note_sent(session, message.ids, now)
                self._metrics.notices.labels("sent").inc()
                return
            pause = self._pause(max(each.attempts for each in message.bundle))
            for notice in message.bundle:
                self._put_off(session, notice, now, now + pause)

    def _put_off(
        self, session: Transaction, notice: Notice, now: datetime, again: datetime
    ) -> None:
        if now - notice.due_since < _GIVE_UP:
            notices.put_off(session, [notice.id], again)
            self._metrics.notices.labels("failed").inc()
            return
        notices.give_up(session, [notice.id], now)
        self._metrics.notices.labels("dead").inc()
        logger.error("notice given up after %d tries", notice.attempts + 1)

    def _pause(self, attempts: int) -> timedelta:
        seconds = min(_FIRST_PAUSE * 2.0 ** min(attempts, 16), _LONGEST_PAUSE)
        return timedelta(seconds=seconds * (0.5 + self._chance() / 2))

    def _look_around(self, now: datetime) -> None:
        """Post what nobody else does, forget what is over, notice a long silence."""
        desk = self._knowledge().desk
        limit = self._settings.WHATSAPP_MONTHLY_ALERT
        with self.storage.begin() as session:
            post_waiting(session, now, _WAITED)
            sent = sent_this_month(session, desk, now)
            if limit and sent > limit and post_limit(session, desk, now):
                logger.warning("whatsapp: %d messages this month: over the limit", sent)
            if not self._settings.notify_urls:
                notices.switch_off_before(session, now - _OFF_AFTER)
            # A month's limit is told once, so that notice is kept for longer.
            notices.forget_before(session, now - _KEPT, except_kinds=[LIMIT])
            notices.forget_before(session, now - timedelta(days=62))
            oldest = notices.oldest_due(session, now)
        self._metrics.sent_this_month.set(sent)
        self._alarm(now - oldest if oldest is not None else timedelta(0))

    def _alarm(self, waited: timedelta) -> None:
        if not self._settings.notify_urls:
            waited = timedelta(0)
        self._metrics.notices_waiting.set(waited.total_seconds())
        if waited > _SILENCE:
            minutes = waited.total_seconds() // 60
            logger.error("staff have not been told of news for %d minutes", minutes)
