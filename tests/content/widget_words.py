"""Which phrases the widget's modules name, as keys of knowledge/phrases."""

from __future__ import annotations

import re

from bot.settings import PROJECT_ROOT

_NAMED = re.compile(r"\bwords\.(\w+)|WORDS\.(\w+)")
_QUOTED = re.compile(r'"(\w+)"')


def _scripts() -> str:
    files = sorted((PROJECT_ROOT / "bot" / "widget").glob("*.js"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def _as_key(word: str) -> str:
    return word if word.startswith("feedback_") else f"widget_{word}"


def named_by_the_widget() -> set[str]:
    """Return the keys that the modules name outright."""
    pairs = _NAMED.findall(_scripts())
    return {_as_key(first or second) for first, second in pairs}


def possibly_said_by_the_widget() -> set[str]:
    """Return those keys, and those that a quoted word may choose (states, reasons)."""
    return named_by_the_widget() | set(map(_as_key, _QUOTED.findall(_scripts())))
