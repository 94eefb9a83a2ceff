"""Looks at a message a second time, with an encoder that learned from our examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.core.languages import Language
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import VectorCache, Vectors
from bot.knowledge.examples import REJECTED, Example
from bot.knowledge.second_learning import NOTHING, versions_of, weights_after

# One for all texts, or one each; None: look but once.
Languages = Language | None | Sequence[Language | None]
_Scores = NDArray[np.float32]
# How much it counts in the order of the candidates, beside the first look's score.
_WEIGHT: Final = 0.04


class SecondEncoder(Protocol):
    """An encoder of one language; `version` tells what its vectors depend on."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""

    @property
    def version(self) -> str:
        """A few letters that change with any vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text."""


@dataclass(frozen=True)
class Opinion:
    """What the second look holds of the candidate that is first.

    `likely`: the logarithm of how likely it is; `share`: the same as a share of 1;
    `lead`: how much more speaks for it than for any other entry; `rejected`: how
    likely it is that no entry answers; `spanish`: 1 where it read Spanish, which
    other eyes read than English and are sure in another measure; `asked`: how often
    the entry is asked for beside others, as a logarithm.
    """

    likely: float
    lead: float
    rejected: float
    share: float
    spanish: float
    asked: float


@dataclass(frozen=True)
class View:
    """One message, seen a second time: what speaks for each entry (columns)."""

    scores: _Scores
    column_of: Mapping[str, int]
    asked: Mapping[str, float]
    language: Language | None = None

    def added(self, entries: Sequence[str]) -> list[float]:
        """Return what this look adds to the score of each entry."""
        least = float(self.scores.min())
        columns = (self.column_of.get(entry) for entry in entries)
        return [
            _WEIGHT * (least if column is None else float(self.scores[column]))
            for column in columns
        ]

    def opinion_of(self, entry: str) -> Opinion | None:
        """Return what it holds of an entry; None of one that it does not know."""
        own, no = self.column_of.get(entry), self.column_of[REJECTED]
        if own is None:
            return None
        others = np.ones(len(self.scores), dtype=bool)
        others[[own, no]] = False
        rest = self.scores[others]
        highest = float(self.scores.max())
        total = highest + float(np.log(np.exp(self.scores - highest).sum()))
        likely = float(self.scores[own]) - total
        return Opinion(
            likely=likely,
            lead=float(self.scores[own] - (rest.max() if len(rest) else NOTHING)),
            rejected=float(self.scores[no]) - total,
            share=float(np.exp(likely)),
            spanish=float(self.language == "es"),
            asked=self.asked.get(entry, 0.0),
        )


class SecondLook:
    """What a regression over one language's examples learned, entry by entry."""

    def __init__(
        self,
        encoder: SecondEncoder,
        names: Sequence[str],
        weights: _Scores,
        remembered: Callable[[], VectorCache],
        versions: Mapping[str, str] | None = None,
        asked: Mapping[str, float] | None = None,
    ) -> None:
        self.names = list(names)
        self.weights = weights
        # What was learned of each entry: the same examples are not learned again.
        self._versions = versions or {}
        # How often each entry is asked for; of other assistants nothing is known.
        self._asked = asked or {}
        self._encoder = encoder
        self._remembered = remembered
        self._column_of = {name: column for column, name in enumerate(names)}

    def renewed(self, examples: Sequence[Example]) -> SecondLook:
        """Return the look at other examples; only what changed is learned anew."""
        versions = versions_of(examples)
        if versions == self._versions:
            return self
        vectors = self._remembered().encode([example.text for example in examples])
        before = dict(zip(self.names, self.weights.T))
        changed = dict(versions.items() - self._versions.items())
        names, weights = weights_after(examples, vectors, before, changed)
        return SecondLook(
            self._encoder, names, weights, self._remembered, versions, self._asked
        )

    def views(self, texts: Sequence[str]) -> list[View]:
        """Return how each text looks to the second encoder."""
        vectors = self._encoder.encode(texts)
        scores = vectors @ self.weights[:-1] + self.weights[-1]
        return [View(row, self._column_of, self._asked) for row in scores]


def views_of(
    looks: Mapping[Language, SecondLook], texts: Sequence[str], languages: Languages
) -> list[View | None]:
    """Return how each text looks a second time; None where its language has no look."""
    if languages is None or isinstance(languages, str):
        languages = [languages] * len(texts)
    views: list[View | None] = [None] * len(texts)
    for language, look in looks.items():
        rows = [row for row, own in enumerate(languages) if own == language]
        for row, view in zip(rows, look.views([texts[row] for row in rows])):
            views[row] = replace(view, language=language)
    return views


def examples_in(
    language: Language, knowledge: KnowledgeBase, rejected: Sequence[str]
) -> list[Example]:
    """Return a language's messages whose right entry is known, and rejected ones."""
    examples = [
        Example(text, entry.id)
        for entry in knowledge.entries.values()
        if (words := entry.texts.get(language)) is not None
        for text in (*words.questions, words.title, words.label)
    ]
    return examples + [Example(text, REJECTED) for text in rejected]
