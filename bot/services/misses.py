"""What visitors asked and did not get, as staff work through it: groups with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

import numpy as np

from bot.core.errors import NotAllowed, RequestGone
from bot.core.languages import Language
from bot.core.misses import (
    FEWEST_SHOWN,
    GroupState,
    KeptGroup,
    KeptMiss,
    MissKind,
)
from bot.core.staff import Staff
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import unpack_vector
from bot.services import miss_groups
from bot.services.replies import PERSON
from bot.storage import audit, misses
from bot.storage.engine import Storage, Transaction

# The audit's subject of everything that is done here.
SUBJECT: Final = "misses"
_EXAMPLES: Final = 5
_NO_TOPICS: Final = frozenset({"", PERSON, "out_of_scope"})

Suggestion = Literal["add", "new"]


@dataclass(frozen=True)
class MissGroup:
    """Questions that mean the same, and whether they fit an entry or want a new one."""

    id: str
    state: GroupState
    count: int
    last_seen: date
    languages: Sequence[Language]
    kinds: Sequence[tuple[MissKind, int]]
    nearest_entry: str | None
    examples: Sequence[str]
    suggestion: Suggestion


@dataclass(frozen=True)
class Overview:
    """The groups of a state, and how many questions are too rare to be shown."""

    groups: Sequence[MissGroup]
    rare: int
    by_state: Sequence[tuple[GroupState, int]]


def overview(
    session: Transaction,
    knowledge: KnowledgeBase,
    *,
    state: GroupState = "open",
    language: Language | None = None,
) -> Overview:
    """Return the groups of a state, those with most questions first.

    A group of fewer than three is counted and not shown, whatever its state.
    """
    members = _by_group(misses.all_misses(session))
    kept = misses.all_groups(session)
    shown = [group for group in kept if len(members.get(group.id, ())) >= FEWEST_SHOWN]
    hidden = sum(map(len, members.values())) - sum(len(members[g.id]) for g in shown)
    found = [
        _told(group, members[group.id], knowledge)
        for group in shown
        if group.state == state
    ]
    fitting = [one for one in found if language is None or language in one.languages]
    fitting.sort(key=lambda one: (-one.count, -one.last_seen.toordinal(), one.id))
    return Overview(fitting, hidden, tuple(Counter(g.state for g in shown).items()))


def is_full(session: Transaction, day: date) -> bool:
    """Return whether no more questions of a day are kept."""
    return misses.count_on(session, day) >= miss_groups.MOST_A_DAY


def groups(
    storage: Storage,
    knowledge: KnowledgeBase,
    *,
    state: GroupState = "open",
    language: Language | None = None,
) -> Sequence[MissGroup]:
    """Return the groups of a state that enough people asked for.

    Raises:
        StorageError: the database did not answer.
    """
    with storage.read() as session:
        return overview(session, knowledge, state=state, language=language).groups


def find_group(
    session: Transaction, knowledge: KnowledgeBase, group_id: str
) -> MissGroup:
    """Return one group.

    Raises:
        RequestGone: there is none of that id, or too few people asked for it.
    """
    group = misses.find_group(session, group_id)
    members = misses.misses_in(session, group_id)
    if group is None or len(members) < FEWEST_SHOWN:
        raise RequestGone
    return _told(group, members, knowledge)


def set_state(
    storage: Storage, group_id: str, state: GroupState, staff: Staff, now: datetime
) -> None:
    """Note what somebody made of a group.

    Raises:
        NotAllowed: this person may not work on missed questions.
        RequestGone: there is no such group, or too few people asked for it.
        StorageError: nothing was saved.
    """
    if not staff.may("see_misses"):
        raise NotAllowed
    with storage.begin() as session:
        group = misses.find_group(session, group_id)
        if group is None or misses.count_in(session, group_id) < FEWEST_SHOWN:
            raise RequestGone
        if group.state == state:
            return
        misses.set_state(session, group_id, state, staff.id, now)
        audit.note(session, now, staff.id, f"misses_{state}", SUBJECT, group_id)


def note_reading(storage: Storage, staff: Staff | None, now: datetime) -> None:
    """Note that somebody read what visitors asked; None: at the command line.

    Raises:
        StorageError: nothing was saved.
    """
    with storage.begin() as session:
        audit.note(session, now, staff.id if staff else None, "misses_read", SUBJECT)


def _by_group(kept: Iterable[KeptMiss]) -> dict[str, list[KeptMiss]]:
    found: dict[str, list[KeptMiss]] = {}
    for one in kept:
        found.setdefault(one.group or "", []).append(one)
    return found


def _told(
    group: KeptGroup, members: Sequence[KeptMiss], knowledge: KnowledgeBase
) -> MissGroup:
    near = Counter(one.miss.entry or "" for one in members)
    entry = next(
        (
            name
            for name, _ in near.most_common()
            if name not in _NO_TOPICS and knowledge.find(name) is not None
        ),
        None,
    )
    is_near = entry is not None and near[entry] * 2 >= len(members)
    return MissGroup(
        group.id,
        group.state,
        len(members),
        max(one.day for one in members),
        sorted({one.miss.language for one in members}),
        Counter(one.miss.kind for one in members).most_common(),
        entry,
        _examples(group, members),
        "add" if is_near else "new",
    )


def _examples(group: KeptGroup, members: Sequence[KeptMiss]) -> list[str]:
    """Return the wordings nearest to the middle, each once."""
    centre = unpack_vector(group.centre)

    def nearness(one: KeptMiss) -> float:
        vector = unpack_vector(one.vector or "")
        if centre is None or vector is None:
            return 0.0
        return float(np.vdot(centre, vector))

    ordered = sorted(members, key=nearness, reverse=True)
    return list(dict.fromkeys(one.miss.words for one in ordered))[:_EXAMPLES]
