"""Puts staff and consultation requests into the database of a test."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from bot.core.consultations import Appointment, Consultation, State
from bot.core.staff import Role, Staff
from bot.services import requests
from bot.services.request_codes import code_key, code_of
from bot.storage import consents, consultations, staff
from bot.storage.engine import Storage, Transaction
from tests.builders import NOON
from tests.storage.conftest import CONVERSATION

KEY: Final = b"the key of the private numbers in tests"
# As long as REQUEST_DAYS is where nothing is set.
KEPT: Final = timedelta(days=90)
DRAFT_LIVES: Final = timedelta(hours=48)
REFERENCE: Final = "4F2K"
ANSWERS: Final = {
    "place": "NY",
    "urgency": "neither",
    "other_side": "Canario Verde LLC",
    "matter": "detained",
    "reach": "email",
    "address": "canario-rojo@example.org",
    "name": "Canario Azul Núñez",
    "spoken": "es",
}
CALL: Final = Appointment(NOON + timedelta(days=3), 40, "phone")


def add_staff(session: Transaction, login: str, role: Role = "intake") -> Staff:
    """Return a new member of the office, named like the sign-in but with a capital."""
    added = staff.add(session, login, login.capitalize(), role, "en", NOON)
    assert added is not None
    return added


def begin(
    session: Transaction,
    reference: str = REFERENCE,
    *,
    conversation: str = CONVERSATION,
    answers: Mapping[str, str] = ANSWERS,
    at: datetime = NOON,
    **fields: Any,
) -> str:
    """Begin a request, agree and answer; return its id."""
    name = f"{reference:0<32}"
    given = {"channel": "web", "language": "es", "is_urgent": False, **fields}
    consultations.new_draft(
        session,
        id=name,
        reference=reference,
        conversation=conversation,
        channel=given["channel"],
        language=given["language"],
        now=at,
        delete_at=at + DRAFT_LIVES,
    )
    consents.keep_text(session, "v1.es", "es", "Usted acepta.", at)
    consultations.note_consent(session, name, "v1.es", at)
    consultations.save_draft(
        session, name, answers, given["is_urgent"], given["language"], at
    )
    return name


def send(
    session: Transaction, reference: str = REFERENCE, **given: Any
) -> Consultation:
    """Begin a request and send it; return it."""
    name, at = begin(session, reference, **given), given.get("at", NOON)
    return consultations.submit(
        session,
        name,
        code_key=code_key(code_of(name, reference, KEY), KEY),
        sent_by=f"message of {reference}",
        now=at,
        delete_at=at + KEPT,
    )


def number_of(reference: str = REFERENCE) -> str:
    """Return the private number of a request begun here."""
    return code_of(f"{reference:0<32}", reference, KEY)


def bring_to(session: Transaction, state: State, person: Staff) -> Consultation:
    """Send a request and let a person bring it to a state."""
    found = send(session)
    if state in ("claimed", "scheduled", "closed"):
        found = requests.claim(session, REFERENCE, person, found.version, NOON)
    if state == "scheduled":
        return requests.schedule(session, REFERENCE, person, found.version, CALL, NOON)
    if state == "closed":
        return requests.close(
            session, REFERENCE, person, found.version, "handled", NOON
        )
    if state == "spam":
        return requests.mark_spam(session, REFERENCE, person, found.version, NOON)
    return found


def take(
    session: Transaction, step: requests.Step, person: Staff, version: int
) -> Consultation:
    """Do one of the office's steps an hour later."""
    later = NOON + timedelta(hours=1)
    if step == "schedule":
        return requests.schedule(session, REFERENCE, person, version, CALL, later)
    if step == "close":
        return requests.close(session, REFERENCE, person, version, "other", later)
    plain = {
        "claim": requests.claim,
        "give_up": requests.give_up,
        "mark_spam": requests.mark_spam,
        "reopen": requests.reopen,
    }
    return plain[step](session, REFERENCE, person, version, later)


def present(storage: Storage, reference: str = REFERENCE) -> Consultation:
    """Return a request as it is kept now."""
    with storage.read() as session:
        found = consultations.find_by_reference(session, reference)
    assert found is not None
    return found
