"""What a search finds for a message: entries, best first, and what speaks for them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.languages import Language
from bot.knowledge.nearness import NO_AGREEMENT, Agreement
from bot.knowledge.second_look import Opinion


@dataclass(frozen=True)
class Candidate:
    """An entry that may answer a message, and what speaks for it (about 0 to 1)."""

    entry: str
    score: float
    nearest: float
    coverage: float


@dataclass(frozen=True)
class Ranking:
    """The candidates for a message, best first, and how like a rejected one it is.

    `opinion`: what the second look holds of the first, where there was one;
    `language`: the language in which it looked.
    """

    candidates: tuple[Candidate, ...]
    rejected: float
    agreement: Agreement = NO_AGREEMENT
    words: int = 0
    opinion: Opinion | None = None
    language: Language | None = None
