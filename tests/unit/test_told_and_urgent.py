"""What is told before it is asked, and what may be an emergency."""

from __future__ import annotations

from bot.core.understanding import PERHAPS_NOW, TOLD
from bot.services.answers import Answers
from bot.services.context import Context
from tests.builders import message

NEW = Context()


def test_what_is_told_is_asked_on(answers: Answers) -> None:
    outcome = answers.answer(message("my pizza is cold", TOLD), NEW)
    assert (outcome.reply.kind, outcome.reply.phrases) == ("small_talk", ("told",))
    assert outcome.context.unanswered == "my pizza is cold"


def test_what_is_told_is_no_miss(answers: Answers) -> None:
    told = answers.answer(message("my pizza is cold", TOLD), NEW)
    asked = answers.answer(message("who won the game"), told.context)
    assert asked.reply.phrases[0] == "no_answer"


def test_what_is_told_and_has_an_entry_is_answered(answers: Answers) -> None:
    told = message("What is an ICE detainer?", TOLD)
    assert answers.answer(told, NEW).reply.entries == ("jail_hold",)


def test_what_may_be_an_emergency_is_never_refused(answers: Answers) -> None:
    asked = message("best pizza in town", signals=frozenset({PERHAPS_NOW}))
    reply = answers.answer(asked, NEW).reply
    assert (reply.kind, reply.phrases[0]) == ("emergency", "perhaps_now")


def test_what_may_be_an_emergency_can_still_be_chosen_otherwise(
    answers: Answers,
) -> None:
    asked = message("hold at jail bond", signals=frozenset({PERHAPS_NOW}))
    outcome = answers.answer(asked, NEW)
    assert outcome.reply.kind == "emergency"
    assert {"jail_hold", "bond_money"} <= set(outcome.reply.options)
    chosen = answers.answer(message("2"), outcome.context)
    assert chosen.reply.entries == (outcome.reply.options[1],)


def test_what_may_be_an_emergency_and_has_an_entry_gets_it(answers: Answers) -> None:
    text = "How do I find a detained relative?"
    asked = message(text, signals=frozenset({PERHAPS_NOW}))
    assert answers.answer(asked, NEW).reply.entries == ("find_person",)
