"""The plain searches find entries, and refuse below the threshold that gains most."""

from __future__ import annotations

import numpy as np
import pytest

from bench.baselines import Bm25, EncoderAlone, Hit
from bench.hint3 import OUT_OF_SCOPE, Guesses, guess
from bench.hint3 import best_threshold as best_by_mcc
from bench.systems import best_threshold
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import encode
from bot.knowledge.examples import examples_of

ASKED = [
    ("How much is an immigration bond?", "bond_money"),
    ("¿Cómo encuentro a un familiar detenido?", "find_person"),
]
TAUGHT = {
    "bond": ["how much is bond", "price of a bond", "bond cost"],
    "door": ["ice is at the door", "must i open the door", "they knock at my door"],
}


@pytest.fixture(scope="module")
def encoder(small_knowledge: KnowledgeBase) -> EncoderAlone:
    """The encoder over the small knowledge folder."""
    examples = examples_of(small_knowledge, [])
    return EncoderAlone(examples, encode([example.text for example in examples]))


@pytest.mark.parametrize(("text", "entry"), ASKED, ids=["en", "es"])
def test_bm25_finds_the_entry_of_its_question(
    small_knowledge: KnowledgeBase, text: str, entry: str
) -> None:
    assert Bm25(small_knowledge).search([text])[0].entry == entry


@pytest.mark.parametrize(
    "text", ["xylophone zebra", "...", ""], ids=["strange words", "no words", "empty"]
)
def test_bm25_scores_nothing_for_words_it_never_saw(
    small_knowledge: KnowledgeBase, text: str
) -> None:
    assert Bm25(small_knowledge).search([text])[0].score == 0.0


@pytest.mark.parametrize(("text", "entry"), ASKED, ids=["en", "es"])
def test_the_encoder_alone_finds_the_entry_of_its_question(
    encoder: EncoderAlone, text: str, entry: str
) -> None:
    (hit,) = encoder.search([text])
    assert hit.entry == entry
    assert hit.score == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize(
    ("hits", "threshold"),
    [
        ([("a", 0.9), ("a", 0.7), ("b", 0.5), ("b", 0.3)], 0.7),
        ([("b", 0.3), ("a", 0.7), ("b", 0.5), ("a", 0.9)], 0.7),
        ([("a", 0.9), ("b", 0.7), ("a", 0.5), ("a", 0.3)], 0.3),
        ([("a", 0.9), ("a", 0.8)], 0.8),
    ],
    ids=["right then wrong", "in any order", "a wrong one outweighed", "all right"],
)
def test_the_threshold_is_where_right_minus_wrong_is_most(
    hits: list[tuple[str, float]], threshold: float
) -> None:
    rows = [{"accept_known": ["a"]} for _ in hits]
    assert best_threshold(rows, [Hit(*hit) for hit in hits]) == threshold


def test_an_answer_to_what_is_outside_counts_against_a_threshold() -> None:
    rows = [{"accept_known": ["a"]}, {"accept_known": []}, {"accept_known": []}]
    hits = [Hit("a", 0.9), Hit("a", 0.5), Hit("a", 0.4)]
    assert best_threshold(rows, hits) == 0.9


def test_guesses_below_a_threshold_are_out_of_scope() -> None:
    guesses = Guesses(["bond", "door", "bond"], np.array([0.9, 0.5, 0.2]))
    assert guesses.at(0.5) == ["bond", "door", OUT_OF_SCOPE]


def test_the_best_threshold_of_hint3_has_the_best_mcc() -> None:
    guesses = Guesses(["bond", "door", "bond", "door"], np.array([0.9, 0.8, 0.3, 0.2]))
    truth = ["bond", "door", OUT_OF_SCOPE, OUT_OF_SCOPE]
    assert best_by_mcc(guesses, truth) == (0.8, pytest.approx(1.0))


def test_guessing_learns_from_labelled_texts_and_doubts_the_unknown() -> None:
    texts = [text for examples in TAUGHT.values() for text in examples]
    labels = [label for label, examples in TAUGHT.items() for _ in examples]
    found = guess(texts, labels, ["what does bond cost", "open the door?", "pizza"])
    assert found.intents[:2] == ["bond", "door"]
    assert found.scores[2] < min(found.scores[:2])
