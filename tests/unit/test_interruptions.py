"""A question in the middle of a form is answered; its words are not kept."""

from __future__ import annotations

import pytest

from actions.interruptions import answer_between
from bot.core.understanding import PERHAPS_NOW
from bot.services.answers import Answers
from bot.services.context import Context
from tests.builders import message

NEW = Context()


def test_a_question_is_answered(answers: Answers) -> None:
    asked = message("How much is an immigration bond?", "ask_detained")
    outcome = answer_between(answers, asked, NEW)
    assert outcome is not None
    assert outcome.reply.entries == ("bond_money",)


@pytest.mark.parametrize("text", ["hold at jail bond", "best pizza in town"])
def test_words_that_get_no_answer_are_not_kept(answers: Answers, text: str) -> None:
    asked = message(text, "ask_detained")
    assert answers.answer(asked, NEW).context.unanswered == text
    outcome = answer_between(answers, asked, NEW)
    assert outcome is None or outcome.context.unanswered == ""


def test_what_may_be_an_emergency_comes_before_the_form(answers: Answers) -> None:
    signals = frozenset({PERHAPS_NOW})
    asked = message("hold at jail bond", "ask_detained", signals=signals)
    outcome = answer_between(answers, asked, NEW)
    assert outcome is not None
    assert outcome.reply.kind == "emergency"
    assert outcome.context.unanswered == ""
