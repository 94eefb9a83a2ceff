"""Watches over conversations with staff: rings other gateways' bells, ends silence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.gateway.loops import keep_doing
from bot.gateway.wakeups import Wakeups
from bot.services import handoffs
from bot.services.library import KnowledgeShelf
from bot.storage import ownership
from bot.storage.engine import Storage

_LOOK_SECONDS: Final = 0.5
_SWEEP_SECONDS: Final = 30.0
# Clocks of several gateways differ a little: what is rung twice does no harm.
_OVERLAP: Final = timedelta(seconds=3)


class Watch:
    """One loop a gateway."""

    def __init__(
        self,
        storage: Storage,
        shelf: KnowledgeShelf,
        wakeups: Wakeups,
        now: Callable[[], datetime],
        silence: timedelta,
    ) -> None:
        self._storage = storage
        self._shelf = shelf
        self._wakeups = wakeups
        self._now = now
        self._silence = silence
        self._since = now()

    async def run(self) -> None:
        """Watch until cancelled."""
        looking = keep_doing("watch", self._look_on, _LOOK_SECONDS)
        sweeping = keep_doing("watch", self.sweep, _SWEEP_SECONDS)
        await asyncio.gather(looking, sweeping)

    async def _look_on(self) -> None:
        self._since = await self.look(self._since)

    async def look(self, since: datetime) -> datetime:
        """Wake the pages whose conversation staff touched, by whatever gateway."""
        now = self._now()
        for conversation in await asyncio.to_thread(self._changed, since - _OVERLAP):
            self._wakeups.ring(conversation)
        return now

    async def sweep(self) -> None:
        """Let the assistant go on where a visitor has waited too long for a person."""
        for conversation in await asyncio.to_thread(self._give_back):
            self._wakeups.ring(conversation)

    def _changed(self, since: datetime) -> list[str]:
        with self._storage.read() as session:
            return ownership.changed_since(session, since)

    def _give_back(self) -> list[str]:
        now, knowledge = self._now(), self._shelf.knowledge()
        with self._storage.begin() as session:
            return handoffs.give_back_silent(session, now, self._silence, knowledge)
