"""Keeps the messages of one conversation in order without Rasa's one-second waits."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore
from rasa.utils.endpoints import EndpointConfig

_WAIT_SECONDS = 0.05


class QuickLockStore(InMemoryLockStore):
    """The gateway sends one message at a time; this lock is the second line."""

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:  # noqa: ARG002
        super().__init__()

    def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = _WAIT_SECONDS,
    ) -> AbstractAsyncContextManager[TicketLock]:
        """Wait in short steps."""
        lock: AbstractAsyncContextManager[TicketLock] = super().lock(
            conversation_id, lock_lifetime, wait_time_in_seconds
        )
        return lock
