"""People on WhatsApp: where to answer them, when they wrote, who wants no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.core.whatsapp import Person
from bot.storage.tables import ContactRow


@dataclass(frozen=True)
class Contact:
    """Whom a conversation is with; `person` is gone once all was deleted."""

    person_key: str
    channel: str
    conversation: str
    person: Person | None
    heard_at: datetime
    opted_out_at: datetime | None
    paced_until: datetime | None


def find_contact(session: Session, person_key: str) -> Contact | None:
    """Return the contact of a person, or None."""
    row = session.get(ContactRow, person_key)
    return None if row is None else _contact(row)


def contact_of(session: Session, conversation: str) -> Contact | None:
    """Return the contact of a conversation, or None."""
    statement = select(ContactRow).where(ContactRow.conversation_id == conversation)
    row = session.execute(statement).scalars().first()
    return None if row is None else _contact(row)


def note_contact(
    session: Session,
    person_key: str,
    channel: str,
    conversation: str,
    person: Person,
    heard_at: datetime,
) -> None:
    """Note that a person wrote; their newest address counts."""
    row = session.get(ContactRow, person_key)
    if row is None:
        row = ContactRow(
            person_key=person_key,
            channel=channel,
            conversation_id=conversation,
            heard_at=heard_at,
        )
        session.add(row)
    row.address = {"user_id": person.user_id, "phone": person.phone}
    # Events may come in any order: the window only moves forward.
    row.heard_at = max(row.heard_at, heard_at)


def rename_contact(session: Session, old_key: str, new_key: str) -> None:
    """Let a person go on under a new number or id."""
    if session.get(ContactRow, new_key) is None:
        session.execute(
            update(ContactRow)
            .where(ContactRow.person_key == old_key)
            .values(person_key=new_key)
            .execution_options(synchronize_session=False)
        )


def set_opted_out(session: Session, person_key: str, at: datetime | None) -> None:
    """Note that a person wants no more messages, or does again (None)."""
    session.execute(
        update(ContactRow)
        .where(ContactRow.person_key == person_key)
        .values(opted_out_at=at)
        .execution_options(synchronize_session=False)
    )


def pace_contact(session: Session, person_key: str, until: datetime) -> None:
    """Note until when a person's share of messages is used up."""
    session.execute(
        update(ContactRow)
        .where(ContactRow.person_key == person_key)
        .values(paced_until=until)
        .execution_options(synchronize_session=False)
    )


def forget_contacts(session: Session, conversations: Sequence[str]) -> None:
    """Forget people; of those who opted out only the hash stays, so that it holds."""
    ours = ContactRow.conversation_id.in_(conversations)
    session.execute(
        delete(ContactRow)
        .where(ours, ContactRow.opted_out_at.is_(None))
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(ContactRow)
        .where(ours)
        .values(address=None)
        .execution_options(synchronize_session=False)
    )


def _contact(row: ContactRow) -> Contact:
    address = row.address
    person = Person(address["user_id"], address["phone"]) if address else None
    return Contact(
        row.person_key,
        row.channel,
        row.conversation_id,
        person,
        row.heard_at,
        row.opted_out_at,
        row.paced_until,
    )
