"""Reads the incidents that the office publishes: incidents.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from bot.core.dates import is_day
from bot.core.errors import ContentError, Fault
from bot.core.incidents import Account, Incident
from bot.core.languages import LANGUAGES
from bot.knowledge.files import name_of, read_text
from bot.knowledge.plain_yaml import load_yaml

_FILE: Final = "incidents.yml"
_PARTS: Final = frozenset(field.name for field in fields(Account))
_REMEDY: Final = (
    "Write day (such as 2026-11-23), en and es, and in each of the two happened, "
    "touched and done."
)


def read_incidents(root: Path) -> tuple[Incident, ...]:
    """Return the incidents, newest first; none where the file names none.

    Raises:
        ContentError: naming every incident that lacks a day, a language or a part.
    """
    path = root / _FILE
    if not path.is_file():
        return ()
    name = name_of(path, root)
    given = load_yaml(read_text(path, name), name)
    # A file of comments only is what an office has that had no incident yet.
    if given is None:
        return ()
    if not isinstance(given, Mapping):
        raise ContentError(
            [Fault(name, "file", "no list of keys", "Write 'key: value'.", 1)]
        )
    wrong = [str(key) for key, one in given.items() if not _is_right(one)]
    if wrong:
        faults = [Fault(name, key, "no such incident", _REMEDY) for key in wrong]
        raise ContentError(faults)
    incidents = [_incident(one) for one in given.values()]
    return tuple(sorted(incidents, key=lambda one: one.day, reverse=True))


def _is_right(given: Any) -> bool:
    return (
        isinstance(given, Mapping)
        and set(given) == {"day", *LANGUAGES}
        and is_day(given["day"])
        and all(_is_account(given[language]) for language in LANGUAGES)
    )


def _is_account(given: Any) -> bool:
    return (
        isinstance(given, Mapping)
        and set(given) == _PARTS
        and all(isinstance(text, str) and text.strip() for text in given.values())
    )


def _incident(given: Mapping[str, Any]) -> Incident:
    accounts = {
        language: Account(
            **{part: text.strip() for part, text in given[language].items()}
        )
        for language in LANGUAGES
    }
    return Incident(given["day"], accounts)
