"""Brings the kept search index to other questions in seconds; it never writes it."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.examples import examples_of
from bot.knowledge.index import SearchIndex
from bot.knowledge.renewal import MOST_CHANGED, Learned, share_of_changed
from bot.services.indexing import coverage_of
from bot.services.second_looks import second_looks


class KeptIndex:
    """What is kept in a folder of the index, read once for several uses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._learned: dict[Path, Learned] = {}
        for path in sorted(folder.glob("*.learned.npz")):
            index = path.with_name(path.name.replace(".learned", ""))
            try:
                if index.is_file():
                    self._learned[index] = Learned.load(path)
            except (OSError, ValueError, KeyError):
                continue

    def of(self, knowledge: KnowledgeBase, rejected: list[str]) -> SearchIndex | None:
        """Return the index of a knowledge base; None where too much is new for that."""
        examples = examples_of(knowledge, rejected)
        new = {
            path: share_of_changed(learned, examples)
            for path, learned in self._learned.items()
        }
        nearest = min(new, key=lambda path: new[path], default=None)
        if nearest is None or new[nearest] > MOST_CHANGED:
            return None
        learned, coverage = self._learned[nearest], coverage_of(knowledge, examples)
        try:
            kept = SearchIndex.load(nearest, coverage)
        except (OSError, ValueError, KeyError):
            return None
        is_the_same = new[nearest] == 0 and len(examples) == len(learned.keys)
        if not is_the_same:
            kept = kept.renewed(learned, examples, coverage)
        kept.seconds = second_looks(knowledge, rejected, self._folder, keep=False)
        return kept
