"""A question told in two messages: the second is read with the first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.services.answers import Answers
from bot.services.context import Context, context_from_slots
from tests.builders import message

NEW = Context()
FIRST, SECOND = "find someone", "held, my relative"


def test_neither_half_is_answered_alone(answers: Answers) -> None:
    for half in (FIRST, SECOND):
        assert answers.answer(message(half), NEW).reply.kind == "no_answer"


def test_the_second_half_is_answered_with_the_first(answers: Answers) -> None:
    first = answers.answer(message(FIRST), NEW)
    second = answers.answer(message(SECOND), first.context)
    assert second.reply.entries == ("find_person",)
    assert second.context.unanswered == ""


def test_what_nothing_answered_is_kept_in_the_slots(answers: Answers) -> None:
    slots = answers.answer(message(FIRST), NEW).context.to_slots()
    assert slots["unanswered"] == FIRST
    assert context_from_slots(slots, None).unanswered == FIRST


def test_a_third_message_finds_both_that_came_before(answers: Answers) -> None:
    context = NEW
    for text in (FIRST, "in any case"):
        context = answers.answer(message(text), context).context
    assert context.unanswered == f"{FIRST} in any case"


def test_a_long_message_begins_anew(answers: Answers) -> None:
    asked = "best pizza in town with cheese and olives and a glass of wine"
    context = replace(NEW, unanswered=FIRST)
    assert answers.answer(message(asked), context).context.unanswered == asked


def test_only_the_last_of_many_words_is_kept(answers: Answers) -> None:
    context = replace(NEW, unanswered="pizza " * 200)
    kept = answers.answer(message("who won the game"), context).context.unanswered
    assert len(kept) == 500
    assert kept.endswith("who won the game")


def test_a_thank_you_forgets_nothing(answers: Answers) -> None:
    context = replace(NEW, unanswered=FIRST)
    thanked = answers.make_small_talk(message("thanks", "thank"), context)
    assert thanked.context.unanswered == FIRST


def test_a_new_question_that_is_clear_is_answered_alone(answers: Answers) -> None:
    context = replace(NEW, unanswered=FIRST)
    asked = message("How much is an immigration bond?")
    assert answers.answer(asked, context).reply.entries == ("bond_money",)


def test_a_pressed_button_is_no_words(answers: Answers) -> None:
    pressed = message("/choose_entry", "choose_entry", entities={"entry": ("gone",)})
    outcome = answers.answer(pressed, NEW)
    assert (outcome.reply.kind, outcome.context.unanswered) == ("no_answer", "")


@pytest.mark.parametrize("intent", ["ask_more", "repeat_answer"])
def test_what_sounds_like_more_of_nothing_goes_on_from_the_first_half(
    answers: Answers, intent: str
) -> None:
    context = replace(NEW, unanswered=FIRST)
    reply = answers.continue_topic(message(SECOND, intent), context).reply
    assert reply.entries == ("find_person",)


def test_a_correction_is_not_read_with_what_was_not_answered(answers: Answers) -> None:
    context = replace(NEW, unanswered=f"{FIRST} {SECOND}")
    asked = message("no that is not what i asked", "deny")
    assert answers.make_small_talk(asked, context).reply.entries == ()


def test_words_that_point_back_are_read_with_the_first_half(answers: Answers) -> None:
    context = replace(NEW, unanswered="find")
    reply = answers.answer(message("my detained relative, where is he"), context).reply
    assert reply.entries == ("find_person",)


def test_a_lone_word_does_not_choose_between_what_was_offered_for_it(
    answers: Answers,
) -> None:
    offered = ("door_knock", "jail_hold", "human_please")
    context = replace(NEW, unanswered="door", offered=offered, misses=1)
    reply = answers.answer(message("ICE"), context).reply
    assert (reply.kind, reply.options) == ("clarify", offered)
