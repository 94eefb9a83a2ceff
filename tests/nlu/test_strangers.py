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


# Those of the last two files choose nothing: neither the judge nor a threshold.
FILES = ("strangers.jsonl", "whatsapp.jsonl", "chat.jsonl", "unseen.jsonl")


@pytest.fixture(scope="module")
def asked_in(finder: Finder) -> dict[str, Asked]:
    """For each file its messages, each with what is found for it.

    Their writers had seen no entry when they wrote them.
    """
    asked = {}
    for name in FILES:
        rows = rows_of(name)
        texts, languages = ([row[key] for row in rows] for key in ("q", "lang"))
        asked[name] = list(zip(rows, finder.find_all(texts, languages)))
    return asked


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


@pytest.mark.parametrize("name", FILES)
def test_every_accepted_entry_exists(knowledge: KnowledgeBase, name: str) -> None:
    names = {name for row in rows_of(name) for name in row["accept"]}
    assert [name for name in sorted(names) if knowledge.find(name) is None] == []


@pytest.mark.parametrize(
    ("name", "language", "least_right", "most_wrong"),
    [
        ("strangers.jsonl", "en", 0.70, 0.06),
        ("strangers.jsonl", "es", 0.64, 0.06),
        ("whatsapp.jsonl", "es", 0.59, 0.06),
        ("chat.jsonl", "en", 0.67, 0.06),
        ("unseen.jsonl", "en", 0.69, 0.08),
        ("unseen.jsonl", "es", 0.60, 0.06),
    ],
)
def test_strangers_mostly_get_the_right_answer_and_seldom_a_wrong_one(
    knowledge: KnowledgeBase,
    asked_in: dict[str, Asked],
    name: str,
    language: str,
    least_right: float,
    most_wrong: float,
) -> None:
    asked = [(row, found) for row, found in asked_in[name] if row["lang"] == language]
    right, wrong = _shares(knowledge, asked)
    assert right >= least_right
    assert wrong <= most_wrong


@pytest.mark.parametrize(
    ("near_miss", "at_most"), [(True, 0.06), (False, 0.02)], ids=["near", "plain"]
)
def test_strangers_who_ask_of_something_else_are_seldom_answered(
    asked_in: dict[str, Asked], near_miss: bool, at_most: float
) -> None:
    verdicts = [
        found.verdict
        for asked in asked_in.values()
        for row, found in asked
        if row.get("near_miss") == near_miss
    ]
    assert len(verdicts) > 50
    assert verdicts.count("answer") / len(verdicts) <= at_most


@pytest.mark.parametrize("name", FILES)
def test_few_of_their_messages_are_among_our_examples(
    knowledge: KnowledgeBase, name: str
) -> None:
    # Short keywords are the same whoever types them.
    learned = {fold(example.text) for example in examples_of(knowledge, [])}
    rows = rows_of(name)
    same = [row["q"] for row in rows if fold(row["q"]) in learned]
    assert len(same) / len(rows) <= 0.03
