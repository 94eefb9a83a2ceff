"""What a miss is: a question that got no answer, or none that was any use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from bot.core.languages import Language
from bot.core.messages import ReplyKind

MissKind = Literal["refused", "clarified", "thumbs_down", "handed_over"]
GroupState = Literal["open", "drafted", "covered", "dismissed"]
GROUP_STATES: Final[tuple[GroupState, ...]] = get_args(GroupState)
KEPT_DAYS: Final = 30
# What fewer people asked might tell who they are: it is counted, never shown.
FEWEST_SHOWN: Final = 3


@dataclass(frozen=True)
class Miss:
    """One question, masked; `entry` is what was given or came nearest."""

    kind: MissKind
    language: Language
    words: str
    entry: str | None = None


@dataclass(frozen=True)
class KeptMiss:
    """A miss as it is kept; `vector` and `group` come when the words were read."""

    id: str
    day: date
    miss: Miss
    vector: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class KeptGroup:
    """Misses that mean the same; `centre` is the middle of their vectors, packed."""

    id: str
    state: GroupState
    centre: str


@dataclass(frozen=True)
class Turned:
    """What of a turn tells whether an earlier question was missed."""

    kind: ReplyKind
    language: Language
    # The question, masked; also of a turn that only pressed a button under its answer.
    words: str
    entries: Sequence[str] = ()
    options: Sequence[str] = ()


def misses_of(before: Turned | None, turn: Turned, person: str) -> list[Miss]:
    """Return the questions that a turn shows to have been missed.

    `person`: the entry that offers a person, which is no choice among answers.

    >>> refused = Turned("no_answer", "en", "can I keep a goat")
    >>> [miss.kind for miss in misses_of(None, refused, "human_please")]
    ['refused']
    """
    found = []
    if before is not None and before.kind == "clarify":
        picked = (set(turn.entries) & set(before.options)) - {person}
        found += [] if picked else [_miss("clarified", before, person)]
    if before is not None and before.kind == "answer" and turn.kind == "handoff":
        found.append(_miss("handed_over", before, person))
    if turn.kind == "no_answer":
        found.append(_miss("refused", turn, person))
    return [miss for miss in found if len(miss.words.split()) > 1]


def unpicked(turn: Turned, person: str) -> list[Miss]:
    """Return the miss of a visitor who left without picking what was offered."""
    if turn.kind != "clarify" or len(turn.words.split()) < 2:
        return []
    return [_miss("clarified", turn, person)]


def _miss(kind: MissKind, turn: Turned, person: str) -> Miss:
    near = [name for name in (*turn.entries, *turn.options) if name != person]
    return Miss(kind, turn.language, turn.words, near[0] if near else None)
