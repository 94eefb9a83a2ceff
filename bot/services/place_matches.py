"""Finds the names of places in a message's words, the longest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bot.core.matching import fold
from bot.services.place_names import Gazetteer, Place, gazetteer, is_ordinary, word_set
from bot.services.place_words import (
    FILLER,
    Marker,
    Word,
    is_joined,
    is_placed,
    is_shouted,
    marker_of,
)

_LONGEST: Final = 5
# Codes of states that are words in one of the two languages.
_WORD_CODES: Final = word_set(
    "al as ca co de hi ia id in la ma me mi mo mp ne oh ok or pa va vi"
)
_NEVER_ALONE: Final = frozenset({"AS", "HI", "IN", "ME", "OK", "OR"})
_KINDS: Final = word_set(
    "county co town township village borough city parish police pd sheriff"
)
_NOT_ALONE: Final = "washington"
_PARTICLES: Final = word_set("de la le du mc mac el st san")
_AND: Final = frozenset({"and", "or", "y", "o"})


@dataclass(frozen=True)
class Match:
    """A name in the message; `state` is the one named right after it.

    `strength`: 3 said to be a place, 2 after "in", 1 likely, 0 hardly.
    """

    start: int
    end: int
    places: tuple[Place, ...]
    marker: Marker = ""
    strength: int = 0
    state: str = ""
    regions: tuple[str, ...] = ()

    @property
    def is_state(self) -> bool:
        """Whether the name means a whole state."""
        return bool(self.places) and all(p.kind == "state" for p in self.places)


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
    matches += _codes(words, matches, known)
    matches.sort(key=lambda m: m.start)
    matches = [_with_meaning(match, matches, words) for match in matches]
    weighed = [_with_strength(m, matches, words, towns) for m in matches]
    return _with_neighbours(weighed, words)


def _with_neighbours(matches: Sequence[Match], words: Sequence[Word]) -> list[Match]:
    """Give "Suffolk" in "in Nassau or Suffolk", and a county's town, their weight."""
    found = list(matches)
    for place, (first, second) in enumerate(pairwise(matches)):
        between = [word.folded for word in words[first.end : second.start]]
        parted = words[second.start - 1].after
        if first.is_state or second.is_state or not first.strength:
            continue
        if len(between) <= 1 and (set(between) & _AND or parted == ","):
            best = max(found[place].strength, second.strength)
            found[place] = replace(found[place], strength=best)
            found[place + 1] = replace(second, strength=best)
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
        if len(key) < 3 or (end - start == 1 and key in FILLER):
            continue
        found = (*known.places.get(key, ()), *of_list)
        if found:
            marker = marker_of(words, start, end)
            return Match(start, end, tuple(dict.fromkeys(found)), marker)
    return None


def _is_one_name(
    words: Sequence[Word], known: Gazetteer, towns: Sequence[Place]
) -> bool:
    """Whether words are a name as it is written, or one cut in two: "De Kalb"."""
    if " ".join(word.key for word in words) in known.spaced:
        return True
    spaced = " ".join(word.folded for word in words)
    if spaced in known.spaced or any(fold(town.name) == spaced for town in towns):
        return True
    rest = words[1:] if words[0].folded in _PARTICLES else words
    return not any(word.folded in FILLER for word in rest)


def _codes(
    words: Sequence[Word], matches: Sequence[Match], known: Gazetteer
) -> list[Match]:
    taken = {i for m in matches for i in range(m.start, m.end)}
    ends = {m.end for m in matches}
    shouted = is_shouted(words)
    found = []
    for place, word in enumerate(words):
        code = word.folded.upper()
        if place in taken or len(code) != 2 or code not in known.codes:
            continue
        is_last = place + 1 == len(words) or bool(word.after)
        comma = place > 0 and words[place - 1].after == ","
        after_name = place in ends or (place - 1 in ends and place > 0)
        is_county = word.folded == "co" and word.raw != "CO"
        is_plain = word.folded not in _WORD_CODES
        is_upper = word.raw.isupper() and not shouted
        before = words[place - 1].folded if place else ""
        after_name = after_name or (
            code not in _NEVER_ALONE and (before in _KINDS or before not in FILLER)
        )
        follows = is_last and (after_name or comma)
        if is_plain or is_upper or (follows and not is_county):
            found.append(Match(place, place + 1, (Place("state", code, code),)))
    return found


def _with_meaning(
    match: Match, matches: Sequence[Match], words: Sequence[Word]
) -> Match:
    """Choose between a state and a county or town of that name; tie the state to it."""
    after = _state_after(match, matches, words)
    state = _state_of(after) if after is not None else ""
    states = tuple(p for p in match.places if p.kind == "state")
    others = tuple(p for p in match.places if p.kind != "state")
    if not states or not others:
        return replace(match, state="" if states else state)
    if match.marker in ("county", "town") or state:
        return replace(match, places=others, state=state)
    key = "".join(word.key for word in words[match.start : match.end])
    follows_a_place = any(
        m.end == match.start or _ends_before(m, match, words) for m in matches
    )
    if key == _NOT_ALONE and not follows_a_place:
        return match
    return replace(match, places=states)


def _state_after(
    match: Match, matches: Sequence[Match], words: Sequence[Word]
) -> Match | None:
    for other in matches:
        states = any(p.kind == "state" for p in other.places)
        if states and other is not match and _ends_before(match, other, words):
            return other
    return None


def _state_of(match: Match) -> str:
    return next((p.state for p in match.places if p.kind == "state"), "")


def _ends_before(match: Match, other: Match, words: Sequence[Word]) -> bool:
    """Whether the other follows at once, with the name's own "county" between."""
    if other.start < match.end:
        return False
    between = words[match.end : other.start]
    return all(
        word.folded in FILLER and word.folded not in _AND for word in between
    ) and len(between) <= (2 if match.marker else 1)


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
    if match.is_state or is_word:
        return match
    if match.marker:
        return replace(match, strength=3)
    if is_placed(words, match.start):
        return replace(match, strength=2)
    capital = words[match.start].is_capital and not is_shouted(words)
    is_known = key in towns or any(
        p.kind == "county" or p.is_nickname for p in match.places
    )
    has_weight = len(key) > 3
    return replace(match, strength=int(has_weight and (capital or is_known)))
