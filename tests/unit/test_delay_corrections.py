"""Answers of the delay check can be gone back to, put right and added to."""

from __future__ import annotations

import pytest

from bot.core.consultations import CHANGE, CONFIRM
from bot.core.languages import Language
from bot.knowledge.base import KnowledgeBase
from tests.conftest import FakeClock
from tests.unit.delay_visitor import GIVEN, Visitor


@pytest.fixture
def visitor(knowledge: KnowledgeBase, clock: FakeClock) -> Visitor:
    """Somebody on the web who writes English, in July 2026."""
    return Visitor(knowledge, clock)


@pytest.mark.parametrize(
    ("language", "asked", "text", "changed"),
    [
        ("en", "happened", "no, it was 2022", {"since": "2022-07"}),
        ("en", "home", "sorry, I meant March 2022", {"since": "2022-03"}),
        ("en", "where", "I meant I-130", {"filed": "i130"}),
        ("en", "tried", "sorry, only the interview", {"happened": "interview"}),
        ("en", "home", "also a lawyer", {"tried": "inquiry lawyer"}),
        ("en", "happened", "May 2022", {"since": "2022-05"}),
        ("es", "tried", "en mayo de 2022", {"since": "2022-05"}),
        ("es", "happened", "no, fue en 2022", {"since": "2022-07"}),
        ("es", "home", "perdón, quise decir marzo de 2023", {"since": "2023-03"}),
        ("es", "where", "me equivoqué, es la I-130", {"filed": "i130"}),
        ("es", "home", "también un abogado", {"tried": "inquiry lawyer"}),
        ("en", CONFIRM, "it was 2022", {"since": "2022-07"}),
        ("en", CONFIRM, "I live in Brooklyn", {"home": "ny"}),
        ("es", CONFIRM, "vivo en Texas", {"home": "elsewhere"}),
        ("es", CONFIRM, "no, es la N-400", {"filed": "n400"}),
    ],
)
def test_an_earlier_answer_is_put_right(
    visitor: Visitor,
    language: Language,
    asked: str,
    text: str,
    changed: dict[str, str],
) -> None:
    visitor.language = language
    visitor.answer_up_to(asked)
    before = visitor.answers
    visitor.hear(text)
    expected = {**before, **changed}
    if "filed" in changed:
        expected.pop("where", None)
        expected.pop("happened", None)
    assert visitor.answers == expected
    assert visitor.reply.phrases[0] == "delay_changed"
    assert visitor.asks == ("where" if "filed" in changed else asked)


@pytest.mark.parametrize(
    ("change", "answer", "changed"),
    [
        ("change the date", "May 2021", {"since": "2021-05"}),
        ("date", "skip", {"since": ""}),
        ("cambiar fecha", "2 years ago", {"since": "2024-07"}),
        ("where I live", "New York", {"home": "ny"}),
        ("what happened", "rfe", {"happened": "rfe"}),
        ("office", "back", {}),
        ("no", "back", {}),
    ],
)
def test_an_answer_named_at_the_summary_is_changed(
    visitor: Visitor, change: str, answer: str, changed: dict[str, str]
) -> None:
    visitor.answer_up_to(CONFIRM)
    visitor.hear(change)
    assert visitor.asks != CONFIRM
    visitor.hear(answer)
    assert (visitor.asks, visitor.answers) == (CONFIRM, {**GIVEN, **changed})


def test_change_offers_what_was_answered(visitor: Visitor) -> None:
    visitor.answer_up_to(CONFIRM)
    visitor.press(CHANGE)
    assert len(visitor.reply.buttons) == len(GIVEN)
    visitor.press("filed")
    visitor.press("court")
    assert visitor.asks == CONFIRM
    assert visitor.answers["filed"] == "court"
    assert {"where", "happened"} & set(visitor.answers) == set()


def test_back_asks_the_question_before_and_keeps_the_rest(visitor: Visitor) -> None:
    visitor.answer_up_to(CONFIRM)
    for asked in ("home", "tried", "happened", "since", "where", "filed"):
        visitor.hear("back" if asked in ("home", "since") else "atrás")
        assert visitor.asks == asked
    assert visitor.answers == GIVEN
    assert visitor.hear("back").phrases[0] == "intake_first_question"
    visitor.hear("I-485")
    assert visitor.asks == CONFIRM


@pytest.mark.parametrize("word", ["done", "no", "listo", "that's all", "next"])
def test_several_choices_are_kept_until_there_are_no_more(
    visitor: Visitor, word: str
) -> None:
    visitor.answer_up_to("happened")
    visitor.press("rfe")
    visitor.press("interview")
    visitor.hear(answer="delay_happened.rfe")  # Pressed once more on the page.
    visitor.hear(word)
    assert (visitor.asks, visitor.answers["happened"]) == ("tried", "interview rfe")


def test_what_is_typed_after_presses_is_added(visitor: Visitor) -> None:
    visitor.answer_up_to("happened")
    visitor.press("rfe")
    visitor.hear("and an interview")
    assert visitor.answers["happened"] == "interview rfe"


def test_back_from_the_second_choice_begins_the_question_anew(visitor: Visitor) -> None:
    visitor.answer_up_to("tried")
    visitor.press("lawyer")
    visitor.hear("back")
    assert visitor.asks == "tried"
    visitor.press("congress")
    visitor.press("done")
    assert visitor.answers["tried"] == "congress"


def test_a_correction_between_two_choices_loses_none(visitor: Visitor) -> None:
    visitor.answer_up_to("happened")
    visitor.press("rfe")
    visitor.hear("sorry, it was March 2022")
    visitor.press("done")
    assert visitor.answers["since"] == "2022-03"
    assert visitor.answers["happened"] == "rfe"


@pytest.mark.parametrize(
    ("asked", "text", "phrase"),
    [
        ("since", "2023", "delay_about"),
        ("since", "March 2030", "delay_since_range"),
        ("since", "1985", "delay_since_range"),
        ("filed", "I-130 and I-485", "delay_one_case"),
        ("filed", "N-400 in March 2022", "delay_noted"),
        ("filed", "N-400 in 2022", "delay_about"),
    ],
)
def test_what_is_not_plain_is_said(
    visitor: Visitor, asked: str, text: str, phrase: str
) -> None:
    visitor.answer_up_to(asked)
    assert visitor.hear(text).phrases[0] == phrase
