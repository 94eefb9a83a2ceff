"""Does something again and again; one failure never ends it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

logger: Final = logging.getLogger(__name__)


async def keep_doing(
    name: str, step: Callable[[], Awaitable[object]], seconds: float
) -> None:
    """Do a step, pause, and so on until cancelled; what failed is tried again."""
    while True:
        try:
            await step()
        # Whatever it was: a loop that ended would be missed by nobody for days. Its
        # text can hold a visitor's words, its kind cannot.
        except Exception as error:
            logger.error("%s: put off: %s", name, type(error).__name__)
        await asyncio.sleep(seconds)
