"""python -m bot staff: who may use the console, and their one-time links."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Final

from rich.console import Console
from rich.table import Table

from bot.core.errors import StorageError
from bot.services import accounts
from bot.settings import Settings, load_settings
from bot.storage import staff
from bot.storage.engine import Storage, open_storage, upgrade
from bot.storage.keys import derived_key

# Browsers keep the console's cookie for these addresses without https.
_ALL_ADDRESSES: Final = ("0.0.0.0", "::", "")  # noqa: S104 - compared, not listened on
_REFUSALS: Final = {
    "is_disabled": "This person is disabled. An admin can let them in again.",
    "taken_login": "Somebody has this login already.",
    "wrong_login": "A login is an e-mail address, or letters, figures, . _ + and -.",
    "wrong_name": f"A name has 1 to {accounts.NAME_LENGTH} characters.",
}


def run(options: argparse.Namespace) -> int:
    """Add a person, list everybody, or make a new link; return the exit code."""
    settings = load_settings()
    with _storage(settings) as storage:
        try:
            if options.task == "list":
                return _print_people(storage)
            if options.task == "reset":
                return _reset(settings, storage, options.login)
            return _add(settings, storage, options)
        except accounts.Refused as refused:
            print(_REFUSALS.get(refused.reason, refused.reason), file=sys.stderr)
            return 1


def print_first_link(settings: Settings) -> None:
    """Print a one-time link for the admin while no admin can sign in."""
    if settings.STAFF_CONSOLE == "off":
        return
    try:
        with _storage(settings) as storage, storage.begin() as session:
            token = accounts.invite_first_admin(
                session, _new_token, _key(settings), _now()
            )
    except StorageError:
        # The gateway starts without its database, too, and says so at /readyz.
        print("rights-desk: the database does not answer; no sign-in link was made")
        return
    if token is not None:
        print(f"rights-desk: first sign-in  {_link(settings, token)}", flush=True)


def _add(settings: Settings, storage: Storage, options: argparse.Namespace) -> int:
    token = _new_token()
    with storage.begin() as session:
        added = accounts.add(
            session,
            None,
            options.login,
            options.name,
            options.role,
            options.language,
            _now(),
        )
        accounts.invite(session, None, added.id, token, _key(settings), _now())
    _print_link(settings, token)
    return 0


def _reset(settings: Settings, storage: Storage, login: str) -> int:
    token = _new_token()
    with storage.begin() as session:
        found = staff.find_by_login(session, accounts.as_login(login))
        if found is not None:
            staff_id = found.staff.id
            accounts.invite(session, None, staff_id, token, _key(settings), _now())
    if found is None:
        print("Nobody has this login: python -m bot staff list", file=sys.stderr)
        return 1
    _print_link(settings, token)
    return 0


def _print_people(storage: Storage) -> int:
    with storage.read() as session:
        people = staff.everybody(session)
    table = Table("login", "name", "role", "state")
    for account in people:
        person = account.staff
        table.add_row(person.login, person.name, person.role, _state(account))
    Console(highlight=False, markup=False).print(table if people else "Nobody yet.")
    return 0


def _state(account: staff.Account) -> str:
    if account.disabled_at is not None:
        return "disabled"
    return "active" if account.is_set_up else "waits for the link to be used"


def _print_link(settings: Settings, token: str) -> None:
    print(f"One-time link, good for {accounts.INVITE_HOURS} hours:")
    print(_link(settings, token))


def _link(settings: Settings, token: str) -> str:
    host = "127.0.0.1" if settings.HOST in _ALL_ADDRESSES else settings.HOST
    base = settings.PUBLIC_URL or f"http://{host}:{settings.PORT}"
    return f"{base.rstrip('/')}/staff/join?token={token}"


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def _key(settings: Settings) -> bytes:
    return derived_key(settings, "staff sessions")


def _now() -> datetime:
    return datetime.now(timezone.utc)


@contextmanager
def _storage(settings: Settings) -> Iterator[Storage]:
    upgrade(settings)
    storage = open_storage(settings)
    try:
        yield storage
    finally:
        storage.close()
