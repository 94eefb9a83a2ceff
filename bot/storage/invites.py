"""One-time links by which somebody chooses a password; kept under a hash each."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.storage.office_tables import InviteRow

_TABLE: Final = InviteRow.__table__


def make(session: Session, key: str, staff_id: int, expires_at: datetime) -> None:
    """Keep a new link; an earlier one of the same person is dead."""
    forget_of(session, staff_id)
    session.add(InviteRow(key=key, staff_id=staff_id, expires_at=expires_at))
    session.flush()


def find(session: Session, key: str, now: datetime) -> int | None:
    """Return whose link it is; None: there is none, or its time is over."""
    statement = select(_TABLE.c.staff_id).where(
        _TABLE.c.key == key, _TABLE.c.expires_at > now
    )
    found: int | None = session.execute(statement).scalar_one_or_none()
    return found


def use(session: Session, key: str, now: datetime) -> bool:
    """Use a link up; return whether it was still good."""
    good = (_TABLE.c.key == key) & (_TABLE.c.expires_at > now)
    return bool(session.execute(delete(_TABLE).where(good)).rowcount)


def forget_of(session: Session, staff_id: int) -> None:
    """Delete a person's links."""
    session.execute(delete(_TABLE).where(_TABLE.c.staff_id == staff_id))


def forget_over(session: Session, now: datetime) -> None:
    """Delete links whose time is over."""
    session.execute(delete(_TABLE).where(_TABLE.c.expires_at <= now))
