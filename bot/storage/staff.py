"""The people of the office who may sign in, and what they sign in with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.core.languages import Language
from bot.core.staff import Role, Staff
from bot.storage.office_tables import StaffRow
from bot.storage.upserts import insert_into

_TABLE: Final = StaffRow.__table__


@dataclass(frozen=True)
class Account:
    """A person's account: who, what they sign in with, and whether they may."""

    staff: Staff
    password_hash: str | None
    totp_secret: str | None
    totp_step: int
    failures: int
    locked_until: datetime | None
    disabled_at: datetime | None

    @property
    def is_set_up(self) -> bool:
        """Whether the person has chosen a password and a second factor."""
        return self.password_hash is not None and self.totp_secret is not None

    @property
    def is_active(self) -> bool:
        """Whether the person may sign in."""
        return self.disabled_at is None and self.is_set_up


def add(
    session: Session,
    login: str,
    name: str,
    role: Role,
    language: Language,
    now: datetime,
) -> Staff | None:
    """Add an account without a password; None: the login is taken."""
    values = {
        "login": login,
        "name": name,
        "role": role,
        "language": language,
        "totp_step": 0,
        "failures": 0,
        "created_at": now,
    }
    statement = insert_into(session, _TABLE).values(values)
    done = session.execute(statement.on_conflict_do_nothing(index_elements=["login"]))
    if not done.rowcount:
        return None
    found = find_by_login(session, login)
    return found.staff if found else None


def find(session: Session, staff_id: int) -> Account | None:
    """Return an account, or None."""
    return _one(session, select(StaffRow).where(StaffRow.id == staff_id))


def find_for_change(session: Session, staff_id: int) -> Account | None:
    """Return an account that nobody else changes until the transaction ends."""
    wanted = select(StaffRow).where(StaffRow.id == staff_id)
    return _one(session, wanted.with_for_update())


def find_by_login(session: Session, login: str) -> Account | None:
    """Return the account of a login in lower case, or None."""
    return _one(session, select(StaffRow).where(StaffRow.login == login))


def everybody(session: Session) -> list[Account]:
    """Return all accounts: those in use first, then by name."""
    order = (StaffRow.disabled_at.is_not(None), StaffRow.name, StaffRow.id)
    rows = session.execute(_fresh(select(StaffRow).order_by(*order))).scalars()
    return [_account(row) for row in rows]


def count_active_admins(session: Session) -> int:
    """Return how many admins may sign in; holds them until the transaction ends.

    Of two admins who disable each other at once, the second sees what the first did.
    """
    statement = select(StaffRow).where(StaffRow.role == "admin").with_for_update()
    rows = session.execute(_fresh(statement)).scalars()
    return sum(_account(row).is_active for row in rows)


def change(session: Session, staff_id: int, values: Mapping[str, Any]) -> None:
    """Change an account: role, language, password_hash, disabled_at, ..."""
    _update(session, _TABLE.c.id == staff_id, dict(values))


def note_failure(session: Session, staff_id: int) -> int:
    """Count a failed sign-in and return how many there were in a row."""
    values = {"failures": _TABLE.c.failures + 1}
    _update(session, _TABLE.c.id == staff_id, values)
    count = select(_TABLE.c.failures).where(_TABLE.c.id == staff_id)
    return int(session.execute(count).scalar_one())


def use_code(session: Session, staff_id: int, step: int) -> bool:
    """Note the time step of a code; return False if it, or a later one, was used."""
    fresh = (_TABLE.c.id == staff_id) & (_TABLE.c.totp_step < step)
    return _update(session, fresh, {"totp_step": step}) == 1


def _update(session: Session, which: Any, values: dict[str, Any]) -> int:
    return int(session.execute(update(_TABLE).where(which).values(values)).rowcount)


def _one(session: Session, statement: Any) -> Account | None:
    row = session.execute(_fresh(statement)).scalars().first()
    return _account(row) if row is not None else None


def _fresh(statement: Any) -> Any:
    # Changes go past the rows that a session has read: read them as they are now.
    return statement.execution_options(populate_existing=True)


def _account(row: Any) -> Account:
    return Account(
        Staff(row.id, row.login, row.name, row.role, row.language),
        row.password_hash,
        row.totp_secret,
        row.totp_step,
        row.failures,
        row.locked_until,
        row.disabled_at,
    )
