"""Tells at once whether another entry already holds a question, or nearly so.

check_questions.py compares all questions with all others, which takes many seconds.
Here one entry's questions are compared with the rest: the words of each are looked
up, and only the few questions that share most of them are compared by their letters,
with the same weights as there.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.core.languages import LANGUAGES, Language
from bot.core.matching import fold
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.check_duplicates import Key
from bot.knowledge.limits import SAME_QUESTION
from bot.knowledge.spelling import (
    CHARACTER_SHARE,
    CHARACTER_TERMS,
    LARGEST_LIKENESS,
    WORD_TERMS,
    letter_sequences,
    words_and_pairs,
)

_WORD_SHARE: Final = LARGEST_LIKENESS - CHARACTER_SHARE
_LEAST: Final = SAME_QUESTION * LARGEST_LIKENESS
# Letters can add at most their share, so the words must bring the rest.
_LEAST_WORDS: Final = (_LEAST - CHARACTER_SHARE) / _WORD_SHARE
# Words are looked up without their pairs first, which tells almost the same.
_NEARLY: Final = 0.9


@dataclass(frozen=True)
class Held:
    """A question of another entry."""

    text: str
    folded: str
    entry: str
    jurisdiction: str


class AskedAlready:
    """All questions, titles and labels of a knowledge base, ready to be looked up."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self._holders: dict[Key, list[str]] = {}
        for entry in knowledge.entries.values():
            for key in _keys(knowledge, entry.id):
                self._holders.setdefault(key, []).append(entry.id)
        self._lists = {code: _Questions(knowledge, code) for code in LANGUAGES}

    def holder(self, key: Key, entry_id: str) -> str | None:
        """Return another entry that holds a title, label or question, or None."""
        holders = (one for one in self._holders.get(key, ()) if one != entry_id)
        return next(holders, None)

    def nearly(self, question: str, language: Language, entry_id: str) -> list[Held]:
        """Return the questions of other entries that a visitor could not tell apart."""
        return self._lists[language].nearly(fold(question), entry_id)


@dataclass(frozen=True)
class _Weights:
    """How rare terms are, and what one counts that stands nowhere else."""

    known: Mapping[str, float]
    unknown: float

    def of(self, counts: Counter[str]) -> dict[str, float]:
        """Return what each term of a question counts."""
        return {
            term: (1 + math.log(times)) * self.known.get(term, self.unknown)
            for term, times in counts.items()
        }


class _Questions:
    """The questions of one language, by their words."""

    def __init__(self, knowledge: KnowledgeBase, language: Language) -> None:
        self._held = [
            Held(text, folded, entry.id, entry.jurisdiction)
            for entry in knowledge.entries.values()
            for questions in (entry.texts[language].questions,)
            for text, folded in zip(questions, _folded(questions))
        ]
        places: dict[str, list[int]] = {}
        for place, held in enumerate(self._held):
            for word in set(held.folded.split()):
                places.setdefault(word, []).append(place)
        self._places = {word: np.array(found) for word, found in places.items()}
        squares = np.full(len(self._held), 1e-9)
        for found in self._places.values():
            squares[found] += self._rarity(len(found)) ** 2
        self._lengths = np.sqrt(squares)
        self._weights: tuple[_Weights, _Weights] | None = None

    def nearly(self, folded: str, entry_id: str) -> list[Held]:
        """Return what is nearly the same question in another entry."""
        near = [held for held in self._candidates(folded) if held.entry != entry_id]
        return [held for held in near if self._is_alike(folded, held.folded)]

    def _candidates(self, folded: str) -> Iterator[Held]:
        words = set(folded.split())
        if not words or not self._held:
            return
        shared: NDArray[np.float64] = np.zeros(len(self._held))
        square = 0.0
        for word in words:
            found = self._places.get(word)
            rarity = self._rarity(0 if found is None else len(found))
            square += rarity**2
            if found is not None:
                shared[found] += rarity**2
        alike = shared / (self._lengths * math.sqrt(square))
        for place in np.flatnonzero(alike >= _LEAST_WORDS * _NEARLY):
            yield self._held[place]

    def _rarity(self, times: int) -> float:
        return math.log((1 + len(self._held)) / (1 + times)) + 1

    def _is_alike(self, first: str, second: str) -> bool:
        letters, words = self._weights_of_terms()
        by_words = _cosine(_words(first), _words(second), words)
        if by_words < _LEAST_WORDS:
            return False
        by_letters = _cosine(_letters(first), _letters(second), letters)
        return CHARACTER_SHARE * by_letters + _WORD_SHARE * by_words >= _LEAST

    def _weights_of_terms(self) -> tuple[_Weights, _Weights]:
        """Return how rare each sequence of letters, and each word or pair, is."""
        if self._weights is None:
            letters: Counter[str] = Counter()
            for word, found in self._places.items():
                for sequence in set(letter_sequences(word)):
                    letters[sequence] += len(found)
            words: Counter[str] = Counter()
            for held in self._held:
                words.update(set(words_and_pairs(held.folded)))
            often = Counter({term: n for term, n in letters.items() if n > 1})
            is_full = len(words) > WORD_TERMS
            self._weights = (
                _Weights(self._rarities(often, CHARACTER_TERMS), 0.0),
                # What nobody else asked says nothing where there is no room for it.
                _Weights(
                    self._rarities(words, WORD_TERMS),
                    0.0 if is_full else self._rarity(1),
                ),
            )
        return self._weights

    def _rarities(self, counts: Counter[str], most: int) -> dict[str, float]:
        kept = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
        return {term: self._rarity(min(n, len(self._held))) for term, n in kept}


def _letters(folded: str) -> Counter[str]:
    return Counter(letter_sequences(folded))


def _words(folded: str) -> Counter[str]:
    return Counter(words_and_pairs(folded))


def _cosine(first: Counter[str], second: Counter[str], weights: _Weights) -> float:
    one, two = weights.of(first), weights.of(second)
    product = sum(value * two.get(term, 0.0) for term, value in one.items())
    lengths = math.hypot(*one.values()) * math.hypot(*two.values())
    return product / lengths if lengths else 0.0


def _keys(knowledge: KnowledgeBase, entry_id: str) -> Iterator[Key]:
    for language, text in knowledge.entries[entry_id].texts.items():
        yield (f"title {language}", fold(text.title))
        yield (f"label {language}", fold(text.label))
        for folded in _folded(text.questions):
            yield ("question", folded)


# Most entries are the same after an edit: only what changed is folded again.
@lru_cache(maxsize=2000)
def _folded(questions: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, questions))
