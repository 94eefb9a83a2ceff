"""Groups missed questions by meaning: each joins the nearest group, or begins one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from bot.core.errors import StorageError
from bot.core.misses import KEPT_DAYS, KeptGroup, KeptMiss, Miss
from bot.core.redaction import without_masks
from bot.knowledge.encoder import Vectors, pack_vector, unpack_vector
from bot.storage import misses
from bot.storage.engine import Storage, Transaction

logger: Final = logging.getLogger(__name__)
# Two wordings of one question are at least this near (cosine); two questions are not.
NEAR: Final = 0.64
# A flood must not fill the disk, nor the time that grouping takes.
MOST_A_DAY: Final = 300
_AT_ONCE: Final = 50

Encode = Callable[[list[str]], Vectors]
DrawId = Callable[[], str]


def note_miss(
    storage: Storage,
    miss: Miss,
    day: date,
    draw_id: DrawId,
    encode: Encode | None = None,
    counted: set[str] | None = None,
) -> bool:
    """Keep a masked question; return whether it was kept.

    Without `encode` its meaning is read later, by read_meanings(). `counted` holds the
    groups in which this visitor was counted already: once each is enough.

    Raises:
        StorageError: nothing was saved.
    """
    vector = None if encode is None else encode([without_masks(miss.words)])[0]
    with storage.begin() as session:
        if misses.count_on(session, day) >= MOST_A_DAY:
            return False
        if vector is None:
            misses.add_miss(session, KeptMiss(draw_id(), day, miss))
            return True
        group = _nearest(misses.all_groups(session), vector)
        if counted is not None and group is not None and group.id in counted:
            return False
        group_id = _join(session, group, vector, draw_id)
        packed = pack_vector(vector)
        misses.add_miss(session, KeptMiss(draw_id(), day, miss, packed, group_id))
    if counted is not None:
        counted.add(group_id)
    return True


def read_meanings(storage: Storage, encode: Encode, draw_id: DrawId) -> int:
    """Group the questions that came without their meaning; return how many.

    Raises:
        StorageError: nothing was saved.
    """
    with storage.read() as session:
        waiting = misses.misses_without_vector(session, _AT_ONCE)
    if not waiting:
        return 0
    vectors = encode([without_masks(kept.miss.words) for kept in waiting])
    with storage.begin() as session:
        for kept, vector in zip(waiting, vectors):
            group = _nearest(misses.all_groups(session), vector)
            group_id = _join(session, group, vector, draw_id)
            misses.put_into(session, kept.id, pack_vector(vector), group_id)
    return len(waiting)


def forget_old(session: Transaction, now: datetime) -> None:
    """Delete what was kept for 30 days, and what of it was left in its groups.

    A group's centre is made of its questions: it is made anew of those that stay.
    """
    day = (now - timedelta(days=KEPT_DAYS)).date()
    empty = []
    for group_id in misses.forget_until(session, day):
        vectors = [
            _unpacked(kept.vector) for kept in misses.misses_in(session, group_id)
        ]
        if not vectors:
            empty.append(group_id)
            continue
        centre = _unit(np.mean(np.stack(vectors), axis=0))
        misses.set_centre(session, group_id, pack_vector(centre))
    misses.forget_groups(session, empty)


def safely(work: Callable[[], object]) -> None:
    """Do something about misses; where the database fails, nothing is kept."""
    try:
        work()
    except StorageError:
        logger.error("a missed question was not kept: the database did not answer")


def _join(
    session: Transaction, group: KeptGroup | None, vector: Vectors, draw_id: DrawId
) -> str:
    if group is None:
        begun = KeptGroup(draw_id(), "open", pack_vector(vector))
        misses.add_group(session, begun)
        return begun.id
    many = misses.count_in(session, group.id)
    centre = _unit(_unpacked(group.centre) * many + vector)
    misses.set_centre(session, group.id, pack_vector(centre))
    return group.id


def _nearest(groups: Sequence[KeptGroup], vector: Vectors) -> KeptGroup | None:
    if not groups:
        return None
    centres = np.stack([_unpacked(group.centre) for group in groups])
    likeness = centres @ vector
    best = int(np.argmax(likeness))
    return groups[best] if likeness[best] >= NEAR else None


def _unpacked(packed: str | None) -> Vectors:
    vectors = unpack_vector(packed or "")
    if vectors is None:
        raise StorageError("a stored vector cannot be read")
    return vectors.reshape(-1)


def _unit(vector: Vectors) -> Vectors:
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length else vector, dtype=np.float32)
