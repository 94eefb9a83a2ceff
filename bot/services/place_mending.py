"""Puts mistyped names of states, and long ones of counties and towns, right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from bot.services.place_matches import Match
from bot.services.place_names import county_key, gazetteer, place_key
from bot.services.place_ordinary import NAME_STARTS, is_ordinary, word_set
from bot.services.place_typos import near, near_state
from bot.services.place_words import FILLER, Word, is_joined

_SHORTEST: Final = 7
# A state alone, or after a place, may have two letters wrong from so many on.
_ALONE: Final = 7
_POLICE: Final = word_set("police cops cop pd policia policias nypd")
_OF_STATE: Final = word_set("state estatal estado troopers trooper patrol")
_CITY: Final = tuple(Word(word, word.lower()) for word in ("New", "York", "City"))


def mend_city(words: Sequence[Word]) -> list[Word] | None:
    """Return the words with the city for the state in "new york police", or None."""
    if any(word.folded in _OF_STATE for word in words):
        return None
    for start in range(len(words) - 1):
        names = words[start].folded, words[start + 1].folded
        if names not in (("new", "york"), ("nueva", "york")) or words[start].after:
            continue
        before = [word.folded for word in words[max(0, start - 2) : start]]
        after = [word.folded for word in words[start + 2 : start + 3]]
        is_of = len(before) > 1 and before[1] in ("de", "of") and before[0] in _POLICE
        is_before = not words[start + 1].after and bool(after and after[0] in _POLICE)
        is_part = bool(before) and before[-1] in NAME_STARTS
        if (is_of or is_before) and not is_part and after != ["city"]:
            end = replace(_CITY[-1], after=words[start + 1].after)
            return [*words[:start], *_CITY[:-1], end, *words[start + 2 :]]
    return None


def mend_state(words: Sequence[Word], matches: Iterable[Match]) -> list[Word] | None:
    """Return the words with a mistyped state's name put right, if there is one."""
    taken = {i for m in matches for i in range(m.start, m.end) if m.strength > 1}
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            span = range(start, start + length)
            part = [words[i] for i in span]
            is_free = not taken & set(span) and part[0].folded not in FILLER
            if not is_free or any(is_ordinary(word.key) for word in part):
                continue
            key = "".join(word.key for word in part)
            rest = [w for i, w in enumerate(words) if i not in span and i not in taken]
            is_alone = all(word.folded in FILLER for word in rest)
            long = {"long": _ALONE} if is_alone else {}
            is_known = key in gazetteer().places
            state = "" if is_known else near_state(key, **long)
            if state:
                mended = Word(state, state.lower(), part[-1].after)
                return [*words[:start], mended, *words[start + length :]]
    return None


def mend_names(words: Sequence[Word], matches: Iterable[Match]) -> list[Word] | None:
    """Return the words with a mistyped name of two words put right: "fort mayers".

    Two words that together are all but a known name are hardly anything else.
    """
    taken = {i for m in matches for i in range(m.start, m.end) if m.strength > 2}
    for start in range(len(words) - 1):
        part = words[start : start + 2]
        key = "".join(word.key for word in part)
        # "miamy dade county": Dade alone is another county's name.
        is_free = not {start, start + 1} <= taken and is_joined(words, start, start + 2)
        if not is_free or len(key) < _SHORTEST or part[1].folded in FILLER:
            continue
        if part[0].folded in FILLER or key in gazetteer().places:
            continue
        names = near(key, list(_long_names()))
        if len(names) == 1:
            spelt = _long_names()[names[0]]
            mended = [Word(w, place_key(w), "") for w in spelt.split()]
            mended[-1] = Word(mended[-1].raw, mended[-1].folded, part[-1].after)
            return [*words[:start], *mended, *words[start + 2 :]]
    return None


@cache
def _long_names() -> dict[str, str]:
    """Return the counties and large towns of two words by their keys."""
    known = gazetteer()
    found = {}
    for place in known.by_fips.values():
        bare = place.name.rpartition(" ")[0].replace("-", " ")
        if " " in bare:
            found[county_key(place.name)] = bare
    for key in known.places:
        if known.places.has_large_town(key):
            name = next(p.name for p in known.places.get(key) if p.is_large)
            if " " in name:
                found[key] = name
    return found
