"""Finds the names of people in a question: by lists, capitals and what stands around.

Case tells nothing in "MI ESPOSO JUAN" and in "mi esposo juan"; there a name is what
follows a relative and is no ordinary word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from bot.core.redaction_cues import (
    AFTER_NAMES,
    HONORIFICS,
    INTRODUCED,
    MAY_BE_NAMES,
    NOT_AFTER_CUE,
    PARTICLES,
    PEOPLE,
    PEOPLE_DO,
    PROTECTED,
    STREETS,
    VERB_ENDINGS,
)
from bot.core.redaction_names import NAMES
from bot.core.redaction_words import ORDINARY

_WORD: Final = re.compile(
    r"\[(?:name|number|address|date|email|link|handle)\]"
    r"|[^\W\d_]+(?:['’`-][^\W\d_]+)*"
)
_SENTENCE_END: Final = re.compile(r"[.?!¿¡:;\n\"“”(]")
_FEW: Final = 4
_MOST_NAMES: Final = 4


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str
    plain: str
    gap: str
    is_first: bool

    @property
    def is_mask(self) -> bool:
        return self.text.startswith("[")

    @property
    def is_close(self) -> bool:
        """Whether nothing but space stands between this word and the one before."""
        return not self.gap.strip(" -'’")


def without_names(text: str) -> str:
    """Return a text with [name] in the place of each name; other masks stay."""
    words = _words(text)
    named = _Names(words).found()
    parts, place = [], 0
    for number in sorted(named):
        word = words[number]
        parts += [text[place : word.start], "[name]"]
        place = word.end
    return "".join([*parts, text[place:]])


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    end = 0
    for found in _WORD.finditer(text):
        gap = text[end : found.start()]
        is_first = not words or _SENTENCE_END.search(gap) is not None
        end = found.end()
        words.append(
            _Word(found.start(), end, found[0], _plain(found[0]), gap, is_first)
        )
    return words


def _plain(word: str) -> str:
    """Return a word in small letters, without accents and possessive."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    bare = bare.replace("’", "'").replace("`", "'")
    return bare[:-2] if bare.endswith("'s") else bare.replace("'", "")


class _Names:
    """Finds which words of a message are names; looks at each word a few times."""

    def __init__(self, words: list[_Word]) -> None:
        self._words = words
        self._named: set[int] = set()
        letters = [w.text for w in words if not w.is_mask and len(w.text) > 1]
        many = len(letters) >= _FEW
        capitals = sum(text.isupper() for text in letters)
        begun = sum(text[0].isupper() for text in letters)
        # All capitals, or A Capital On Every Word, tell nothing about a word.
        self._is_shouted = bool(letters) and capitals > len(letters) * 0.6
        self._is_headline = many and begun > len(letters) * 0.65
        self._safe = self._protected()

    def found(self) -> set[int]:
        """Return the places of the words that are names."""
        for number in range(len(self._words)):
            self._look_at(number)
        for number in range(len(self._words)):
            self._join(number)
        for number in reversed(range(len(self._words) - 1)):
            self._join_back(number)
        return self._named

    def _look_at(self, number: int) -> None:
        word = self._words[number]
        if word.is_mask or number in self._safe:
            return
        is_told = (
            self._stands_out(number) or self._acts(number) or self._is_street(number)
        )
        if self._is_name(number) or (is_told and self._is_unknown(number)):
            self._named.add(number)
        before = self._plain_before(number)
        if self._introduces(before, word):
            self._take(number + 1, even_known=True)
        elif word.plain in PEOPLE:
            self._take(number + 1, even_known=False)

    def _introduces(self, before: tuple[str, str], word: _Word) -> bool:
        return (
            word.plain in HONORIFICS
            or f"{before[1]} {word.plain}" in INTRODUCED
            or f"{before[0]} {before[1]} {word.plain}" in INTRODUCED
        )

    def _plain_before(self, number: int) -> tuple[str, str]:
        two = [w.plain for w in self._words[max(0, number - 2) : number]]
        return ("", *two)[-2:] if two else ("", "")  # type: ignore[return-value]

    def _take(self, number: int, even_known: bool) -> None:
        """Mask the words after a cue, until one that ends a name."""
        taken: list[int] = []
        waiting: list[int] = []
        for place in range(number, min(number + 2 * _MOST_NAMES, len(self._words))):
            word = self._words[place]
            # "Dr. Okonkwo", but not "my brother. Denied".
            dot = "." if place == number and even_known else ""
            ends = word.gap.strip(f" ,:=-'’\"“({dot}") or (taken and "," in word.gap)
            if taken and word.plain in PARTICLES and not ends:
                waiting.append(place)
                continue
            # "my name is will": of a first word one cannot tell.
            is_will = not taken and even_known and word.plain in MAY_BE_NAMES
            if ends or word.is_mask or (word.plain in NOT_AFTER_CUE and not is_will):
                return
            is_odd = self._is_unknown(place) and not (
                word.text.islower() and word.plain.endswith(VERB_ENDINGS)
            )
            is_name = even_known or is_odd or self._is_name(place)
            loses_capital = (
                taken and self._has_capital(taken[0]) and not self._has_capital(place)
            )
            if not is_name or loses_capital or len(taken) == _MOST_NAMES:
                return
            taken += [*waiting, place]
            self._named.update(taken)
            waiting = []

    def _join(self, number: int) -> None:
        """Mask what goes on with the name before: a family name, "de la Cruz"."""
        if number in self._named or number in self._safe or not number:
            return
        last = number - 1
        particles = []
        while last > 0 and self._words[last].plain in PARTICLES:
            particles.append(last)
            last -= 1
        word = self._words[number]
        between = self._words[last + 1 : number + 1]
        if last not in self._named or not all(w.is_close for w in between):
            return
        is_initial = len(word.text) == 1 and word.text.isupper() and word.plain != "i"
        is_family = self._is_unknown(number) or (
            self._has_capital(number) and not self._is_headline
        )
        loses_capital = self._has_capital(last) and not self._has_capital(number)
        if word.plain in AFTER_NAMES or loses_capital:
            return
        if not (is_family or is_initial):
            return
        self._named.update([*particles, number])

    def _join_back(self, number: int) -> None:
        """Mask an unknown word before a name: "blanca garcia"."""
        follows = self._words[number + 1]
        if number + 1 in self._named and follows.is_close:
            word = self._words[number]
            between = word.plain in PARTICLES and number - 1 in self._named
            if between or (self._is_unknown(number) and not word.is_mask):
                self._named.add(number)

    def _is_name(self, number: int) -> bool:
        plain = self._words[number].plain
        return number not in self._safe and any(
            part in NAMES for part in (plain, *plain.split("-"))
        )

    def _is_unknown(self, number: int) -> bool:
        word = self._words[number]
        if word.is_mask or number in self._safe or len(word.plain) < 2:
            return False
        return not all(
            part in ORDINARY or part in PEOPLE or part in HONORIFICS
            for part in word.plain.split("-")
        )

    def _has_capital(self, number: int) -> bool:
        return not self._is_shouted and self._words[number].text[0].isupper()

    def _stands_out(self, number: int) -> bool:
        """Whether a capital marks an unknown word as a name."""
        if not self._has_capital(number):
            return False
        word = self._words[number]
        if not word.is_first or self._is_headline:
            return True
        following = number + 1
        return (
            following < len(self._words)
            and self._words[following].is_close
            and self._has_capital(following)
            and (self._is_unknown(following) or self._is_name(following))
        )

    def _acts(self, number: int) -> bool:
        """Whether an unknown word does what people do: "xiomara was arrested"."""
        word = self._words[number]
        if word.text.lower().endswith(("'s", "’s")):
            return True
        joins = number > 0 and self._words[number - 1].plain in ("and", "y", "e")
        if not (word.is_first or joins):
            return False
        following = number + 1
        if following < len(self._words) and self._is_unknown(following):
            following += 1
        return (
            following < len(self._words)
            and all(w.is_close for w in self._words[number + 1 : following + 1])
            and self._words[following].plain in PEOPLE_DO
        )

    def _is_street(self, number: int) -> bool:
        following = number + 1
        return (
            following < len(self._words)
            and self._words[following].plain in STREETS
            and self._words[following].is_close
        )

    def _protected(self) -> frozenset[int]:
        safe: set[int] = set()
        for number in range(len(self._words) - 1):
            pair = f"{self._words[number].plain} {self._words[number + 1].plain}"
            if pair in PROTECTED:
                safe |= {number, number + 1}
        return frozenset(safe)
