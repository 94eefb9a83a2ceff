"""What the commands that change entries work with: the editing core and a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.errors import BotError
from bot.core.staff import Permission, Staff
from bot.knowledge.desk_file import read_desk
from bot.services.accounts import as_login
from bot.services.editing import Editing, OpenEntry, open_entry
from bot.settings import Settings
from bot.storage import staff
from bot.storage.engine import Storage, open_storage, upgrade


@dataclass(frozen=True)
class Desk:
    """The editing core at one moment, for whoever sits at the terminal."""

    editing: Editing
    storage: Storage
    now: datetime

    @property
    def today(self) -> date:
        """The day by the office's clock."""
        return self.editing.today(self.now)

    def person(self, login: str | None, permission: Permission) -> Staff:
        """Return who does it; without a login, the one person who may.

        Raises:
            BotError: nobody has this login, may not, or several may.
        """
        with self.storage.read() as session:
            everybody = [a for a in staff.everybody(session) if a.disabled_at is None]
        able = [a.staff for a in everybody if a.staff.may(permission)]
        if login is None and len(able) == 1:
            return able[0]
        known = ", ".join(person.login for person in able) or "nobody yet"
        if login is None:
            raise BotError(f"Who does this? Add --by LOGIN. It may be: {known}.")
        for account in everybody:
            if account.staff.login == as_login(login):
                return account.staff
        raise BotError(f"Nobody has this login. It may be: {known}.")

    def entry(self, entry_id: str) -> OpenEntry:
        """Return an entry as its files have it.

        Raises:
            RequestGone: there is neither a file nor a draft of that id.
        """
        return open_entry(self.editing, entry_id)


@contextmanager
def open_desk(settings: Settings, now: datetime) -> Iterator[Desk]:
    """Open the database and yield what editing needs.

    Raises:
        StorageError: the database does not answer.
    """
    upgrade(settings)
    storage = open_storage(settings)

    def today(moment: datetime) -> date:
        return read_desk(settings.KNOWLEDGE_DIR).local(moment).date()

    try:
        editing = Editing(
            storage, settings.KNOWLEDGE_DIR, settings.REQUIRE_APPROVED, today
        )
        yield Desk(editing, storage, now)
    finally:
        storage.close()
