"""Spelling features: the library's numbers, cheap, forgiving of mistakes."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.core.matching import fold
from bot.knowledge.spelling import SpellingFeatures, letter_sequences, words_and_pairs

TEXTS = [
    "what is an ice detainer",
    "what is a 287(g) agreement?",
    "¿Qué es una orden de detención?",
    "how long can the jail hold my brother, how long",
    "cuánto tiempo lo pueden tener en la cárcel",
    "who pays for the agreement with ice, who who who",
    "mi hermano está en la cárcel",
]
UNSEEN = ["wht is a detaner", "how long long long", "la orden", "zzz", "", "ICE"]
# The share that letters and words have in a likeness of two messages.
LETTERS, WORDS = 0.3, 0.2


def _by_term(row: np.ndarray, terms: list[str]) -> dict[str, float]:
    return {term: float(value) for term, value in zip(terms, row) if value}


def _library_rows(options: dict[str, object]) -> tuple[np.ndarray, list[str]]:
    library = TfidfVectorizer(
        preprocessor=fold, sublinear_tf=True, lowercase=False, **options
    ).fit(TEXTS)
    rows = library.transform([*TEXTS, *UNSEEN]).toarray()
    return rows, library.get_feature_names_out().tolist()


def _our_rows(
    kind: str, features: SpellingFeatures, share: float
) -> tuple[np.ndarray, list[str]]:
    terms = features.to_json()
    rows = features.transform([*TEXTS, *UNSEEN]).toarray() / np.sqrt(share)
    letters = len(terms["characters"])
    part = rows[:, :letters] if kind == "characters" else rows[:, letters:]
    return part, terms[kind]


LIBRARY = {
    "characters": (
        "characters",
        {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2},
        LETTERS,
    ),
    "words": (
        "words",
        {"ngram_range": (1, 2), "token_pattern": r"\S+"},
        WORDS,
    ),
}


@pytest.mark.parametrize(("kind", "options", "share"), LIBRARY.values(), ids=LIBRARY)
def test_features_agree_with_the_library_when_its_options_are_ours(
    kind: str, options: dict[str, object], share: float
) -> None:
    expected_rows, expected_terms = _library_rows(options)
    rows, terms = _our_rows(kind, SpellingFeatures.fit(TEXTS), share)
    assert sorted(terms) == sorted(expected_terms)
    for expected, found in zip(expected_rows, rows):
        assert _by_term(found, terms) == pytest.approx(
            _by_term(expected, expected_terms), abs=1e-5
        )


@pytest.mark.parametrize(
    ("character_terms", "word_terms"), [(30, 10), (5, 3)], ids=["some", "few"]
)
def test_features_keep_the_most_frequent_terms_when_there_are_too_many(
    character_terms: int, word_terms: int
) -> None:
    terms = SpellingFeatures.fit(TEXTS, character_terms, word_terms).to_json()
    assert len(terms["characters"]) == character_terms
    assert len(terms["words"]) == word_terms
    assert "who" in terms["words"]


def test_letter_sequences_hold_the_edges_of_words() -> None:
    assert set(letter_sequences("ice")) == {
        *(" i", "ic", "ce", "e "),
        *(" ic", "ice", "ce "),
        *(" ice", "ice "),
        " ice ",
    }


def test_words_and_pairs_hold_neighbours_only() -> None:
    assert list(words_and_pairs("who pays ice")) == [
        *("who", "pays", "ice"),
        *("who pays", "pays ice"),
    ]


def test_typing_mistake_changes_likeness_little() -> None:
    features = SpellingFeatures.fit(TEXTS)
    right, mistyped, other = features.transform(
        ["what is an ice detainer", "what is an ice detaner", "la carcel"]
    ).toarray()
    assert right @ mistyped > 0.35
    assert right @ other < 0.05


def test_accents_and_capitals_change_nothing() -> None:
    features = SpellingFeatures.fit(TEXTS)
    plain, typed = features.transform(["que es una orden", "¿QUÉ ES UNA ORDEN?"])
    assert (plain != typed).nnz == 0


def test_text_of_unknown_words_has_an_empty_row() -> None:
    assert SpellingFeatures.fit(TEXTS).transform(["xyzxyz", ""]).nnz == 0


def test_features_give_the_same_rows_when_read_back() -> None:
    features = SpellingFeatures.fit(TEXTS)
    terms = json.loads(json.dumps(features.to_json()))
    again = SpellingFeatures.from_json(terms, features.arrays())
    texts = [*TEXTS, *UNSEEN]
    assert (features.transform(texts) != again.transform(texts)).nnz == 0
