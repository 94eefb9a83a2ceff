"""Reads what was typed for a question: a date, a number, an address, a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.core.intake import MOST_CHARACTERS, looks_private
from bot.core.languages import Language
from bot.core.matching import fold

PRIVATE: Final = "intake_private"
NO_NUMBERS: Final = "intake_no_numbers"
DATE_OUT_OF_RANGE: Final = "intake_date_range"
_MOST_DIGITS_IN_NAME: Final = 6
_DAYS_AHEAD: Final = 730
_MOST_DAYS_TO_NEXT: Final = 300

# 8/3, 8/3/26, 8-3-2026, 8/3 2026; a point or a dash alone may be a time or a range.
_NUMERIC: Final = re.compile(
    r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sign>[/.-])(?P<b>\d{1,2})"
    r"(?:(?P=sign)(?P<short>\d{2})(?!\d)|[/., -]+(?:del? |of )?(?P<year>\d{4})(?!\d)|"
    r"(?![/.-]?\d)(?<=\d/\d)|(?![/.-]?\d)(?<=\d/\d\d))"
)
_ISO: Final = re.compile(
    r"(?<!\d)(?P<year>\d{4})[/.-](?P<b>\d{1,2})[/.-](?P<a>\d{1,2})"
)
_TIME_OF_DAY: Final = re.compile(
    r"\b(?:(?:at|a las?) )?\d{1,2}(?::\d\d)? ?[ap]\.? ?m\b\.?|"
    r"\b(?:at|a las?) \d{1,2}(?:[:.]\d\d)?(?!\d)|\b\d{1,2}:\d\d\b",
    re.IGNORECASE,
)
_NEAR: Final[Mapping[str, int]] = {
    "yesterday": -1, "ayer": -1, "today": 0, "hoy": 0, "tomorrow": 1, "manana": 1,
    "day after tomorrow": 2, "pasado manana": 2,
}  # fmt: skip
_WEEKDAYS: Final[Mapping[str, int]] = {
    name: day
    for day, names in enumerate(
        (
            ("monday", "mon", "lunes"),
            ("tuesday", "tue", "tues", "martes"),
            ("wednesday", "wed", "miercoles"),
            ("thursday", "thu", "thurs", "jueves"),
            ("friday", "fri", "viernes"),
            ("saturday", "sat", "sabado"),
            ("sunday", "sun", "domingo"),
        )
    )
    for name in names
}
# Words around a date that the date reader stumbles over.
_AROUND: Final = re.compile(
    r"\b(?:el|la|es|mi|tengo|dia|hay|on|the|my|is|its|it|i|have|by|before|until|hearing|"
    r"court|date|deadline|due|audiencia|corte|cita|fecha|plazo|proximo|proxima|este|"
    r"next|this|coming|que viene|antes del?|hasta|vence|para|a|at)\b"
)
_DAY_WORDS: Final[Mapping[str, str]] = {
    "primero": "1", "1ro": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5",
    "seis": "6", "siete": "7", "ocho": "8", "nueve": "9", "diez": "10",
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5",
}  # fmt: skip
_IN_SOME_TIME: Final = re.compile(r"^en (?=\d)")
# A week or a month is no day: nobody may be given one that they did not name.
_NO_DAY: Final = re.compile(
    r"\b(?:weekend|fin de semana)\b|"
    r"^(?:(?:next|this|la|el|proxim[oa]|est[ea]) )+(?:week|month|year|semana|mes|ano)$|"
    r"^(?:week|month|year|semana|mes|ano|now|ahora)\b"
)
_COUNTED: Final = re.compile(r"\b(?:months?|years?|mes(?:es)?|anos?)\b")
_MAIL: Final = re.compile(r"[^\s<>,;:()\"]+@[^\s<>,;:()\"]+")
_NAME_BEGINS: Final = re.compile(
    r"^(?:my name is|i am|i'm|call me|me llamo|mi nombre es|soy)\s+(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Read:
    """What a text gave: a value, or the phrase that says why not; neither: unclear."""

    value: str | None = None
    problem: str | None = None


def read_own_words(
    field: str, text: str, reach: str, language: Language, today: date
) -> Read:
    """Return what was typed for a field that is no choice."""
    if field == "address":
        found = read_mail(text) if reach == "email" else read_phone(text)
        if found is not None and len(found) <= MOST_CHARACTERS[field]:
            return Read(found)
    if looks_private(text):
        return Read(problem=PRIVATE)
    if len(text) > MOST_CHARACTERS[field]:
        return Read(problem=f"intake_long_{field}")
    if field == "urgent_date":
        return _read_deadline(text, language, today)
    if field == "name":
        return _read_name(text)
    if field == "other_side" and _has_letter(text):
        return Read(text.strip())
    return Read()


def read_date(text: str, language: Language, today: date) -> date | None:
    """Return the day that a text names in either language, or None.

    >>> monday = date(2026, 7, 20)
    >>> str(read_date("el 3 de agosto", "es", monday))
    '2026-08-03'
    >>> [str(read_date("8/3/2026", code, monday)) for code in ("en", "es")]
    ['2026-08-03', '2026-03-08']
    """
    timeless = _TIME_OF_DAY.sub(" ", text)
    iso = _ISO.search(timeless)
    if iso is not None:
        return _day(int(iso["year"]), int(iso["b"]), int(iso["a"]))
    numbers = _NUMERIC.search(timeless)
    if numbers is not None:
        return _from_numbers(numbers, language, today)
    if not _has_letter(timeless) and "-" not in timeless:
        return None
    folded = " ".join(_DAY_WORDS.get(word, word) for word in fold(timeless).split())
    words = " ".join(_AROUND.sub(" ", folded).split())
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    if _NO_DAY.search(folded) or _NO_DAY.search(words):
        return None
    if words in _WEEKDAYS:
        # The name of this very day may mean today or a week later: asked again.
        ahead = (_WEEKDAYS[words] - today.weekday()) % 7
        return today + timedelta(days=ahead) if ahead else None
    return _from_words(_IN_SOME_TIME.sub("dentro de ", words), language, today)


def read_phone(text: str) -> str | None:
    """Return the one valid telephone number in a text, as +12125550123, or None."""
    import phonenumbers

    found = {
        phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        for match in phonenumbers.PhoneNumberMatcher(text, "US")
    }
    return found.pop() if len(found) == 1 else None


def spoken_phone(number: str) -> str:
    """Return a kept number as people write it; what is none is returned as it is."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(
        parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )


def read_mail(text: str) -> str | None:
    """Return the one e-mail address in a text, or None."""
    from email_validator import EmailNotValidError, validate_email

    found = [word.rstrip(".!?") for word in _MAIL.findall(text)]
    if len(found) != 1:
        return None
    try:
        valid = validate_email(found[0], check_deliverability=False)
    except EmailNotValidError:
        return None
    return str(valid.normalized)


def _read_deadline(text: str, language: Language, today: date) -> Read:
    day = read_date(text, language, today)
    if day is None:
        return Read()
    if not today - timedelta(days=1) <= day <= today + timedelta(days=_DAYS_AHEAD):
        return Read(problem=DATE_OUT_OF_RANGE)
    return Read(day.isoformat())


def _read_name(text: str) -> Read:
    name = _NAME_BEGINS.sub("", text.strip()).strip(" .!,")
    if sum(sign.isdigit() for sign in name) > _MOST_DIGITS_IN_NAME:
        return Read(problem=NO_NUMBERS)
    return Read(name) if _has_letter(name) else Read()


def _has_letter(text: str) -> bool:
    return any(sign.isalpha() for sign in text)


def _from_numbers(
    numbers: re.Match[str], language: Language, today: date
) -> date | None:
    first, second = int(numbers["a"]), int(numbers["b"])
    year = numbers["year"] or (numbers["short"] and f"20{numbers['short']}")
    # A day before the month is read first in Spanish, the month in English; the other
    # way round only where nothing else is possible.
    orders = [(first, second), (second, first)]
    for month, day in orders if language == "en" else reversed(orders):
        found = _day(int(year), month, day) if year else _nearest(month, day, today)
        if found is not None:
            return found
    return None


def _nearest(month: int, day: int, today: date) -> date | None:
    """Return the next such day; one that was yesterday is meant, not next year's."""
    days = (_day(year, month, day) for year in range(today.year - 1, today.year + 5))
    yesterday = today - timedelta(days=1)
    return next((found for found in days if found and found >= yesterday), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_words(words: str, language: Language, today: date) -> date | None:
    # Loaded when it is first needed: it takes a moment, and most messages need none.
    import dateparser  # type: ignore[import-untyped]

    found: datetime | None = dateparser.parse(
        words,
        languages=["en", "es"] if language == "en" else ["es", "en"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, time(12)),
            "PREFER_DATES_FROM": "future",
            "REQUIRE_PARTS": ["day", "month"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    if found is None:
        return None
    is_exact = re.search(r"\d{4}", words) or _COUNTED.search(words)
    if not is_exact and (found.date() - today).days > _MOST_DAYS_TO_NEXT:
        return _nearest(found.month, found.day, today)
    return found.date()
