"""The one reply that a message gets: an answer, a choice, or an honest no."""

from __future__ import annotations

import pytest

from bot.core.understanding import Part
from bot.services.answers import Answers
from bot.services.context import Context
from tests.builders import message
from tests.fakes import FakeLibrary
from tests.unit.conftest import THRESHOLDS

NEW = Context()
AFTER_BOND = Context(topic=("bond_money",))
OFFERED = Context(offered=("jail_hold", "bond_money"), misses=1)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("How much is an immigration bond?", "bond_money"),
        ("¿Cuánto cuesta una fianza migratoria?", "bond_money"),
        ("how do i find my detained relative", "find_person"),
        ("what is mandamus, my green card case is delayed", "slow_case"),
    ],
    ids=["its own title", "in Spanish", "in other words", "two halves of a title"],
)
def test_a_question_gets_its_entry(answers: Answers, text: str, entry: str) -> None:
    reply = answers.answer(message(text), NEW).reply
    assert (reply.kind, reply.entries) == ("answer", (entry,))


def test_a_doubtful_message_gets_a_choice_with_the_likely_entries(
    answers: Answers,
) -> None:
    outcome = answers.answer(message("hold at jail bond"), NEW)
    assert outcome.reply.kind == "clarify"
    assert set(outcome.reply.options[:2]) == {"jail_hold", "bond_money"}
    assert outcome.context.offered == outcome.reply.options


@pytest.mark.parametrize(
    "text",
    ["best pizza in town", "...", "12", "what happened in Alvarez v. ICE?"],
    ids=["another subject", "no letters", "a number", "a case that no entry tells of"],
)
def test_what_no_entry_answers_gets_an_honest_no(answers: Answers, text: str) -> None:
    reply = answers.answer(message(text), NEW).reply
    assert (reply.kind, reply.entries) == ("no_answer", ())
    assert reply.options == ("human_please",)
    assert reply.phrases[0] == "no_answer"


def test_the_second_honest_no_is_worded_otherwise(answers: Answers) -> None:
    first = answers.answer(message("best pizza in town"), NEW)
    second = answers.answer(message("who won the game"), first.context)
    assert second.reply.phrases[0] == "no_answer_again"


def test_a_foreign_message_is_told_which_languages_are_spoken(answers: Answers) -> None:
    asked = message("combien coûte une caution", language=None, is_foreign=True)
    reply = answers.answer(asked, NEW).reply
    assert (reply.kind, reply.phrases) == ("notice", ("foreign",))


def test_the_reply_speaks_the_language_of_the_message(answers: Answers) -> None:
    asked = message("¿Cuánto cuesta una fianza migratoria?", language="es")
    assert answers.answer(asked, NEW).reply.language == "es"


def test_a_message_without_a_language_is_answered_in_the_last_one(
    answers: Answers,
) -> None:
    outcome = answers.answer(message("mandamus", language=None), Context("es"))
    assert outcome.reply.language == "es"


@pytest.mark.parametrize(
    ("text", "entry"),
    [("the second one", "bond_money"), ("1", "jail_hold"), ("la primera", "jail_hold")],
    ids=["second", "1", "primera"],
)
def test_a_choice_named_by_its_place_gets_that_entry(
    answers: Answers, text: str, entry: str
) -> None:
    assert answers.answer(message(text), OFFERED).reply.entries == (entry,)


def test_a_button_pressed_gets_the_entry_it_names(answers: Answers) -> None:
    pressed = message("", "choose_entry", entities={"entry": ("bail_price",)})
    assert answers.answer(pressed, NEW).reply.entries == ("bond_money",)


def test_a_button_of_an_entry_that_is_gone_gets_an_honest_no(answers: Answers) -> None:
    pressed = message("", "choose_entry", entities={"entry": ("gone",)})
    assert answers.answer(pressed, NEW).reply.kind == "no_answer"


def test_two_questions_in_one_message_get_two_answers(answers: Answers) -> None:
    texts = ("How much is an immigration bond?", "What is an ICE detainer?")
    parts = tuple(Part(text, {}) for text in texts)
    reply = answers.answer(message(" ".join(texts), parts=parts), NEW).reply
    assert reply.entries == ("bond_money", "jail_hold")
    assert "also_asked" in reply.phrases


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("What is an ICE detainer?", True),
        ("My green card case is delayed. What is mandamus?", False),
        ("should I file? My green card case is delayed. What is mandamus?", True),
    ],
    ids=["detention", "no danger", "a wish for advice"],
)
def test_the_disclaimer_closes_what_is_dangerous_or_asks_for_advice(
    answers: Answers, text: str, closes: bool
) -> None:
    reply = answers.answer(message(text), NEW).reply
    assert reply.kind == "answer"
    assert ("disclaimer" in reply.phrases) is closes


def test_another_state_gets_the_entry_of_that_state(answers: Answers) -> None:
    asked = message("and in New Jersey?", entities={"state": ("NJ",)})
    outcome = answers.answer(asked, Context(topic=("jail_hold",)))
    assert outcome.reply.entries == ("jail_hold_nj",)
    assert outcome.context.jurisdiction == "NJ"


def test_another_state_without_an_entry_gets_the_details_and_a_note(
    answers: Answers,
) -> None:
    asked = message("and in New York?", entities={"state": ("NY",)})
    reply = answers.answer(asked, AFTER_BOND).reply
    assert (reply.entries, reply.part) == (("bond_money",), "details")
    assert reply.phrases[0] == "jurisdiction_note"
    assert reply.values == {"state_phrase": "state_ny"}


def test_a_follow_up_is_read_together_with_the_last_answer(answers: Answers) -> None:
    outcome = answers.answer(message("how much is it?"), AFTER_BOND)
    assert outcome.reply.entries == ("bond_money",)


def test_a_draft_is_never_answered_with_where_approval_is_needed(
    small_library: FakeLibrary,
) -> None:
    strict = Answers(small_library, THRESHOLDS, require_approved=True)
    reply = strict.answer(message("How much is an immigration bond?"), NEW).reply
    assert (reply.kind, reply.entries) == ("no_answer", ())
