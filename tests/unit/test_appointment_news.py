"""Who still has the conversation open reads in it when the appointment is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Literal

import pytest

from bot.core.consultations import Appointment
from bot.services.appointment_news import tell_appointment
from bot.storage import consultations, conversations
from tests.builders import NOON
from tests.live_office import REFERENCE
from tests.unit import handoff_office
from tests.unit.handoff_office import CHAT, Office, on_whatsapp

# Fixtures are found by name in the module of a test.
empty = handoff_office.empty
office = handoff_office.office
# Half past two in the afternoon by New York's clock.
PAGE = "https://office.example/request"
AT = datetime(2026, 7, 24, 18, 30, tzinfo=timezone.utc)


def tell(office: Office, kind: Literal["phone", "office"] = "phone") -> bool:
    """Tell of an appointment on 24 July 2026."""
    with office.storage.begin() as session:
        found = consultations.find_by_reference(session, REFERENCE)
        assert found is not None
        scheduled = replace(found, appointment=Appointment(AT, 40, kind))
        return tell_appointment(session, scheduled, office.knowledge, NOON, PAGE)


@pytest.mark.parametrize(
    ("kind", "place"), [("phone", "by phone"), ("office", "at the office")]
)
def test_the_day_and_the_time_are_told_by_the_clock_of_the_office(
    office: Office, kind: Literal["phone", "office"], place: str
) -> None:
    assert tell(office, kind)
    said = office.said()[-1]
    assert said["from"] == "system"
    assert "R-4F2K: July 24, 2026, 14:30" in said["text"]
    assert place in said["text"]
    assert PAGE in said["text"]


def test_an_appointment_that_is_taken_back_is_told_too(office: Office) -> None:
    with office.storage.begin() as session:
        found = consultations.find_by_reference(session, REFERENCE)
        assert found is not None
        assert tell_appointment(session, found, office.knowledge, NOON, PAGE)
    assert "R-4F2K does not take place" in office.said()[-1]["text"]


def test_on_whatsapp_it_is_sent(empty: Office) -> None:
    office = on_whatsapp(empty)
    assert tell(office)
    assert "July 24, 2026, 14:30" in office.sent()[-1]["body"]


def test_nothing_changes_for_who_answers_in_the_conversation(office: Office) -> None:
    office.join()
    assert tell(office)
    assert office.owner() == "person"
    assert office.said()[-1]["owner"] == "person"


def test_a_conversation_that_was_deleted_is_told_nothing(office: Office) -> None:
    with office.storage.begin() as session:
        conversations.delete_conversations(session, [CHAT])
    assert not tell(office)
