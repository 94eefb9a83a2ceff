"""Tells open event streams that their conversation has something new."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Wakeups:
    """One bell a listener, rung by conversation."""

    def __init__(self) -> None:
        self._bells: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self.is_closing = False

    def close(self) -> None:
        """Let every stream end: the gateway stops; pages come back by themselves."""
        self.is_closing = True
        for conversation in list(self._bells):
            self.ring(conversation)

    @contextmanager
    def listening(self, conversation: str) -> Iterator[asyncio.Event]:
        """Yield a bell that rings when the conversation has something new."""
        bell = asyncio.Event()
        self._bells[conversation].add(bell)
        try:
            yield bell
        finally:
            self._bells[conversation].discard(bell)
            if not self._bells[conversation]:
                del self._bells[conversation]

    def ring(self, conversation: str) -> None:
        """Wake everybody who listens to a conversation."""
        for bell in self._bells.get(conversation, ()):
            bell.set()

    def listeners_to(self, conversation: str) -> int:
        """Return how many listen to a conversation."""
        return len(self._bells.get(conversation, ()))
