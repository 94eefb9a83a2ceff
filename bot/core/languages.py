"""The two languages that Rights Desk speaks, and how settings and files name them."""

from __future__ import annotations

from typing import Final, Literal

Language = Literal["en", "es"]

LANGUAGES: Final[tuple[Language, ...]] = ("en", "es")
DEFAULT_LANGUAGE: Final[Language] = "en"


def as_language(value: object) -> Language | None:
    """Return the language that a value names, or None.

    >>> as_language("es")
    'es'
    >>> as_language("fr") is None
    True
    """
    return value if value in LANGUAGES else None


def other_language(language: Language) -> Language:
    """Return the language that is not the given one.

    >>> other_language("en")
    'es'
    """
    return "es" if language == "en" else "en"
