"""Looks at English messages a second time, with another encoder: does it agree?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import Vectors
from bot.knowledge.examples import REJECTED, Example
from bot.knowledge.renewal import labels_of, names_of
from bot.knowledge.second_encoder import SECOND_DIMENSIONS, SecondEncoder

_Scores = NDArray[np.float32]
_REGULARIZATION: Final = 0.03
_VOTERS: Final = 10
# So many messages are compared with all examples at once.
_BLOCK: Final = 64
# How much it counts in the order of the candidates, beside the first look's score.
_LEARNED_WEIGHT: Final = 0.3
_NEAREST_WEIGHT: Final = 0.4


@dataclass(frozen=True)
class Opinion:
    """What the second look holds of the candidate that is first.

    `nearest`: how like its nearest example is; `lead`: how much more than those of any
    other entry; `learned_lead`: the same by regression; `votes`: its share of the ten
    nearest examples. `rejected*`: the same of examples that no entry answers.
    """

    nearest: float
    lead: float
    rejected: float
    learned_lead: float
    rejected_learned: float
    votes: float
    rejected_votes: float


@dataclass(frozen=True)
class View:
    """One message, seen a second time: what speaks for each entry (columns)."""

    learned: _Scores
    nearest: _Scores
    voters: NDArray[np.int64]
    column_of: Mapping[str, int]

    def added(self, entries: Sequence[str]) -> list[float]:
        """Return what this look adds to the score of each entry; 0 at most is near."""
        columns = [self.column_of.get(entry) for entry in entries]
        known = [column for column in columns if column is not None]
        best = float(self.nearest[known].max()) if known else 0.0
        return [
            0.0
            if column is None
            else _LEARNED_WEIGHT * float(self.learned[column])
            + _NEAREST_WEIGHT * (float(self.nearest[column]) - best)
            for column in columns
        ]

    def opinion_of(self, entry: str) -> Opinion | None:
        """Return what it holds of an entry; None of one without English examples."""
        own, no = self.column_of.get(entry), self.column_of[REJECTED]
        if own is None:
            return None
        others = np.ones(len(self.nearest), dtype=bool)
        others[[own, no]] = False
        return Opinion(
            nearest=float(self.nearest[own]),
            lead=_lead(self.nearest, own, others),
            rejected=float(self.nearest[no]),
            learned_lead=_lead(self.learned, own, others),
            rejected_learned=float(self.learned[no]),
            votes=float(np.mean(self.voters == own)),
            rejected_votes=float(np.mean(self.voters == no)),
        )


class SecondLook:
    """All English examples as the second encoder sees them."""

    def __init__(
        self, encoder: SecondEncoder, examples: Sequence[Example], vectors: Vectors
    ) -> None:
        self._encoder = encoder
        self._names = names_of(examples)
        labels = labels_of(examples, self._names)
        order = np.argsort(labels, kind="stable")
        self._labels, self._vectors = labels[order], vectors[order]
        self._row_of = {examples[row].text: place for place, row in enumerate(order)}
        self._weights = _weights(self._vectors, self._labels, len(self._names))
        self._column_of = {name: column for column, name in enumerate(self._names)}
        self._first = np.searchsorted(self._labels, np.arange(len(self._names)))

    def renewed(self, examples: Sequence[Example]) -> SecondLook:
        """Return the look at other examples; only new texts are encoded."""
        vectors = self._vectors_of([example.text for example in examples])
        return SecondLook(self._encoder, examples, vectors)

    def views(
        self, texts: Sequence[str], english: bool | Sequence[bool]
    ) -> list[View | None]:
        """Return how each text looks to the second encoder; None of one not English."""
        flags = [english] * len(texts) if isinstance(english, bool) else english
        rows = [row for row, is_english in enumerate(flags) if is_english]
        views: list[View | None] = [None] * len(texts)
        vectors = self._vectors_of([texts[row] for row in rows])
        learned = vectors @ self._weights
        for start in range(0, len(rows), _BLOCK):
            near = vectors[start : start + _BLOCK] @ self._vectors.T
            for place, likeness in enumerate(near, start=start):
                views[rows[place]] = self._view(learned[place], likeness)
        return views

    def _vectors_of(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of texts; those of its own examples are known."""
        vectors = np.zeros((len(texts), SECOND_DIMENSIONS), dtype=np.float32)
        rows = [self._row_of.get(text) for text in texts]
        new = [place for place, row in enumerate(rows) if row is None]
        vectors[new] = self._encoder.encode([texts[place] for place in new])
        for place, row in enumerate(rows):
            if row is not None:
                vectors[place] = self._vectors[row]
        return vectors

    def _view(self, learned: _Scores, likeness: _Scores) -> View:
        # An entry without an example is as far away as can be.
        present = np.flatnonzero(np.bincount(self._labels, minlength=len(self._names)))
        nearest = np.full(len(self._names), -1.0, dtype=np.float32)
        nearest[present] = np.maximum.reduceat(likeness, self._first[present])
        few = min(_VOTERS, len(likeness))
        voters = self._labels[np.argpartition(likeness, -few)[-few:]]
        return View(learned, nearest, voters, self._column_of)


def english_examples(
    knowledge: KnowledgeBase, rejected: Sequence[str]
) -> list[Example]:
    """Return the English messages whose right entry is known, and rejected ones."""
    examples = [
        Example(text, entry.id)
        for entry in knowledge.entries.values()
        if (words := entry.texts.get("en")) is not None
        for text in (*words.questions, words.title, words.label)
    ]
    return examples + [Example(text, REJECTED) for text in rejected]


def _weights(vectors: Vectors, labels: NDArray[np.int64], classes: int) -> _Scores:
    """Return the weights of a ridge regression in which each class counts alike."""
    counts = np.maximum(np.bincount(labels, minlength=classes), 1)
    even = (1.0 / np.sqrt(counts[labels])).astype(np.float32)
    features = vectors * even[:, None]
    targets = np.zeros((len(labels), classes), dtype=np.float32)
    targets[np.arange(len(labels)), labels] = even
    gram = features.T @ features + _REGULARIZATION * np.eye(SECOND_DIMENSIONS)
    return np.asarray(np.linalg.solve(gram, features.T @ targets), dtype=np.float32)


def _lead(scores: _Scores, own: int, others: NDArray[np.bool_]) -> float:
    rest = scores[others]
    return float(scores[own] - (rest.max() if len(rest) else 0.0))
