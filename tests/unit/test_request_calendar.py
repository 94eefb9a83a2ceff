"""The calendar file holds the time of an appointment and nothing about anybody."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from bot.core.consultations import Appointment
from bot.services.request_calendar import event_uid, write_calendar

NOW = datetime(2026, 7, 20, 12, tzinfo=timezone.utc)
NEW_YORK = ZoneInfo("America/New_York")
STARTS_AT = datetime(2026, 7, 23, 14, 30, tzinfo=NEW_YORK)
APPOINTMENT = Appointment(STARTS_AT, 40, "phone")


def written(
    appointment: Appointment = APPOINTMENT, summary: str = "Appointment"
) -> bytes:
    """Return the file of an appointment."""
    return write_calendar(appointment, "f" * 32, summary, 3, NOW)


def event_in(content: bytes) -> Event:
    """Return the only event of a file."""
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def test_a_calendar_reads_back_the_same_time() -> None:
    event = event_in(written())
    assert event["dtstart"].dt == STARTS_AT
    assert event["dtend"].dt == STARTS_AT + timedelta(minutes=40)
    assert event["dtstamp"].dt == NOW


@pytest.mark.parametrize(
    "starts_at",
    [
        datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=0),
        datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1),
        datetime(2027, 3, 14, 3, 0, tzinfo=NEW_YORK),
    ],
    ids=["before the clocks go back", "after it", "after they go forward"],
)
def test_times_are_written_in_utc_so_that_no_clock_change_moves_them(
    starts_at: datetime,
) -> None:
    content = written(Appointment(starts_at, 40, "office"))
    event = event_in(content)
    in_utc = starts_at.astimezone(timezone.utc)
    assert event["dtstart"].dt == in_utc
    assert f"DTSTART:{in_utc:%Y%m%dT%H%M%SZ}".encode() in content
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=40)


def test_the_file_has_only_these_lines() -> None:
    assert written(summary="Cita").decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Appointments//Calendar//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "SUMMARY:Cita",
        "DTSTART:20260723T183000Z",
        "DTEND:20260723T191000Z",
        "DTSTAMP:20260720T120000Z",
        f"UID:{'f' * 32}",
        "SEQUENCE:3",
        "CLASS:PRIVATE",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_an_event_keeps_its_name_and_no_installation_can_tell_anothers() -> None:
    assert event_uid("4F2K", b"key") == event_uid("4F2K", b"key")
    others = {event_uid("4F2M", b"key"), event_uid("4F2K", b"another")}
    assert event_uid("4F2K", b"key") not in others
    assert "4F2K" not in event_uid("4F2K", b"key").upper()
