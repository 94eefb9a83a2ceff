"""Puts what the delay check found into replies, one page at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from bot.core.dates import spoken_date
from bot.core.delay_rules import Findings, Line
from bot.core.entries import Entry, Freshness
from bot.core.languages import Language
from bot.core.messages import Button, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_months import spoken_month
from bot.services.showing import say

# Two entries to read on: more hide the buttons of the other pages.
_ENTRY_BUTTONS: Final = ("delay_entry_a", "delay_entry_b")
_NUMBER: Final = re.compile(r"\d+")
_YEAR: Final = 12


def result_page(
    knowledge: KnowledgeBase,
    findings: Findings,
    page: str,
    language: Language,
    today: date,
) -> Reply:
    """Return one page of what was found, in a language.

    A line on changing law is left out once its entry is too old to be shown, and the
    page says so.

    Raises:
        KeyError: there is no such page, or a phrase or a source is not written.
    """
    lines = findings.pages[page]
    shown = [line for line in lines if not _is_gone(line, knowledge, today)]
    phrases = [line.key for line in shown]
    values: dict[str, str] = {}
    for line in shown:
        for name, value in line.values.items():
            values[name] = _spoken(name, value, knowledge, language, today)
    if len(shown) < len(lines):
        phrases.append("delay_left_out")
    elif (oldest := _oldest(shown, knowledge, today)) is not None:
        phrases.append("delay_overdue")
        values["checked"] = spoken_date(oldest, language)
    entries = list(_entries(shown, knowledge, today))[: len(_ENTRY_BUTTONS)]
    for label, entry in zip(_ENTRY_BUTTONS, entries):
        values[label.removeprefix("delay_")] = entry.texts[language].label
    return Reply(
        "form",
        language,
        phrases=tuple(phrases),
        buttons=tuple(
            Button(label, f"/choose_entry{json.dumps({'entry': entry.id})}")
            for label, entry in zip(_ENTRY_BUTTONS, entries)
        ),
        values=values,
    )


def spoken_choices(
    field: str, value: str, knowledge: KnowledgeBase, language: Language
) -> str:
    """Return the choices kept of a field in words: "Interview, Fingerprints"."""
    names = [knowledge.phrase(f"delay_{field}_{c}", language) for c in value.split()]
    return ", ".join(names)


def spoken_span(months: int, knowledge: KnowledgeBase, language: Language) -> str:
    """Return a number of months in words, such as "about 2 years and 8 months"."""
    if months < 1:
        return say(knowledge, "delay_span_short", language)
    years, rest = divmod(months, _YEAR)
    parts = []
    if years:
        key = "delay_span_year" if years == 1 else "delay_span_years"
        parts.append(say(knowledge, key, language, count=str(years)))
    if rest:
        key = "delay_span_month" if rest == 1 else "delay_span_months"
        parts.append(say(knowledge, key, language, count=str(rest)))
    joined = parts[0]
    if len(parts) > 1:
        first, last = parts
        joined = say(knowledge, "delay_span_and", language, first=first, last=last)
    return say(knowledge, "delay_span", language, span=joined)


def _spoken(
    name: str, value: str, knowledge: KnowledgeBase, language: Language, today: date
) -> str:
    """Return the words of one value; what stands before the "_" tells its kind."""
    kind, _, field = name.partition("_")
    if kind == "fact":
        return knowledge.fill("{{fact:" + value + "}}", language, today)
    if kind == "url":
        return knowledge.sources[value].url
    if kind == "day":
        return _day_back(value, knowledge, language, today)
    if kind == "since":
        return spoken_month(value, language)
    if kind == "waited":
        return spoken_span(int(value), knowledge, language)
    return _said(kind, field, value, knowledge, language)


def _said(
    kind: str, field: str, value: str, knowledge: KnowledgeBase, language: Language
) -> str:
    """Return " You said: ...", or nothing where nothing was said."""
    if not value:
        return ""
    if field == "since":
        month = spoken_month(value, language)
        said = say(knowledge, "delay_since_words", language, month=month)
    else:
        said = spoken_choices(field, value, knowledge, language)
    phrase = "delay_since_then" if kind == "then" else "delay_you_said"
    return " " + say(knowledge, phrase, language, said=said)


def _day_back(
    fact: str, knowledge: KnowledgeBase, language: Language, today: date
) -> str:
    """Return the day that lies a fact's number of days before today, in words."""
    known = knowledge.facts.get(fact)
    days = _NUMBER.search(known.text_on(today, "en") or "") if known else None
    if days is None:
        return knowledge.phrase("no_current_figure", language)
    return spoken_date(today - timedelta(days=int(days[0])), language)


def _is_gone(line: Line, knowledge: KnowledgeBase, today: date) -> bool:
    """Whether a line on changing law has no entry any more that it could rest on."""
    if not line.is_volatile:
        return False
    entry = knowledge.find(line.entry or "")
    return entry is None or not _may_be_shown(entry, today)


def _may_be_shown(entry: Entry, today: date) -> bool:
    is_old = entry.freshness(today) is Freshness.WITHDRAWN
    return entry.status != "withdrawn" and not is_old


def _oldest(
    shown: Sequence[Line], knowledge: KnowledgeBase, today: date
) -> date | None:
    """Return the day of the oldest overdue check that changing law rests on."""
    entries = [knowledge.find(line.entry or "") for line in shown if line.is_volatile]
    days = [
        entry.as_of
        for entry in entries
        if entry and entry.freshness(today) is not Freshness.CURRENT
    ]
    return min(days, default=None)


def _entries(
    shown: Sequence[Line], knowledge: KnowledgeBase, today: date
) -> Iterator[Entry]:
    """Yield the entries to read on, each once, in the order of the lines."""
    seen: set[str] = set()
    for line in shown:
        entry = knowledge.find(line.entry or "")
        if entry is None or entry.id in seen or not _may_be_shown(entry, today):
            continue
        seen.add(entry.id)
        yield entry
