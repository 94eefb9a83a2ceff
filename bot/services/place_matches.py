"""Finds the names of places in a message's words, the longest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bot.services.place_aliases import ALSO_CALLED
from bot.services.place_codes import SHORT_STATES, is_named_county, state_codes
from bot.services.place_foreign import country_after, words_abroad
from bot.services.place_found import AND, state_after, with_meaning
from bot.services.place_found import Match as Match
from bot.services.place_names import Gazetteer, Place, gazetteer, is_written
from bot.services.place_ordinary import (
    COMPASS,
    NAME_ENDS,
    NAME_STARTS,
    PARTICLES,
    is_ordinary,
)
from bot.services.place_words import (
    FILLER,
    Word,
    follows_condado,
    is_joined,
    is_placed,
    is_shouted,
    marker_of,
)

_LONGEST: Final = 5
# In so few words "mesa police" is the police of Mesa.
_SHORT: Final = 6
_ONE_OF_MANY: Final = frozenset(
    {"a", "an", "any", "some", "un", "una", "algun", "ningun"}
)


def find_matches(
    words: Sequence[Word], towns: Mapping[str, Sequence[Place]]
) -> list[Match]:
    """Return the places and states that are named, in their order.

    `towns`: the towns of the list's agencies by the key of their names.
    """
    known = gazetteer()
    matches: list[Match] = []
    place = 0
    while place < len(words):
        match = _longest(words, place, known, towns)
        if match is not None:
            matches.append(match)
            place = match.end
        else:
            place += 1
    matches += _codes(words, matches)
    matches.sort(key=lambda m: m.start)
    matches = [m for m in matches if not _is_other_place(m, matches, words)]
    matches = [with_meaning(match, matches, words) for match in matches]
    weighed = [_with_strength(m, matches, words, towns) for m in matches]
    return _with_neighbours(weighed, words)


def _with_neighbours(matches: Sequence[Match], words: Sequence[Word]) -> list[Match]:
    """Give "Suffolk" in "in Nassau or Suffolk", and a county's town, their weight."""
    found = list(matches)
    for place, (first, second) in enumerate(pairwise(matches)):
        between = [word.folded for word in words[first.end : second.start]]
        parted = words[second.start - 1].after
        is_both = bool(set(between) & AND)
        if first.is_state or second.is_state or len(between) > 1:
            continue
        if is_both or (parted == "," and first.strength):
            best = max(found[place].strength, second.strength)
            county = "county" in (first.marker, second.marker) and is_both
            for at, match in ((place, found[place]), (place + 1, second)):
                is_one = any(p.kind == "county" for p in match.places)
                marker = "county" if county and is_one else match.marker
                found[at] = replace(match, strength=best, marker=marker)
    return found


def states_named(matches: Sequence[Match]) -> tuple[str, ...]:
    """Return the states that are named, each once."""
    found = [m.places[0].state for m in matches if m.is_state]
    return tuple(dict.fromkeys(found))


def _longest(
    words: Sequence[Word],
    start: int,
    known: Gazetteer,
    towns: Mapping[str, Sequence[Place]],
) -> Match | None:
    for end in range(min(len(words), start + _LONGEST), start, -1):
        if not is_joined(words, start, end):
            continue
        key = "".join(word.key for word in words[start:end])
        plain = "".join(word.folded for word in words[start:end])
        for name in dict.fromkeys((key, plain)):
            if name in known.regions:
                return Match(start, end, (), regions=known.regions[name])
        of_list = towns.get(key, ())
        if end - start > 1 and not _is_one_name(words[start:end], known, of_list):
            continue
        if (len(key) < 3 and key not in ALSO_CALLED) or (
            end - start == 1 and not _may_be_name(words, start, known)
        ):
            continue
        found = (*known.places.get(key, ()), *of_list)
        if follows_condado(words, start) and words[start].folded in PARTICLES:
            # "condado de leon": Leon County, and no town of De Leon.
            found = tuple(place for place in found if place.kind == "county")
        if found:
            marker = marker_of(words, start, end)
            return Match(start, end, tuple(dict.fromkeys(found)), marker)
    return None


def _may_be_name(words: Sequence[Word], place: int, known: Gazetteer) -> bool:
    """Whether a word may be a name: "person" only as that of its county."""
    key = words[place].key
    if place and words[place - 1].folded in _ONE_OF_MANY and is_ordinary(key):
        # "is there a deal in new jersey": no town of Deal.
        return marker_of(words, place, place + 1) in ("county", "town")
    if key not in FILLER and key not in COMPASS and key not in SHORT_STATES:
        return True
    if key in SHORT_STATES:
        return marker_of(words, place, place + 1) in ("county", "town")
    is_county = any(p.kind == "county" for p in known.places.get(key))
    return is_county and is_named_county(words, place)


def _is_one_name(
    words: Sequence[Word], known: Gazetteer, towns: Sequence[Place]
) -> bool:
    """Whether words are a name as it is written, or one cut in two: "De Kalb"."""
    key = "".join(word.key for word in words)
    places = (*known.places.get(key, ()), *towns)
    if not places:
        return False
    if is_written(" ".join(word.key for word in words), places):
        return True
    if is_written(" ".join(word.folded for word in words), places):
        return True
    rest = words[1:] if words[0].folded in PARTICLES else words
    return not any(word.folded in FILLER for word in rest)


def _codes(words: Sequence[Word], matches: Sequence[Match]) -> list[Match]:
    taken = {i for m in matches for i in range(m.start, m.end)}
    names = [(m.end, "".join(w.key for w in words[m.start : m.end])) for m in matches]
    return [
        Match(place, place + 1, (Place("state", code, code),))
        for place, code in state_codes(words, taken, names)
    ]


def _is_other_place(
    match: Match, matches: Sequence[Match], words: Sequence[Word]
) -> bool:
    """Whether a name is part of a longer one, or of one abroad: "Sunset" of its Park.

    To answer for the shorter name would be to answer for a place that nobody asked of.
    """
    if match.regions or any(p.kind == "state" for p in match.places):
        return False
    if state_after(match, matches, words) is None:
        is_longer = words_abroad(words, match.start) > match.end - match.start
        if is_longer or country_after(words, match.end):
            return True
    return _is_part_of_name(match, matches, words)


def _is_part_of_name(
    match: Match, matches: Sequence[Match], words: Sequence[Word]
) -> bool:
    """Whether a word right beside a name makes it another, unknown name."""
    free = set(range(len(words))) - {
        place
        for m in matches
        for place in range(m.start, m.end)
        if m.end - m.start > 1 or words[place].folded not in NAME_ENDS
    }
    before, after = match.start - 1, match.end
    is_before = before >= 0 and not words[before].after
    if before in free and is_before and words[before].folded in NAME_STARTS:
        return True
    if match.start in free:
        # "Valley" of Hudson Valley.
        return is_before and words[before].folded not in FILLER
    if after not in free or words[after - 1].after:
        return False
    following = words[after]
    is_named_on = (
        following.is_capital
        and words[match.start].is_capital
        and not is_shouted(words)
        and following.folded.isalpha()
        and following.folded not in FILLER
        # "Norcross PD" is no longer name.
        and not marker_of(words, match.start, match.end)
    )
    is_end = following.folded in NAME_ENDS and following.folded != "city"
    return is_end or is_named_on


def _with_strength(
    match: Match,
    matches: Sequence[Match],
    words: Sequence[Word],
    towns: Mapping[str, Sequence[Place]],
) -> Match:
    key = "".join(word.key for word in words[match.start : match.end])
    is_word = is_ordinary(key) and match.end - match.start == 1
    is_whole = all(
        any(m.start <= place < m.end for m in matches if m is match or m.is_state)
        or (word.folded in FILLER and not is_word)
        for place, word in enumerate(words)
    )
    is_strong = match.marker in ("county", "town") or match.state or is_whole
    if match.regions or (is_strong and not match.is_state):
        return replace(match, strength=3)
    is_town = key in towns or any(p.is_large for p in match.places)
    if is_word and match.marker and is_town and len(words) <= _SHORT:
        return replace(match, strength=2)
    if match.is_state or is_word:
        return match
    if match.marker:
        return replace(match, strength=3)
    if is_placed(words, match.start):
        return replace(match, strength=2)
    capital = words[match.start].is_capital and not is_shouted(words)
    is_known = key in towns or any(
        p.kind == "county" or p.is_nickname or not p.is_word for p in match.places
    )
    has_weight = len(key) > 3
    return replace(match, strength=int(has_weight and (capital or is_known)))
