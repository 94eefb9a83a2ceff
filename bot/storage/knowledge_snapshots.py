"""Keeps the monthly copies of all texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select

from bot.storage.engine import Transaction
from bot.storage.knowledge_tables import KnowledgeSnapshotRow
from bot.storage.upserts import insert_into

_TABLE: Final = KnowledgeSnapshotRow.__table__


@dataclass(frozen=True)
class KeptSnapshot:
    """A monthly copy without its bytes."""

    month: str
    taken_at: datetime
    entries: int
    sha256: str
    size: int


def keep_snapshot(
    session: Transaction,
    month: str,
    now: datetime,
    entries: int,
    sha256: str,
    zipped: bytes,
) -> bool:
    """Keep a month's copy; False where there is one already: it is never replaced."""
    values = {
        "month": month,
        "taken_at": now,
        "entries": entries,
        "sha256": sha256,
        "zipped": zipped,
    }
    statement = insert_into(session, _TABLE).values(values).on_conflict_do_nothing()
    return bool(session.execute(statement).rowcount)


def has_snapshot(session: Transaction, month: str) -> bool:
    """Return whether there is a copy of a month."""
    statement = select(_TABLE.c.month).where(_TABLE.c.month == month)
    return session.execute(statement).one_or_none() is not None


def kept_snapshots(session: Transaction) -> list[KeptSnapshot]:
    """Return the copies that are kept, newest first."""
    statement = select(
        _TABLE.c.month,
        _TABLE.c.taken_at,
        _TABLE.c.entries,
        _TABLE.c.sha256,
        func.length(_TABLE.c.zipped),
    ).order_by(_TABLE.c.month.desc())
    return [KeptSnapshot(*row) for row in session.execute(statement)]


def zipped_of(session: Transaction, month: str) -> bytes | None:
    """Return the bytes of a month's copy, or None."""
    statement = select(_TABLE.c.zipped).where(_TABLE.c.month == month)
    found = session.execute(statement).scalar_one_or_none()
    return None if found is None else bytes(found)


def forget_snapshots_before(session: Transaction, month: str) -> int:
    """Delete the copies of earlier months; return how many."""
    statement = delete(_TABLE).where(_TABLE.c.month < month)
    return int(session.execute(statement).rowcount)
