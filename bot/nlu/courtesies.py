"""Knows the words of courtesies, so that no lone word passes for one by its sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from bot.core.matching import fold

# "Hospital" alone sounds like "hasta"; in a longer message each word bears the others.
_FEW_WORDS: Final = 2
_NEARLY: Final = 0.84
_SHORT: Final = 3
_DRAWN_OUT: Final = re.compile(r"(.)\1+")


class CourtesyWords:
    """The words of the examples of each intent."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._words = {intent: frozenset(found) for intent, found in words.items()}

    @classmethod
    def of(cls, examples: Iterable[tuple[str, str]]) -> CourtesyWords:
        """Return the words of examples, each a text with its intent."""
        words: dict[str, set[str]] = {}
        for text, intent in examples:
            words.setdefault(intent, set()).update(_words_of(text))
        return cls(words)

    def may_be(self, intent: str, text: str) -> bool:
        """Return whether a message can be one of an intent, by its words.

        >>> known = CourtesyWords.of([("hasta luego", "goodbye"), ("hola", "greet")])
        >>> known.may_be("goodbye", "hospital"), known.may_be("greet", "Holaaa!")
        (False, True)
        """
        words = _words_of(text)
        if len(words) > _FEW_WORDS or intent not in self._words:
            return True
        return any(_is_near(word, self._words[intent]) for word in words)

    def to_json(self) -> dict[str, list[str]]:
        """Return the words as JSON types."""
        return {intent: sorted(words) for intent, words in self._words.items()}


# Where no examples are known, any word may mean any intent.
NO_WORDS: Final = CourtesyWords({})


def _words_of(text: str) -> list[str]:
    return [_DRAWN_OUT.sub(r"\1", word) for word in fold(text).split()]


def _is_near(word: str, known: frozenset[str]) -> bool:
    if word in known:
        return True
    return len(word) > _SHORT and bool(get_close_matches(word, known, 1, _NEARLY))
