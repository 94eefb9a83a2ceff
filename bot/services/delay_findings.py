"""Puts what the delay check found into replies, one page at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.channels.whatsapp_limits import MAX_BODY_WITH_CHOICES
from bot.core.dates import spoken_date
from bot.core.delay_rule import Page
from bot.core.delay_rules import Findings, Line
from bot.core.entries import Entry
from bot.core.languages import Language
from bot.core.messages import Channel, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_lines import (
    Kept,
    checked_on,
    entries_of,
    is_draft,
    kept_lines,
    overdue_since,
)
from bot.services.delay_months import spoken_month
from bot.services.delay_replies import entry_buttons, entry_labels
from bot.services.showing import say, show_reply

# With this page a result begins: it ends with what the whole of it is worth.
OPENING_PAGE: Final[Page] = "waited"
# The page on what a case cannot do has that line of its own.
_SAYS_NOT_ADVICE: Final = "delay_limit_end"
_NUMBER: Final = re.compile(r"\d+")
_YEAR: Final = 12


@dataclass(frozen=True)
class View:
    """Who a page is for: the language and channel, the knowledge there is that day."""

    knowledge: KnowledgeBase
    language: Language
    today: date
    channel: Channel


def result_page(view: View, findings: Findings, *pages: Page) -> Reply | None:
    """Return a page of what was found, or several as one, without page buttons.

    A line on changing law is left out once its entry is too old to be shown, and one
    whose entry is not in the knowledge; the page says so. None: the pages cannot be
    one, since they fill a blank differently.

    Raises:
        KeyError: a phrase or a source is not written.
    """
    found = [line for page in pages for line in findings.pages[page]]
    kept = kept_lines(found, view.knowledge, view.today)
    if kept.is_unreviewed:
        return Reply("form", view.language, phrases=("delay_unreviewed",))
    if _clash(kept.lines):
        return None
    reply = _as_reply(view, kept, findings, pages)
    while not fits(view, reply) and kept.has_spare:
        kept = kept.without_last_spare()
        reply = _as_reply(view, kept, findings, pages)
    return reply


def fits(view: View, reply: Reply) -> bool:
    """Return whether a reply keeps its buttons on the channel, as long as it is."""
    shown = show_reply(reply, view.knowledge, view.today)
    text = "\n\n".join((*shown.lead, *shown.closing))
    return view.channel == "web" or len(text) <= MAX_BODY_WITH_CHOICES


def _as_reply(
    view: View, kept: Kept, findings: Findings, pages: Sequence[Page]
) -> Reply:
    values = {
        name: _in_words(view, name, value)
        for line in kept.lines
        for name, value in line.values.items()
    }
    phrases = list(dict.fromkeys(line.key for line in kept.lines))
    if kept.is_held_back:
        phrases.append("delay_held_back")
    notes, filled = _notes(view, kept, OPENING_PAGE in pages)
    by_page = [
        [line for line in kept.lines if line in findings.pages[page]] for page in pages
    ]
    entries = _to_read_on(view, by_page)
    return Reply(
        "form",
        view.language,
        phrases=(*phrases, *notes),
        buttons=entry_buttons(entries),
        values={**values, **filled, **entry_labels(entries, view.language)},
    )


def _notes(
    view: View, kept: Kept, is_opening: bool
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return what stands below the lines on how fresh and how reviewed they are."""
    overdue = overdue_since(kept.lines, view.knowledge, view.today)
    gone = ("delay_left_out",) if kept.is_outdated else ()
    worth = _worth(view, kept.lines, bool(overdue))
    if is_opening:
        return (*gone, "delay_waited_end"), worth
    if not any(line.key == _SAYS_NOT_ADVICE for line in kept.lines):
        gone = ("delay_not_advice", *gone)
    if kept.is_outdated or overdue is None:
        return gone, worth
    checked = spoken_date(overdue, view.language)
    return (*gone, "delay_overdue"), {**worth, "checked": checked}


def _worth(view: View, lines: Sequence[Line], is_overdue: bool) -> dict[str, str]:
    """Return what the last line of the opening page says of review and check."""
    knowledge, language = view.knowledge, view.language
    day = checked_on(lines, knowledge)
    draft = say(knowledge, "draft", language) if is_draft(lines, knowledge) else ""
    dated = ""
    if day is not None:
        phrase = "delay_overdue" if is_overdue else "delay_checked"
        dated = say(knowledge, phrase, language, checked=spoken_date(day, language))
    return {
        "draft": f" {draft}" if draft else "",
        "dated": f" {dated}" if dated else "",
    }


def _to_read_on(view: View, by_page: Sequence[Sequence[Line]]) -> list[Entry]:
    """Return two entries to read on; of several pages the first of each."""
    found = [list(entries_of(part, view.knowledge, view.today)) for part in by_page]
    if len(found) == 1:
        return found[0]
    first = {entries[0].id: entries[0] for entries in found if entries}
    return list(first.values())


def _clash(lines: Sequence[Line]) -> bool:
    pairs = {pair for line in lines for pair in line.values.items()}
    return len({name for name, _ in pairs}) < len(pairs)


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


def _in_words(view: View, name: str, value: str) -> str:
    return spoken_value(name, value, view.knowledge, view.language, view.today)


def spoken_value(
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
