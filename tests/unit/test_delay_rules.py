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
from tests.unit.delay_cases import BRANCHES, EVERY, ROAD_CASES

TODAY = date(2026, 11, 22)


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


@pytest.mark.parametrize(("key", "page", "told", "not_told"), BRANCHES)
def test_a_line_stands_where_an_answer_bears_on_it_and_not_elsewhere(
    key: str, page: str, told: Mapping[str, str], not_told: Mapping[str, str] | None
) -> None:
    assert key in keys_on(page, told)
    if not_told is not None:
        assert key not in keys_on(page, not_told)


def test_every_line_of_the_tables_has_a_case() -> None:
    with_case = {(page, key) for key, page, _, _ in BRANCHES}
    assert {(rule.page, rule.key) for rule in RULES} - with_case == set()


def test_a_line_that_always_stands_has_no_case_without_it() -> None:
    always = {key for key, _, _, not_told in BRANCHES if not_told is None}
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
        entry = knowledge.find(rule.entry or "")
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


def test_a_line_about_the_paper_leads_to_its_entry() -> None:
    first = find({"filed": "i485", "where": "uscis"}, TODAY).pages["courts"][0]
    other = find({"filed": "other", "where": "uscis"}, TODAY).pages["courts"][0]
    assert (first.entry, other.entry) == ("delay_i485", GENERAL_ENTRY)


def test_a_wait_that_is_no_month_is_refused() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        find({"since": "long ago"}, TODAY)
