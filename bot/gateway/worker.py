"""Works on conversations one by one under leases, beside other gateways."""

from __future__ import annotations

import abc
import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import ClassVar, Final

from bot.core.errors import StorageError
from bot.gateway.wakeups import Wakeups
from bot.storage import leases
from bot.storage.engine import Storage, Transaction

logger: Final = logging.getLogger(__name__)
BELL: Final = "whatsapp"
LOOK_SECONDS: Final = 1.0


class Worker(abc.ABC):
    """Looks for what is due when a bell rings, and every second besides."""

    # What the leases are called by, how long they hold, how many at once.
    name: ClassVar[str]
    lease: ClassVar[timedelta]
    at_once: ClassVar[int]

    def __init__(
        self,
        storage: Storage,
        wakeups: Wakeups,
        now: Callable[[], datetime],
        holder: str,
    ) -> None:
        self.storage = storage
        self.wakeups = wakeups
        self.now = now
        self._holder = holder
        self._is_stopped = False
        self._busy: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @abc.abstractmethod
    def due(self) -> list[str]:
        """Return the conversations that have something to do."""

    @abc.abstractmethod
    async def work(self, conversation: str) -> bool:
        """Do it, as long as the lease is ours; return whether anything was done."""

    def take(self, session: Transaction, conversation: str, now: datetime) -> bool:
        """Take or renew the lease on a conversation; return whether it is ours."""
        name, until = f"{self.name}:{conversation}", now + self.lease
        return leases.take_lease(session, name, self._holder, now, until)

    def stop(self) -> None:
        """Begin nothing more; what is under way another gateway takes up.

        A cancellation alone could get lost between a bell and its time-out.
        """
        self._is_stopped = True
        for task in self._tasks:
            task.cancel()

    async def run(self) -> None:
        """Work until stopped."""
        with self.wakeups.listening(BELL) as bell:
            while not self._is_stopped:
                bell.clear()
                found = await self._look()
                self._start([name for name in found if name not in self._busy])
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(bell.wait(), LOOK_SECONDS)

    async def _look(self) -> list[str]:
        try:
            return await asyncio.to_thread(self.due)
        # Whatever it was, the next look may see more; its text can hold words.
        except Exception as error:
            logger.error("%s: not looked: %s", self.name, type(error).__name__)
            return []

    def _start(self, found: list[str]) -> None:
        for conversation in found[: max(0, self.at_once - len(self._busy))]:
            self._busy.add(conversation)
            task = asyncio.create_task(self._keep(conversation))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _keep(self, conversation: str) -> None:
        is_done = False
        try:
            is_done = await self.work(conversation)
        except Exception as error:
            logger.error("%s: put off: %s", self.name, type(error).__name__)
        finally:
            with suppress(StorageError):
                await asyncio.to_thread(self._give_back, conversation)
            self._busy.discard(conversation)
            # Not where another gateway has it: that would be asking without a pause.
            if is_done:
                self.wakeups.ring(BELL)

    def _give_back(self, conversation: str) -> None:
        with self.storage.begin() as session:
            leases.give_back_lease(session, f"{self.name}:{conversation}", self._holder)
