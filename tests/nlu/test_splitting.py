"""A message that asks two or three things is taken apart; one question stays whole."""

from __future__ import annotations

import pytest

from bot.core.languages import Language
from bot.core.matching import fold
from bot.nlu.splitting import MAX_PARTS, split_questions

SEVERAL: dict[str, tuple[str, Language, list[str]]] = {
    "joined_by_and": (
        "what is a detainer and how long can they hold him",
        "en",
        ["what is a detainer", "how long can they hold him"],
    ),
    "joined_by_or": (
        "what is a detainer or how do i stop it",
        "en",
        ["what is a detainer", "how do i stop it"],
    ),
    "joined_by_also": (
        "what is mandamus also how much does it cost",
        "en",
        ["what is mandamus", "how much does it cost"],
    ),
    "two_marks": (
        "What is 287g? Who pays for it?",
        "en",
        ["what is 287g", "who pays for it"],
    ),
    "joined_by_y": (
        "que es un detainer y cuanto tiempo lo pueden tener",
        "es",
        ["que es un detainer", "cuanto tiempo lo pueden tener"],
    ),
    "marcas_al_reves": (
        "¿Qué es un detainer? ¿Cuánto cuesta un abogado?",
        "es",
        ["que es un detainer", "cuanto cuesta un abogado"],
    ),
    "story_before_and_after": (
        "my brother is in jail. what is a detainer? how long can they hold him? "
        "he has two kids",
        "en",
        [
            "my brother is in jail what is a detainer",
            "how long can they hold him he has two kids",
        ],
    ),
    "three": (
        "What is 287g? Who pays for it? How does it end?",
        "en",
        ["what is 287g", "who pays for it", "how does it end"],
    ),
}
ONE: dict[str, tuple[str, Language]] = {
    "plain": ("can i stay silent", "en"),
    "and_between_nouns": ("do the sheriff and the police work with ice", "en"),
    "y_es": ("que es 287g y es legal", "es"),
    "story_then_question": ("my brother was arrested. can he get bail?", "en"),
    "one_word_each": ("why? how?", "en"),
    "told_only": ("my brother was arrested. he has two kids", "en"),
    "nothing": ("", "en"),
}


@pytest.mark.parametrize(
    ("text", "language", "expected"), SEVERAL.values(), ids=SEVERAL
)
def test_message_is_taken_apart_when_it_asks_several_things(
    text: str, language: Language, expected: list[str]
) -> None:
    assert [fold(part) for part in split_questions(text, language)] == expected


@pytest.mark.parametrize(("text", "language"), ONE.values(), ids=ONE)
def test_message_stays_whole_when_it_asks_one_thing(
    text: str, language: Language
) -> None:
    assert split_questions(text, language) == [text]


def test_message_stays_whole_when_it_asks_too_many_things() -> None:
    text = " ".join("What is a detainer?" for _ in range(MAX_PARTS + 1))
    assert split_questions(text, "en") == [text]
