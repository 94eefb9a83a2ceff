"""Writes all encrypted content anew with the newest key."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from bot.storage.engine import Storage
from bot.storage.miss_tables import MissGroupRow, MissRow
from bot.storage.office_tables import ConsultationRow, NoteRow, StaffRow
from bot.storage.tables import (
    ContactRow,
    FeedbackRow,
    InboxRow,
    MessageRow,
    OutboxRow,
    TrackerRow,
)

_ENCRYPTED: Final = (
    (InboxRow, "content"),
    (MessageRow, "content"),
    (TrackerRow, "content"),
    (FeedbackRow, "words"),
    (ContactRow, "address"),
    (OutboxRow, "content"),
    (ConsultationRow, "content"),
    (NoteRow, "content"),
    (StaffRow, "totp_secret"),
    (MissRow, "words"),
    (MissRow, "vector"),
    (MissGroupRow, "centre"),
)


def reencrypt(storage: Storage) -> int:
    """Re-encrypt every row with the newest key and return how many there were.

    Raises:
        StorageError: a row could not be read or written; the old keys still serve.
    """
    count = 0
    for table, column in _ENCRYPTED:
        written = select(table).where(getattr(table, column).is_not(None))
        with storage.begin() as session:
            for row in session.execute(written).scalars():
                flag_modified(row, column)
                count += 1
    return count
