"""Reads places named together: a town with its county, and a name another settles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.services.place_matches import Match
from bot.services.place_meant import Reading
from bot.services.place_names import Place

_FAR_APART: Final = 2


def joined_with(reading: Reading, others: Sequence[Place]) -> Reading:
    """Return a name of several states as that of which another place tells.

    A town tells of the county in which it lies, a county of its town.
    """
    if reading.kind != "found" or not _is_open(reading):
        return reading
    here = tuple(
        place
        for place in reading.places
        if any(_holds(place, o) or _holds(o, place) for o in others)
    )
    is_one = len({place.state for place in here}) == 1
    return replace(reading, places=here, has_state=True) if is_one else reading


def _is_open(reading: Reading) -> bool:
    """Whether the places of a name lie in several states."""
    return len({place.state for place in reading.places}) > 1


def _holds(county: Place, town: Place) -> bool:
    return bool(county.fips) and county.fips in town.counties


def town_within_county(
    named: Sequence[Match], readings: Sequence[Reading]
) -> Reading | None:
    """Return one reading of "Naples, Collier County": the town and its county."""
    if len(named) != _FAR_APART:
        return None
    for town, county in (readings, readings[::-1]):
        outer = [p for p in county.places if p.kind == "county"]
        is_county = county.marker in ("county", "sheriff") or _is_open(county)
        is_county = is_county or len(outer) == len(county.places)
        is_county = is_county or any(p.is_nickname for p in outer)
        if not is_county or town.marker == "county":
            continue
        for place in outer:
            inner = [p for p in town.places if place.fips in p.counties]
            if inner:
                both = (replace(inner[0], counties=(place.fips,)), place)
                return Reading("found", both, town.name, "town", has_state=True)
    if named[1].start - named[0].end > _FAR_APART:
        return None
    return _town_beside_county(*readings)


def _town_beside_county(town: Reading, county: Reading) -> Reading | None:
    """Return a town with the county named after it, of which no list knows."""
    if county.marker != "county" or town.marker == "county":
        return None
    states = {p.state for p in county.places}
    towns = {p.state for p in town.places if p.kind == "town"}
    both = states & towns if len(states) > 1 else states
    if len(both) != 1:
        return None
    state = both.pop()
    outer = tuple(p for p in county.places if p.state == state)
    inner = [p for p in town.places if p.state == state and p.kind == "town"]
    first = inner[0] if inner else Place("town", town.name, state)
    first = replace(first, counties=tuple(p.fips for p in outer))
    return Reading("found", (first, *outer), town.name, "town", has_state=True)
