"""Signing in and staying signed in: passwords, codes, slow-down, times that end."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core.safety import clean_text
from bot.core.staff import Staff
from bot.services.passwords import Passwords
from bot.services.second_factor import matching_step
from bot.storage import audit, invites, staff, staff_sessions
from bot.storage.engine import Storage, Transaction

SESSION_TIME: Final = timedelta(hours=12)
IDLE_TIME: Final = timedelta(minutes=30)
# The subject of an audit row is no longer than this.
SUBJECT_LENGTH: Final = 40
_RENEWED_AFTER: Final = timedelta(minutes=1)
_FREE_FAILURES: Final = 5
_LONGEST_WAIT_MINUTES: Final = 15


@dataclass(frozen=True)
class Credentials:
    """What somebody typed to sign in."""

    login: str
    password: str
    code: str


def token_key(token: str, key: bytes) -> str:
    """Return the name under which a token is kept: the token itself never is."""
    return hmac.new(key, token.encode(), hashlib.sha256).hexdigest()


def sign_in(
    storage: Storage,
    passwords: Passwords,
    given: Credentials,
    session_key: str,
    now: datetime,
) -> Staff | None:
    """Sign somebody in under a session key; None: not with these credentials.

    Whoever is unknown, disabled or must wait costs as much time as a wrong password.
    """
    login = clean_text(given.login).lower()
    with storage.read() as session:
        account = staff.find_by_login(session, login)
    kept = account.password_hash if account and _may_try(account, now) else None
    is_right = passwords.matches(kept, given.password)
    with storage.begin() as session:
        if account is None:
            audit.note(session, now, None, "sign_in_failed", "unknown")
            return None
        fresh = staff.find_for_change(session, account.staff.id)
        # Meanwhile it may have been locked, disabled or given another password.
        is_same = fresh is not None and fresh.password_hash == kept
        if fresh is None or not (is_same and _may_try(fresh, now)):
            _note_failure(session, account, now)
            return None
        if not (is_right and _use_code(session, fresh, given.code, now)):
            _slow_down(session, fresh.staff.id, now)
            _note_failure(session, fresh, now)
            return None
        staff.change(session, fresh.staff.id, {"failures": 0, "locked_until": None})
        begin_session(session, fresh.staff, session_key, now)
        return fresh.staff


def begin_session(
    session: Transaction, person: Staff, session_key: str, now: datetime
) -> None:
    """Keep that somebody is signed in."""
    staff_sessions.start(session, session_key, person.id, now, now + SESSION_TIME)
    audit.note(session, now, person.id, "signed_in", person.login[:SUBJECT_LENGTH])


def renew_session(
    session: Transaction, person: Staff, session_key: str, now: datetime
) -> None:
    """Keep somebody signed in whose other sign-ins ended with a change."""
    staff_sessions.start(session, session_key, person.id, now, now + SESSION_TIME)


def staff_of(
    storage: Storage, session_key: str, now: datetime, is_use: bool
) -> Staff | None:
    """Return who is signed in under a session key, or None.

    `is_use`: the person did something, so the idle time begins anew.
    """
    with storage.read() as session:
        found = staff_sessions.find(session, session_key)
        account = staff.find(session, found.staff_id) if found else None
    if found is None or account is None or not account.is_active:
        return None
    if now >= found.expires_at or now - found.used_at >= IDLE_TIME:
        return None
    if is_use and now - found.used_at >= _RENEWED_AFTER:
        with storage.begin() as session:
            staff_sessions.note_use(session, session_key, now)
    return account.staff


def confirm_password(
    storage: Storage, passwords: Passwords, staff_id: int, password: str, now: datetime
) -> bool:
    """Return whether somebody who is signed in knows their password, too.

    Wrong ones count as at the sign-in: a browser left open is no way to guess it.
    """
    with storage.read() as session:
        account = staff.find(session, staff_id)
    kept = account.password_hash if account and _may_try(account, now) else None
    is_right = passwords.matches(kept, password)
    with storage.begin() as session:
        fresh = staff.find_for_change(session, staff_id)
        if fresh is None or not _may_try(fresh, now):
            return False
        if not is_right:
            _slow_down(session, staff_id, now)
        return is_right and fresh.password_hash == kept


def sign_out(
    session: Transaction, person: Staff, session_key: str, now: datetime
) -> None:
    """End one sign-in."""
    staff_sessions.end(session, session_key)
    audit.note(session, now, person.id, "signed_out", person.login[:SUBJECT_LENGTH])


def sign_out_everywhere(session: Transaction, person: Staff, now: datetime) -> None:
    """End all sign-ins of a person."""
    staff_sessions.end_all(session, person.id)
    subject = person.login[:SUBJECT_LENGTH]
    audit.note(session, now, person.id, "signed_out", subject, "everywhere")


def forget_over(storage: Storage, now: datetime) -> None:
    """Delete sign-ins and one-time links whose time is over.

    Raises:
        StorageError: the database did not answer; they stay due.
    """
    with storage.begin() as session:
        staff_sessions.forget_over(session, now, now - IDLE_TIME)
        invites.forget_over(session, now)


def wait_after(failures: int) -> timedelta | None:
    """Return how long an account waits after failures in a row; None: not at all.

    >>> [str(wait_after(n)) for n in (4, 5, 6, 8, 9, 50)]
    ['None', '0:01:00', '0:02:00', '0:08:00', '0:15:00', '0:15:00']
    """
    if failures < _FREE_FAILURES:
        return None
    doublings = min(failures - _FREE_FAILURES, 10)
    return timedelta(minutes=min(2**doublings, _LONGEST_WAIT_MINUTES))


def _may_try(account: staff.Account, now: datetime) -> bool:
    is_waiting = account.locked_until is not None and now < account.locked_until
    return account.is_active and not is_waiting


def _use_code(
    session: Transaction, account: staff.Account, code: str, now: datetime
) -> bool:
    secret = account.totp_secret
    if secret is None:
        return False
    step = matching_step(secret, code, now, account.totp_step)
    return step is not None and staff.use_code(session, account.staff.id, step)


def _slow_down(session: Transaction, staff_id: int, now: datetime) -> None:
    wait = wait_after(staff.note_failure(session, staff_id))
    if wait is not None:
        staff.change(session, staff_id, {"locked_until": now + wait})


def _note_failure(session: Transaction, account: staff.Account, now: datetime) -> None:
    subject = account.staff.login[:SUBJECT_LENGTH]
    audit.note(session, now, None, "sign_in_failed", subject)
