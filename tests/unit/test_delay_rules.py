"""What the tables of the delay check say about an answer, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from bot.core.delay import POSSIBLE
from bot.core.delay_rule import HOME, PAGES, ROADS, Rule
from bot.core.delay_rules import (
    GENERAL_ENTRY,
    HOME_ENTRIES,
    RULES,
    find,
    road_of,
    signs_of,
)
from bot.knowledge.base import KnowledgeBase
from tests.unit.delay_cases import (
    BRANCHES,
    CITIZEN,
    COURT,
    DENIED,
    EVERY,
    FOIA,
    I485,
    I918,
    N400,
    OTHER,
    ROAD_CASES,
    USCIS,
    VISA,
)

TODAY = date(2026, 11, 22)
Case = tuple[str, str, Mapping[str, str], Mapping[str, str] | None]
# Each takes the place of the case of that line in the other table.
CHANGED: tuple[Case, ...] = (
    ("delay_waited_refused", "waited", {**VISA, **DENIED}, {**I485, **DENIED}),
    ("delay_waited_denied", "waited", {**CITIZEN, **DENIED}, {**VISA, **DENIED}),
    ("delay_waited_count_back", "waited", CITIZEN, {**CITIZEN, **DENIED}),
    ("delay_waited_holds", "waited", I485, {**I485, **DENIED}),
    ("delay_courts_denied", "courts", {**CITIZEN, **DENIED}, {**VISA, **DENIED}),
    (
        *("delay_courts_denied_rest", "courts"),
        {**I485, **DENIED},
        {**CITIZEN, **DENIED},
    ),
    ("delay_courts_citizenship", "courts", CITIZEN, {**CITIZEN, **DENIED}),
    ("delay_courts_examination", "courts", CITIZEN, {**CITIZEN, **DENIED}),
    (
        *("delay_courts_only_court", "courts"),
        {**CITIZEN, "home": "ny"},
        {**CITIZEN, "home": "ny", **DENIED},
    ),
    (
        *("delay_courts_only_court_nj", "courts"),
        {**CITIZEN, "home": "nj"},
        {**CITIZEN, "home": "nj", **DENIED},
    ),
    ("delay_trac_timetable", "courts", I918, N400),
    ("delay_trac_timetable_none", "courts", N400, I918),
    ("delay_risk_lost", "risks", I485, VISA),
    ("delay_risk_lost_agency", "risks", OTHER, I485),
    ("delay_limit_denial", "limits", CITIZEN, VISA),
    ("delay_limit_rate", "limits", FOIA, COURT),
)
CASES = tuple({case[:2]: case for case in (*BRANCHES, *CHANGED)}.values())


def keys_on(page: str, answers: Mapping[str, str]) -> list[str]:
    """Return the keys of a page's lines, in their order."""
    return [line.key for line in find(answers, TODAY).pages[page]]


@pytest.mark.parametrize(("answers", "road"), ROAD_CASES)
def test_a_case_takes_the_way_that_the_law_has_for_it(
    answers: Mapping[str, str], road: str
) -> None:
    assert road_of(answers) == road


def test_every_way_is_named_by_a_case() -> None:
    assert {road for _, road in ROAD_CASES} == set(ROADS)


@pytest.mark.parametrize(("key", "page", "told", "not_told"), CASES)
def test_a_line_stands_where_an_answer_bears_on_it_and_not_elsewhere(
    key: str, page: str, told: Mapping[str, str], not_told: Mapping[str, str] | None
) -> None:
    assert key in keys_on(page, told)
    if not_told is not None:
        assert key not in keys_on(page, not_told)


def test_every_line_of_the_tables_has_a_case() -> None:
    with_case = {(page, key) for key, page, _, _ in CASES}
    assert {(rule.page, rule.key) for rule in RULES} - with_case == set()


def test_a_line_that_always_stands_has_no_case_without_it() -> None:
    always = {key for key, _, _, not_told in CASES if not_told is None}
    plain = {
        rule.key
        for rule in RULES
        if not (rule.roads or rule.filed or rule.needs or rule.unless)
    }
    assert always == plain


def test_no_page_says_a_line_twice() -> None:
    twice = {
        (page, tuple(answers.items()))
        for answers in EVERY
        for page in PAGES
        if len(set(keys_on(page, answers))) < len(keys_on(page, answers))
    }
    assert twice == set()


def test_every_page_says_something_whatever_is_told() -> None:
    empty = [
        (page, answers)
        for answers in EVERY
        for page in PAGES
        if not keys_on(page, answers)
    ]
    assert empty == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_a_rule_names_sources_and_entries_that_exist(
    rule: Rule, knowledge: KnowledgeBase
) -> None:
    assert set(rule.law.split()) <= set(knowledge.sources)
    assert rule.entry in (None, HOME) or knowledge.find(str(rule.entry))
    assert rule.basis


def test_the_entries_about_the_papers_exist(knowledge: KnowledgeBase) -> None:
    names = {*HOME_ENTRIES.values(), GENERAL_ENTRY}
    assert {name for name in names if knowledge.find(name) is None} == set()


def test_a_rule_names_only_ways_papers_and_signs_that_there_are() -> None:
    signs = {sign for answers in EVERY for sign in signs_of(answers)}
    for rule in RULES:
        assert set(rule.roads.split()) <= set(ROADS), rule.key
        assert set(rule.filed.split()) <= set(POSSIBLE["filed"]), rule.key
        assert {*rule.needs.split(), *rule.unless.split()} <= signs, rule.key


def test_facts_and_addresses_that_lines_name_are_known(
    knowledge: KnowledgeBase,
) -> None:
    for rule in RULES:
        for name, key in rule.given.items():
            known = knowledge.sources if name.startswith("url_") else knowledge.facts
            assert key in known, rule.key


def test_a_volatile_rule_hangs_on_an_entry_that_is_reviewed_every_month(
    knowledge: KnowledgeBase,
) -> None:
    for rule in RULES:
        entry = knowledge.find(rule.entry or rule.behind)
        assert not rule.is_volatile or (entry and entry.volatile), rule.key


def test_the_months_of_waiting_are_counted() -> None:
    line = find({"since": "2024-03"}, TODAY).pages["waited"][0]
    assert line.values == {"since": "2024-03", "waited": "32"}


def test_a_line_carries_what_was_said_and_nothing_for_what_was_skipped() -> None:
    answers = {"filed": "i485", "where": "uscis", "since": "2024-03", "tried": ""}
    lines = {line.key: line for line in find(answers, TODAY).pages["courts"]}
    assert lines["delay_courts_right"].values == {"said_filed": "i485"}
    assert lines["delay_courts_other_way"].values == {"said_tried": ""}
    assert lines["delay_courts_trac"].values == {
        "said_since": "2024-03",
        "then_happened": "",
    }


@pytest.mark.parametrize("answers", [I485, VISA, FOIA, OTHER])
def test_beside_a_denial_nothing_that_was_told_looks_like_a_match(
    answers: Mapping[str, str],
) -> None:
    told = {**answers, "since": "2024-03", "tried": "inquiry", **DENIED}
    values = [
        v for line in find(told, TODAY).pages["courts"] for v in line.values.items()
    ]
    assert [value for name, value in values if name[:5] in ("said_", "then_")] != []
    assert {value for name, value in values if name[:5] in ("said_", "then_")} == {""}


@pytest.mark.parametrize(
    ("tried", "told"),
    [
        ("lawyer", ""),
        ("inquiry lawyer", "inquiry"),
        ("congress expedite", "congress expedite"),
        ("none", ""),
        ("", ""),
    ],
)
def test_a_lawyer_is_no_inquiry(tried: str, told: str) -> None:
    lines = find({**USCIS, "tried": tried}, TODAY).pages["gather"]
    (line,) = [line for line in lines if line.key == "delay_gather_asked"]
    assert line.values == {"asked_tried": told}


@pytest.mark.parametrize("answers", [I485, CITIZEN, OTHER])
def test_the_courts_page_of_a_denied_case_begins_with_the_denial(
    answers: Mapping[str, str],
) -> None:
    assert keys_on("courts", {**answers, **DENIED})[0] == "delay_courts_denied"


def test_a_line_about_the_paper_leads_to_its_entry() -> None:
    first = find({"filed": "i485", "where": "uscis"}, TODAY).pages["courts"][0]
    other = find({"filed": "other", "where": "uscis"}, TODAY).pages["courts"][0]
    assert (first.entry, other.entry) == ("delay_i485", GENERAL_ENTRY)


def test_a_wait_that_is_no_month_is_refused() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        find({"since": "long ago"}, TODAY)
