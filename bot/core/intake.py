"""The questions of a consultation request: order, choices, and what makes it urgent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from bot.core.consultations import CHANGE, CONFIRM, FIELDS, Field
from bot.core.messages import Channel
from bot.core.office import DeskRules

Answers = Mapping[str, str]
AGREE: Final = "agree"
NO: Final = "no"
SKIP: Final = "skip"
UNKNOWN: Final = "unknown"
THIS_NUMBER: Final = "this"
THIS_REACH: Final = "whatsapp"
SEND: Final = "send"
CANCEL: Final = "cancel"
# A field that was asked and left out.
SKIPPED: Final = ""

_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "consent": (AGREE, NO),
    "place": ("ny", "nj", "elsewhere"),
    "urgency": ("detained", "date", "neither", SKIP),
    "urgent_date": (UNKNOWN,),
    "other_side": ("government", "nobody", SKIP),
    "matter": (
        *("detained", "warrants", "rights", "mandamus", "delay"),
        *("287g", "privacy", "misconduct", "other"),
    ),
    "reach": ("phone", "whatsapp", "email"),
    "address": (THIS_NUMBER,),
    "message_ok": ("yes", NO),
    "spoken": ("en", "es", "other"),
    CONFIRM: (SEND, CHANGE, CANCEL),
}
_TIMES: Final = ("morning", "midday", "afternoon", "evening", "any")
# What office.yml may name; the choices that are offered come from the desk's rules.
_POSSIBLE: Final[Mapping[str, tuple[str, ...]]] = {
    **_CHOICES,
    "reach_time": _TIMES,
    "kind": ("phone", "office"),
    "times": _TIMES,
}
_MUST_BE_ANSWERED: Final = frozenset({"consent", "address", "name", "reach"})
# These can be typed as well as chosen; all other fields take only their choices.
OWN_WORDS: Final = frozenset({"urgent_date", "other_side", "address", "name"})
MOST_CHARACTERS: Final[Mapping[str, int]] = {
    "other_side": 120,
    "address": 100,
    "name": 80,
    "urgent_date": 80,
}
# Ten buttons at most: these are changed by typing their names.
_CHANGED_BY_TYPING: Final = ("spoken", "message_ok", "kind")
_MOST_CHANGES: Final = 10
# An answer that others hang on: they are asked again when it changes.
_HANGS_ON: Final[Mapping[str, Field]] = {"urgency": "urgent_date", "reach": "address"}

# What bot/widget/private.js warns of, and the same in other spacing: A-number, Social
# Security number, card number, receipt number.
_PRIVATE: Final = (
    re.compile(r"\bA[-# ]{0,2}(?:\d[ -]?){7,8}\d(?!\d)", re.IGNORECASE),
    re.compile(r"\b\d{3}[- ]\d{2}[- ]\d{4}\b"),
    re.compile(r"\b(?:\d[ -]?){15,16}\b"),
    re.compile(r"\b(?:EAC|WAC|LIN|SRC|MSC|NBC|IOE|YSC)[- ]?\d{10}\b", re.IGNORECASE),
)


def looks_private(text: str) -> bool:
    """Return whether a text holds a number that nobody needs to tell here.

    >>> looks_private("my number is A 123456789"), looks_private("August 3, 2026")
    (True, False)
    """
    return any(pattern.search(text) for pattern in _PRIVATE)


def choices_of(
    asked: str, desk: DeskRules, channel: Channel, answers: Answers
) -> tuple[str, ...]:
    """Return the ids of the choices that a question offers, in their order."""
    if asked == "kind":
        return desk.kinds
    if asked in ("reach_time", "times"):
        return (*desk.times, "any")
    if asked == CHANGE:
        return changeable(answers)
    if asked == "address" and (channel == "web" or answers.get("reach") != THIS_REACH):
        return ()
    return _CHOICES.get(asked, ())


def is_choice(field: str, value: str) -> bool:
    """Return whether a kept value is the id of a choice, not somebody's own words."""
    return value in _POSSIBLE.get(field, ())


def applies(field: str, answers: Answers) -> bool:
    """Return whether a field is asked, given the answers so far."""
    return field != "urgent_date" or answers.get("urgency") == "date"


def next_field(answers: Answers) -> str:
    """Return the first field that is still open, or CONFIRM."""
    for field in FIELDS:
        if field != "consent" and applies(field, answers) and field not in answers:
            return field
    return CONFIRM


def field_before(asked: str, answers: Answers) -> str | None:
    """Return the field asked before another one or before the summary, if any."""
    fields: list[str] = [f for f in FIELDS if f != "consent" and applies(f, answers)]
    if asked not in fields:
        return fields[-1]
    place = fields.index(asked)
    return fields[place - 1] if place else None


def with_answer(answers: Answers, field: str, value: str) -> dict[str, str]:
    """Return the answers with one more; what hung on another answer is open again."""
    changed = {**answers, field: value}
    other = _HANGS_ON.get(field)
    if other is not None and answers.get(field) != value:
        changed.pop(other, None)
    return changed


def may_be_skipped(field: str) -> bool:
    """Return whether somebody may leave a field out."""
    return field in FIELDS and field not in _MUST_BE_ANSWERED


def skipped_value(field: str) -> str:
    """Return what is kept of a field that was left out.

    A date that somebody has but does not tell is unknown, not absent.
    """
    return UNKNOWN if field == "urgent_date" else SKIPPED


def changeable(answers: Answers) -> tuple[str, ...]:
    """Return the fields to choose from for a correction, ten at most."""
    given = [f for f in FIELDS if f != "consent" and f in answers]
    typed = list(_CHANGED_BY_TYPING)
    while len(given) > _MOST_CHANGES and typed:
        given = [f for f in given if f != typed[0]]
        typed.pop(0)
    return tuple(given[:_MOST_CHANGES])


def is_urgent(answers: Answers, today: date, urgent_days: int) -> bool:
    """Return whether a request goes before the others.

    Somebody is detained, or there is a date: soon, or not known.
    """
    if answers.get("urgency") == "detained":
        return True
    if answers.get("urgency") != "date" or "urgent_date" not in answers:
        return False
    try:
        day = date.fromisoformat(answers["urgent_date"])
    except ValueError:
        return True
    return day <= today + timedelta(days=urgent_days)


def question_key(asked: str, channel: Channel, answers: Answers) -> str:
    """Return the phrase that asks a question."""
    if asked == CONFIRM:
        return "intake_summary"
    if asked == "address":
        reach = answers.get("reach", "phone")
        here = reach == THIS_REACH and channel != "web"
        return "intake_ask_address_here" if here else f"intake_ask_address_{reach}"
    return f"intake_ask_{asked}"


def hint_key(asked: str, answers: Answers, is_second: bool) -> str:
    """Return the phrase that says what is wanted; the second time with an example."""
    part = "example" if is_second else "hint"
    if asked == "address":
        is_mail = answers.get("reach") == "email"
        return f"intake_{part}_address_{'email' if is_mail else 'phone'}"
    return f"intake_{part}_{asked}"


def choice_key(asked: str, choice: str) -> str:
    """Return the phrase with the words of a choice."""
    if asked == CHANGE:
        return label_key(choice)
    return f"intake_choice_{asked}_{choice}"


def label_key(field: str) -> str:
    """Return the phrase with the short name of a field."""
    return f"intake_label_{field}"


def phrase_keys() -> set[str]:
    """Return every key that is put together from parts."""
    asked = {f for f in FIELDS if f not in ("consent", "address")} | {CHANGE}
    hinted = {f for f in FIELDS if f != "address"} | {CONFIRM, CHANGE}
    ways = ("email", "phone")
    return {
        *(f"intake_ask_{field}" for field in asked),
        *(f"intake_ask_address_{way}" for way in (*ways, THIS_REACH, "here")),
        *(f"intake_{p}_{field}" for p in ("hint", "example") for field in hinted),
        *(f"intake_{p}_address_{way}" for p in ("hint", "example") for way in ways),
        *(label_key(field) for field in FIELDS if field != "consent"),
        *(
            choice_key(field, choice)
            for field, choices in _POSSIBLE.items()
            for choice in choices
        ),
        *(f"intake_long_{field}" for field in MOST_CHARACTERS),
    }


def stands_after_answers(phrase: str) -> bool:
    """Return whether a phrase asks the next question: it stands below an answer."""
    return phrase in ("intake_go_on", "intake_summary") or phrase.startswith(
        ("intake_ask_", "intake_consent")
    )
