"""Writes the appointment of a request as a calendar file that gives nobody away."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta, timezone
from typing import Final

from bot.core.consultations import Appointment

_MAKER: Final = "-//Appointments//Calendar//EN"
_UID_SIGNS: Final = 32


def write_calendar(
    appointment: Appointment,
    uid: str,
    summary: str,
    version: int,
    now: datetime,
) -> bytes:
    """Return a file with one event.

    Telephones show it on locked screens and send it to other machines: it says the
    time and the `summary`, and neither who meets whom nor what for. `version` grows
    with every change, so that a later file moves the event that an earlier one made.
    """
    # Slow to import, and most processes never write one.
    from icalendar import Calendar, Event

    starts_at = appointment.starts_at.astimezone(timezone.utc)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now.astimezone(timezone.utc))
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=appointment.minutes))
    event.add("summary", summary)
    event.add("sequence", version)
    event.add("status", "CONFIRMED")
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def event_uid(reference: str, key: bytes) -> str:
    """Return the name of a request's event: always the same, and telling nothing."""
    name = b"event:" + reference.encode("utf-8")
    return hmac.new(key, name, hashlib.sha256).hexdigest()[:_UID_SIGNS]
