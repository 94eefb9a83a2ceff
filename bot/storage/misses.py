"""Keeps what visitors asked and did not get; nothing here leads back to anybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import delete, func, insert, select, update

from bot.core.misses import GroupState, KeptGroup, KeptMiss, Miss
from bot.storage.engine import Transaction
from bot.storage.miss_tables import MissGroupRow, MissRow

_MISSES: Final = MissRow.__table__
_GROUPS: Final = MissGroupRow.__table__


def add_miss(session: Transaction, kept: KeptMiss) -> None:
    """Keep one question."""
    values = {
        "id": kept.id,
        "day": kept.day,
        "language": kept.miss.language,
        "kind": kept.miss.kind,
        "entry": kept.miss.entry,
        "words": kept.miss.words,
        "vector": kept.vector,
        "group_id": kept.group,
    }
    session.execute(insert(_MISSES).values(values))


def add_group(session: Transaction, group: KeptGroup) -> None:
    """Begin a group."""
    values = {"id": group.id, "state": group.state, "centre": group.centre}
    session.execute(insert(_GROUPS).values(values))


def all_groups(session: Transaction) -> list[KeptGroup]:
    """Return all groups."""
    rows = session.execute(select(_GROUPS).order_by(_GROUPS.c.id))
    return [KeptGroup(row.id, row.state, row.centre) for row in rows]


def find_group(session: Transaction, group_id: str) -> KeptGroup | None:
    """Return one group, or None; nobody else changes it until this ends."""
    statement = select(_GROUPS).where(_GROUPS.c.id == group_id).with_for_update()
    row = session.execute(statement).first()
    return None if row is None else KeptGroup(row.id, row.state, row.centre)


def all_misses(session: Transaction) -> list[KeptMiss]:
    """Return all questions, those of the last day first."""
    statement = select(_MISSES).order_by(_MISSES.c.day.desc(), _MISSES.c.id)
    return [_kept(row) for row in session.execute(statement)]


def misses_in(session: Transaction, group_id: str) -> list[KeptMiss]:
    """Return the questions of one group, those of the last day first."""
    statement = select(_MISSES).where(_MISSES.c.group_id == group_id)
    ordered = statement.order_by(_MISSES.c.day.desc(), _MISSES.c.id)
    return [_kept(row) for row in session.execute(ordered)]


def misses_without_vector(session: Transaction, limit: int) -> list[KeptMiss]:
    """Return some of the questions whose meaning was not read yet."""
    statement = select(_MISSES).where(_MISSES.c.vector.is_(None)).limit(limit)
    return [_kept(row) for row in session.execute(statement)]


def count_in(session: Transaction, group_id: str) -> int:
    """Return how many questions a group has."""
    return _count(session, _MISSES.c.group_id == group_id)


def count_on(session: Transaction, day: date) -> int:
    """Return how many questions of a day are kept."""
    return _count(session, _MISSES.c.day == day)


def put_into(session: Transaction, miss_id: str, vector: str, group_id: str) -> None:
    """Note what a question means, and with which others it belongs."""
    values = {"vector": vector, "group_id": group_id}
    session.execute(update(_MISSES).where(_MISSES.c.id == miss_id).values(values))


def set_centre(session: Transaction, group_id: str, centre: str) -> None:
    """Keep the new middle of a group."""
    session.execute(
        update(_GROUPS).where(_GROUPS.c.id == group_id).values(centre=centre)
    )


def set_state(
    session: Transaction,
    group_id: str,
    state: GroupState,
    staff_id: int,
    now: datetime,
) -> None:
    """Note what somebody made of a group."""
    values = {"state": state, "changed_by": staff_id, "changed_at": now}
    session.execute(update(_GROUPS).where(_GROUPS.c.id == group_id).values(values))


def forget_until(session: Transaction, day: date) -> set[str]:
    """Delete the questions of a day and all before; return the groups they were in."""
    old = _MISSES.c.day <= day
    touched = select(_MISSES.c.group_id).where(old, _MISSES.c.group_id.is_not(None))
    groups = {row.group_id for row in session.execute(touched.distinct())}
    session.execute(delete(_MISSES).where(old))
    return groups


def forget_groups(session: Transaction, group_ids: Iterable[str]) -> None:
    """Delete groups that have no questions any more."""
    session.execute(delete(_GROUPS).where(_GROUPS.c.id.in_(set(group_ids))))


def _count(session: Transaction, which: Any) -> int:
    statement = select(func.count()).select_from(_MISSES).where(which)
    return int(session.execute(statement).scalar_one())


def _kept(row: Any) -> KeptMiss:
    miss = Miss(row.kind, row.language, row.words, row.entry)
    return KeptMiss(row.id, row.day, miss, row.vector, row.group_id)
