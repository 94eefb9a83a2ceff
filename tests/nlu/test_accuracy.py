"""Accuracy on held-out questions: floors that no change may fall below."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.languages import Language
from bot.core.matching import fold
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import encode
from bot.knowledge.examples import examples_of
from bot.knowledge.index import SearchIndex
from bot.knowledge.ranking import Ranking
from bot.services.finding import Finder, Finding

FIRST_RIGHT = 0.94
FIRST_RIGHT_PER_LANGUAGE = 0.92
ANSWERED_WRONG = 0.05
OUTSIDE_ANSWERED = 0.04
Row = dict[str, Any]


@pytest.fixture(scope="module")
def rankings(real_index: SearchIndex, own_questions: list[Row]) -> list[Ranking]:
    """What the index finds for each held-out question."""
    texts = [row["q"] for row in own_questions]
    return real_index.search(texts, encode(texts), _languages(own_questions))


@pytest.fixture(scope="module")
def findings(finder: Finder, own_questions: list[Row]) -> list[Finding]:
    """What is decided for each held-out question at the thresholds in use."""
    return finder.find_all(
        [row["q"] for row in own_questions], _languages(own_questions)
    )


def _languages(rows: list[Row]) -> list[Language]:
    return [row["lang"] for row in rows]


def _accepted(knowledge: KnowledgeBase, row: Row) -> set[str]:
    found = [knowledge.find(name) for name in row["accept"]]
    return {entry.id for entry in found if entry is not None}


def _share_right(
    knowledge: KnowledgeBase, rows: list[Row], rankings: list[Ranking]
) -> float:
    right = [
        ranking.candidates[0].entry in _accepted(knowledge, row)
        for row, ranking in zip(rows, rankings)
    ]
    return sum(right) / len(right)


def test_held_out_questions_are_answered_by_entries_that_exist(
    knowledge: KnowledgeBase, own_questions: list[Row]
) -> None:
    missing = [row["q"] for row in own_questions if not _accepted(knowledge, row)]
    assert missing == []


def _learned(knowledge: KnowledgeBase) -> set[str]:
    return {fold(example.text) for example in examples_of(knowledge, [])}


def test_held_out_questions_are_no_examples_of_the_index(
    knowledge: KnowledgeBase, own_questions: list[Row]
) -> None:
    learned = _learned(knowledge)
    assert [row["q"] for row in own_questions if fold(row["q"]) in learned] == []


def test_first_candidate_is_right_often_enough_for_questions_never_learned(
    knowledge: KnowledgeBase, own_questions: list[Row], rankings: list[Ranking]
) -> None:
    learned = _learned(knowledge)
    new = [n for n, row in enumerate(own_questions) if fold(row["q"]) not in learned]
    share = _share_right(
        knowledge, [own_questions[n] for n in new], [rankings[n] for n in new]
    )
    assert share >= FIRST_RIGHT


def test_first_candidate_is_right_often_enough(
    knowledge: KnowledgeBase, own_questions: list[Row], rankings: list[Ranking]
) -> None:
    assert _share_right(knowledge, own_questions, rankings) >= FIRST_RIGHT


@pytest.mark.parametrize("language", ["en", "es"])
def test_first_candidate_is_right_often_enough_in_each_language(
    knowledge: KnowledgeBase,
    own_questions: list[Row],
    rankings: list[Ranking],
    language: str,
) -> None:
    chosen = [n for n, row in enumerate(own_questions) if row["lang"] == language]
    share = _share_right(
        knowledge, [own_questions[n] for n in chosen], [rankings[n] for n in chosen]
    )
    assert share >= FIRST_RIGHT_PER_LANGUAGE


def test_visitors_seldom_get_a_wrong_answer(
    knowledge: KnowledgeBase, own_questions: list[Row], findings: list[Finding]
) -> None:
    wrong = [
        row["q"]
        for row, found in zip(own_questions, findings)
        if found.verdict == "answer"
        and found.entries[0] not in _accepted(knowledge, row)
    ]
    assert len(wrong) / len(own_questions) <= ANSWERED_WRONG


def test_visitors_mostly_get_an_answer(findings: list[Finding]) -> None:
    # A bot that refuses everything would pass the tests of wrong answers.
    answered = [found for found in findings if found.verdict == "answer"]
    assert len(answered) / len(findings) >= 0.88


def test_questions_outside_our_subjects_are_seldom_answered(
    finder: Finder, own_out_of_scope: list[Row]
) -> None:
    found = finder.find_all(
        [row["q"] for row in own_out_of_scope], _languages(own_out_of_scope)
    )
    answered = [finding for finding in found if finding.verdict == "answer"]
    assert len(answered) / len(found) <= OUTSIDE_ANSWERED
