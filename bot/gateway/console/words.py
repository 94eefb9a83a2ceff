"""Reads what the console says, in both languages, and finds what is missing at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from bot.core.errors import ContentError, Fault
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.plain_yaml import load_yaml

FOLDER: Final = Path(__file__).parent / "words"
_BLANK: Final = re.compile(r"\{(?P<name>[a-z_]+)\}")


class Words:
    """What the console says, by `module.key` and language."""

    def __init__(self, texts: Mapping[str, Mapping[Language, str]]) -> None:
        self._texts = texts
        self._keys = {
            (key.split(".")[0], said["en"]): key for key, said in texts.items()
        }

    def __contains__(self, key: object) -> bool:
        """Return whether there are words for a key."""
        return key in self._texts

    def key_of(self, module: str, english: str) -> str | None:
        """Return the key of a module that has these English words, blanks unfilled."""
        return self._keys.get((module, english))

    def say(self, key: str, language: Language, **blanks: object) -> str:
        """Return the words of a key with its blanks filled.

        Raises:
            KeyError: there are no such words, or a blank was not given.
        """
        text = self._texts[key][language]
        return _BLANK.sub(lambda found: str(blanks[found["name"]]), text)


@lru_cache(maxsize=1)
def load_words(folder: Path = FOLDER) -> Words:
    """Return the words of every file of a folder.

    Raises:
        ContentError: a file is no list of words, or words are missing in a language.
    """
    texts: dict[str, Mapping[Language, str]] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yml")):
        for key, given in _read(path, faults).items():
            fault = _find_fault(given)
            if fault:
                faults.append(Fault(f"words/{path.name}", str(key), *fault))
            else:
                texts[f"{path.stem}.{key}"] = given
    if faults:
        raise ContentError(faults)
    return Words(texts)


def _read(path: Path, faults: list[Fault]) -> dict[Any, Any]:
    try:
        data = load_yaml(path.read_text(encoding="utf-8"), path.name)
    except ContentError:
        data = None
    if isinstance(data, dict):
        return data
    problem = ("is no list of words", 'Write `key: {en: "...", es: "..."}`')
    faults.append(Fault(f"words/{path.name}", "file", *problem))
    return {}


def _find_fault(given: Any) -> tuple[str, str] | None:
    if not isinstance(given, dict) or set(given) != set(LANGUAGES):
        return "must have en and es", "Write both languages"
    if not all(isinstance(text, str) and text.strip() for text in given.values()):
        return "must be words", "Put the words in quotation marks"
    english, spanish = (set(_BLANK.findall(given[name])) for name in LANGUAGES)
    if english != spanish:
        return "has other blanks in Spanish", "Use the same {blanks} in both"
    return None
