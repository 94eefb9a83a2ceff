"""What the law says that an answer of the delay check bears on; no words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.delay import DENIED, NONE, Answers, months_between, where_of
from bot.core.delay_care_table import CARE_RULES
from bot.core.delay_court_table import COURT_RULES
from bot.core.delay_rule import HOME, PAGES, Page, Road, Rule
from bot.core.delay_wait_table import WAIT_RULES

# By the paper: the entry that tells most about it. Other cases have the general one.
HOME_ENTRIES: Final[Mapping[str, str]] = {
    "i130": "delay_i130",
    "i485": "delay_i485",
    "i765": "delay_ead_other",
    "n400": "delay_n400_before",
    "i751": "delay_i751",
    "i589": "delay_asylum",
    "i601a": "delay_i601a",
    "i918": "delay_u_visa",
}
GENERAL_ENTRY: Final = "mandamus_when_ready"
# Each table is in the order of reading.
RULES: Final = (*WAIT_RULES, *COURT_RULES, *CARE_RULES)


@dataclass(frozen=True)
class Line:
    """One line of a page: a phrase key, what fills its blanks, the entry to read on.

    A value is never words: a choice's id, a month, a number of months, a key of
    knowledge/facts or of sources.yml. A volatile line may not outlive its entry; the
    rest is told by the rule that it comes from.
    """

    key: str
    values: Mapping[str, str]
    entry: str | None
    is_volatile: bool = False
    behind: str = ""
    is_spare: bool = False
    instead_of: str = ""


@dataclass(frozen=True)
class Findings:
    """What was found, page by page."""

    pages: Mapping[str, tuple[Line, ...]]


def road_of(answers: Answers) -> Road:
    """Return which way through the law a case has.

    >>> road_of({"filed": "n400", "happened": "interview"})
    'citizenship'
    """
    where, filed = where_of(answers), answers.get("filed", "")
    if where == "foia":
        return "foia"
    if where == "court":
        return "court"
    if where == "consulate":
        return "visa"
    if filed == "n400" and "interview" in answers.get("happened", "").split():
        return "citizenship"
    is_told = filed in HOME_ENTRIES or where in ("uscis", "fbi")
    return "uscis" if is_told else "unknown"


def find(answers: Answers, today: date) -> Findings:
    """Return what the rules say about the answers on a day.

    Raises:
        ValueError: `since` is neither a month nor empty.
    """
    road, signs = road_of(answers), signs_of(answers)
    pages: dict[Page, list[Line]] = {page: [] for page in PAGES}
    for rule in RULES:
        if rule.holds(road, answers.get("filed", ""), signs):
            pages[rule.page].append(_line(rule, answers, today))
    return Findings({page: tuple(lines) for page, lines in pages.items()})


def signs_of(answers: Answers) -> frozenset[str]:
    """Return what was told, one word each, as the tables name it.

    >>> sorted(signs_of({"tried": "inquiry", "happened": "none", "home": ""}))
    ['at:unknown', 'happened:none', 'no:interview', 'tried:inquiry']
    """
    signs = {f"at:{where_of(answers)}"}
    for field in ("happened", "tried", "home"):
        signs |= {f"{field}:{choice}" for choice in answers.get(field, "").split()}
    if answers.get("filed"):
        signs.add(f"filed:{answers['filed']}")
    for told in ("since", DENIED):
        if answers.get(told):
            signs.add(told)
    if answers.get("happened") and "happened:interview" not in signs:
        signs.add("no:interview")
    return frozenset(signs)


def _line(rule: Rule, answers: Answers, today: date) -> Line:
    entry = rule.entry
    if entry == HOME:
        entry = HOME_ENTRIES.get(answers.get("filed", ""), GENERAL_ENTRY)
    values = {**rule.given, **{name: _told(name, answers, today) for name in rule.says}}
    return Line(
        rule.key,
        values,
        entry,
        rule.is_volatile,
        entry or rule.behind,
        rule.is_spare,
        rule.instead_of,
    )


def line_of(key: str) -> Line:
    """Return the line of a rule that needs no answers, to be said by itself.

    Raises:
        StopIteration: no rule has that key.
    """
    return _line(next(rule for rule in RULES if rule.key == key), {}, date.min)


def _told(name: str, answers: Answers, today: date) -> str:
    """Return what was said that a blank is for; "" where nothing was."""
    since = answers.get("since", "")
    if name == "waited":
        return str(months_between(since, today)) if since else ""
    kind, _, field = name.rpartition("_")
    if kind in ("said", "then") and answers.get(DENIED):
        return ""  # Beside what courts ask of an open case it would look like a match.
    value = answers.get(field, "")
    if kind == "asked":  # Who asked a lawyer did not ask the agency.
        value = " ".join(choice for choice in value.split() if choice != "lawyer")
    return "" if value == NONE else value
