"""Keeps one visitor or network from using up the assistant; keeps nothing on disk."""

from __future__ import annotations

import hashlib
import ipaddress
import math
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from bot.core.errors import TooManyMessages

_KEPT: Final = 20_000


@dataclass(frozen=True)
class Limit:
    """How many at once, and how many more each second."""

    burst: float
    per_second: float


MESSAGES_OF_A_SESSION: Final = Limit(12, 0.5)
MESSAGES_OF_A_NETWORK: Final = Limit(60, 2.0)
READS_OF_A_SESSION: Final = Limit(60, 2.0)
SESSIONS_OF_A_NETWORK: Final = Limit(20, 0.2)
# Of private numbers of requests, which nobody shall find by trying.
TRIES_OF_A_NETWORK: Final = Limit(10, 10 / 60)
TRIES_OF_A_NETWORK_DAILY: Final = Limit(100, 100 / 86_400)
# Open at one time. A school or a shelter is one network.
STREAMS_OF_A_NETWORK: Final = 200
STREAMS: Final = 2_000


class RateLimits:
    """Token buckets in memory; networks are known by a salted hash only."""

    def __init__(self, clock: Callable[[], float], is_on: bool = True) -> None:
        self._clock = clock
        self._is_on = is_on
        self._salt = secrets.token_bytes(16)
        self._buckets: dict[tuple[Limit, str], tuple[float, float]] = {}
        self._streams: Counter[str] = Counter()

    def count_message(self, conversation: str, address: str) -> None:
        """Count a message.

        Raises:
            TooManyMessages: with the seconds to wait.
        """
        self._take(MESSAGES_OF_A_SESSION, conversation)
        self._take_network(MESSAGES_OF_A_NETWORK, address)

    def count_read(self, conversation: str) -> None:
        """Count a look for what was said.

        Raises:
            TooManyMessages: with the seconds to wait.
        """
        self._take(READS_OF_A_SESSION, conversation)

    def count_session(self, address: str) -> None:
        """Count a new conversation.

        Raises:
            TooManyMessages: with the seconds to wait.
        """
        self._take_network(SESSIONS_OF_A_NETWORK, address)

    def count_try(self, address: str) -> None:
        """Count a look for a request by its private number.

        Raises:
            TooManyMessages: with the seconds to wait.
        """
        self._take_network(TRIES_OF_A_NETWORK, address)
        self._take_network(TRIES_OF_A_NETWORK_DAILY, address)

    def may_stream(self, address: str) -> bool:
        """Return whether a network may have one more event stream open."""
        who = self._hash(address)
        own = self._streams[who] if self._is_on and who is not None else 0
        return own < STREAMS_OF_A_NETWORK and self.open_streams < STREAMS

    @property
    def open_streams(self) -> int:
        """How many event streams are open now."""
        return self._streams.total()

    @contextmanager
    def streaming(self, address: str) -> Iterator[None]:
        """Count an event stream while it is open."""
        who = self._hash(address) or ""
        self._streams[who] += 1
        try:
            yield
        finally:
            self._streams[who] -= 1
            if not self._streams[who]:
                del self._streams[who]

    def _take_network(self, limit: Limit, address: str) -> None:
        who = self._hash(address)
        if who is not None:
            self._take(limit, who)

    def _hash(self, address: str) -> str | None:
        network = _network(address)
        # A proxy on this machine passes the visitor's address on; loopback is us.
        if network is None:
            return None
        return hashlib.sha256(self._salt + network.encode()).hexdigest()

    def _take(self, limit: Limit, who: str) -> None:
        if not self._is_on:
            return
        now = self._clock()
        left, at = self._buckets.get((limit, who), (limit.burst, now))
        left = min(limit.burst, left + (now - at) * limit.per_second)
        if left < 1:
            raise TooManyMessages(max(1, math.ceil((1 - left) / limit.per_second)))
        if len(self._buckets) >= _KEPT:
            self._forget_full(now)
        self._buckets[limit, who] = (left - 1, now)

    def _forget_full(self, now: float) -> None:
        self._buckets = {
            key: (left, at)
            for key, (left, at) in self._buckets.items()
            if left + (now - at) * key[0].per_second < key[0].burst
        }


def _network(address: str) -> str | None:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.is_loopback:
        return None
    prefix = 32 if parsed.version == 4 else 64
    return str(ipaddress.ip_network(f"{parsed}/{prefix}", strict=False))
