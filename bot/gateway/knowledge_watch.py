"""Looks at the knowledge folder all the time; keeps history, tells staff of faults."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from bot.core.errors import BotError, Fault
from bot.gateway.loops import keep_doing
from bot.services import golden, knowledge_notices, snapshots
from bot.services.editing import Editing
from bot.services.editing_history import note_outside_changes
from bot.services.library import KnowledgeShelf
from bot.storage.engine import Storage

logger: Final = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 0.5
_BETWEEN_ROUNDS: Final = timedelta(minutes=1)
# The first round copies and notes everything: not while visitors' first messages come.
_AFTER_START: Final = timedelta(seconds=15)
# While somebody saves, a file may be half there for a moment: nobody is told of that.
_PATIENCE: Final = timedelta(seconds=10)


@dataclass
class KnowledgeWatch:
    """One loop a gateway; several gateways share the work by what is noted already."""

    storage: Storage
    shelf: KnowledgeShelf
    root: Path
    require_approved: bool
    models: Path
    now: Callable[[], datetime]
    _faulty_since: datetime | None = None
    _told: tuple[Fault, ...] = ()
    _next_round: datetime | None = None

    async def run(self) -> None:
        """Look until cancelled."""
        step = partial(asyncio.to_thread, self.step)
        await keep_doing("knowledge watch", step, _LOOK_SECONDS)

    def step(self) -> None:
        """Take up what changed, and do what is due; a failure is tried again later."""
        now = self.now()
        try:
            self.shelf.look()
            self._tell_faults(now)
            if self._next_round is None:
                self._next_round = now + _AFTER_START
            if now >= self._next_round:
                self._next_round = now + _BETWEEN_ROUNDS
                self._round(now)
        except (BotError, OSError) as error:
            logger.error("knowledge watch: put off: %s", type(error).__name__)

    def _tell_faults(self, now: datetime) -> None:
        faults = tuple(self.shelf.faults)
        if not faults:
            self._faulty_since, self._told = None, ()
            return
        if self._faulty_since is None:
            self._faulty_since = now
        if faults == self._told or now - self._faulty_since < _PATIENCE:
            return
        with self.storage.begin() as session:
            knowledge_notices.post_faults(session, faults, now)
        self._told = faults

    def _round(self, now: datetime) -> None:
        self.shelf.keep_copy()
        knowledge, today = self.shelf.current, self._today(now)
        if not self.shelf.faults:
            editing = Editing(
                self.storage, self.root, self.require_approved, self._today
            )
            note_outside_changes(editing, knowledge, now)
            snapshots.take_if_due(self.storage, self.root, today, now)
        snapshots.forget_older(self.storage, now)
        refused = golden.refusal(golden.refusal_path(self.models))
        with self.storage.begin() as session:
            knowledge_notices.post_reviews(session, knowledge, today, now)
            if refused is not None:
                knowledge_notices.post_refusal(session, refused, now)

    def _today(self, moment: datetime) -> date:
        return self.shelf.current.desk.local(moment).date()
