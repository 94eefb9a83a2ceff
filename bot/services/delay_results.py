"""Shows what the delay check found, page by page, with the buttons that turn them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from bot.core.delay import Answers
from bot.core.delay_rule import PAGES
from bot.core.delay_rules import find
from bot.core.languages import Language
from bot.core.messages import Button, Channel, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_findings import result_page
from bot.services.delay_replies import START
from bot.services.replies import REQUEST_BUTTON
from bot.services.showing import show_reply

PAGE: Final = "page"
_FIRST: Final = ("waited", "courts")
# On WhatsApp a message with buttons may have 1,024 characters.
_FITS: Final = 1000


def is_page(answer: str) -> bool:
    """Return whether a button turns to a page of the result."""
    kind, _, page = answer.partition(".")
    return kind == PAGE and page in PAGES


def first_result(
    knowledge: KnowledgeBase,
    answers: Answers,
    language: Language,
    today: date,
    channel: Channel,
) -> Reply:
    """Return how long it has been with what courts look at, if both fit one message."""
    findings = find(answers, today)
    waited, courts = (
        result_page(knowledge, findings, page, language, today) for page in _FIRST
    )
    both = _joined(waited, courts)
    if both is not None:
        both = _with_buttons(both, _FIRST)
        if channel == "web" or _size(both, knowledge, today) < _FITS:
            return both
    return _with_buttons(waited, _FIRST[:1])


def one_page(
    knowledge: KnowledgeBase,
    answers: Answers,
    answer: str,
    language: Language,
    today: date,
) -> Reply:
    """Return the page that a button names, such as "page.risks"."""
    page = answer.partition(".")[2]
    findings = find(answers, today)
    return _with_buttons(
        result_page(knowledge, findings, page, language, today), (page,)
    )


def _joined(first: Reply, second: Reply) -> Reply | None:
    """Return two pages as one, or None where they fill a blank differently."""
    entries = _entries_of(first, second)
    labels = {key.removeprefix("delay_") for key in _labels(first, second)}
    values = [
        {name: value for name, value in page.values.items() if name not in labels}
        for page in (first, second)
    ]
    if _clash(*values):
        return None
    names = {label.removeprefix("delay_"): name for label, (_, name) in entries.items()}
    return replace(
        first,
        phrases=_all(first.phrases, second.phrases),
        buttons=tuple(
            Button(label, payload) for label, (payload, _) in entries.items()
        ),
        values={**values[0], **values[1], **names},
    )


def _entries_of(*pages: Reply) -> dict[str, tuple[str, str]]:
    """Return entries to read on, by the label of their button: one of each page."""
    found = {
        page.buttons[0].payload: page.values[page.buttons[0].label[len("delay_") :]]
        for page in pages
        if page.buttons
    }
    return dict(zip(_labels(*pages), found.items()))


def _labels(*pages: Reply) -> tuple[str, ...]:
    return _all(*([button.label for button in page.buttons] for page in pages))


def _clash(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return any(one[name] != other[name] for name in one.keys() & other.keys())


def _all(*parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in parts for name in part))


def _with_buttons(reply: Reply, shown: Iterable[str]) -> Reply:
    pages = tuple(
        Button(f"delay_page_{page}", f'{START}{{"answer": "{PAGE}.{page}"}}')
        for page in PAGES
        if page not in shown
    )
    return replace(reply, buttons=(*reply.buttons, *pages, REQUEST_BUTTON))


def _size(reply: Reply, knowledge: KnowledgeBase, today: date) -> int:
    shown = show_reply(reply, knowledge, today)
    return sum(len(text) + 2 for text in (*shown.lead, *shown.closing))
