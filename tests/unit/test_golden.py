"""A newly trained model is used only if it understands known questions no worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.services.golden import (
    EMERGENCY,
    GoldenQuestion,
    Verdict,
    golden_questions,
    judge,
    keep_refusal,
    refusal,
)

INTENTS = {"door": "ask_rights", "bond": "ask_detained", "bail": "ask_detained"}
QUESTIONS = [
    GoldenQuestion("ice is here", frozenset({EMERGENCY})),
    *(GoldenQuestion(f"bond {n}", frozenset({"ask_detained"})) for n in range(999)),
]
ALL_RIGHT = [EMERGENCY, *["ask_detained"] * 999]


@pytest.mark.parametrize(
    ("after", "is_used"),
    [
        (ALL_RIGHT, True),
        ([*ALL_RIGHT[:-5], *["ask_rights"] * 5], True),
        ([*ALL_RIGHT[:-6], *["ask_rights"] * 6], False),
        (["ask_rights", *ALL_RIGHT[1:]], False),
    ],
    ids=["as good", "five less of a thousand", "six less", "an emergency less"],
)
def test_a_new_model_is_used_unless_it_is_worse(
    after: list[str], is_used: bool
) -> None:
    assert judge("v", QUESTIONS, ALL_RIGHT, after).is_no_worse is is_used


def test_an_emergency_that_neither_model_hears_keeps_no_model_back() -> None:
    before = ["ask_rights", *ALL_RIGHT[1:]]
    assert judge("v", QUESTIONS, before, before).is_no_worse


@pytest.mark.parametrize(
    ("accept", "intents"),
    [
        (["door"], {"ask_rights"}),
        (["bail"], {"ask_detained"}),
        (["door", "bond"], {"ask_rights", "ask_detained"}),
        ([], {"out_of_scope"}),
    ],
)
def test_a_row_is_right_with_the_intent_of_any_of_its_entries(
    accept: list[str], intents: set[str]
) -> None:
    rows = [{"q": "hello", "accept": accept}]
    (question,) = golden_questions(rows, INTENTS, "out_of_scope")
    assert question.intents == intents


def test_a_row_whose_entries_are_gone_is_left_out() -> None:
    rows = [{"q": "hello", "accept": ["removed"]}]
    assert golden_questions(rows, INTENTS, "out_of_scope") == []


def test_a_refusal_is_kept_until_a_model_is_used(tmp_path: Path) -> None:
    path = tmp_path / "refused.json"
    verdict = Verdict("v", 10, 9, 1, 0)
    assert refusal(path) is None
    keep_refusal(path, verdict)
    assert refusal(path) == verdict
    keep_refusal(path, None)
    assert refusal(path) is None
