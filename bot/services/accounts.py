"""Accounts of the office's people: adding, changing, disabling, one-time links."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.core.errors import NotAllowed, RequestGone
from bot.core.languages import DEFAULT_LANGUAGE, Language
from bot.core.safety import clean_text
from bot.core.staff import ROLES, Role, Staff
from bot.services import second_factor
from bot.services.sign_ins import SUBJECT_LENGTH, token_key
from bot.storage import audit, invites, staff, staff_sessions
from bot.storage.engine import Transaction

INVITE_HOURS: Final = 24
FIRST_ADMIN: Final = "admin"
NAME_LENGTH: Final = 60
_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._+@-]{1,98}")
_NO_SIGN_IN: Final = {"password_hash": None, "totp_secret": None}


class Refused(NotAllowed):
    """A change of an account that cannot be; `reason` is the key of its words."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class SetUp:
    """What somebody chooses with their one-time link."""

    name: str
    language: Language
    password_hash: str
    secret: str
    code: str


def as_login(text: str) -> str:
    """Return a login as it is kept: case does not matter.

    >>> as_login(" Ana@Office.example ")
    'ana@office.example'
    """
    return text.strip().lower()


def add(
    session: Transaction,
    by: int | None,
    login: str,
    name: str,
    role: str,
    language: Language,
    now: datetime,
) -> Staff:
    """Add an account that waits for its one-time link.

    Raises:
        Refused: the login, the name or the role cannot be, or the login is taken.
    """
    login = as_login(login)
    if _LOGIN.fullmatch(login) is None:
        raise Refused("wrong_login")
    added = staff.add(session, login, as_name(name), _as_role(role), language, now)
    if added is None:
        raise Refused("taken_login")
    _note(session, now, by, "staff_added", added, role)
    return added


def as_name(text: str) -> str:
    """Return a name as visitors read it.

    Raises:
        Refused: there is none, or it is too long.
    """
    name = clean_text(text)
    if not 1 <= len(name) <= NAME_LENGTH:
        raise Refused("wrong_name")
    return name


def invite(
    session: Transaction,
    by: int | None,
    staff_id: int,
    token: str,
    key: bytes,
    now: datetime,
) -> Staff:
    """Make a one-time link of a token; what the person signed in with is void.

    Raises:
        RequestGone: there is no such account.
        Refused: the account is disabled.
    """
    account = _account(session, staff_id)
    if account.disabled_at is not None:
        raise Refused("is_disabled")
    expires_at = now + timedelta(hours=INVITE_HOURS)
    invites.make(session, token_key(token, key), staff_id, expires_at)
    staff.change(session, staff_id, _NO_SIGN_IN)
    staff_sessions.end_all(session, staff_id)
    _note(session, now, by, "invite_made", account.staff)
    return account.staff


def invite_first_admin(
    session: Transaction, new_token: Callable[[], str], key: bytes, now: datetime
) -> str | None:
    """Return the token of a link for the admin; None: an admin can sign in already."""
    if staff.count_active_admins(session):
        return None
    found = staff.find_by_login(session, FIRST_ADMIN)
    if found is None:
        admin = add(session, None, FIRST_ADMIN, "Admin", "admin", DEFAULT_LANGUAGE, now)
    else:
        admin = found.staff
        staff.change(session, admin.id, {"role": "admin", "disabled_at": None})
    token = new_token()
    invite(session, None, admin.id, token, key, now)
    return token


def invited(
    session: Transaction, token: str, key: bytes, now: datetime
) -> Staff | None:
    """Return whose one-time link it is; None: the link is dead."""
    staff_id = invites.find(session, token_key(token, key), now)
    account = staff.find(session, staff_id) if staff_id is not None else None
    if account is None or account.disabled_at is not None:
        return None
    return account.staff


def join(
    session: Transaction, token: str, key: bytes, chosen: SetUp, now: datetime
) -> Staff:
    """Complete an account with what its person chose; the link is dead then.

    Raises:
        RequestGone: the link is dead.
        Refused: the first code is wrong; the link still works.
    """
    person = invited(session, token, key, now)
    if person is None:
        raise RequestGone
    step = second_factor.matching_step(chosen.secret, chosen.code, now, 0)
    if step is None:
        raise Refused("wrong_code")
    if not invites.use(session, token_key(token, key), now):
        raise RequestGone
    values = {
        "name": chosen.name,
        "language": chosen.language,
        "password_hash": chosen.password_hash,
        **_new_factor(chosen.secret, step),
    }
    staff.change(session, person.id, values)
    _note(session, now, person.id, "password_changed", person, "one-time link")
    return _account(session, person.id).staff


def change_role(
    session: Transaction, by: int, staff_id: int, role: str, now: datetime
) -> None:
    """Give somebody another role; their sign-ins end.

    Raises:
        RequestGone: there is no such account.
        Refused: there is no such role, or it would leave no admin.
    """
    wanted = _as_role(role)
    account = _account(session, staff_id)
    if wanted == account.staff.role:
        return
    if wanted != "admin":
        _keep_an_admin(session, account)
    staff.change(session, staff_id, {"role": wanted})
    staff_sessions.end_all(session, staff_id)
    _note(session, now, by, "staff_changed", account.staff, wanted)


def disable(session: Transaction, by: int, staff_id: int, now: datetime) -> None:
    """Shut somebody out at once; what they did stays in the audit.

    Raises:
        RequestGone: there is no such account.
        Refused: it would leave no admin.
    """
    account = _account(session, staff_id)
    if account.disabled_at is not None:
        return
    _keep_an_admin(session, account)
    staff.change(session, staff_id, {"disabled_at": now, **_NO_SIGN_IN})
    staff_sessions.end_all(session, staff_id)
    invites.forget_of(session, staff_id)
    _note(session, now, by, "staff_disabled", account.staff)


def enable(session: Transaction, by: int, staff_id: int, now: datetime) -> None:
    """Let somebody in again; they need a new one-time link.

    Raises:
        RequestGone: there is no such account.
    """
    account = _account(session, staff_id)
    if account.disabled_at is not None:
        staff.change(session, staff_id, {"disabled_at": None})
        _note(session, now, by, "staff_changed", account.staff, "enabled")


def change_password(
    session: Transaction, staff_id: int, password_hash: str, now: datetime
) -> None:
    """Keep a new password; all sign-ins end."""
    account = _account(session, staff_id)
    staff.change(session, staff_id, {"password_hash": password_hash})
    staff_sessions.end_all(session, staff_id)
    _note(session, now, staff_id, "password_changed", account.staff)


def change_factor(
    session: Transaction, staff_id: int, secret: str, code: str, now: datetime
) -> None:
    """Keep a new second factor; all sign-ins end.

    Raises:
        Refused: the code does not belong to the new secret.
    """
    step = second_factor.matching_step(secret, code, now, 0)
    if step is None:
        raise Refused("wrong_code")
    account = _account(session, staff_id)
    staff.change(session, staff_id, _new_factor(secret, step))
    staff_sessions.end_all(session, staff_id)
    _note(session, now, staff_id, "password_changed", account.staff, "second factor")


def _new_factor(secret: str, step: int) -> dict[str, Any]:
    return {
        "totp_secret": secret,
        "totp_step": step,
        "failures": 0,
        "locked_until": None,
    }


def _as_role(role: str) -> Role:
    for known in ROLES:
        if role == known:
            return known
    raise Refused("wrong_role")


def _account(session: Transaction, staff_id: int) -> staff.Account:
    account = staff.find_for_change(session, staff_id)
    if account is None:
        raise RequestGone
    return account


def _keep_an_admin(session: Transaction, account: staff.Account) -> None:
    is_admin = account.staff.role == "admin" and account.is_active
    if is_admin and staff.count_active_admins(session) < 2:
        raise Refused("last_admin")


def _note(
    session: Transaction,
    now: datetime,
    by: int | None,
    action: str,
    person: Staff,
    detail: str = "",
) -> None:
    audit.note(session, now, by, action, person.login[:SUBJECT_LENGTH], detail)
