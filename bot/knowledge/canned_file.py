"""Reads the ready replies that staff put into a conversation: canned.yml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bot.core.errors import ContentError, Fault, Wording
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.registers import read_mapping

_FILE: Final = "canned.yml"
_MOST: Final = 500


def read_canned(root: Path) -> dict[str, dict[Language, str]]:
    """Return the ready replies by name; none if there is no such file.

    Raises:
        ContentError: naming every reply that is missing in a language or too long.
    """
    path = root / _FILE
    if not path.is_file():
        return {}
    faults = []
    replies: dict[str, dict[Language, str]] = {}
    for key, given in read_mapping(path, root).items():
        if not _is_right(given):
            name = path.relative_to(root.parent).as_posix()
            remedy = Wording(
                "Write en and es, each of at most {most} characters.", most=_MOST
            )
            faults.append(Fault(name, str(key), "no such reply", remedy))
            continue
        replies[str(key)] = {language: given[language] for language in LANGUAGES}
    if faults:
        raise ContentError(faults)
    return replies


def _is_right(given: Any) -> bool:
    return (
        isinstance(given, Mapping)
        and set(given) == set(LANGUAGES)
        and all(
            isinstance(text, str) and 0 < len(text.strip()) <= _MOST
            for text in given.values()
        )
    )
