"""Builds the replies: entries with their buttons, a choice, an honest no, a phrase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.core.entries import Entry
from bot.core.languages import Language
from bot.core.messages import MAX_OPTIONS, Button, Reply, ReplyKind, ReplyPart

PERSON: Final = "human_please"
# Begins the consultation request; where a person is what helps, it is one press away.
REQUEST_BUTTON: Final = Button("button_request", "/start_request")
_PERSON_BUTTON: Final = Button("button_person", "/request_consultation")
# The guided check of a case that takes long.
CHECK_BUTTON: Final = Button("button_delay_check", "/start_delay_check")
_LATE_GROUPS: Final = frozenset({"mandamus", "delay"})
_DANGEROUS_GROUPS: Final = frozenset({"detained", "warrants"})
_CONSULT: Final = "consult"
_OFFERING: Final = frozenset({"emergency", "handoff"})


def reply_with_entries(
    language: Language,
    entries: Sequence[Entry],
    kind: ReplyKind,
    phrases: tuple[str, ...],
    part: ReplyPart,
    asks_for_advice: bool,
) -> Reply:
    """Return a reply that shows a part of entries, with the buttons that go on."""
    groups = {entry.group for entry in entries}
    disclaim = asks_for_advice or groups & _DANGEROUS_GROUPS
    wants_office = asks_for_advice or kind in _OFFERING or groups == {_CONSULT}
    buttons = _buttons(part, wants_office, bool(groups) and groups <= _LATE_GROUPS)
    if groups == {"meta"}:
        offers = kind in _OFFERING or PERSON in {entry.id for entry in entries}
        buttons = (REQUEST_BUTTON,) if offers else ()
    return Reply(
        kind=kind,
        language=language,
        entries=tuple(entry.id for entry in entries),
        phrases=(*phrases, "disclaimer") if disclaim else phrases,
        buttons=buttons,
        part=part,
    )


def reply_with_choices(
    language: Language, entries: Sequence[str], phrase: str = "clarify"
) -> Reply:
    """Return a reply that asks, in a phrase, which of these entries is meant."""
    return Reply("clarify", language, options=tuple(entries), phrases=(phrase,))


def with_person(entries: Sequence[str]) -> tuple[str, ...]:
    """Return the likeliest entries and a person: for whom none of them fits."""
    return (*[name for name in entries if name != PERSON][: MAX_OPTIONS - 1], PERSON)


def reply_without_answer(
    language: Language, is_second: bool, near: Sequence[str] = ()
) -> Reply:
    """Return an honest no that offers a person; worded anew the second time.

    `near`: the entries that come nearest, if any comes near at all.
    """
    first = "no_answer_again" if is_second else "no_answer"
    if near:
        options = with_person(near)
        return Reply("no_answer", language, (), options, (first, "nearest"))
    phrases = (first, "ask_me_topics", "offer_person")
    if is_second:
        both = (REQUEST_BUTTON, _PERSON_BUTTON)
        return Reply("no_answer", language, phrases=phrases, buttons=both)
    return Reply("no_answer", language, options=(PERSON,), phrases=phrases)


def reply_with_phrases(
    language: Language, kind: ReplyKind, phrases: tuple[str, ...]
) -> Reply:
    """Return a reply that only says some of the assistant's own sentences."""
    return Reply(kind, language, phrases=phrases)


def _buttons(
    part: ReplyPart, wants_office: bool, offers_check: bool
) -> tuple[Button, ...]:
    person = REQUEST_BUTTON if wants_office else _PERSON_BUTTON
    if part != "short":
        return (CHECK_BUTTON, person) if offers_check else (person,)
    # Three at most; the sources stand under the answer, too.
    other = CHECK_BUTTON if offers_check else Button("button_sources", "/ask_sources")
    return (Button("button_details", "/ask_more"), other, person)
