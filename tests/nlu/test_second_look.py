"""The second look: another encoder reads English messages, too."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.core.errors import SetupError
from bot.knowledge import second_encoder
from bot.knowledge.examples import REJECTED, Example
from bot.knowledge.second_encoder import SECOND_DIMENSIONS, SecondEncoder
from bot.knowledge.second_look import Opinion, SecondLook
from bot.settings import load_settings

EXAMPLES = [
    Example("how do i pay the bond", "bond"),
    Example("where can i pay bond money", "bond"),
    Example("who may post the bail money", "bond"),
    Example("what is an ice detainer", "detainer"),
    Example("can the jail hold him for ice after release", "detainer"),
    Example("what does a detainer ask of the jail", "detainer"),
    Example("how long can a mandamus case take", "mandamus"),
    Example("sue the government because my case is stuck", "mandamus"),
    Example("recipe for apple pie", REJECTED),
    Example("who won the game last night", REJECTED),
]


@pytest.fixture(scope="module")
def encoder() -> SecondEncoder:
    """The real model, unpacked where `make test` has unpacked it before."""
    return SecondEncoder(load_settings().DATA_DIR / "index")


@pytest.fixture(scope="module")
def look(encoder: SecondEncoder) -> SecondLook:
    """The second look at a small knowledge base."""
    texts = [example.text for example in EXAMPLES]
    return SecondLook(encoder, EXAMPLES, encoder.encode(texts))


def opinion(look: SecondLook, text: str, entry: str) -> Opinion:
    (view,) = look.views([text], english=True)
    assert view is not None
    found = view.opinion_of(entry)
    assert found is not None
    return found


def test_vectors_are_those_that_the_makers_of_the_model_publish(
    encoder: SecondEncoder,
) -> None:
    # The first example of the Sentence Transformers documentation.
    vectors = encoder.encode(
        [
            "The weather is lovely today.",
            "It's so sunny outside!",
            "He drove to the stadium.",
        ]
    )
    published = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]
    assert vectors @ vectors.T == pytest.approx(np.array(published), abs=1e-4)


def test_a_sentence_has_the_same_vector_alone_and_among_others(
    encoder: SecondEncoder,
) -> None:
    texts = ["they took my husband", "what is a detainer", "they took my brother"]
    together = encoder.encode(texts)
    alone = np.vstack([encoder.encode([text]) for text in texts])
    assert together == pytest.approx(alone, abs=1e-5)


def test_a_text_without_words_is_nothing_and_a_long_one_is_cut(
    encoder: SecondEncoder,
) -> None:
    empty, long, emoji = encoder.encode(["  ", "detained " * 5000, "🙂"])
    assert not empty.any()
    assert np.linalg.norm(long) == pytest.approx(1.0, abs=1e-5)
    assert emoji.shape == (SECOND_DIMENSIONS,)


def test_another_model_than_the_one_we_know_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_encoder, "_packed", lambda name: b"another model")
    with pytest.raises(SetupError, match=r"setup\.sh"):
        SecondEncoder(tmp_path).encode(["hello"])
    assert [*tmp_path.iterdir()] == []


def test_it_agrees_with_the_right_entry_and_not_with_another(look: SecondLook) -> None:
    asked = "where should the bond be paid"
    right, wrong = opinion(look, asked, "bond"), opinion(look, asked, "mandamus")
    assert right.lead > 0 > wrong.lead
    assert right.learned_lead > 0 > wrong.learned_lead
    assert right.nearest > wrong.nearest


def test_what_is_none_of_our_subjects_is_near_the_rejected_ones(
    look: SecondLook,
) -> None:
    found = opinion(look, "how to bake an apple pie", "bond")
    assert found.rejected > found.nearest


def test_the_nearest_entry_loses_nothing_and_others_do(look: SecondLook) -> None:
    (view,) = look.views(["what is a detainer"], english=True)
    assert view is not None
    near, far, unknown = view.added(["detainer", "bond", "no_english_example"])
    assert near > 0 > far
    assert unknown == 0.0


def test_only_english_messages_are_looked_at_twice(look: SecondLook) -> None:
    texts = ["what is a detainer", "qué es una orden de retención"]
    first, second = look.views(texts, english=[True, False])
    assert first is not None
    assert second is None
    assert look.views(texts, english=False) == [None, None]


def test_a_renewed_look_knows_the_new_example_and_forgets_the_old(
    look: SecondLook,
) -> None:
    gone = [e for e in EXAMPLES if e.entry != "mandamus"]
    renewed = look.renewed([*gone, Example("is my car insured", "cars")])
    assert opinion(renewed, "is the car insured", "cars").lead > 0
    (view,) = renewed.views(["sue the government over delay"], english=True)
    assert view is not None
    assert view.opinion_of("mandamus") is None


def test_it_works_without_any_rejected_example(encoder: SecondEncoder) -> None:
    some = EXAMPLES[:4]
    look = SecondLook(encoder, some, encoder.encode([e.text for e in some]))
    assert opinion(look, "pay the bond", "bond").rejected == -1.0
