"""Which intent counts: despair, then emergency, then what is likely enough."""

from __future__ import annotations

import pytest

from bot.nlu.confidence import choose_intent

LONG = "thanks but could you tell me where they took my brother last night"
CASES: dict[str, tuple[str, dict[str, float], set[str], str]] = {
    "question": (
        "what is bail",
        {"ask_rights": 0.6, "greet": 0.4},
        set(),
        "ask_rights",
    ),
    "sure_courtesy": ("hello", {"greet": 0.9, "ask_rights": 0.1}, set(), "greet"),
    "just_sure": ("hello", {"greet": 0.5, "ask_rights": 0.3}, set(), "greet"),
    "unsure_courtesy": (
        "hello",
        {"greet": 0.49, "ask_rights": 0.3},
        set(),
        "ask_rights",
    ),
    "courtesy_in_a_long_message": (
        LONG,
        {"thank": 0.8, "ask_detained": 0.2},
        set(),
        "ask_detained",
    ),
    "sure_in_a_long_message": (
        LONG,
        {"thank": 0.9, "ask_detained": 0.1},
        set(),
        "thank",
    ),
    "control_verb_is_no_group": (
        "more",
        {"ask_more": 0.4, "ask_rights": 0.3},
        set(),
        "ask_rights",
    ),
    "outside_needs_no_certainty": (
        "best pizza",
        {"out_of_scope": 0.3, "greet": 0.2},
        set(),
        "out_of_scope",
    ),
    "no_question_known": ("hello", {"greet": 0.3, "thank": 0.2}, set(), "greet"),
    "now_comes_first": (
        "ice is here",
        {"greet": 0.9, "ask_rights": 0.1},
        {"now"},
        "report_emergency",
    ),
    "deportation_comes_first": (
        "they deport him tonight",
        {"request_consultation": 0.9, "ask_detained": 0.1},
        {"deportation"},
        "report_emergency",
    ),
    "despair_before_all": (
        "help",
        {"greet": 0.9, "ask_rights": 0.1},
        {"now", "crisis"},
        "crisis",
    ),
    "emergency_needs_its_signal": (
        "ice came last year",
        {"report_emergency": 0.9, "ask_rights": 0.1},
        set(),
        "ask_rights",
    ),
    "despair_needs_its_signal": (
        "im sad",
        {"crisis": 0.7, "ask_meta": 0.3},
        set(),
        "ask_meta",
    ),
}


@pytest.mark.parametrize(
    ("text", "likely", "signals", "expected"), CASES.values(), ids=CASES
)
def test_intent_is_chosen_by_signals_then_by_likelihood(
    text: str, likely: dict[str, float], signals: set[str], expected: str
) -> None:
    assert choose_intent(text, likely, signals) == expected
