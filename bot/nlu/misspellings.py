"""Reads misspelt words as what was meant: "yevo" as "llevo", "detaned" as "detained".

Spanish is often written as it sounds; other mistakes are a letter left out, doubled,
wrong or in its neighbour's place. A word is only changed into one that our knowledge
uses, and only if that one is much more common than what was typed.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.languages import LANGUAGES, Language
from bot.core.matching import fold
from bot.nlu.word_frequencies import WordFrequencies

_TOKEN: Final = re.compile(r"\w+")
_SHORTEST, _LONGEST = 4, 25
# From this length on two mistakes are forgiven.
_TWO_MISTAKES: Final = 8
# On the Zipf scale: what is as common as that is no mistake.
_COMMON: Final = 3.0
_FOREIGN_COMMON: Final = 4.0
_CANDIDATE: Final = 2.5
# How much more common the word that was meant must be.
_MORE_BY_SOUND: Final = 1.5
_MORE_BY_MISTAKES: Final = {1: 2.0, 2: 3.5}
_SHORT_WORD_MORE: Final = 0.5
# Words that our examples write so themselves are left, unless by sound ten times as
# many of them write the other.
_OURS: Final = 3
_OURS_RATIO: Final = 10
# A message of nonsense shall not keep the others waiting.
_MOST_LOOKED_UP: Final = 60

_AS_IT_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ch", "\1"),
        ("h", ""),
        ("ll", "y"),
        ("v", "b"),
        ("z|c(?=[ei])|x", "s"),
        ("qu(?=[ei])|[cq]", "k"),
        ("gu(?=[ei])", "\2"),
        ("g(?=[ei])", "j"),
        ("\2", "g"),
        ("n(?=[bp])", "m"),
        ("y$|y(?![aeiou])", "i"),
        (r"([^r])\1+", r"\1"),
    )
)


def sound(word: str) -> str:
    """Return how a folded Spanish word sounds in America: the same for b and v.

    >>> sound("yevo") == sound("llevo"), sound("pero") == sound("perro")
    (True, False)
    """
    for pattern, letters in _AS_IT_SOUNDS:
        word = pattern.sub(letters, word)
    return word


class Speller:
    """Knows our words, and how common all others are."""

    def __init__(self, ours: Mapping[str, int], frequencies: WordFrequencies) -> None:
        self._ours = ours
        self._frequencies = frequencies
        self._candidates = {
            language: {
                word: zipf
                for word, count in ours.items()
                if count >= 2 and (zipf := self._as_own_word(word, language))
            }
            for language in LANGUAGES
        }
        self._choices = {
            language: [word for word in words if len(word) >= _SHORTEST]
            for language, words in self._candidates.items()
        }
        self._by_sound: dict[str, str] = {}
        spanish = self._candidates["es"]
        for word in sorted(spanish, key=lambda word: spanish[word]):
            self._by_sound[sound(word)] = word

    @staticmethod
    def count(texts: Iterable[str]) -> dict[str, int]:
        """Return how often each word occurs in our own texts."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(word for word in fold(text).split() if word.isalpha())
        return dict(counts)

    def respell(self, text: str, language: Language) -> str:
        """Return the text with its misspelt words as they were meant.

        >>> frequencies = WordFrequencies.from_counts(
        ...     {"en": {"bond": 1e-5}, "es": {"llevo": 5e-5, "esposo": 5e-5}})
        >>> Speller({"llevo": 9, "esposo": 9}, frequencies).respell("¡se yevo!", "es")
        '¡se llevo!'
        """
        known: dict[str, str] = {}

        def meant(found: re.Match[str]) -> str:
            word = fold(found[0])
            if word not in known and len(known) < _MOST_LOOKED_UP:
                known[word] = self._meant(word, language)
            # What is spelt rightly stays as it was typed, capitals and accents too.
            return found[0] if known.get(word, word) == word else known[word]

        return _TOKEN.sub(meant, text)

    def _meant(self, word: str, language: Language) -> str:
        if not (word.isalpha() and 2 <= len(word) <= _LONGEST):
            return word
        by_sound = self._by_sound.get(sound(word)) if language == "es" else None
        if by_sound is not None and self._is_meant_by_sound(word, by_sound):
            return by_sound
        if len(word) < _SHORTEST or self._ours.get(word, 0) >= _OURS:
            return word
        return self._by_mistakes(word, language) or word

    def _is_meant_by_sound(self, word: str, other: str) -> bool:
        english = self._frequencies.zipf(word, "en")
        if english >= _FOREIGN_COMMON and word in self._ours:
            return False
        more = self._candidates["es"][other] - self._frequencies.zipf(word, "es")
        often = self._ours[other] >= _OURS_RATIO * self._ours.get(word, 0)
        return more >= _MORE_BY_SOUND and often

    def _by_mistakes(self, word: str, language: Language) -> str | None:
        zipf = self._frequencies.zipf
        typed = max(zipf(word, each) - (each != language) for each in LANGUAGES)
        if typed >= _COMMON or word in self._candidates[language]:
            return None
        most = 2 if len(word) >= _TWO_MISTAKES else 1
        gains: dict[str, float] = defaultdict(float)
        for other, mistakes, _ in process.extract(
            word,
            self._choices[language],
            scorer=OSA.distance,
            score_cutoff=most,
            limit=20,
        ):
            # Few mistype the first letter; many change it for the second.
            if other[0] == word[0] or other[1::-1] == word[:2]:
                gains[other] = self._candidates[language][other] - typed
                gains[other] -= _MORE_BY_MISTAKES[int(mistakes)]
                gains[other] -= _SHORT_WORD_MORE * (len(word) == _SHORTEST)
                gains[other] += 0.5 * math.log10(self._ours[other])
        best = max(gains, key=gains.__getitem__, default=None)
        return best if best is not None and gains[best] > 0 else None

    def _as_own_word(self, word: str, language: Language) -> float:
        """Return how common a word is, or 0 if it rather is the other language's."""
        mine = self._frequencies.zipf(word, language)
        others = max(
            self._frequencies.zipf(word, each) for each in LANGUAGES if each != language
        )
        return mine if mine >= _CANDIDATE and mine >= others - 1 else 0.0
