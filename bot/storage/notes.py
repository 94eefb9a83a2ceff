"""What staff noted about a request, encrypted, until the request is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select

from bot.storage.engine import Transaction
from bot.storage.office_tables import NoteRow

_TABLE: Final = NoteRow.__table__


@dataclass(frozen=True)
class Note:
    """A note, who wrote it and when."""

    staff_id: int
    text: str
    at: datetime


def add_note(
    session: Transaction, consultation_id: str, staff_id: int, text: str, now: datetime
) -> None:
    """Add a note; whoever calls has changed the request's row before.

    Else a deletion at the same moment could miss the note.
    """
    values = {
        "consultation_id": consultation_id,
        "staff_id": staff_id,
        "content": {"text": text},
        "at": now,
    }
    session.execute(insert(_TABLE).values(values))


def notes_of(session: Transaction, consultation_id: str) -> list[Note]:
    """Return the notes of a request, oldest first."""
    statement = (
        select(_TABLE)
        .where(_TABLE.c.consultation_id == consultation_id)
        .order_by(_TABLE.c.id)
    )
    return [
        Note(row.staff_id, row.content["text"], row.at)
        for row in session.execute(statement)
    ]


def delete_notes(session: Transaction, consultation_id: str) -> None:
    """Delete the notes of a request."""
    session.execute(delete(_TABLE).where(_TABLE.c.consultation_id == consultation_id))
