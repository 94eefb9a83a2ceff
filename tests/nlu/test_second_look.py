"""The second look: an encoder that learned from our examples reads a message, too."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.core.errors import SetupError
from bot.core.languages import Language
from bot.knowledge import english_encoder
from bot.knowledge.encoder import VectorCache, encode
from bot.knowledge.english_encoder import EnglishEncoder
from bot.knowledge.examples import REJECTED, Example
from bot.knowledge.second_learning import learned_weights, versions_of
from bot.knowledge.second_look import (
    Opinion,
    SecondEncoder,
    SecondLook,
    views_of,
)
from bot.knowledge.spanish_encoder import SpanishEncoder
from bot.settings import load_settings

EXAMPLES: dict[Language, list[Example]] = {
    "en": [
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
    ],
    "es": [
        Example("cómo pago la fianza", "bond"),
        Example("dónde se paga el dinero de la fianza", "bond"),
        Example("qué es una orden de retención", "detainer"),
        Example("puede la cárcel retenerlo para ice", "detainer"),
        Example("demandar al gobierno porque mi caso no avanza", "mandamus"),
        Example("cuánto tarda una demanda de mandamus", "mandamus"),
        Example("receta de tarta de manzana", REJECTED),
        Example("quién ganó el partido", REJECTED),
    ],
}


@pytest.fixture(scope="module")
def english() -> EnglishEncoder:
    """The real model, unpacked where `make test` has unpacked it before."""
    return EnglishEncoder(load_settings().DATA_DIR / "index")


def look_at(examples: list[Example], encoder: SecondEncoder) -> SecondLook:
    def remembered() -> VectorCache:
        return VectorCache(None, encoder.encode, encoder.dimensions)

    vectors = encoder.encode([example.text for example in examples])
    return SecondLook(encoder, *learned_weights(examples, vectors), remembered)


@pytest.fixture(scope="module")
def looks(english: EnglishEncoder) -> dict[Language, SecondLook]:
    """The second looks at a small knowledge base."""
    encoders: dict[Language, SecondEncoder] = {"en": english, "es": SpanishEncoder()}
    return {code: look_at(EXAMPLES[code], encoders[code]) for code in encoders}


def opinion(look: SecondLook, text: str, entry: str) -> Opinion:
    (view,) = look.views([text])
    found = view.opinion_of(entry)
    assert found is not None
    return found


def test_the_english_model_is_the_one_that_its_makers_publish(tmp_path: Path) -> None:
    # The first example of the Sentence Transformers documentation.
    vectors = EnglishEncoder(tmp_path, corrections=None).encode(
        [
            "The weather is lovely today.",
            "It's so sunny outside!",
            "He drove to the stadium.",
        ]
    )
    published = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]
    assert vectors @ vectors.T == pytest.approx(np.array(published), abs=1e-4)


@pytest.mark.parametrize("code", ["en", "es"])
def test_what_was_learned_brings_questions_of_one_entry_nearer(
    code: Language, english: EnglishEncoder, tmp_path: Path
) -> None:
    asked, same, other = {
        "en": (
            "they will not let my brother out because of immigration",
            "what is an ice detainer",
            "how do i get my records from the police",
        ),
        "es": (
            "no sueltan a mi hermano por migración",
            "qué es una orden de retención",
            "cómo pido mis documentos a la policía",
        ),
    }[code]
    learned = english if code == "en" else SpanishEncoder()
    plain = EnglishEncoder(tmp_path, corrections=None).encode
    before = plain if code == "en" else encode

    def lead(vectors: np.ndarray) -> float:
        return float(vectors[0] @ vectors[1] - vectors[0] @ vectors[2])

    texts = [asked, same, other]
    assert lead(learned.encode(texts)) > lead(before(texts)) + 0.1


def test_learning_leaves_the_first_encoder_as_it_was() -> None:
    before = encode(["qué es una orden de retención"])
    SpanishEncoder().encode(["qué es una orden de retención"])
    assert (encode(["qué es una orden de retención"]) == before).all()


@pytest.mark.parametrize("code", ["en", "es"])
def test_a_sentence_has_the_same_vector_alone_and_among_others(
    code: Language, english: EnglishEncoder
) -> None:
    encoder = english if code == "en" else SpanishEncoder()
    texts = ["they took my husband", "what is a detainer", "se llevaron a mi hijo"]
    together = encoder.encode(texts)
    alone = np.vstack([encoder.encode([text]) for text in texts])
    assert together == pytest.approx(alone, abs=1e-5)


@pytest.mark.parametrize("code", ["en", "es"])
def test_a_text_without_words_is_nothing_and_a_long_one_is_read(
    code: Language, english: EnglishEncoder
) -> None:
    encoder = english if code == "en" else SpanishEncoder()
    empty, long, emoji = encoder.encode(["  ", "detained " * 5000, "🙂"])
    assert not empty.any()
    assert np.linalg.norm(long) == pytest.approx(1.0, abs=1e-4)
    assert emoji.shape == (encoder.dimensions,)


def test_another_model_than_the_one_we_know_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(english_encoder, "_packed", lambda name: b"another model")
    with pytest.raises(SetupError, match=r"setup\.sh"):
        EnglishEncoder(tmp_path).encode(["hello"])
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("code", "asked"),
    [("en", "where should the bond be paid"), ("es", "¿dónde se paga la fianza?")],
)
def test_it_agrees_with_the_right_entry_and_not_with_another(
    code: Language, asked: str, looks: dict[Language, SecondLook]
) -> None:
    right = opinion(looks[code], asked, "bond")
    wrong = opinion(looks[code], asked, "mandamus")
    assert right.lead > 0 > wrong.lead
    assert right.likely > wrong.likely
    assert right.likely > right.rejected


@pytest.mark.parametrize(
    ("code", "asked"),
    [("en", "how to bake an apple pie"), ("es", "hornear una tarta de manzana")],
)
def test_what_is_none_of_our_subjects_is_likely_answered_by_no_entry(
    code: Language, asked: str, looks: dict[Language, SecondLook]
) -> None:
    found = opinion(looks[code], asked, "bond")
    assert found.rejected > found.likely


def test_an_entry_without_examples_gains_as_little_as_the_unlikeliest(
    looks: dict[Language, SecondLook],
) -> None:
    (view,) = looks["en"].views(["what is a detainer"])
    near, far, unknown = view.added(["detainer", "mandamus", "no_example"])
    assert near > far >= unknown
    assert unknown == min(view.added(["bond", "mandamus", "detainer", REJECTED]))


def test_each_language_has_its_look_and_a_text_in_neither_has_none(
    looks: dict[Language, SecondLook],
) -> None:
    texts = ["what is a detainer", "qué es una orden de retención", "305"]
    first, second, third = views_of(looks, texts, ["en", "es", None])
    assert first is not None
    assert second is not None
    assert third is None
    (alone,) = looks["es"].views(texts[1:2])
    assert second.scores == pytest.approx(alone.scores, abs=1e-4)
    assert views_of(looks, texts, None) == [None] * 3
    assert views_of({}, texts, "en") == [None] * 3


def test_a_renewed_look_knows_the_new_example_and_forgets_the_old(
    looks: dict[Language, SecondLook],
) -> None:
    gone = [e for e in EXAMPLES["en"] if e.entry != "mandamus"]
    renewed = looks["en"].renewed([*gone, Example("is my car insured", "cars")])
    assert opinion(renewed, "is the car insured", "cars").lead > 0
    (view,) = renewed.views(["sue the government over delay"])
    assert view.opinion_of("mandamus") is None


def test_it_works_with_one_entry_with_two_and_without_rejected_ones(
    english: EnglishEncoder,
) -> None:
    two = look_at(EXAMPLES["en"][:6], english)
    assert opinion(two, "pay the bond", "bond").lead > 0
    assert opinion(two, "pay the bond", "bond").rejected < -10
    one = look_at(EXAMPLES["en"][:3], english)
    assert np.isfinite(opinion(one, "pay the bond", "bond").likely)


def test_the_same_examples_are_not_learned_again(english: EnglishEncoder) -> None:
    versions = versions_of(EXAMPLES["en"])
    names, weights = learned_weights(
        EXAMPLES["en"], english.encode([e.text for e in EXAMPLES["en"]])
    )
    look = SecondLook(english, names, weights, lambda: VectorCache(None), versions)
    assert look.renewed(EXAMPLES["en"]) is look
