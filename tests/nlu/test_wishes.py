"""A wish for a person or a language is told by its words, unless it is very clear."""

from __future__ import annotations

import pytest
import yaml

from bot.nlu.confidence import choose_intent
from bot.nlu.wishes import may_be_wish
from bot.settings import NLU_FOLDER

PERSON, LANGUAGE = "request_consultation", "switch_language"


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        (PERSON, "my brother is sick"),
        (PERSON, "they have my brother"),
        (LANGUAGE, "somos de guatemala"),
        (LANGUAGE, "mi esposo es de peru"),
    ],
)
def test_other_words_are_no_wish(intent: str, text: str) -> None:
    assert not may_be_wish(intent, text, 0.8)
    likely = {intent: 0.8, "ask_rights": 0.2}
    assert choose_intent(text, likely, frozenset()) == "ask_rights"


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        (PERSON, "un avogado x favor"),
        (PERSON, "Can somebody CALL me"),
        (PERSON, "laywer"),
        (LANGUAGE, "inglish"),
        (LANGUAGE, "Háblame en español"),
    ],
)
def test_words_of_a_wish_are_known_however_they_are_spelt(
    intent: str, text: str
) -> None:
    assert may_be_wish(intent, text, 0.5)


def test_a_very_clear_wish_needs_no_such_word() -> None:
    assert may_be_wish(PERSON, "get me whoever is in charge", 0.95)


def test_any_other_intent_needs_no_such_word() -> None:
    assert may_be_wish("greet", "whats up", 0.5)


def test_every_example_has_a_word_of_its_wish() -> None:
    without = [
        line
        for name in ("requests.yml", "control.yml")
        for block in yaml.safe_load((NLU_FOLDER / name).read_text("utf-8"))["nlu"]
        for line in block["examples"].splitlines()
        if not may_be_wish(block["intent"], line.removeprefix("- "), 0.5)
    ]
    assert without == []
