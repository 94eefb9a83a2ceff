"""Votes on answers: what one says, what it is named by, what many add up to."""

from __future__ import annotations

import hashlib
import hmac
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

_SURE: Final = 1.96  # standard deviations: 95 of 100 such tallies lie within


@dataclass(frozen=True)
class Vote:
    """One vote on one answer.

    `words` is the visitor's question, and `conversation` whose it is: both are
    there only where the visitor agreed that the office reads the question.
    """

    name: str
    entry: str
    language: str
    channel: str
    helpful: bool
    at: datetime
    words: str | None = None
    conversation: str | None = None


@dataclass(frozen=True)
class Tally:
    """The votes on an entry in one language."""

    entry: str
    language: str
    up: int
    down: int


@dataclass(frozen=True)
class SharedQuestion:
    """A question that its visitor let the office read, with the entry it got."""

    entry: str
    language: str
    helpful: bool
    at: datetime
    words: str


def vote_name(conversation: str, seq: int, entry: str, key: bytes) -> str:
    """Return what a vote is known by: always the same, and betraying no conversation.

    >>> name = vote_name("0" * 32, 3, "jail_hold", b"key")
    >>> len(name), name == vote_name("0" * 32, 4, "jail_hold", b"key")
    (64, False)
    """
    named = f"feedback:{conversation}:{seq}:{entry}".encode()
    return hmac.new(key, named, hashlib.sha256).hexdigest()


def worst_first(tallies: Iterable[Tally]) -> list[Tally]:
    """Return tallies by the share of down votes that is certain at their number.

    One down vote alone is little certain, so it does not stand above nine of ten.

    >>> given = [Tally("a", "en", 9, 1), Tally("b", "en", 0, 1), Tally("c", "en", 1, 9)]
    >>> [tally.entry for tally in worst_first(given)]
    ['c', 'b', 'a']
    """
    return sorted(tallies, key=lambda t: (-_certain_down(t), t.entry, t.language))


def _certain_down(tally: Tally) -> float:
    # The lower end of Wilson's interval for the share of down votes.
    votes = tally.up + tally.down
    if not votes:
        return 0.0
    share, square = tally.down / votes, _SURE**2
    middle = share + square / (2 * votes)
    spread = math.sqrt((share * (1 - share) + square / (4 * votes)) / votes)
    return (middle - _SURE * spread) / (1 + square / votes)
