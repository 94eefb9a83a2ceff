"""Takes up a newly trained model while the assistant runs: no restart, no lost turn."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any, Final

from rasa.shared.exceptions import RasaException

from bot.core.quiet_memory import settle
from bot.knowledge.entry_pairs import Stamp, stamp_of

logger: Final = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 2.0


async def keep_model_new(agent: Any, model: Path, seen: Stamp) -> None:
    """Load the model's file whenever it changes, until cancelled.

    `seen` is the file's stamp before the agent loaded it at the start.
    """
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        seen = await renew_model(agent, model, seen)


async def renew_model(agent: Any, model: Path, seen: Stamp) -> Stamp:
    """Load the model if its file is not the one seen; return the stamp seen now.

    A file that cannot be loaded leaves the model in use as it is.
    """
    now = stamp_of(model)
    if now == seen or not any(now):
        return seen
    try:
        # The agent changes over in one step, once all of the new one is there.
        await asyncio.to_thread(agent.load_model, model)
    except (RasaException, OSError, ValueError, KeyError) as error:
        logger.error("new model not taken up: %s", type(error).__name__)
    else:
        settle()
        logger.info("new model taken up")
    return now
