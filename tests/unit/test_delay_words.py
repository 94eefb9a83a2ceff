"""Words on the buttons of the delay check may be typed, and every question left."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.core.delay import FIELDS, POSSIBLE
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_words import read_confirming, read_value, wants_to_skip
from tests.conftest import FakeClock
from tests.unit.delay_visitor import Visitor

TODAY = date(2026, 11, 21)


@pytest.fixture
def visitor(knowledge: KnowledgeBase, clock: FakeClock) -> Visitor:
    """Somebody on the web who writes English, in July 2026."""
    return Visitor(knowledge, clock)


@pytest.mark.parametrize(
    ("field", "text", "choice"),
    [
        ("filed", "court", "court"),
        ("filed", "La corte.", "court"),
        ("filed", "family", "i130"),
        ("filed", "mi familia", "i130"),
        ("filed", "a waiver", "i601a"),
        ("filed", "perdón", "i601a"),
        ("filed", "records", "foia"),
        ("filed", "documentos", "foia"),
        ("filed", "permiso", "i765"),
        ("filed", "conditions", "i751"),
        ("filed", "fee waiver", None),
        ("filed", "perdón, no entiendo", None),
        ("filed", "a court date", None),
        ("where", "court", "court"),
        ("where", "la corte", "court"),
        ("where", "records", "foia"),
        ("where", "NVC", "consulate"),
    ],
)
def test_a_word_of_a_button_is_understood_where_it_stands(
    field: str, text: str, choice: str | None, knowledge: KnowledgeBase
) -> None:
    assert read_value(field, text, "en", TODAY, knowledge).text == choice


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", ["filed", "where", "happened", "tried", "home"])
def test_each_label_and_each_part_of_it_is_understood(
    field: str, language: Language, knowledge: KnowledgeBase
) -> None:
    for choice in POSSIBLE[field]:
        label = knowledge.phrase(f"delay_{field}_{choice}", language)
        for part in (label, *re.split("[,()]", label)):
            found = read_value(field, part, language, TODAY, knowledge)
            assert not part.strip() or found.text == choice, part


def test_a_lone_word_puts_no_other_answer_right(visitor: Visitor) -> None:
    visitor.answer_up_to("confirm")
    before = visitor.answers
    for text in ("family", "permiso", "perdón"):
        visitor.hear(text)
        assert visitor.answers == before


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("sí, muéstremelo", True),
        ("sí, muéstrelo", True),
        ("muéstramelo por favor", True),
        ("yes, show it", True),
        ("show me", True),
        ("muestra de sangre", False),
        ("show me another lawyer", False),
    ],
)
def test_show_it_is_a_yes_to_the_summary(
    text: str, shows: bool, knowledge: KnowledgeBase
) -> None:
    assert (read_confirming(text, knowledge) == "show") == shows


@pytest.mark.parametrize(
    ("text", "is_skip"),
    [
        ("I prefer not to say", True),
        ("I'd rather not say where", True),
        ("I don't want to say", True),
        ("prefiero no decir", True),
        ("Prefiero no decirlo.", True),
        ("no quiero decir", True),
        ("no quiero contestar eso", True),
        ("quise decir marzo", False),
        ("quiero decir la I-130", False),
        ("no", False),
    ],
)
def test_not_wanting_to_say_is_leaving_out(text: str, is_skip: bool) -> None:
    assert wants_to_skip(text) == is_skip


@pytest.mark.parametrize("asked", FIELDS)
@pytest.mark.parametrize("words", ["I prefer not to say", "no quiero decir"])
def test_who_would_rather_not_say_goes_on(
    visitor: Visitor, asked: str, words: str
) -> None:
    visitor.answer_up_to(asked)
    visitor.hear(words)
    assert visitor.answers[asked] == ""


@pytest.mark.parametrize("asked", FIELDS)
def test_a_question_has_a_button_to_leave_it_where_there_is_room(
    visitor: Visitor, asked: str
) -> None:
    visitor.answer_up_to(asked)
    labels = [button.label for button in visitor.reply.buttons]
    assert ("delay_button_skip" in labels) == (asked != "filed")
    if asked == "filed":
        assert len(labels) == 10
    else:
        visitor.press("skip")
        assert visitor.answers[asked] == ""
