"""Reads a name that was found: which places it means, in which state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.services.place_joined import joined_with, town_within_county
from bot.services.place_matches import Match
from bot.services.place_meant import NOTHING, Reading, Towns
from bot.services.place_names import Place, place_key
from bot.services.place_together import with_counties_beside, with_lent_states
from bot.services.place_typos import near_counties, near_places
from bot.services.place_unknown import Unknown
from bot.services.place_words import Word

_SHORT_NAME: Final = 3
AND: Final = frozenset({"and", "or", "y", "o", "e", "u"})
_PARISH: Final = frozenset({"parish", "parishes", "parroquia", "parroquias"})
PARISHES_OF: Final = "LA"


def read_named(
    named: Sequence[Match],
    words: Sequence[Word],
    state: str,
    hint: str,
    landmarks: Sequence[Match] = (),
) -> Reading:
    """Return what the names mean; `state`: the one named, `hint`: known before.

    `landmarks` are not asked about, but tell in which state the others are.
    """
    if named[0].regions:
        return Reading("region", texts=named[0].regions)
    all_named = sorted((*named, *landmarks), key=lambda m: m.start)
    if len(all_named) == 1:
        return _read_one(named[0], words, _state_for(named[0], state), hint)
    state = state or _state_of_large(all_named)
    # A state right after one name is another's only where that has such a place.
    readings = [
        _read_one(match, words, match.state or _shared(match, state), hint)
        for match in all_named
    ]
    asked = [match in named for match in all_named]
    readings = [
        joined_with(
            one, [p for other in readings if other is not one for p in other.places]
        )
        for one in readings
    ]
    readings = with_lent_states(with_counties_beside(readings))
    readings = [one for one, is_asked in zip(readings, asked) if is_asked]
    if len(readings) == 1:
        return readings[0]
    between = {word.folded for word in words[named[0].end : named[1].start]}
    within = None if between & AND else town_within_county(named, readings)
    if within is not None:
        return within
    if any(r.kind not in ("found", "maybe") for r in readings):
        return readings[0]
    return _several(readings)


def _state_for(match: Match, state: str) -> str:
    """Return the state of the one name: not one in which it would be mistyped.

    "I left Texas for Tulsa" is not about Tulia, Texas.
    """
    is_large = any(place.is_large for place in match.places)
    return match.state or (_shared(match, state) if is_large else state)


def read_states(states: Sequence[str]) -> Reading:
    """Return whole states as what is meant."""
    readings = [
        Reading("found", (Place("state", s, s),), s, has_state=True) for s in states
    ]
    return readings[0] if len(readings) == 1 else _several(readings)


def read_unknown(unknown: Unknown, state: str, hint: str, towns: Towns) -> Reading:
    """Return what a name that is nobody's may mean: a mistyped one, or a new town's."""
    state = unknown.state or state
    if unknown.marker in ("county", "sheriff"):
        counties = _near_part(unknown, state)
        if len({p.name for p in counties}) == 1:
            own = tuple(p for p in counties if p.state == hint)
            name = counties[0].name.rpartition(" ")[0]
            return Reading("found", own or counties, name, "county")
        if counties or (unknown.marker == "county" and unknown.is_name):
            return Reading("maybe", counties, unknown.name, unknown.marker)
    typed = Place("town", unknown.name, state or hint)
    near = near_places(unknown.key, state, towns, unknown.is_name)
    if near:
        return Reading("maybe", near, unknown.name, unknown.marker, typed=typed)
    if not unknown.is_name:
        return NOTHING
    has_state = bool(typed.state)
    return Reading("found", (typed,), unknown.name, unknown.marker, has_state=has_state)


def _near_part(unknown: Unknown, state: str) -> tuple[Place, ...]:
    """Return the counties near a name, or near its first or last words.

    "condado de gwinnet todavia": not every word there is the county's.
    """
    parts = unknown.name.split()
    starts = [parts[:end] for end in range(len(parts), 0, -1)]
    ends = [parts[start:] for start in range(1, len(parts))]
    for some in (*starts, *ends):
        found = near_counties(place_key(" ".join(some)), state)
        if found:
            return found
    return ()


def names_parish(words: Sequence[Word]) -> bool:
    """Return whether a parish is spoken of: Louisiana's word for a county."""
    return any(word.folded in _PARISH for word in words)


def _state_of_large(named: Sequence[Match]) -> str:
    """Return the state of "the county of Osceola near Orlando", or ""."""
    if not any(match.marker == "county" for match in named):
        return ""
    states = {p.state for m in named for p in m.places if p.is_large and not m.state}
    return states.pop() if len(states) == 1 else ""


def _several(readings: Sequence[Reading]) -> Reading:
    once = {(r.name.casefold(), r.places): r for r in readings}
    parts = tuple(once.values())
    return parts[0] if len(parts) == 1 else Reading("several", parts=parts)


def _shared(match: Match, state: str) -> str:
    return state if any(place.state == state for place in match.places) else ""


def _read_one(match: Match, words: Sequence[Word], state: str, hint: str) -> Reading:
    key = "".join(word.key for word in words[match.start : match.end])
    name = spoken_words(words[match.start : match.end])
    meant = _meant(match, name, state)
    names = {p.name for p in meant}
    if len(names) == 1 and len(key) < _SHORT_NAME:
        # "kc" is nobody's name.
        name = meant[0].name
    found = Reading("found", meant, name, match.marker, has_state=bool(state))
    if state:
        here = tuple(p for p in meant if p.state == state)
        return replace(found, places=here) if here else _elsewhere(found, key, state)
    own = tuple(p for p in meant if p.state == hint)
    return replace(found, places=own, has_state=True) if own else found


def _meant(match: Match, name: str, state: str) -> tuple[Place, ...]:
    """Return the places of a name that fit the word beside it."""
    counties = tuple(p for p in match.places if p.kind == "county")
    nicknames = tuple(p for p in match.places if p.is_nickname)
    towns = tuple(p for p in match.places if p.kind == "town")
    if match.marker == "county":
        return counties or match.places
    if match.marker == "sheriff":
        # "san antonio texas sheriff": a town's, where no county of the state has it.
        here = any(p.state == state for p in counties)
        if state and not here:
            return towns or counties
        return (*counties, *_outside(towns, counties)) or match.places
    if match.marker == "town":
        return towns or (Place("town", name, state),)
    if nicknames and state in ("", nicknames[0].state):
        return nicknames
    return match.places


def _outside(towns: Sequence[Place], counties: Sequence[Place]) -> tuple[Place, ...]:
    """Return the towns that lie in another county than their state's of the name.

    Graham, North Carolina is far from Graham County, and has another sheriff.
    """
    by_state = {county.state: county.fips for county in counties}
    return tuple(
        town
        for town in towns
        if town.counties
        and by_state.get(town.state, town.counties[0]) not in town.counties
    )


def _elsewhere(found: Reading, key: str, state: str) -> Reading:
    """Read a name that no known place of the state bears."""
    if found.marker not in ("county", "sheriff"):
        typed = Place("town", found.name, state)
        # "hazelton pa": the state has a Hazleton, and Idaho is not asked about.
        near = near_places(key, state, {}, True)
        if near:
            return Reading("maybe", near, found.name, found.marker, typed=typed)
        return replace(found, places=(typed,))
    near = near_counties(key, state)
    if len(near) == 1:
        return replace(found, places=near)
    elsewhere = tuple(p for p in found.places if p.kind == "county")
    return Reading("maybe", near or elsewhere, found.name, found.marker)


def spoken_words(words: Sequence[Word]) -> str:
    """Return words as a name is written."""
    raw = " ".join(word.raw for word in words)
    return raw.title() if raw.islower() or raw.isupper() else raw
