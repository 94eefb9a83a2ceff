"""How the stand-ins go wrong: on purpose, for a while, or for a share of the calls."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.standins.luck import luck


@dataclass
class Fault:
    """One way to fail, `times` times or always, for a share (`rate`) of the calls.

    `late` accepts the message and tells the failure by a status afterwards.
    `seconds` waits before the answer; with `code` and `http` 0 it only waits.
    """

    code: int = 0
    http: int = 0
    times: int | None = None
    rate: float = 1.0
    late: bool = False
    seconds: float = 0.0


def down(times: int | None = None, rate: float = 1.0) -> Fault:
    """Meta's temporary failure."""
    return Fault(131000, 500, times, rate)


def busy(times: int | None = None, rate: float = 1.0) -> Fault:
    """Too many messages of the whole number."""
    return Fault(130429, 429, times, rate)


def too_fast(times: int | None = None, rate: float = 1.0) -> Fault:
    """Too many messages to one person."""
    return Fault(131056, 400, times, rate)


def window_closed(times: int | None = None, late: bool = True) -> Fault:
    """More than 24 hours since the person wrote; Meta tells it mostly by a status."""
    return Fault(131047, 400, times, late=late)


def token_expired(times: int | None = None) -> Fault:
    """The token is not valid any more."""
    return Fault(190, 401, times)


def slow(seconds: float, times: int | None = None) -> Fault:
    """Accepts, and answers late: past the sender's patience it is a time-out."""
    return Fault(times=times, seconds=seconds)


@dataclass
class Faults:
    """What goes wrong at the moment; empty is a good day. Same seed, same luck."""

    planned: list[Fault] = field(default_factory=list)
    luck: Random = field(default_factory=luck)

    def add(self, *faults: Fault) -> None:
        """Let things go wrong from now on."""
        self.planned += faults

    def clear(self) -> None:
        """Let everything go well again."""
        self.planned.clear()

    def next(self) -> Fault | None:
        """Return what strikes this call, if anything."""
        for fault in self.planned:
            if fault.times == 0 or self.luck.random() >= fault.rate:
                continue
            if fault.times is not None:
                fault.times -= 1
            return fault
        return None


@dataclass
class PairRate:
    """One message in some seconds to the same person, after a burst."""

    seconds: float = 6.0
    burst: int = 3
    clock: Callable[[], float] = time.monotonic
    _filled: dict[str, tuple[float, float]] = field(default_factory=dict)

    def allows(self, person: str) -> bool:
        """Take one message's share of the person's bucket, if it holds one."""
        now = self.clock()
        share, seen = self._filled.get(person, (float(self.burst), now))
        share = min(self.burst, share + (now - seen) / self.seconds)
        is_allowed = share >= 1 - 1e-9
        self._filled[person] = (share - 1 if is_allowed else share, now)
        return is_allowed
