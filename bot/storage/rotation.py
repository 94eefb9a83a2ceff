"""Writes all encrypted content anew with the newest key."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from bot.storage.engine import Storage
from bot.storage.tables import InboxRow, MessageRow, TrackerRow


def reencrypt(storage: Storage) -> int:
    """Re-encrypt every row with the newest key and return how many there were.

    Raises:
        StorageError: a row could not be read or written; the old keys still serve.
    """
    count = 0
    for table in (InboxRow, MessageRow, TrackerRow):
        with storage.begin() as session:
            for row in session.execute(select(table)).scalars():
                flag_modified(row, "content")
                count += 1
    return count
