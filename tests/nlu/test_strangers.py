"""What people get who know nothing of our entries: floors that no change may break."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.matching import fold
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.examples import examples_of
from bot.services.finding import Finder, Finding
from tests.nlu.conftest import rows_of

Row = dict[str, Any]
Asked = list[tuple[Row, Finding]]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Messages whose writers had seen no entry when they wrote them."""
    return rows_of("strangers.jsonl")


@pytest.fixture(scope="module")
def asked(finder: Finder, rows: list[Row]) -> Asked:
    """Each message with what is found for it."""
    found = finder.find_all([row["q"] for row in rows], [row["lang"] for row in rows])
    return list(zip(rows, found))


def _accepted(knowledge: KnowledgeBase, row: Row) -> set[str]:
    return {entry.id for name in row["accept"] if (entry := knowledge.find(name))}


def _shares(knowledge: KnowledgeBase, asked: Asked) -> tuple[float, float]:
    answerable = [(row, found) for row, found in asked if row["accept"]]
    answered = [
        found.entries[0] in _accepted(knowledge, row)
        for row, found in answerable
        if found.verdict == "answer"
    ]
    right, wrong = sum(answered), len(answered) - sum(answered)
    return right / len(answerable), wrong / len(answerable)


def test_every_accepted_entry_exists(knowledge: KnowledgeBase, rows: list[Row]) -> None:
    names = {name for row in rows for name in row["accept"]}
    assert [name for name in sorted(names) if knowledge.find(name) is None] == []


@pytest.mark.parametrize(("language", "at_least"), [("en", 0.7), ("es", 0.61)])
def test_strangers_mostly_get_the_right_answer_and_seldom_a_wrong_one(
    knowledge: KnowledgeBase, asked: Asked, language: str, at_least: float
) -> None:
    right, wrong = _shares(
        knowledge, [(row, found) for row, found in asked if row["lang"] == language]
    )
    assert right >= at_least
    assert wrong <= 0.06


@pytest.mark.parametrize(
    ("near_miss", "at_most"), [(True, 0.06), (False, 0.02)], ids=["near", "plain"]
)
def test_strangers_who_ask_of_something_else_are_seldom_answered(
    asked: Asked, near_miss: bool, at_most: float
) -> None:
    verdicts = [
        found.verdict for row, found in asked if row.get("near_miss") == near_miss
    ]
    assert len(verdicts) > 50
    assert verdicts.count("answer") / len(verdicts) <= at_most


def test_few_of_their_messages_are_among_our_examples(
    knowledge: KnowledgeBase, rows: list[Row]
) -> None:
    # Short keywords are the same whoever types them.
    learned = {fold(example.text) for example in examples_of(knowledge, [])}
    same = [row["q"] for row in rows if fold(row["q"]) in learned]
    assert len(same) / len(rows) <= 0.03
