"""The six questions of the delay check: their order, their choices, what is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, get_args

Answers = Mapping[str, str]
DelayField = Literal["filed", "where", "since", "happened", "tried", "home"]
FIELDS: Final[tuple[DelayField, ...]] = get_args(DelayField)

# A field that was asked and left out.
SKIPPED: Final = ""
# Told by itself and never asked: that the agency said no.
DENIED: Final = "denied"
YES: Final = "yes"
NONE: Final = "none"
UNKNOWN: Final = "unknown"

FORMS: Final = ("i130", "i485", "i765", "n400", "i751", "i589", "i601a", "i918")
# Everything that may be kept of a field; `since` is a month such as "2024-03".
POSSIBLE: Final[Mapping[str, tuple[str, ...]]] = {
    "filed": (*FORMS, "visa", "foia", "court", "other"),
    "where": ("uscis", "consulate", "fbi", "foia", "court", UNKNOWN),
    "happened": ("interview", "biometrics", "rfe", "transfer", NONE),
    "tried": ("inquiry", "ombudsman", "congress", "expedite", "lawyer", NONE),
    "home": ("ny", "nj", "elsewhere"),
}
_SEVERAL: Final = frozenset({"happened", "tried"})
# Ten buttons at most: these two are told by writing them.
_ONLY_TYPED: Final = frozenset({"i601a", "i918"})
# The paper says who has it; the question is left out.
_TOLD_BY: Final[Mapping[str, str]] = {
    "i765": "uscis",
    "i751": "uscis",
    "i601a": "uscis",
    "i918": "uscis",
    "visa": "consulate",
    "foia": "foia",
    "court": "court",
}
# Who can have a paper that does not tell it; all others may be anywhere.
_WHERE: Final[Mapping[str, tuple[str, ...]]] = {
    "i130": ("uscis", "consulate", UNKNOWN),
    "i485": ("uscis", "fbi", "court", UNKNOWN),
    "n400": ("uscis", "fbi", UNKNOWN),
    "i589": ("uscis", "fbi", "court", UNKNOWN),
}
# Nobody is interviewed or fingerprinted there, as far as this check goes.
_NOTHING_HAPPENS: Final = frozenset({"foia", "court"})


def choices_of(field: str, answers: Answers) -> tuple[str, ...]:
    """Return the choices that a question offers as buttons, ten at most."""
    if field == "where" and answers.get("filed", "") in _WHERE:
        return _WHERE[answers["filed"]]
    return tuple(c for c in POSSIBLE.get(field, ()) if c not in _ONLY_TYPED)


def is_several(field: str) -> bool:
    """Return whether a question takes several choices."""
    return field in _SEVERAL


def with_choice(kept: str, choice: str) -> str:
    """Return the value of a several-question with one more choice in it.

    "None" stands alone: it takes the place of the others, and they of it.

    >>> with_choice("rfe", "interview"), with_choice("rfe", "none")
    ('interview rfe', 'none')
    """
    if choice == NONE:
        return NONE
    chosen = {*kept.split(), choice} - {NONE}
    order = [c for field in sorted(_SEVERAL) for c in POSSIBLE[field]]
    return " ".join(sorted(chosen, key=order.index))


def where_of(answers: Answers) -> str:
    """Return who has the case: told, or known from the paper; else "unknown"."""
    told = _TOLD_BY.get(answers.get("filed", ""))
    return told or answers.get("where") or UNKNOWN


def applies(field: str, answers: Answers) -> bool:
    """Return whether a question is asked, given the answers so far."""
    if field == "where":
        return answers.get("filed", "") not in _TOLD_BY
    if field == "happened":
        return where_of(answers) not in _NOTHING_HAPPENS
    return field in FIELDS or field == DENIED


def next_field(answers: Answers) -> str | None:
    """Return the first question that is still open, or None: all are done."""
    for field in FIELDS:
        if field not in answers and applies(field, answers):
            return field
    return None


def field_before(field: str | None, answers: Answers) -> str | None:
    """Return the question before another one or, for None, before the summary."""
    asked = [f for f in FIELDS if applies(f, answers)]
    if field is None:
        return asked[-1]
    place = asked.index(field) if field in asked else 0
    return asked[place - 1] if place else None


def with_answer(answers: Answers, field: str, value: str) -> dict[str, str]:
    """Return the answers with one more; what hung on another answer is open again."""
    changed = {**answers, field: value}
    if field == "filed" and answers.get(field, value) != value:
        # What happened to one paper did not happen to another: an interview starts
        # the time of its own paper alone.
        changed.pop("where", None)
        changed.pop("happened", None)
    return {f: v for f, v in changed.items() if applies(f, changed)}


def months_between(since: str, today: date) -> int:
    """Return the months from a month such as "2024-03" to the month of a day.

    >>> months_between("2024-03", date(2026, 11, 21))
    32

    Raises:
        ValueError: `since` is not a month.
    """
    begun = date.fromisoformat(f"{since}-01")
    return (today.year - begun.year) * 12 + today.month - begun.month
