"""Joins the list's agencies with places: by the county given, and by their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.core.agreements import Agreement, agency_key
from bot.core.matching import fold
from bot.services.place_names import Place, county_key, gazetteer, place_key, word_set
from bot.services.place_typos import near_counties

# What stands around a town's name in an agency's.
_AROUND: Final = word_set(
    "police department dept dpt departement pd public safety of the sheriff"
    " sheriffs office marshal marshals constable constables metropolitan metro"
    " regional pa state precinct pct district division bureau corrections"
    " correctional and services"
)
_HEAD: Final = re.compile(r"^(?:city|town|village|borough|township) of (?:the )?")
_TAIL: Final = re.compile(r" (?:township|twp|borough|boro|village|town)$")
_CITY: Final = " city"
# Towns that the sheet calls otherwise than the lists of towns do.
_ALSO_SPELT: Final = {
    "cut n shoot": "cut and shoot",
    "sunny isles": "sunny isles beach",
    "lower burrell fourth ward": "lower burrell",
    "pennsylvania state constable office honey brook": "honey brook",
}
_COUNTY: Final = re.compile(r"^(?P<name>.+?) (?:county|parish)\b")
_OF_COUNTY: Final = re.compile(r"^county of (?P<name>\w+)")
_MISSPELT: Final = re.compile(
    r"\s+(?:county|conty|countey|cnty|co\.?|parish)\s*$", re.I
)
_REGIONAL: Final = re.compile(r"\bregional\b")
_STATEWIDE: Final = ("state",)
_LOCAL: Final = ("county", "municipality")


@dataclass(frozen=True)
class Ties:
    """What an agency belongs to: counties by FIPS, towns by the key of their names.

    `own` is the county whose agency it is, `given` the one that the list names.
    """

    own: str
    given: str
    also: frozenset[str]
    towns: frozenset[str]
    is_statewide: bool


@dataclass(frozen=True)
class FoundAgency:
    """An agency that was found; `county` as the list gives it, with all its lines."""

    agency: str
    county: str
    state: str
    lines: tuple[Agreement, ...]


def agencies_of(
    places: Iterable[Place], agreements: Sequence[Agreement]
) -> tuple[FoundAgency, ...]:
    """Return every agency of the places: the county's own, the towns', by name too.

    A town's own come before its county's. An agency for which the list gives no county
    is found by its name alone.
    """
    chosen: dict[int, Agreement] = {}
    for place in places:
        here = [(row, ties_of(row)) for row in agreements if row.state == place.state]
        for row in _rows_of(place, here):
            chosen.setdefault(id(row), row)
    return grouped(chosen.values())


def own_agencies(
    town: Place, agreements: Sequence[Agreement]
) -> tuple[FoundAgency, ...]:
    """Return the agencies that bear a town's name, without its county's."""
    here = [(row, ties_of(row)) for row in agreements if row.state == town.state]
    return grouped(row for row, _ in _named_after(town, here))


def statewide(state: str, agreements: Sequence[Agreement]) -> tuple[FoundAgency, ...]:
    """Return the agencies of a whole state."""
    return grouped(
        row for row in agreements if row.state == state and ties_of(row).is_statewide
    )


def agency_towns(agreements: Iterable[Agreement]) -> Mapping[str, Sequence[Place]]:
    """Return the towns that agencies are named after, by the key of their names."""
    towns: dict[str, list[Place]] = defaultdict(list)
    for row in agreements:
        for name in sorted(_names_of(row.agency, row.state)):
            ties = ties_of(row)
            if place_key(name) in ties.towns:
                place = Place("town", _TAIL.sub("", name).title(), row.state)
                if place not in towns[place_key(name)]:
                    towns[place_key(name)].append(place)
    return towns


def agencies_named(
    text: str, state: str, agreements: Sequence[Agreement]
) -> tuple[FoundAgency, ...]:
    """Return the agencies whose whole name a text holds, in the state that it names.

    Without a state, only those of a whole state: others may have namesakes.
    """
    said = f" {agency_key(text)} "
    return grouped(
        row
        for row in agreements
        if f" {agency_key(row.agency)} " in said
        and (row.state == state or (not state and ties_of(row).is_statewide))
    )


def places_of(row: Agreement) -> tuple[Place, ...]:
    """Return the places whose own agency it is: a county, or towns of a name."""
    own = ties_of(row).own
    counties = gazetteer().counties.get(row.state, {}).values()
    if own:
        return tuple(county for county in counties if county.fips == own)
    return tuple(towns[0] for towns in agency_towns([row]).values())


def ties_of(row: Agreement) -> Ties:
    """Return what an agency belongs to."""
    return _ties(row.state, row.agency, row.kind, row.county)


@lru_cache(maxsize=8192)
def _ties(state: str, agency: str, kind: str, county: str) -> Ties:
    counties = gazetteer().counties.get(state, {})
    own = _own_county(agency, state)
    names = {place_key(name) for name in _names_of(agency, state)}
    is_sheriff = "sheriff" in fold(agency)
    if not own and is_sheriff:
        own = next((counties[name].fips for name in names if name in counties), "")
    given = _county_fips(county, state)
    is_of_county = fold(kind).startswith("county")
    is_town = any(_has_town(name, state) for name in names)
    if not own and is_of_county and (is_sheriff or not is_town):
        # Jacksonville's sheriff is Duval County's, and found by both names.
        own = given
    is_statewide = fold(kind).startswith(_STATEWIDE) or (
        not fold(kind).startswith(_LOCAL)
        and any(_is_state(name, state) for name in names if not own)
    )
    named = _REGIONAL.split(fold(agency.replace(",", " regional ")))
    is_regional = "regional" in fold(agency)
    also = frozenset(
        counties[key].fips
        for key in map(place_key, named)
        if is_regional and key in counties
    )
    is_county = bool(_own_county(agency, state)) or bool(own and own != given)
    towns = frozenset() if is_county or is_statewide else frozenset(names)
    towns = frozenset(name for name in towns if not _is_state(name, state))
    return Ties(own, given, also, towns, is_statewide)


@lru_cache(maxsize=8192)
def town_names(agency: str) -> frozenset[str]:
    """Return the names that an agency's name may have from a town, folded.

    >>> sorted(town_names("Allegany Village Police Department"))
    ['allegany', 'allegany village']
    >>> sorted(town_names("City of Miami Police Department"))
    ['miami']
    """
    names = set()
    for part in re.split(r"[,/]| - ", agency):
        words = _HEAD.sub("", agency_key(part)).split()
        while words and (words[-1] in _AROUND or words[-1].isdigit()):
            words.pop()
        while words and words[0] in _AROUND:
            words.pop(0)
        name = _HEAD.sub("", " ".join(words))
        if name and " county" not in f" {name}":
            names |= {name, _TAIL.sub("", name)}
    return frozenset(names)


@lru_cache(maxsize=8192)
def _names_of(agency: str, state: str) -> frozenset[str]:
    """Return the names that an agency may have from a town of its state.

    Pottsville City is Pottsville; Lake City is no Lake. A county that the state has not
    is a town that is called so: Hopewell, Virginia.
    """
    names = set()
    for name in town_names(agency):
        name = _ALSO_SPELT.get(name, name)
        names.add(name)
        bare = name.removesuffix(_CITY)
        if bare != name and not _has_town(place_key(name), state):
            names |= {bare} if _has_town(place_key(bare), state) else set()
    match = _COUNTY.match(agency_key(agency))
    if match and not _own_county(agency, state):
        names.add(match["name"])
    return frozenset(names)


def _has_town(key: str, state: str) -> bool:
    places = gazetteer().places.get(key)
    return any(p.kind == "town" and p.state == state for p in places)


def _is_state(key: str, state: str) -> bool:
    places = gazetteer().places.get(key)
    return any(p.kind == "state" and p.state == state for p in places)


def _own_county(agency: str, state: str) -> str:
    name = agency_key(agency)
    match = _OF_COUNTY.match(name) or _COUNTY.match(name)
    return _fips(place_key(match["name"]), state) if match else ""


def _county_fips(county: str, state: str) -> str:
    bare = _MISSPELT.sub("", county)
    return _fips(county_key(bare), state) if bare else ""


def _fips(key: str, state: str) -> str:
    exact = gazetteer().counties.get(state, {}).get(key)
    if exact is not None:
        return exact.fips
    near = near_counties(key, state)
    return near[0].fips if len(near) == 1 else ""


def _rows_of(place: Place, here: Sequence[tuple[Agreement, Ties]]) -> list[Agreement]:
    if place.kind == "state":
        return [row for row, ties in sorted(here, key=lambda h: not h[1].is_statewide)]
    if place.kind == "county":
        return _rows_of_county(place, here)
    own = _named_after(place, here)
    given = {ties.given for _, ties in own} - {""}
    # Where the lists know the town's counties, a slip in ICE's sheet adds none.
    counties = set(place.counties) or given
    outer = [row for row, ties in here if counties & {ties.own, *ties.also}]
    return [row for row, _ in own] + outer


def _named_after(
    town: Place, here: Sequence[tuple[Agreement, Ties]]
) -> list[tuple[Agreement, Ties]]:
    key = place_key(_TAIL.sub("", fold(town.name)))
    return [(row, ties) for row, ties in here if key in ties.towns]


def _rows_of_county(
    place: Place, here: Sequence[tuple[Agreement, Ties]]
) -> list[Agreement]:
    key = county_key(place.name)
    rows = [row for row, ties in here if ties.own == place.fips]
    for row, ties in here:
        is_namesake = key in ties.towns and not ties.given
        is_within = place.fips in (ties.given, *ties.also)
        if ties.own != place.fips and (is_within or is_namesake):
            rows.append(row)
    return rows


def grouped(rows: Iterable[Agreement]) -> tuple[FoundAgency, ...]:
    """Return the agencies of lines, each once with all its lines."""
    groups: dict[tuple[str, str], list[Agreement]] = {}
    for row in rows:
        groups.setdefault((row.state, agency_key(row.agency)), []).append(row)
    return tuple(
        FoundAgency(
            lines[0].agency,
            next((line.county for line in lines if line.county), ""),
            lines[0].state,
            tuple(sorted(lines, key=lambda line: line.model)),
        )
        for lines in groups.values()
    )
