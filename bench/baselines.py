"""Two plain ways to search the same knowledge: BM25, and the encoder alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import bm25s

from bot.core.matching import fold
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import Vectors, encode
from bot.knowledge.examples import Example


@dataclass(frozen=True)
class Hit:
    """The best entry for a message, and its score."""

    entry: str
    score: float


class Bm25:
    """One document an entry: all its texts and questions in both languages."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._names = sorted(knowledge.entries)
        self._index = bm25s.BM25()
        documents = [_words(" ".join(_texts(knowledge, name))) for name in self._names]
        self._index.index(documents, show_progress=False)

    def search(self, texts: Sequence[str]) -> list[Hit]:
        """Return the best entry for each text."""
        return [self._best(text) for text in texts]

    def _best(self, text: str) -> Hit:
        words = _words(text)
        if not words:
            return Hit(self._names[0], 0.0)
        scores = self._index.get_scores(words)
        best = int(scores.argmax())
        return Hit(self._names[best], float(scores[best]))


class EncoderAlone:
    """The nearest example by the sentence encoder, and nothing else."""

    def __init__(self, examples: Sequence[Example], vectors: Vectors) -> None:
        self._entries = [example.entry for example in examples]
        self._vectors = vectors

    def search(self, texts: Sequence[str]) -> list[Hit]:
        """Return the entry of the nearest example for each text."""
        likeness = encode(list(texts)) @ self._vectors.T
        best = likeness.argmax(axis=1)
        return [
            Hit(self._entries[column], float(likeness[row, column]))
            for row, column in enumerate(best)
        ]


def _words(text: str) -> list[str]:
    return fold(text).split()


def _texts(knowledge: KnowledgeBase, name: str) -> list[str]:
    return [
        text
        for words in knowledge.entries[name].texts.values()
        for text in (
            words.title,
            words.short,
            words.details,
            words.next_step,
            *words.questions,
        )
    ]
