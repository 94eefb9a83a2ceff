"""Reads what is said of a state in place of ICE's list: agreements/overrides.yml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from bot.core.agreement_terms import state_names
from bot.core.agreements import MODELS, Agreement, Override
from bot.core.errors import ContentError, Fault
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.registers import read_mapping
from bot.services.agreement_links import clean_link

FILE: Final = "agreements/overrides.yml"
REVIEW_DAYS: Final = 30
_MOST_SIGNS: Final = 600
_FIELDS: Final = frozenset(
    {"agreements", "as_of", "review_by", "says", "source_url", "status"}
)
_APPROVAL: Final = frozenset({"approved_by", "approved_on"})
_LINE: Final = frozenset(
    {"agency", "kind", "county", "model", "signed", "moa_url", "addendum_url"}
)
_TEXTS: Final = ("agency", "kind", "county")


def read_overrides(root: Path) -> dict[str, Override]:
    """Return the overrides of a knowledge folder by state; none without the file.

    Raises:
        ContentError: naming every field that is wrong and what to write.
    """
    path = root / FILE
    if not path.is_file():
        return {}
    name = path.relative_to(root.parent).as_posix()
    faults: list[Fault] = []
    overrides = {}
    for state, given in read_mapping(path, root).items():
        found = _check(str(state), given)
        faults += [
            Fault(name, f"{state}.{field}", problem, remedy)
            for field, problem, remedy in found
        ]
        if not found:
            overrides[str(state)] = _override(str(state), given)
    if faults:
        raise ContentError(faults)
    return overrides


def _check(state: str, given: Any) -> list[tuple[str, str, str]]:
    if state not in state_names():
        return [("state", "is no state", "Write its two letters in quotes: 'NY'.")]
    if not isinstance(given, Mapping):
        return [("fields", "are missing", f"Give {', '.join(sorted(_FIELDS))}.")]
    keys = {str(key) for key in given}
    wrong = [
        (field, "is missing", "Write it, see the other states.")
        for field in sorted(_FIELDS - keys)
    ]
    wrong += [
        (field, "is no field of an override", "Take it out.")
        for field in sorted(keys - _FIELDS - _APPROVAL)
    ]
    if wrong:
        return wrong
    return [
        *_check_dates(given),
        *_check_texts(given),
        *_check_status(given),
        *_check_lines(given["agreements"]),
    ]


def _check_dates(given: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    as_of, review_by = given["as_of"], given["review_by"]
    wrong = [
        (field, "is no date", "Write it as 2026-09-14.")
        for field in ("as_of", "review_by")
        if not _is_date(given[field])
    ]
    if wrong:
        return wrong
    if not as_of <= review_by <= as_of + timedelta(days=REVIEW_DAYS):
        remedy = f"Write a day within {REVIEW_DAYS} days after as_of."
        return [("review_by", "is too late or too early", remedy)]
    return []


def _check_texts(given: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    says = given["says"]
    is_right = (
        isinstance(says, Mapping)
        and set(says) == set(LANGUAGES)
        and all(
            isinstance(text, str) and 0 < len(text.strip()) <= _MOST_SIGNS
            for text in says.values()
        )
    )
    wrong = []
    if not is_right:
        remedy = f"Write en and es, each of at most {_MOST_SIGNS} characters."
        wrong.append(("says", "is wrong", remedy))
    if not str(given["source_url"]).startswith("https://"):
        wrong.append(("source_url", "is no https address", "Write where it stands."))
    return wrong


def _check_status(given: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    if given["status"] not in ("draft", "approved"):
        return [("status", "is unknown", "Write draft or approved.")]
    is_signed = given.get("approved_by") and _is_date(given.get("approved_on"))
    if given["status"] == "approved" and not is_signed:
        return [("status", "approved by nobody", "Add approved_by and approved_on.")]
    return []


def _check_lines(lines: Any) -> list[tuple[str, str, str]]:
    if not isinstance(lines, list):
        return [("agreements", "is no list", "Write [] if there is none.")]
    remedy = f"Give {', '.join(sorted(_LINE))}; links at www.ice.gov."
    return [
        (f"agreements {place}", "is wrong", remedy)
        for place, line in enumerate(lines, 1)
        if not _is_line(line)
    ]


def _is_line(line: Any) -> bool:
    return (
        isinstance(line, Mapping)
        and set(line) == _LINE
        and line["model"] in MODELS
        and bool(line["agency"])
        and all(isinstance(line[name], str) for name in _TEXTS)
        and (line["signed"] is None or _is_date(line["signed"]))
        and all(_is_link(line[name]) for name in ("moa_url", "addendum_url"))
    )


def _is_link(value: Any) -> bool:
    return isinstance(value, str) and clean_link(value) == (value, ())


def _is_date(value: Any) -> bool:
    # YAML's moments are dates to Python, but not to us.
    return type(value) is date


def _override(state: str, given: Mapping[str, Any]) -> Override:
    says: dict[Language, str] = {name: given["says"][name] for name in LANGUAGES}
    lines = tuple(
        Agreement(state=state, flags=(), **{name: line[name] for name in _LINE})
        for line in given["agreements"]
    )
    return Override(
        state=state,
        says=says,
        agreements=lines,
        as_of=given["as_of"],
        review_by=given["review_by"],
        source_url=str(given["source_url"]),
    )
