"""A question that lives on the last answer is asked back where it would leave it."""

from __future__ import annotations

import pytest

from bot.services.answers import Answers
from bot.services.context import Context
from bot.services.followups import leaning
from tests.builders import message

AFTER_BOND = Context(topic=("bond_money",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what do i bring", "wholly"),
        ("and what should we say?", "wholly"),
        ("¿qué llevo?", "wholly"),
        ("que hago", "wholly"),
        ("can i sue?", "partly"),
        ("¿puedo apelar?", "partly"),
        ("can i sue ICE for a raid", "not"),
        ("what do i bring to court", "not"),
        ("que hago si ice toca la puerta", "not"),
    ],
)
def test_a_question_without_its_subject_leans_on_the_last_answer(
    text: str, expected: str
) -> None:
    assert leaning(text) == expected


def test_what_do_i_do_after_an_answer_gets_more_of_it(answers: Answers) -> None:
    asked = message("que hago", "ask_capabilities", language="es")
    reply = answers.make_small_talk(asked, AFTER_BOND).reply
    assert (reply.entries, reply.part) == (("bond_money",), "details")


def test_a_greeting_in_the_middle_is_no_new_welcome(answers: Answers) -> None:
    again = answers.make_small_talk(message("hi", "greet"), AFTER_BOND).reply
    first = answers.make_small_talk(message("hi", "greet"), Context()).reply
    assert (again.phrases, first.phrases) == (("ask_away",), ("greet",))


@pytest.mark.parametrize(
    ("misses", "begins"), [(0, True), (1, False)], ids=["offered", "asked back since"]
)
def test_yes_to_a_person_begins_whatever_was_offered_long_before(
    answers: Answers, misses: int, begins: bool
) -> None:
    context = Context(topic=("human_please",), offered=("jail_hold",), misses=misses)
    assert answers.begins_request(message("yes", "affirm"), context) is begins
