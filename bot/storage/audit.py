"""Who did what, and when: rows that are added and never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, select

from bot.storage.engine import Transaction
from bot.storage.office_tables import AuditRow, StaffRow

_TABLE: Final = AuditRow.__table__
_STAFF: Final = StaffRow.__table__


@dataclass(frozen=True)
class AuditEntry:
    """One thing that was done; `staff_id` is None for a visitor or the assistant."""

    at: datetime
    staff_id: int | None
    action: str
    subject: str
    detail: str
    id: int = 0


def note(
    session: Transaction,
    now: datetime,
    staff_id: int | None,
    action: str,
    subject: str,
    detail: str = "",
) -> None:
    """Note that something was done; no word that somebody typed belongs here."""
    values = {
        "at": now,
        "staff_id": staff_id,
        "action": action,
        "subject": subject,
        "detail": detail,
    }
    session.execute(insert(_TABLE).values(values))


def of_subject(session: Transaction, subject: str) -> list[AuditEntry]:
    """Return what was done about a request or another subject, oldest first."""
    statement = select(_TABLE).where(_TABLE.c.subject == subject).order_by(_TABLE.c.id)
    return [_entry(row) for row in session.execute(statement)]


def latest(
    session: Transaction, limit: int, before_id: int | None = None
) -> list[AuditEntry]:
    """Return what was done last, newest first; `before_id` asks for the next page."""
    statement = select(_TABLE).order_by(_TABLE.c.id.desc()).limit(limit)
    if before_id is not None:
        statement = statement.where(_TABLE.c.id < before_id)
    return [_entry(row) for row in session.execute(statement)]


def names_of(session: Transaction, staff_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of staff, also of those who may no longer sign in."""
    wanted = select(_STAFF.c.id, _STAFF.c.name).where(_STAFF.c.id.in_(set(staff_ids)))
    return {row.id: row.name for row in session.execute(wanted)}


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(row.at, row.staff_id, row.action, row.subject, row.detail, row.id)
