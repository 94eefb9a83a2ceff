"""How long and how much the gateway takes in of a request that does not end."""

from __future__ import annotations

import asyncio
import resource
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# From the connection, or from its next request's first byte, to the last header.
HEAD_SECONDS: Final = 15.0
# From there to the body's end: a sheet from the office over a poor line.
BODY_SECONDS: Final = 60.0
MOST_HEAD_BYTES: Final = 65_536
_MOST_DESCRIPTORS: Final = 65_536


class PatientProtocol(HttpToolsProtocol):
    """Closes connections whose request is not there in time, or never ends.

    Each one holds a descriptor, of which a process has few: without this, a thousand
    silent connections would keep everybody else out for as long as they like.
    """

    head_seconds = HEAD_SECONDS
    body_seconds = BODY_SECONDS

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._patience: asyncio.TimerHandle | None = None
        self._is_in_head = True
        self._head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait(self.head_seconds)

    def data_received(self, data: bytes) -> None:
        """Take in what came; the library itself sets no limit to headers."""
        self._head_bytes += len(data)
        super().data_received(data)
        if not self._is_in_head:
            self._head_bytes = 0
        elif self._head_bytes > MOST_HEAD_BYTES:
            self.transport.close()

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of a later request."""
        super().on_message_begin()
        if self._patience is None:
            self._wait(self.head_seconds)

    def on_headers_complete(self) -> None:
        """Wait longer for what the request brings."""
        super().on_headers_complete()
        self._wait(self.body_seconds)
        self._is_in_head = False

    def on_message_complete(self) -> None:
        """Wait no more: the answer may take its time."""
        super().on_message_complete()
        self._stop_waiting()
        self._is_in_head = True
        self._head_bytes = 0

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._patience = self.loop.call_later(seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


def allow_descriptors() -> None:
    """Let this process hold as many connections as the system allows it to."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_DESCRIPTORS
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
