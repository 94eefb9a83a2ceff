"""Who is signed in: one row for each browser, kept under a hash of its token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.storage.office_tables import StaffSessionRow

_TABLE: Final = StaffSessionRow.__table__


@dataclass(frozen=True)
class StaffSession:
    """A sign-in: whose, when it was last used, when it ends in any case."""

    staff_id: int
    used_at: datetime
    expires_at: datetime


def start(
    session: Session, key: str, staff_id: int, now: datetime, expires_at: datetime
) -> None:
    """Keep a new sign-in."""
    row = StaffSessionRow(
        key=key,
        staff_id=staff_id,
        created_at=now,
        used_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()


def find(session: Session, key: str) -> StaffSession | None:
    """Return a sign-in, or None."""
    columns = (_TABLE.c.staff_id, _TABLE.c.used_at, _TABLE.c.expires_at)
    row = session.execute(select(*columns).where(_TABLE.c.key == key)).first()
    return StaffSession(*row) if row is not None else None


def note_use(session: Session, key: str, now: datetime) -> None:
    """Note that a sign-in was used."""
    statement = update(_TABLE).where(_TABLE.c.key == key, _TABLE.c.used_at < now)
    session.execute(statement.values(used_at=now))


def end(session: Session, key: str) -> None:
    """End one sign-in."""
    _delete(session, _TABLE.c.key == key)


def end_all(session: Session, staff_id: int, but: str = "") -> None:
    """End all sign-ins of a person, except one that is named."""
    _delete(session, (_TABLE.c.staff_id == staff_id) & (_TABLE.c.key != but))


def forget_over(session: Session, now: datetime, unused_since: datetime) -> int:
    """Delete sign-ins that are over and return how many."""
    over = (_TABLE.c.expires_at <= now) | (_TABLE.c.used_at <= unused_since)
    return _delete(session, over)


def _delete(session: Session, which: Any) -> int:
    return int(session.execute(delete(_TABLE).where(which)).rowcount)
