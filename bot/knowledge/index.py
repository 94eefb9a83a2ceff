"""Finds the entries most like a message: by meaning, spelling and words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.core.languages import Language
from bot.knowledge.coverage import Coverage
from bot.knowledge.encoder import Vectors, encode
from bot.knowledge.examples import Example
from bot.knowledge.mending import Features, mend
from bot.knowledge.nearness import Look, agreement_of
from bot.knowledge.ranking import Candidate, Ranking
from bot.knowledge.renewal import (
    Change,
    Learned,
    change_of,
    labels_of,
    learned_of,
    names_of,
)
from bot.knowledge.ridge import Ridge
from bot.knowledge.second_look import Languages, SecondLook, views_of
from bot.knowledge.seen_message import SeenMessage
from bot.knowledge.spelling import SpellingFeatures

Scores = NDArray[np.float32]
_ENCODER_SHARE: Final = 0.5
# How much each sign counts. Fitted once on golden/own_questions.jsonl, then rounded;
# no command does it again.
_RIDGE_WEIGHT: Final = 0.5
_NEAREST_WEIGHT: Final = 0.35
_NEAR_WEIGHT: Final = 0.30
_COVERAGE_WEIGHT: Final = 0.37
# Only these, best by ridge, are looked at more closely.
_CONSIDERED: Final = 30
_CANDIDATES: Final = 10
# Many messages are compared with all examples at once, so many at a time.
_FEW: Final = 8
_BLOCK: Final = 64


class SearchIndex:
    """Ridge regression over all examples, the nearest examples, and the texts' words.

    Ridge and nearness see 0.5 encoder + 0.3 character + 0.2 word likeness. Ridge
    learns which wordings belong together; the nearest examples tell how near any
    is; coverage, how much of the message an entry speaks about at all.
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
        # Examples stand sorted by entry, so that an entry's are one slice.
        order = np.argsort(labels, kind="stable")
        self._names = names
        self._labels = labels[order]
        self._vectors = vectors[order]
        self._spelling = spelling
        self._weights = weights
        self._lexical = lexical[order]
        self._across = self._lexical.T.tocsr()
        self.coverage = coverage
        self._first = np.searchsorted(self._labels, np.arange(len(names) + 1))
        # Only after build(): what a later, quick renewal starts from.
        self.learned: Learned | None = None
        # Messages in these languages are looked at a second time.
        self.seconds: Mapping[Language, SecondLook] = {}

    @classmethod
    def build(
        cls, examples: Sequence[Example], vectors: Vectors, coverage: Coverage
    ) -> SearchIndex:
        """Return an index of the examples (vectors: their encoder vectors)."""
        names = names_of(examples)
        labels = labels_of(examples, names)
        texts = [example.text for example in examples]
        spelling = SpellingFeatures.fit(texts)
        lexical = spelling.transform(texts)
        ridge = Ridge(vectors, lexical, _ENCODER_SHARE)
        dual = ridge.dual(labels, len(names))
        weights = ridge.weights(dual)
        index = cls(names, labels, vectors, spelling, weights, lexical, coverage)
        index.learned = learned_of(examples, dual, np.argsort(labels, kind="stable"))
        return index

    def renewed(
        self, learned: Learned, examples: Sequence[Example], coverage: Coverage
    ) -> SearchIndex:
        """Return an index of examples that differ in a few from this index's own.

        `learned` is what was saved with this index. Spelling counts as it did; only
        the entries whose examples changed are learned anew.
        """
        names = names_of(examples)
        labels = labels_of(examples, names)
        change = change_of(learned, self._names, examples, names, labels)
        present = self._present(change, examples)
        before = Features(self._vectors, self._lexical, _ENCODER_SHARE)
        dual = np.zeros((len(examples), len(names)), dtype=np.float32)
        dual[np.ix_(change.kept, change.ours)] = learned.dual[
            np.ix_(change.kept_from, change.theirs)
        ]
        weights = np.zeros((self._weights.shape[0], len(names)), dtype=np.float32)
        weights[:, change.ours] = self._weights[:, change.theirs]
        gone_dual = np.zeros((len(change.gone), len(names)), dtype=np.float32)
        gone_dual[:, change.ours] = learned.dual[np.ix_(change.gone, change.theirs)]
        mended = mend(
            *(present, labels, dual, weights, change.new, change.touched),
            *(before.of(change.gone), gone_dual),
        )
        index = SearchIndex(
            *(names, labels, present.vectors, self._spelling, mended.weights),
            *(present.lexical, coverage),
        )
        order = np.argsort(labels, kind="stable")
        index.learned = learned_of(examples, mended.dual, order)
        return index

    def _present(self, change: Change, examples: Sequence[Example]) -> Features:
        """Return the features of the present examples; only new ones are made."""
        texts = [examples[row].text for row in change.new]
        vectors = np.empty((len(examples), self._vectors.shape[1]), np.float32)
        vectors[change.kept] = self._vectors[change.kept_from]
        if texts:
            vectors[change.new] = encode(texts)
        rows = sparse.vstack(
            [self._lexical[change.kept_from], self._spelling.transform(texts)]
        ).tocsr()
        places = np.argsort(np.concatenate([change.kept, change.new]))
        return Features(vectors, rows[places], _ENCODER_SHARE)

    def search(
        self,
        texts: Sequence[str],
        vectors: Vectors,
        languages: Languages = None,
        owners: Sequence[str] | None = None,
    ) -> list[Ranking]:
        """Return the ranking of entries for each text (vectors: its encoder vectors).

        `languages`: of all of them or one by one; None: no second look. `owners` is
        for measuring: the entry whose example each text is.
        """
        lexical = self._spelling.transform(texts)
        ridge = self._ridge(vectors, lexical)
        spelt = (lexical @ self._across).tocsr()
        views = views_of(self.seconds, texts, languages)
        rankings, meant = [], None
        for row, text in enumerate(texts):
            if len(texts) > _FEW and row % _BLOCK == 0:
                meant = vectors[row : row + _BLOCK] @ self._vectors.T
            message = SeenMessage(
                *(text, vectors[row], spelt[row].toarray()[0], ridge[row]),
                view=views[row],
                meant=None if meant is None else meant[row % _BLOCK],
            )
            rankings.append(self._ranking(message, owners[row] if owners else None))
        return rankings

    def held_out(
        self, examples: Sequence[Example]
    ) -> Iterator[tuple[Example, Ranking]]:
        """Yield each example with its ranking as if it were not known.

        `examples` are those that the index was built of, in the same order.
        """
        row_of = {name: row for row, name in enumerate(self._names)}
        order = np.argsort([row_of[e.entry] for e in examples], kind="stable")
        ridge = Ridge(self._vectors, self._lexical, _ENCODER_SHARE).held_out(
            self._labels, len(self._names), np.random.default_rng(0)
        )
        for row, place in enumerate(order):
            spelt = (self._lexical[row] @ self._across).toarray()[0]
            example = examples[place]
            message = SeenMessage(
                example.text, self._vectors[row], spelt, ridge[row], row
            )
            yield example, self._ranking(message, example.entry)

    def nearest(self, texts: Sequence[str], vectors: Vectors) -> dict[str, Scores]:
        """Return for each entry how like its nearest example each text is, 0 to 1."""
        likeness = (self._spelling.transform(texts) @ self._across).toarray()
        likeness += _ENCODER_SHARE * (vectors @ self._vectors.T)
        # Perhaps there is nothing to reject: a class without examples is left out.
        present = np.flatnonzero(self._first[:-1] < self._first[1:])
        nearest = np.maximum.reduceat(likeness, self._first[present], axis=1)
        return {self._names[c]: nearest[:, at] for at, c in enumerate(present)}

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

    def _ranking(self, message: SeenMessage, owner: str | None) -> Ranking:
        known = len(self._names) - 1
        columns = np.argsort(-message.ridge[:known])[:_CONSIDERED]
        names = [self._names[column] for column in columns]
        shares = self.coverage.of(message.text, names, owner)
        looks = [self._look(message, column) for column in (*columns, known)]
        added = message.view.added(names) if message.view else [0.0] * len(names)
        candidates = []
        for column, look, name, share, more in zip(
            columns, looks, names, shares, added
        ):
            nearest, near = look.nearest()
            score = _RIDGE_WEIGHT * message.ridge[column] + _NEAREST_WEIGHT * nearest
            score += _NEAR_WEIGHT * near + _COVERAGE_WEIGHT * share + more
            candidates.append(Candidate(name, float(score), nearest, share))
        candidates.sort(key=lambda candidate: -candidate.score)
        refused = _RIDGE_WEIGHT * message.ridge[known]
        refused += _NEAREST_WEIGHT * looks[-1].nearest()[0]
        place = names.index(candidates[0].entry) if candidates else -1
        agreement = agreement_of(looks, place)
        opinion = None
        if message.view and candidates:
            opinion = message.view.opinion_of(candidates[0].entry)
        return Ranking(
            *(tuple(candidates[:_CANDIDATES]), float(refused), agreement),
            *(len(message.text.split()), opinion),
            language=message.view.language if message.view else None,
        )

    def _look(self, message: SeenMessage, column: int) -> Look:
        start, end = self._first[column], self._first[column + 1]
        if message.meant is None:
            meaning = self._vectors[start:end] @ message.vector
        else:
            meaning = message.meant[start:end]
        meaning = _ENCODER_SHARE * meaning
        look = Look(meaning, message.spelt[start:end])
        if message.left_out is not None and start <= message.left_out < end:
            return look.without(message.left_out - start)
        return look
