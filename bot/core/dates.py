"""Writes dates as people read them, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.core.languages import Language

_MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
        "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
}  # fmt: skip


def spoken_date(day: date, language: Language) -> str:
    """Return a date in words.

    >>> spoken_date(date(2026, 7, 15), "en"), spoken_date(date(2026, 7, 15), "es")
    ('July 15, 2026', '15 de julio de 2026')
    """
    month = _MONTHS[language][day.month - 1]
    if language == "en":
        return f"{month} {day.day}, {day.year}"
    return f"{day.day} de {month} de {day.year}"


def is_day(value: object) -> bool:
    """Return whether a value is a date, and not a moment of one.

    >>> is_day(date(2026, 7, 15)), is_day("2026-07-15")
    (True, False)
    """
    # A moment is a date to Python, but cannot be compared with one.
    return type(value) is date
