"""Finds a name that is no known place, but stands where a place's name stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.services.place_matches import Match
from bot.services.place_names import word_set
from bot.services.place_ordinary import is_ordinary
from bot.services.place_words import (
    BEFORE_PLACE,
    FILLER,
    ORDINARY,
    Marker,
    Word,
    is_placed,
    is_shouted,
    marker_of,
)

_MOST_WORDS: Final = 3
_MOST_LETTERS: Final = 40
_SHORTEST: Final = 3
# Of so few words, a name is the answer to "which place?".
_SHORT: Final = 5
_LEADING: Final = word_set("of de del is es condado in en the la el")
_INITIALS: Final = re.compile(r"[a-z]{1,3}(?:so|pd)")
_SHERIFF: Final = word_set("sheriff sherif sherrif sheriif alguacil cherif")
_VERBS: Final = word_set(
    "help helps helping call calls calling collaborate collaborates colabora avisa"
    " ayuda entrega reporta llama notify notifies tell tells signed uses use honor"
    " honors"
    " give gives turn turns still also really ever need join joined joins participate"
    " participates part support supports allow allows let lets share shares has hace"
    " firma coopera trabaja apoya participa todavia siempre nunca never always got"
    " make makes agree agrees near dept sale and local team hand hands send sends"
)
_VOWEL: Final = re.compile(r"[aeiou]")


@dataclass(frozen=True)
class Unknown:
    """A name that may be a town's or a mistyped one; `strength` as a match's.

    `is_name`: whether it is surely meant as a place, however it is spelt.
    """

    name: str
    key: str
    marker: Marker
    strength: int
    is_name: bool
    state: str = ""


def is_short_name(word: Word) -> bool:
    """Return whether a word is an office's initials, such as CCSO."""
    if word.folded in FILLER:
        return False
    return bool(_INITIALS.fullmatch(word.folded)) and (
        word.raw.isupper() or not _VOWEL.search(word.folded[:-2])
    )


def has_short_name(words: Sequence[Word]) -> bool:
    """Return whether a message names an office by its initials.

    Where all is in capitals, "MI CASO" is none: only "BCSO" is.
    """
    shouted = is_shouted(words)
    return any(
        is_short_name(word) and not (shouted and _VOWEL.search(word.folded[:-2]))
        for word in words
    )


def sheriff_named(words: Sequence[Word]) -> str:
    """Return the name by which a sheriff is called, or "".

    >>> from bot.services.place_words import words_of
    >>> sheriff_named(words_of("el sheriff chitwood de la florida"))
    'chitwood'
    >>> sheriff_named(words_of("Grady Judds deputies"))
    'judds'
    """
    for place, word in enumerate(words[:-1]):
        following = words[place + 1]
        if word.after:
            continue
        if word.folded in _SHERIFF and _is_person(following):
            return following.folded
        is_capital = word.is_capital and not is_shouted(words)
        is_owner = word.folded.endswith("s") and is_capital and place > 0
        is_owner = is_owner and words[place - 1].is_capital
        if following.folded == "deputies" and is_owner and _is_person(word):
            return word.folded
    return ""


def _is_person(word: Word) -> bool:
    key = word.key
    is_word = word.folded in FILLER | _VERBS or is_ordinary(key)
    return word.folded.isalpha() and len(key) >= _SHORTEST and not is_word


def find_unknown(words: Sequence[Word], matches: Sequence[Match]) -> Unknown | None:
    """Return the likeliest unknown name of a place in a message, or None."""
    found = [
        _unknown(words, start, end, matches) for start, end in _runs(words, matches)
    ]
    return max(
        (name for name in found if name.strength),
        key=lambda n: n.strength,
        default=None,
    )


def _runs(words: Sequence[Word], matches: Sequence[Match]) -> Iterator[tuple[int, int]]:
    """Yield where words stand together that are no ordinary ones and no place's."""
    taken = {
        i for m in matches for i in range(m.start, m.end) if m.strength or m.is_state
    }
    start = None
    for place in range(len(words) + 1):
        is_part = (
            place < len(words)
            and place not in taken
            and words[place].folded not in FILLER
            and words[place].folded.isalpha()
            and not is_short_name(words[place])
        )
        if is_part and start is None:
            start = place
        if start is not None and (not is_part or words[place].after):
            end = place + 1 if is_part else place
            yield max(start, end - _MOST_WORDS), end
            start = None


def _unknown(
    words: Sequence[Word], start: int, end: int, matches: Sequence[Match]
) -> Unknown:
    part = words[start:end]
    name = " ".join(word.raw for word in part)[:_MOST_LETTERS]
    key = "".join(word.key for word in part)
    marker = marker_of(words, start, end)
    state = next(
        (m.places[0].state for m in matches if m.is_state and m.start == end), ""
    )
    capital = part[0].is_capital and not is_shouted(words) and start > 0
    placed = is_placed(words, start)
    is_short = len(words) <= _SHORT
    is_led = start > 0 and words[start - 1].folded in _LEADING
    is_likely = capital or placed or is_led or is_short
    is_whole = is_short and all(
        start <= place < end
        or word.folded in BEFORE_PLACE
        or any(m.start <= place < m.end for m in matches if m.is_state)
        for place, word in enumerate(words)
    )
    is_named = is_whole or (is_likely and (marker in ("county", "town") or bool(state)))
    may_be = placed or (bool(marker) and is_short) or (bool(state) and len(part) < 3)
    strength = 3 if is_named or (marker and capital) else 2 if may_be else 0
    if marker == "county":
        strength = 3
    is_word = len(part) == 1 and (
        part[0].folded in ORDINARY
        or (is_ordinary(key) and marker not in ("county", "town"))
    )
    if len(key) < _SHORTEST or is_word:
        strength = 0
    spoken = name.title() if name.islower() or name.isupper() else name
    is_name = is_named or (capital and (placed or bool(marker)))
    return Unknown(spoken, key, marker, strength, is_name, state)
