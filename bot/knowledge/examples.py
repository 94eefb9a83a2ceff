"""Messages whose right entry is known, and messages that no entry answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.knowledge.base import KnowledgeBase

REJECTED: Final = ""


@dataclass(frozen=True)
class Example:
    """A message and its right entry; REJECTED where no entry answers it."""

    text: str
    entry: str


def examples_of(knowledge: KnowledgeBase, rejected: list[str]) -> list[Example]:
    """Return every message whose right entry is known."""
    examples = [
        Example(text, entry.id)
        for entry in knowledge.entries.values()
        for words in entry.texts.values()
        for text in (*words.questions, words.title, words.label)
    ]
    return examples + [Example(text, REJECTED) for text in rejected]
