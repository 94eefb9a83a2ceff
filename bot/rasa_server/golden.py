"""Asks a trained model, outside the running assistant, how it understands questions."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

from rasa.core.agent import Agent
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY
from rasa.utils.log_utils import configure_structlog

from bot.knowledge.base import KnowledgeBase
from bot.rasa_server.importer import intent_of


def intents_by(model: Path, texts: Sequence[str]) -> list[str]:
    """Return the intent that a model finds in each text; takes 10 ms a text."""
    # Rasa's own log would tell every question.
    logging.disable(logging.WARNING)
    configure_structlog(logging.ERROR)
    agent = Agent.load(model)

    async def ask() -> list[str]:
        parsed = [await agent.parse_message(text) for text in texts]
        return [str(found[INTENT][INTENT_NAME_KEY]) for found in parsed]

    return asyncio.run(ask())


def intents_of(knowledge: KnowledgeBase) -> dict[str, str]:
    """Return the intent of every entry, by its id and its aliases."""
    return {
        name: intent_of(entry)
        for entry in knowledge.entries.values()
        for name in entry.ids
    }
