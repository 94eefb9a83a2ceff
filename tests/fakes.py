"""Stand-ins that behave like the real thing, in memory and on command."""

from __future__ import annotations

import copy

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.encoder import encode
from bot.knowledge.examples import examples_of
from bot.knowledge.index import SearchIndex
from bot.services.indexing import coverage_of


class FakeLibrary:
    """A library in memory: a knowledge base with the real search index over it."""

    def __init__(self, knowledge: KnowledgeBase, rejected: list[str]) -> None:
        self.current = knowledge
        examples = examples_of(knowledge, rejected)
        vectors = encode([example.text for example in examples])
        coverage = coverage_of(knowledge, examples)
        self.index = SearchIndex.build(examples, vectors, coverage)

    def knowledge(self) -> KnowledgeBase:
        """Return the knowledge base as it was given."""
        return self.current


class FakeTimer:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


def library_with(library: FakeLibrary, knowledge: KnowledgeBase) -> FakeLibrary:
    """Return the library with other knowledge of the same texts, the index shared."""
    other = copy.copy(library)
    other.current = knowledge
    return other
