"""A database of its own for each test, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.core.feedback import Vote
from bot.settings import Settings
from bot.storage.conversations import start_conversation
from bot.storage.engine import Storage, open_storage, upgrade
from tests.builders import NOON

CONVERSATION = "a" * 32
OTHER = "b" * 32


def vote(name: str, words: str | None = None, **fields: Any) -> Vote:
    """Return a down vote given at noon, with the words that its visitor shared."""
    given = {"entry": "jail_hold", "language": "en", "channel": "web", "at": NOON}
    whose = CONVERSATION if words is not None else None
    given |= {"helpful": False, "words": words, "conversation": whose}
    return Vote(name, **{**given, **fields})


@pytest.fixture
def storage(settings: Settings) -> Iterator[Storage]:
    """An open database with the present tables."""
    upgrade(settings)
    opened = open_storage(settings)
    yield opened
    opened.close()


@pytest.fixture
def started(storage: Storage) -> Storage:
    """The database with two conversations begun at noon."""
    with storage.begin() as session:
        start_conversation(session, CONVERSATION, "web", "en", NOON)
        start_conversation(session, OTHER, "web", None, NOON)
    return storage
