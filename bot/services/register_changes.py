"""Tells in short what a change of a source or a figure changed, for the audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.core.languages import LANGUAGES, Language

_MOST_DETAIL: Final = 100
_MOST_BEFORE: Final = 28
_MOST_NOW: Final = 44


def what_changed(before: Mapping[str, Any], row: Mapping[str, Any], why: str) -> str:
    """Return in short what an item said, what it says now, and why."""
    gone, come = _changed_parts(before, row)
    was, now = _cut(", ".join(gone), _MOST_BEFORE), _cut(", ".join(come), _MOST_NOW)
    change = f"{was or '–'} → {now or '–'}"
    said = " ".join(why.split())
    return _cut(f"{change}; {said}" if said else change, _MOST_DETAIL)


def _changed_parts(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[list[str], list[str]]:
    """Return what an item says no more, and what it did not say: values first.

    >>> old = {"en": "$5", "valid_from": 2023, "valid_to": None}
    >>> new = {"en": "$6", "valid_from": 2025, "valid_to": None}
    >>> _changed_parts({"values": [old]}, {"values": [{**old, "valid_to": 2024}, new]})
    (['$5 (–)'], ['$5 (–2024)', '$6 (2025–)'])
    """
    olds, news = before.get("values") or [], after.get("values") or []
    gone: list[str] = []
    come: list[str] = []
    for code in LANGUAGES:
        was, now = _values_told(olds, news, code), _values_told(news, olds, code)
        if was != now and not (gone or come):
            gone += [text for text in was if text not in now]
            come += [text for text in now if text not in was]
    fields = [field for field in {**before, **after} if field != "values"]
    changed = [field for field in fields if before.get(field) != after.get(field)]
    gone += [str(before[field]) for field in changed if field in before]
    come += [str(after[field]) for field in changed if field in after]
    return gone, come


def _values_told(
    values: Sequence[Mapping[str, Any]],
    others: Sequence[Mapping[str, Any]],
    code: Language,
) -> list[str]:
    """Return values with their days; the first day only where it is another one."""
    starts = {value.get("valid_from") for value in others}
    told = []
    for value in values:
        start = value.get("valid_from")
        days = f"{'' if start in starts else start}–{value.get('valid_to') or ''}"
        told.append(f"{value.get(code)} ({days})")
    return told


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
