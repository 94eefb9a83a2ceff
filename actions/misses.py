"""Starts the watch for questions that visitors asked and did not get answered."""

from __future__ import annotations

import secrets
from datetime import datetime, timezone

from actions.base import ReplyingAction, answers, storage
from bot.knowledge.encoder import encode
from bot.services.miss_watch import MissWatch, Watching
from bot.settings import Settings


def start_watch(settings: Settings) -> None:
    """Watch all turns from now on, unless the office switched it off."""
    if settings.KEEP_MISSES == "off":
        return
    watch = MissWatch(
        Watching(
            storage(),
            answers().knowledge,
            encode,
            lambda: datetime.now(timezone.utc),
            lambda: secrets.token_hex(8),
        )
    )
    watch.start()
    ReplyingAction.watch = watch
