"""Reads which place a message means: a state, a county, a town, or something to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.services.place_matches import Match, find_matches, states_named
from bot.services.place_names import Place, gazetteer, is_ordinary
from bot.services.place_typos import near_counties, near_places, near_state
from bot.services.place_unknown import Unknown, find_unknown
from bot.services.place_words import FILLER, Marker, Word, words_of

_MOST_WORDS: Final = 200
_FAR_APART: Final = 2
_LIKELY: Final = 2
_EXACT: Final = re.compile(
    r"exactly (?P<name>[^\W\d_][\w .'\u2019-]{1,40}), (?P<state>[A-Z]{2})"
)
Towns = Mapping[str, Sequence[Place]]


@dataclass(frozen=True)
class Reading:
    """What place a message means.

    found: one name, with every place that bears it; region: `texts` it may mean;
    several: `texts` of different places; maybe: `places` that a mistyped name may be,
    and `typed`, a town truly called so; none: no place.
    """

    kind: Literal["found", "region", "several", "maybe", "none"]
    places: tuple[Place, ...] = ()
    name: str = ""
    marker: Marker = ""
    texts: tuple[str, ...] = ()
    typed: Place | None = None
    # Whether the state was named, here or before.
    has_state: bool = False


_NOTHING: Final = Reading("none")


def read_place(text: str, towns: Towns, hint: str = "") -> Reading:
    """Return the place that a message means.

    `towns`: the towns of the list's agencies by the key of their names. `hint`: the
    visitor's state as known from before; a state in the text counts more.
    """
    exact = _EXACT.fullmatch(text.strip())
    if exact is not None and exact["state"] in gazetteer().codes:
        place = Place("town", exact["name"], exact["state"])
        return Reading("found", (place,), place.name, "town", has_state=True)
    words = words_of(text)[:_MOST_WORDS]
    matches = find_matches(words, towns)
    if not states_named(matches):
        mended = _with_mended_state(words, matches)
        if mended is not None:
            words, matches = mended, find_matches(mended, towns)
    states = states_named(matches)
    state = states[0] if len(states) == 1 else "" if states else _region_state(matches)
    named = _named(matches)
    unknown = find_unknown(words, matches)
    best = named[0].strength if named else 0
    if unknown is not None and unknown.strength > best:
        return _read_unknown(unknown, state, hint, towns)
    if named:
        return _read_named(named, words, state, hint)
    if states:
        if len(states) > 1:
            return Reading("several", texts=states)
        return Reading("found", tuple(Place("state", s, s) for s in states), states[0])
    return _NOTHING


def state_in(text: str) -> str:
    """Return the one state that a message names, or ""."""
    states = states_named(find_matches(words_of(text)[:_MOST_WORDS], {}))
    return states[0] if len(states) == 1 else ""


def names_place(text: str) -> bool:
    """Return whether a message surely names a place, known or not."""
    words = words_of(text)[:_MOST_WORDS]
    matches = find_matches(words, {})
    if any(match.is_state or match.strength for match in matches):
        return True
    unknown = find_unknown(words, matches)
    if unknown is None or unknown.marker not in ("county", "town"):
        return False
    if unknown.is_name and unknown.strength > _LIKELY:
        return True
    return unknown.marker == "county" and bool(near_counties(unknown.key, ""))


def place_text(place: Place) -> str:
    """Return a text that means exactly this place.

    >>> place_text(Place("county", "Nassau County", "NY", "36059"))
    'Nassau County, NY'
    >>> place_text(Place("town", "Orange", "TX"))
    'town of Orange, TX'
    """
    if place.kind == "state":
        return place.state
    name = f"town of {place.name}" if place.kind == "town" else place.name
    return f"{name}, {place.state}" if place.state else name


def exact_text(place: Place) -> str:
    """Return a text that means a town of this very name, near to no other."""
    return f"exactly {place.name}, {place.state}"


def _named(matches: Sequence[Match]) -> list[Match]:
    """Return the names of the greatest strength, each once."""
    found = [m for m in matches if not m.is_state and m.strength]
    if any(not m.regions for m in found):
        found = [m for m in found if not m.regions]
    best = max((m.strength for m in found), default=0)
    once: dict[object, Match] = {}
    for match in found:
        if match.strength == best:
            once.setdefault(match.places or match.regions, match)
    return list(once.values())


def _region_state(matches: Sequence[Match]) -> str:
    """Return the state of "Nassau, Long Island", where the region lies in one."""
    texts = [text for match in matches for text in match.regions]
    codes = {text.rpartition(", ")[2] for text in texts}
    return codes.pop() if len(codes) == 1 else ""


def _read_named(
    named: Sequence[Match], words: Sequence[Word], state: str, hint: str
) -> Reading:
    if named[0].regions:
        return Reading("region", texts=named[0].regions)
    if len(named) == 1:
        return _read_one(named[0], words, state, hint)
    readings = [_read_one(match, words, state, hint) for match in named]
    within = _town_within_county(named, readings)
    if within is not None:
        return within
    return Reading("several", texts=tuple(_text_of(r) for r in readings))


def _read_one(match: Match, words: Sequence[Word], state: str, hint: str) -> Reading:
    key = "".join(word.key for word in words[match.start : match.end])
    name = _spoken(words[match.start : match.end])
    state = match.state or state
    meant = _meant(match, name, state)
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
    if match.marker in ("county", "sheriff"):
        return counties or match.places
    if match.marker == "town":
        return towns or (Place("town", name, state),)
    if nicknames and state in ("", nicknames[0].state):
        return nicknames
    return match.places


def _elsewhere(found: Reading, key: str, state: str) -> Reading:
    """Read a name that no known place of the state bears."""
    if found.marker not in ("county", "sheriff"):
        return replace(found, places=(Place("town", found.name, state),))
    near = near_counties(key, state)
    if len(near) == 1:
        return replace(found, places=near)
    return Reading("maybe", near or found.places, found.name, found.marker)


def _read_unknown(unknown: Unknown, state: str, hint: str, towns: Towns) -> Reading:
    state = unknown.state or state
    if unknown.marker in ("county", "sheriff"):
        counties = near_counties(unknown.key, state)
        if len({p.name for p in counties}) == 1:
            own = tuple(p for p in counties if p.state == hint)
            return Reading("found", own or counties, unknown.name, "county")
        if counties or (unknown.marker == "county" and unknown.is_name):
            return Reading("maybe", counties, unknown.name, unknown.marker)
    typed = Place("town", unknown.name, state or hint)
    near = near_places(unknown.key, state, towns, unknown.is_name)
    if near:
        return Reading("maybe", near, unknown.name, unknown.marker, typed=typed)
    if not unknown.is_name:
        return _NOTHING
    has_state = bool(typed.state)
    return Reading("found", (typed,), unknown.name, unknown.marker, has_state=has_state)


def _town_within_county(
    named: Sequence[Match], readings: Sequence[Reading]
) -> Reading | None:
    """Return one reading of "Naples, Collier County": the town and its county."""
    if len(named) != _FAR_APART or named[1].start - named[0].end > _FAR_APART:
        return None
    town, county = readings
    if county.marker != "county" or town.marker == "county":
        return None
    states = {p.state for p in county.places}
    towns = {p.state for p in town.places if p.kind == "town"}
    both = states & towns if len(states) > 1 else states
    if len(both) != 1:
        return None
    state = both.pop()
    inner = [p for p in town.places if p.state == state and p.kind == "town"]
    outer = [p for p in county.places if p.state == state]
    places = (*(inner or [Place("town", town.name, state)]), *outer)
    return Reading("found", places, town.name, "town", has_state=True)


def _text_of(reading: Reading) -> str:
    places = reading.places
    if len(places) == 1:
        return place_text(places[0])
    suffix = " County" if reading.marker == "county" else ""
    states = {place.state for place in places}
    state = f", {places[0].state}" if len(states) == 1 else ""
    return reading.name + suffix + state


def _with_mended_state(
    words: Sequence[Word], matches: Iterable[Match]
) -> list[Word] | None:
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
            state = "" if key in gazetteer().places else near_state(key)
            if state:
                mended = Word(state, state.lower(), part[-1].after)
                return [*words[:start], mended, *words[start + length :]]
    return None


def _spoken(words: Sequence[Word]) -> str:
    raw = " ".join(word.raw for word in words)
    return raw.title() if raw.islower() or raw.isupper() else raw
