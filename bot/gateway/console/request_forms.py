"""Reads what staff fill in on a request's page; what is wrong is said in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from typing import Final, Literal, cast
from zoneinfo import ZoneInfo

from bot.core.consultations import Appointment
from bot.core.office import DeskRules

LEAST_MINUTES: Final = 5
NAMES: Final = ("day", "time", "minutes", "kind", "reason", "note")


class Mistake(Exception):
    """A field that is filled in wrongly, and the words that say what is wanted."""

    def __init__(
        self, field: str, words: str, blanks: Mapping[str, object] | None = None
    ) -> None:
        self.field = field
        self.words = words
        self.blanks = blanks or {}
        super().__init__(words)


def read_version(fields: Mapping[str, str]) -> int:
    """Return the version of the request that the form was made for; 0 if none."""
    given = fields.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def read_note(fields: Mapping[str, str], most: int) -> str:
    """Return the note that was typed.

    Raises:
        Mistake: it is empty or too long.
    """
    # Browsers send line breaks as two characters; staff count one.
    text = fields.get("note", "").replace("\r\n", "\n").strip()
    if not text:
        raise Mistake("note", "request.note_empty")
    if len(text) > most:
        raise Mistake("note", "request.note_long", {"count": len(text), "most": most})
    return text


def read_reason(fields: Mapping[str, str], reasons: tuple[str, ...]) -> str:
    """Return why a request is closed.

    Raises:
        Mistake: no reason of the list was chosen.
    """
    reason = fields.get("reason", "")
    if reason not in reasons:
        raise Mistake("reason", "request.close_choose")
    return reason


def read_appointment(
    fields: Mapping[str, str], desk: DeskRules, now: datetime, kept_days: int
) -> Appointment:
    """Return the appointment that was typed, by the office's clock.

    Raises:
        Mistake: a field is wrong; the moment is over, lies too far ahead, or is
            skipped when the clocks go forward.
    """
    day = _read_day(fields.get("day", ""), desk, now, kept_days)
    starts_at = _moment(day, _read_time(fields.get("time", "")), desk)
    if starts_at <= now:
        raise Mistake("time", "request.time_past")
    kind = fields.get("kind", "")
    if kind not in desk.kinds:
        raise Mistake("kind", "request.kind_wrong")
    minutes = _read_minutes(fields.get("minutes", ""), desk)
    return Appointment(starts_at, minutes, cast(Literal["phone", "office"], kind))


def days_offered(desk: DeskRules, now: datetime, kept_days: int) -> tuple[date, date]:
    """Return the first and the last day for which an appointment may be given.

    The request is deleted so many days after the change; the last of them counts not.
    """
    today = desk.local(now).date()
    return today, today + timedelta(days=kept_days - 1)


def _read_day(given: str, desk: DeskRules, now: datetime, kept_days: int) -> date:
    first, last = days_offered(desk, now, kept_days)
    try:
        day = date.fromisoformat(given.strip())
    except ValueError:
        example = {"example": (first + timedelta(days=1)).isoformat()}
        raise Mistake("day", "request.day_wrong", example) from None
    if day < first:
        raise Mistake("day", "request.time_past")
    if day > last:
        raise Mistake("day", "request.day_far", {"days": kept_days - 1})
    return day


def _read_time(given: str) -> time:
    try:
        clock = time.fromisoformat(given.strip())
    except ValueError:
        raise Mistake("time", "request.time_wrong") from None
    # A zone would be another clock than the office's.
    if ":" not in given or clock.tzinfo is not None:
        raise Mistake("time", "request.time_wrong")
    return clock.replace(second=0, microsecond=0)


def _moment(day: date, clock: time, desk: DeskRules) -> datetime:
    zone = ZoneInfo(desk.time_zone)
    moment = datetime.combine(day, clock, zone).astimezone(timezone.utc)
    if moment.astimezone(zone).time() != clock:
        raise Mistake("time", "request.time_skipped")
    return moment


def _read_minutes(given: str, desk: DeskRules) -> int:
    typed = given.strip()
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 4
    if not is_number or not LEAST_MINUTES <= int(typed) <= desk.minutes:
        raise Mistake("minutes", "request.minutes_wrong", {"most": desk.minutes})
    return int(typed)
