"""A lone word is a courtesy only if courtesies have it, or one spelt nearly like it."""

from __future__ import annotations

import pytest

from bot.nlu.confidence import choose_intent
from bot.nlu.courtesies import CourtesyWords

EXAMPLES = [
    ("hello there", "greet"),
    ("hola buenas", "greet"),
    ("hasta luego", "goodbye"),
    ("muchas gracias", "thank"),
    ("no quiero eso", "deny"),
]
KNOWN = CourtesyWords.of(EXAMPLES)


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("greet", "HELLO"),
        ("greet", "holaaaa"),
        ("greet", "helo"),
        ("thank", "grasias"),
        ("thank", "mil gracias"),
        ("deny", "no"),
        ("goodbye", "I have to leave this page now, good night"),
        ("ask_more", "more"),
    ],
    ids=[
        "the word",
        "drawn out",
        "misspelt",
        "as it sounds",
        "beside another",
        "short",
        "many words",
        "an intent without examples",
    ],
)
def test_it_may_be_a_courtesy(intent: str, text: str) -> None:
    assert KNOWN.may_be(intent, text)


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("goodbye", "hospital"),
        ("goodbye", "DACA"),
        ("greet", "EAD"),
        ("deny", "nta"),
        ("thank", "green card"),
        # Pictures have no words: the service that answers knows them.
        ("goodbye", "\U0001f44d"),
    ],
)
def test_a_word_of_our_subjects_is_none(intent: str, text: str) -> None:
    assert not KNOWN.may_be(intent, text)


def test_the_likeliest_question_is_taken_instead() -> None:
    likely = {"goodbye": 0.9, "ask_privacy": 0.06, "ask_delay": 0.04}
    assert choose_intent("daca", likely, set(), KNOWN) == "ask_privacy"
    assert choose_intent("luego", likely, set(), KNOWN) == "goodbye"


def test_the_words_come_back_from_json() -> None:
    again = CourtesyWords(KNOWN.to_json())
    assert again.to_json() == KNOWN.to_json()
    assert not again.may_be("goodbye", "hospital")
