"""An office with two people and a visitor who agreed to talk with one of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.core.messages import Channel
from bot.core.staff import Role, Staff
from bot.core.whatsapp import Person
from bot.storage import consents, consultations, contacts, conversations, staff
from bot.storage.engine import Transaction

REFERENCE: Final = "4F2K"
ANA: Final = Staff(1, "ana", "Ana Ruiz", "intake", "en")
LUZ: Final = Staff(2, "luz", "Luz Vega", "intake", "es")
EVA: Final = Staff(3, "eva", "Eva Sol", "admin", "en")


def open_office(session: Transaction, now: datetime) -> None:
    """Put the people into the database, under the ids that they have here."""
    for person in (ANA, LUZ, EVA):
        role: Role = person.role
        added = staff.add(session, person.login, person.name, role, "en", now)
        assert added is not None
        assert added.id == person.id


def send_request(
    session: Transaction,
    conversation: str,
    now: datetime,
    reference: str = REFERENCE,
    agrees: bool = True,
) -> None:
    """Send a consultation request in a conversation."""
    name = f"{reference:0<32}"
    consultations.new_draft(
        session,
        id=name,
        reference=reference,
        conversation=conversation,
        channel="web",
        language="en",
        now=now,
        delete_at=now + timedelta(hours=48),
    )
    if agrees:
        consents.keep_text(session, "v1", "en", "You agree.", now)
        consultations.note_consent(session, name, "v1", now)
    consultations.submit(
        session,
        name,
        code_key=f"key of {reference}",
        sent_by=f"message of {reference}",
        now=now,
        delete_at=now + timedelta(days=90),
    )


def write_by_whatsapp(
    session: Transaction,
    conversation: str,
    now: datetime,
    channel: Channel = "whatsapp_cloud",
) -> None:
    """Start a conversation with somebody who has just written by WhatsApp."""
    conversations.start_conversation(session, conversation, channel, "en", now)
    whose = Person(None, "15550100")
    contacts.note_contact(session, "key", channel, conversation, whose, now)
