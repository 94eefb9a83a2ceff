"""Reads which place a message means: a state, a county, a town, or something to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.services.place_foreign import foreign_name, is_abroad_alone
from bot.services.place_joined import joined_with
from bot.services.place_left import without_left
from bot.services.place_matches import Match, find_matches, states_named
from bot.services.place_meant import NOTHING, Reading, Towns, with_counties
from bot.services.place_mending import mend_city, mend_names, mend_state
from bot.services.place_names import Place, gazetteer, place_key
from bot.services.place_ordinary import word_set
from bot.services.place_readings import (
    PARISHES_OF,
    names_parish,
    read_named,
    read_states,
    read_unknown,
)
from bot.services.place_together import landmarks_in
from bot.services.place_typos import near_counties, near_places
from bot.services.place_unknown import Unknown, find_unknown
from bot.services.place_words import Word, is_placed, words_of
from bot.services.town_names import town_of_zip

_MOST_WORDS: Final = 200
_LIKELY: Final = 2
_MOST_NAMES: Final = 4
_EXACT: Final = re.compile(
    r"exactly (?P<name>[^\W\d_][\w .'\u2019-]{1,40}), (?P<state>[A-Z]{2})"
)
_ZIP: Final = re.compile(r"\d{5}")
_ABOUT_ZIP: Final = frozenset({"zip", "zipcode", "codigo", "postal", "cp"})
# So few words are an answer to "where do you live?".
_FEW: Final = 6
# Between two places of which both are asked about.
_BOTH: Final = word_set(
    "and or y o e to a en in hasta work works working trabajo trabaja job vs versus"
    " also tambien plus besides ademas then luego too need"
)
_TOO: Final = frozenset({"too", "also", "tambien"})


def read_place(text: str, towns: Towns, hint: str = "") -> Reading:
    """Return the place that a message means.

    `towns`: the towns of the list's agencies by the key of their names. `hint`: the
    visitor's state as known from before; a state in the text counts more.
    """
    exact = _EXACT.fullmatch(text.strip())
    if exact is not None and exact["state"] in gazetteer().codes:
        place = Place("town", exact["name"], exact["state"])
        return Reading(
            "found", (place,), place.name, "town", has_state=True, is_exact=True
        )
    words = words_of(text)[:_MOST_WORDS]
    by_zip = _read_zip(words)
    if by_zip is not None:
        return by_zip
    words, matches = _asked_of(*_matched(words, towns), towns)
    states = states_named(matches)
    if not states and names_parish(words):
        states = (PARISHES_OF,)
    state = states[0] if len(states) == 1 else "" if states else _region_state(matches)
    landmarks = landmarks_in(matches, words)
    named = _named([m for m in matches if m not in landmarks], words)
    unknown = find_unknown(words, matches)
    best = max((match.strength for match in named), default=0)
    if named and named[0].regions and unknown is not None and unknown.marker:
        # "condado de nasau, long island": the county is asked about.
        best = 0
    reading = NOTHING
    if unknown is not None and unknown.strength > best:
        reading = read_unknown(unknown, state, hint, towns)
    if named and reading.kind == "none":
        reading = read_named(named, words, state, hint, landmarks)
        reading = _in_region(reading, matches)
        reading = _near_others(reading, named, matches)
    if reading.kind == "none" and states_named(matches):
        return read_states(states)
    return _with_foreign(reading, words, state)


def state_in(text: str) -> str:
    """Return the one state that a message names, or ""."""
    words = words_of(text)[:_MOST_WORDS]
    _, matches = _asked_of(words, find_matches(words, {}), {})
    states = states_named(matches)
    return states[0] if len(states) == 1 else ""


def names_place(text: str) -> bool:
    """Return whether a message surely names a place, known or not."""
    words = words_of(text)[:_MOST_WORDS]
    if _read_zip(words) is not None:
        return True
    words, matches = _matched(words, {})
    if any(match.is_state or match.strength for match in matches):
        return True
    unknown = find_unknown(words, matches)
    return unknown is not None and _is_surely_place(unknown)


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


def _matched(words: list[Word], towns: Towns) -> tuple[list[Word], list[Match]]:
    """Return the words, mistyped names put right where that is sure, and the names."""
    words = mend_city(words) or words
    matches = find_matches(words, towns)
    mended = mend_names(words, matches)
    if mended is not None:
        words, matches = mended, find_matches(mended, towns)
    if not states_named(matches):
        mended = mend_state(words, matches)
        if mended is not None:
            words, matches = mended, find_matches(mended, towns)
    return words, matches


def _asked_of(
    words: list[Word], matches: list[Match], towns: Towns
) -> tuple[list[Word], list[Match]]:
    """Return the words and names without those of places that are not asked about."""
    kept = without_left(words, matches)
    return (words, matches) if kept is None else (kept, find_matches(kept, towns))


def _near_others(
    reading: Reading, named: Sequence[Match], matches: Sequence[Match]
) -> Reading:
    """Read "nassau cops, i live in hempstead" as the one Nassau that has Hempstead."""
    others = [m for m in matches if m not in named and not m.is_state and m.strength]
    for other in others:
        reading = joined_with(reading, other.places)
    return reading


def _is_surely_place(unknown: Unknown) -> bool:
    if unknown.marker in ("county", "town"):
        if unknown.is_name and unknown.strength > _LIKELY:
            return True
        return unknown.marker == "county" and bool(near_counties(unknown.key, ""))
    is_said = bool(unknown.marker or unknown.state) and unknown.strength > 0
    return is_said and bool(near_places(unknown.key, unknown.state, {}, True))


def _read_zip(words: Sequence[Word]) -> Reading | None:
    for place, word in enumerate(words):
        if not _ZIP.fullmatch(word.raw):
            continue
        is_said = any(other.folded in _ABOUT_ZIP for other in words)
        if not (is_said or is_placed(words, place) or len(words) <= _FEW):
            continue
        known = town_of_zip(word.raw)
        if known is not None:
            name = known.name
            town = with_counties(Place("town", name, known.state))
            if known.county:
                # Katy lies in three counties, and this part of it in one.
                town = replace(town, counties=(known.county,))
            return Reading(
                "found", (town,), name, "town", has_state=True, zip_code=word.raw
            )
    return None


def _with_foreign(reading: Reading, words: Sequence[Word], state: str) -> Reading:
    """Let a place abroad have its name, where no state says otherwise."""
    foreign = foreign_name(words)
    if reading.kind == "none":
        return replace(reading, foreign=foreign)
    if state or reading.has_state or reading.kind not in ("found", "maybe"):
        return reading
    is_abroad = is_abroad_alone(place_key(reading.name))
    is_known = any(p.state for p in reading.places) and reading.kind == "found"
    if is_abroad or (foreign and not is_known):
        return Reading("none", name=reading.name, foreign=foreign or reading.name)
    return reading


def _in_region(reading: Reading, matches: Sequence[Match]) -> Reading:
    """Read "Nassau, Long Island" as the county that the region has of the name."""
    texts = {text for match in matches for text in match.regions}
    within = tuple(p for p in reading.places if place_text(p) in texts)
    is_town = reading.marker == "town" or not within
    return reading if is_town else replace(reading, places=within)


def _named(matches: Sequence[Match], words: Sequence[Word]) -> list[Match]:
    """Return the names of the greatest strength, each once, and those beside them."""
    found = [m for m in matches if not m.is_state and m.strength]
    if any(not m.regions for m in found):
        found = [m for m in found if not m.regions]
    best = max((m.strength for m in found), default=0)
    kept = [m for m in found if m.strength == best]
    for _ in found:
        kept = [m for m in found if m in kept or _is_beside(m, kept, words)]
    once: dict[object, Match] = {}
    for match in kept:
        once.setdefault(match.places or match.regions, match)
    return list(once.values())[:_MOST_NAMES]


def _is_beside(match: Match, kept: Iterable[Match], words: Sequence[Word]) -> bool:
    """Whether "hialeah and work in doral" asks about this place, too."""
    for other in kept:
        low, high = sorted((match, other), key=lambda m: m.start)
        between = {word.folded for word in words[low.end : high.start]}
        if between & _BOTH or low.end == high.start:
            return True
    return match.end < len(words) and words[match.end].folded in _TOO


def _region_state(matches: Sequence[Match]) -> str:
    """Return the state of "Nassau, Long Island", where the region lies in one."""
    texts = [text for match in matches for text in match.regions]
    codes = {text.rpartition(", ")[2] for text in texts}
    return codes.pop() if len(codes) == 1 else ""
