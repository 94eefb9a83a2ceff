"""Finds the entries most like a message: by meaning, spelling and words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.knowledge.coverage import Coverage
from bot.knowledge.encoder import Vectors
from bot.knowledge.examples import REJECTED, Example
from bot.knowledge.ridge import ridge_weights
from bot.knowledge.spelling import SpellingFeatures

Scores = NDArray[np.float32]
_ENCODER_SHARE: Final = 0.5
_NEAREST_SHARE: Final = 0.5
_CANDIDATES: Final = 10


@dataclass(frozen=True)
class Candidate:
    """An entry that may answer a message, and what speaks for it (about 0 to 1)."""

    entry: str
    score: float
    nearest: float
    coverage: float


@dataclass(frozen=True)
class Ranking:
    """The candidates for a message, best first, and how like a rejected one it is."""

    candidates: tuple[Candidate, ...]
    rejected: float


class SearchIndex:
    """Ridge regression over all examples, plus the nearest example of each entry.

    Both see 0.5 encoder + 0.3 character + 0.2 word likeness. Ridge learns which
    wordings belong together; the nearest example tells how near any is.
    """

    def __init__(
        self,
        names: list[str],
        labels: NDArray[np.int64],
        vectors: Vectors,
        spelling: SpellingFeatures,
        weights: Scores,
        lexical: sparse.csr_matrix,
        coverage: Coverage,
    ) -> None:
        self._names = names
        self._labels = labels
        self._vectors = vectors
        self._spelling = spelling
        self._weights = weights
        self._lexical = lexical
        self._across = lexical.T.tocsr()
        self._coverage = coverage
        self._order = np.argsort(labels, kind="stable")
        # The classes that have examples: perhaps there is nothing to reject.
        self._present, self._starts = np.unique(labels[self._order], return_index=True)

    @classmethod
    def build(
        cls, examples: Sequence[Example], vectors: Vectors, coverage: Coverage
    ) -> SearchIndex:
        """Return an index of the examples (vectors: their encoder vectors)."""
        names = sorted({example.entry for example in examples} - {REJECTED})
        names.append(REJECTED)
        row_of = {name: row for row, name in enumerate(names)}
        labels = np.array([row_of[example.entry] for example in examples])
        texts = [example.text for example in examples]
        spelling = SpellingFeatures.fit(texts)
        lexical = spelling.transform(texts)
        weights = ridge_weights(vectors, lexical, labels, len(names), _ENCODER_SHARE)
        return cls(names, labels, vectors, spelling, weights, lexical, coverage)

    def search(
        self,
        texts: Sequence[str],
        vectors: Vectors,
        owners: Sequence[str] | None = None,
    ) -> list[Ranking]:
        """Return the ranking of entries for each text (vectors: its encoder vectors).

        `owners` is for measuring: the entry whose example each text is.
        """
        lexical = self._spelling.transform(texts)
        scores = self._ridge(vectors, lexical)
        scores += _NEAREST_SHARE * (nearest := self._nearest(vectors, lexical))
        return list(self._rankings(texts, scores, nearest, owners))

    def nearest(self, texts: Sequence[str], vectors: Vectors) -> dict[str, Scores]:
        """Return for each entry how like its nearest example each text is, 0 to 1."""
        likeness = self._nearest(vectors, self._spelling.transform(texts))
        return {self._names[column]: likeness[:, column] for column in self._present}

    def save(self, path: Path) -> None:
        """Write the index as plain arrays, so that a start need not build it."""
        partial = path.with_suffix(".partial.npz")
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(
            partial,
            described=json.dumps([self._names, self._spelling.to_json()]),
            labels=self._labels,
            vectors=self._vectors,
            weights=self._weights,
            lexical_data=self._lexical.data,
            lexical_indices=self._lexical.indices,
            lexical_indptr=self._lexical.indptr,
            lexical_shape=np.array(self._lexical.shape),
            **self._spelling.arrays(),
        )
        partial.replace(path)

    @classmethod
    def load(cls, path: Path, coverage: Coverage) -> SearchIndex:
        """Return the index that save() wrote.

        Raises:
            OSError, ValueError, KeyError: the file is missing or damaged.
        """
        with np.load(path, allow_pickle=False) as stored:
            arrays: dict[str, Any] = dict(stored)
        names, spelling = json.loads(str(arrays["described"]))
        lexical = sparse.csr_matrix(
            (
                arrays["lexical_data"],
                arrays["lexical_indices"],
                arrays["lexical_indptr"],
            ),
            shape=tuple(arrays["lexical_shape"]),
        )
        return cls(
            names,
            arrays["labels"],
            arrays["vectors"],
            SpellingFeatures.from_json(spelling, arrays),
            arrays["weights"],
            lexical,
            coverage,
        )

    def _ridge(self, vectors: Vectors, lexical: sparse.csr_matrix) -> Scores:
        dense = vectors.shape[1]
        scores = vectors @ self._weights[:dense] + lexical @ self._weights[dense:]
        return np.asarray(scores, dtype=np.float32)

    def _nearest(self, vectors: Vectors, lexical: sparse.csr_matrix) -> Scores:
        likeness = (lexical @ self._across).toarray()
        likeness += _ENCODER_SHARE * (vectors @ self._vectors.T)
        nearest = np.zeros((likeness.shape[0], len(self._names)), np.float32)
        nearest[:, self._present] = np.maximum.reduceat(
            likeness[:, self._order], self._starts, axis=1
        )
        return nearest

    def _rankings(
        self,
        texts: Sequence[str],
        scores: Scores,
        nearest: Scores,
        owners: Sequence[str] | None = None,
    ) -> Iterator[Ranking]:
        known = len(self._names) - 1
        for row, text in enumerate(texts):
            best = np.argsort(-scores[row, :known])[:_CANDIDATES]
            names = [self._names[column] for column in best]
            shares = self._coverage.of(text, names, owners[row] if owners else None)
            candidates = tuple(
                Candidate(
                    name, float(scores[row, column]), float(nearest[row, column]), share
                )
                for name, column, share in zip(names, best, shares)
            )
            yield Ranking(candidates, float(scores[row, known]))
