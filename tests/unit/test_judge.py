"""How `make eval` judges what a message got."""

from __future__ import annotations

from typing import Any

import pytest

from bot.commands.evaluating import Result, judge

KNOWN = {"accept": ["a"], "accept_known": ["a"]}
UNKNOWN = {"accept": [], "accept_known": []}
REFERABLE = {**KNOWN, "ok_to_refer": True}
MISSING = {"accept": ["not_written"], "accept_known": []}


@pytest.mark.parametrize(
    ("row", "kind", "entries", "options", "outcome"),
    [
        (KNOWN, "answer", ("a",), (), "right"),
        (KNOWN, "answer", ("b", "a"), (), "right"),
        (KNOWN, "emergency", ("a",), (), "right"),
        (KNOWN, "answer", ("b",), (), "wrong"),
        (KNOWN, "emergency", ("b",), (), "wrong"),
        (KNOWN, "clarify", (), ("b", "a"), "offered"),
        (KNOWN, "clarify", (), ("b",), "refused"),
        (KNOWN, "no_answer", (), ("human_please",), "refused"),
        (REFERABLE, "no_answer", (), ("human_please",), "referred"),
        (REFERABLE, "handoff", ("human_please",), (), "referred"),
        (REFERABLE, "small_talk", (), (), "refused"),
        (UNKNOWN, "no_answer", (), ("human_please",), "right"),
        (UNKNOWN, "small_talk", (), (), "right"),
        (UNKNOWN, "clarify", (), ("a",), "offered"),
        (UNKNOWN, "answer", ("a",), (), "wrong"),
        (MISSING, "answer", ("a",), (), "wrong"),
        (MISSING, "no_answer", (), (), "refused"),
    ],
    ids=[
        "the entry",
        "the entry among two",
        "the entry as an emergency",
        "another entry",
        "another emergency",
        "the entry offered",
        "others offered",
        "no answer",
        "a person where that will do",
        "a hand-off where that will do",
        "small talk where a person would do",
        "outside and refused",
        "outside and small talk",
        "outside and asked back",
        "outside and answered",
        "not written yet and answered",
        "not written yet and refused",
    ],
)
def test_an_outcome_follows_from_what_was_wanted_and_what_came(
    row: dict[str, Any],
    kind: str,
    entries: tuple[str, ...],
    options: tuple[str, ...],
    outcome: str,
) -> None:
    assert judge(row, kind, entries, options) == outcome


@pytest.mark.parametrize(
    ("row", "section"),
    [
        (KNOWN, "answerable"),
        (MISSING, "no entry yet"),
        (UNKNOWN, "outside"),
        ({**UNKNOWN, "near_miss": True}, "outside, near miss"),
    ],
    ids=["answerable", "no entry yet", "outside", "near miss"],
)
def test_a_row_counts_in_the_table_of_its_kind(
    row: dict[str, Any], section: str
) -> None:
    assert Result(row, "answer", (), (), "right").section == section
