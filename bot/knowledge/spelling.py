"""Describes how a message is spelt, so that a typing mistake changes little.

The usual weighted counts (tf-idf) of letter sequences and words, written out
here because the library's version would cost every process 40 MB and each
message ten times the time.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.core.matching import fold

_SHORTEST, _LONGEST = 2, 5
CHARACTER_SHARE: Final = 0.3
_WORD_SHARE: Final = 0.2
# A row's product with itself.
LARGEST_LIKENESS: Final = CHARACTER_SHARE + _WORD_SHARE
CHARACTER_TERMS: Final = 40_000
WORD_TERMS: Final = 30_000


def letter_sequences(folded: str) -> Iterator[str]:
    """Yield the sequences of 2 to 5 letters within words, spaces at the edges included.

    >>> list(letter_sequences("ice"))[:3]
    [' i', 'ic', 'ce']
    """
    for word in folded.split():
        padded = f" {word} "
        for length in range(_SHORTEST, _LONGEST + 1):
            if length > len(padded):
                break
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]


def words_and_pairs(folded: str) -> Iterator[str]:
    """Yield the words of a text and the pairs of neighbours."""
    words = folded.split()
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"


class _Terms:
    """The terms of one kind that count, with their weights."""

    def __init__(
        self, columns: dict[str, int], weights: NDArray[np.float32], share: float
    ):
        self.columns = columns
        self.weights = weights
        self._scale = math.sqrt(share)

    @classmethod
    def fit(
        cls, documents: Sequence[Sequence[str]], most: int, share: float, at_least: int
    ) -> _Terms:
        total: Counter[str] = Counter()
        spread: Counter[str] = Counter()
        for document in documents:
            total.update(document)
            spread.update(set(document))
        wanted = [term for term, count in spread.items() if count >= at_least]
        wanted.sort(key=lambda term: (-total[term], term))
        kept = sorted(wanted[:most])
        weights = [
            math.log((1 + len(documents)) / (1 + spread[term])) + 1 for term in kept
        ]
        columns = {term: column for column, term in enumerate(kept)}
        return cls(columns, np.array(weights, dtype=np.float32), share)

    def row(
        self, terms: Iterator[str]
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        counts: dict[int, int] = {}
        for term in terms:
            column = self.columns.get(term)
            if column is not None:
                counts[column] = counts.get(column, 0) + 1
        columns = np.array(sorted(counts), dtype=np.int32)
        times = np.array(
            [counts[column] for column in columns.tolist()], dtype=np.float32
        )
        values = (1 + np.log(times)) * self.weights[columns]
        length = float(np.linalg.norm(values))
        return columns, values * np.float32(self._scale / length if length else 0.0)


class SpellingFeatures:
    """Turns texts into sparse rows; two rows' product is their likeness, 0 to 0.5."""

    def __init__(self, characters: _Terms, words: _Terms) -> None:
        self._characters = characters
        self._words = words

    @property
    def first_word(self) -> int:
        """The column where words begin; letters come before."""
        return len(self._characters.columns)

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        character_terms: int = CHARACTER_TERMS,
        word_terms: int = WORD_TERMS,
    ) -> SpellingFeatures:
        """Return the features of texts, the most frequent if there are too many."""
        folded = [fold(text) for text in texts]
        sequences = [list(letter_sequences(text)) for text in folded]
        words = [list(words_and_pairs(text)) for text in folded]
        return cls(
            _Terms.fit(sequences, character_terms, CHARACTER_SHARE, at_least=2),
            _Terms.fit(words, word_terms, _WORD_SHARE, at_least=1),
        )

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return a row a text."""
        data: list[NDArray[np.float32]] = [np.zeros(0, np.float32)]
        indices: list[NDArray[np.int32]] = [np.zeros(0, np.int32)]
        ends = [0]
        offset = self.first_word
        for text in texts:
            folded = fold(text)
            columns, values = self._characters.row(letter_sequences(folded))
            more_columns, more_values = self._words.row(words_and_pairs(folded))
            indices += [columns, more_columns + offset]
            data += [values, more_values]
            ends.append(ends[-1] + len(columns) + len(more_columns))
        return sparse.csr_matrix(
            (np.concatenate(data), np.concatenate(indices), np.array(ends)),
            shape=(len(texts), offset + len(self._words.columns)),
            dtype=np.float32,
        )

    def to_json(self) -> dict[str, list[str]]:
        """Return the known terms in the order of their columns."""
        return {
            "characters": list(self._characters.columns),
            "words": list(self._words.columns),
        }

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """Return the terms' weights."""
        return {
            "weights_characters": self._characters.weights,
            "weights_words": self._words.weights,
        }

    @classmethod
    def from_json(
        cls, terms: Mapping[str, Sequence[str]], arrays: Mapping[str, Any]
    ) -> SpellingFeatures:
        """Return the features that to_json() and arrays() described."""

        def restore(name: str, share: float) -> _Terms:
            columns = {term: column for column, term in enumerate(terms[name])}
            return _Terms(
                columns, np.array(arrays[f"weights_{name}"], np.float32), share
            )

        return cls(
            restore("characters", CHARACTER_SHARE), restore("words", _WORD_SHARE)
        )
