"""Several questions in one message: what has no answer is said, never passed over."""

from __future__ import annotations

import pytest

from bot.core.languages import Language
from bot.core.understanding import Part, Understanding
from bot.knowledge.base import KnowledgeBase
from bot.services.answers import Answers
from bot.services.context import Context
from bot.services.showing import show_reply
from tests.builders import TODAY, message

BOND = "How much is an immigration bond?"
RELATIVE = "How do I find a detained relative?"
PIZZA = "Best pizza in town?"
REST = {
    "en": "To the rest of your message I have no checked answer.",
    "es": "Para el resto de su mensaje no tengo una respuesta revisada.",
}


def asking(*texts: str, language: Language = "en") -> Understanding:
    """Return a message of several questions."""
    parts = tuple(Part(text, {}) for text in texts)
    return message(" ".join(texts), parts=parts, language=language)


@pytest.mark.parametrize(
    "texts",
    [(BOND, PIZZA, RELATIVE), (PIZZA, BOND, RELATIVE), (BOND, RELATIVE, PIZZA)],
    ids=["in the middle", "first", "last"],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_two_of_three_questions_answered_say_so_at_the_end(
    answers: Answers,
    small_knowledge: KnowledgeBase,
    texts: tuple[str, ...],
    language: Language,
) -> None:
    reply = answers.answer(asking(*texts, language=language), Context()).reply
    assert reply.entries == ("bond_money", "find_person")
    closing = show_reply(reply, small_knowledge, TODAY).closing
    assert [line for line in closing if line.startswith(REST[language])]


def test_all_questions_answered_say_nothing_of_a_rest(answers: Answers) -> None:
    reply = answers.answer(asking(BOND, RELATIVE), Context()).reply
    assert reply.entries == ("bond_money", "find_person")
    assert "also_asked" in reply.phrases
    assert "partly_answered" not in reply.phrases


def test_the_same_answer_to_two_questions_is_given_once(answers: Answers) -> None:
    twice = asking(BOND, "what is the price of an immigration bond, how much?")
    reply = answers.answer(twice, Context()).reply
    assert reply.entries == ("bond_money",)
    assert "also_asked" not in reply.phrases
