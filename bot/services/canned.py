"""The ready replies that staff may choose while they write to a visitor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.languages import Language
from bot.knowledge.base import KnowledgeBase


@dataclass(frozen=True)
class CannedReply:
    """One of them: its name in the file, and its words for the visitor."""

    key: str
    text: str


def canned_replies(knowledge: KnowledgeBase, language: Language) -> list[CannedReply]:
    """Return all ready replies in the visitor's language."""
    return [
        CannedReply(key, texts[language]) for key, texts in knowledge.canned.items()
    ]


def with_canned(
    knowledge: KnowledgeBase, language: Language, key: str, typed: str
) -> str:
    """Return what staff typed with a ready reply put after it.

    >>> with_canned(None, "en", "", "So far")
    'So far'
    """
    texts: Mapping[Language, str] = knowledge.canned.get(key, {}) if key else {}
    parts = [typed.rstrip(), texts.get(language, "")]
    return "\n\n".join(part for part in parts if part)
