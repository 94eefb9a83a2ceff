"""The forms of a source and of a dated figure: what they show, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from bot.core.entries import Entry
from bot.core.errors import Fault
from bot.core.facts import Fact, placeholders
from bot.core.languages import LANGUAGES, Language
from bot.gateway.console.knowledge_form import one_line
from bot.knowledge.base import KnowledgeBase

Kind = Literal["source", "fact"]
SOURCE_FIELDS: Final = ("title", "title_es", "citation", "url", "checked_on")
FACT_FIELDS: Final = ("source", "checked_on")
VALUE_FIELDS: Final = ("en", "es", "valid_from", "valid_to")
_DAYS: Final = ("checked_on", "valid_from", "valid_to")
_MAY_BE_EMPTY: Final = ("valid_to",)
_MOST_VALUES: Final = 20
_KEYS: Final[Mapping[Kind, re.Pattern[str]]] = {
    "source": re.compile(r"[a-z0-9][a-z0-9-]{1,58}"),
    "fact": re.compile(r"[a-z][a-z0-9_]{1,58}"),
}
# The address of the form for a new one.
NEW: Final = "new"
_EMPTY: Final = ("is empty", "Fill it in.")
_NO_DATE: Final = ("no date", "Write it as 2026-07-15.")
_NO_KEY: Final = (
    "is no such name",
    "Use small letters, digits and signs as others do.",
)


@dataclass(frozen=True)
class Uses:
    """What rests on a source or a figure: entries, and figures on a source."""

    entries: Sequence[str] = ()
    facts: Sequence[str] = ()


@dataclass(frozen=True)
class Reading:
    """What visitors read of a figure from a day on; None: that there is none."""

    day: date
    texts: Mapping[Language, str | None]


NO_USES: Final = Uses()


def all_uses(knowledge: KnowledgeBase, kind: Kind) -> dict[str, Uses]:
    """Return what would change with each item that anything rests on."""
    entries: dict[str, list[str]] = {}
    for entry in knowledge.entries.values():
        for key in entry.sources if kind == "source" else _facts_in(entry):
            entries.setdefault(key, []).append(entry.id)
    facts: dict[str, list[str]] = {}
    for fact in knowledge.facts.values() if kind == "source" else ():
        facts.setdefault(fact.source, []).append(fact.key)
    return {
        key: Uses(sorted(entries.get(key, ())), sorted(facts.get(key, ())))
        for key in entries.keys() | facts.keys()
    }


def uses_of(knowledge: KnowledgeBase, kind: Kind, key: str) -> Uses:
    """Return what would change with an item."""
    return all_uses(knowledge, kind).get(key, NO_USES)


def labelled(shown: Mapping[str, str]) -> list[tuple[str, int, str]]:
    """Return the filled fields of a form: name, number of the value or 0, and text.

    >>> labelled({"source": "usc-1", "valid_to_0": "", "en_0": "$5"})
    [('source', 0, 'usc-1'), ('en', 1, '$5')]
    """
    found = []
    for name, text in shown.items():
        first, _, last = name.rpartition("_")
        field = (first, int(last) + 1) if last.isdigit() else (name, 0)
        if text:
            found.append((*field, text))
    return found


def is_key(kind: Kind, key: str) -> bool:
    """Return whether a new item may have this name."""
    return key != NEW and _KEYS[kind].fullmatch(key) is not None


def shown_fields(kind: Kind, row: Mapping[str, Any] | None) -> dict[str, str]:
    """Return what the form's fields hold for an item; all empty for a new one."""
    row = row or {}
    if kind == "source":
        shown = {name: _text(row.get(name)) for name in SOURCE_FIELDS}
        return {**shown, "url_opened": "1" if row.get("url_opened") is True else ""}
    shown = {name: _text(row.get(name)) for name in FACT_FIELDS}
    for number, value in enumerate(_values(row)):
        shown |= {f"{name}_{number}": _text(value.get(name)) for name in VALUE_FIELDS}
    return shown


def value_rows(fields: Mapping[str, str]) -> list[int]:
    """Return the numbers of the values that a form shows: one more than are filled."""
    filled = [n for n in range(_MOST_VALUES) if _is_filled(fields, n)]
    return list(range(min(max(filled, default=-1) + 2, _MOST_VALUES)))


def row_of(
    kind: Kind, fields: Mapping[str, str], before: Mapping[str, Any] | None, place: str
) -> tuple[dict[str, Any], list[Fault]]:
    """Return the item that a filled-in form means, and its empty and wrong fields.

    Fields that the form has not stay; those that are wrong are None.
    """
    form = _Typed(fields, place)
    old = before or {}
    if kind == "source":
        row = {name: form.value(name, name, old) for name in SOURCE_FIELDS}
        row["url_opened"] = bool(fields.get("url_opened"))
    else:
        row = {name: form.value(name, name, old) for name in FACT_FIELDS}
        former = dict(enumerate(_values(old)))
        row["values"] = [
            {
                **former.get(n, {}),
                **{
                    name: form.value(name, f"{name}_{n}", former.get(n, {}))
                    for name in VALUE_FIELDS
                },
            }
            for n in range(_MOST_VALUES)
            if _is_filled(fields, n)
        ]
        if not row["values"]:
            form.faults.append(Fault(place, "en", *_EMPTY))
    return {**old, **row}, form.faults


class _Typed:
    """What was typed into a form, read field by field; what is wrong is collected."""

    def __init__(self, fields: Mapping[str, str], place: str) -> None:
        self._fields, self._place = fields, place
        self.faults: list[Fault] = []

    def value(self, name: str, field: str, old: Mapping[str, Any]) -> Any:
        """Return the value of a field of an item as its file holds it."""
        text, former = one_line(self._fields.get(field, "")), old.get(name)
        if not text and name in _MAY_BE_EMPTY:
            return None
        if not text:
            self.faults.append(Fault(self._place, name, *_EMPTY))
        elif name in _DAYS:
            try:
                return date.fromisoformat(text)
            except ValueError:
                self.faults.append(Fault(self._place, name, *_NO_DATE))
        # A figure that YAML reads as a number stays one where nobody changed it.
        return former if former is not None and _text(former) == text else text


def key_faults(kind: Kind, key: str, place: str) -> list[Fault]:
    """Return what is wrong with the name of a new item."""
    return [] if is_key(kind, key) else [Fault(place, "key", *_NO_KEY)]


def readings(fact: Fact, today: date) -> list[Reading]:
    """Return what visitors read of a figure today, and from which days what else."""
    starts = {value.valid_from for value in fact.values}
    ends = {value.valid_to for value in fact.values if value.valid_to}
    after = {end + timedelta(days=1) for end in ends if end < date.max}
    told = [Reading(today, _texts_on(fact, today))]
    for day in sorted(starts | after):
        texts = _texts_on(fact, day)
        if day > today and texts != told[-1].texts:
            told.append(Reading(day, texts))
    return told


def _texts_on(fact: Fact, day: date) -> dict[Language, str | None]:
    return {code: fact.text_on(day, code) for code in LANGUAGES}


def _facts_in(entry: Entry) -> set[str]:
    texts = entry.texts.values()
    body = "\n".join(
        part
        for words in texts
        for part in (words.short, words.details, words.next_step)
    )
    return {key for named, key in placeholders(body) if named == "fact"}


def _values(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    values = row.get("values")
    given = values if isinstance(values, list) else []
    return [value for value in given if isinstance(value, dict)]


def _is_filled(fields: Mapping[str, str], number: int) -> bool:
    return any(fields.get(f"{name}_{number}", "").strip() for name in VALUE_FIELDS)


def _text(value: object) -> str:
    return "" if value is None else str(value)
