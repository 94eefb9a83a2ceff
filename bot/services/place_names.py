"""Knows the states, counties and towns by all the names that people give them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

import us

from bot.core.languages import Language
from bot.core.matching import fold
from bot.services.place_aliases import (
    ALSO_CALLED,
    IN_SPANISH,
    NICKNAMES,
    REGIONS,
    STATE_NAMES,
    PlaceKind,
)
from bot.services.place_ordinary import is_ordinary as is_ordinary
from bot.services.place_ordinary import word_set as word_set
from bot.services.town_names import (
    BY_HAND_FILE,
    COUNTIES_FILE,
    TOWNS_FILE,
    number_of_state,
    parts_of,
    read_part,
    state_of_fips,
)

_COUNTY_END: Final = re.compile(
    r" (?:County|Parish|City and Borough|Borough|Census Area|Municipality|Municipio"
    r"|Island District|District)$"
)
_SHORTER: Final[Mapping[str, str]] = {
    "saint": "st",
    "sainte": "ste",
    "fort": "ft",
    "mount": "mt",
    "twp": "township",
}
_TOWN_END: Final = re.compile(r"[~*]*(?: [\d,]+)?$")
_PLAIN: Final = re.compile(r"[A-Za-z ]+")


@dataclass(frozen=True)
class Place:
    """A state, a county or a town; `state` is "" where it is not known.

    `counties`: the numbers of a town's counties, of which it may have several.
    `is_large`: by far the largest town of its name. `is_word`: the name is a word, too.
    """

    kind: PlaceKind
    name: str
    state: str
    fips: str = ""
    is_nickname: bool = False
    counties: tuple[str, ...] = field(default=(), compare=False)
    is_large: bool = field(default=False, compare=False)
    is_word: bool = field(default=False, compare=False)


class Names:
    """All places by the key of their names; towns are made when they are asked for."""

    def __init__(
        self, known: Mapping[str, tuple[Place, ...]], towns: Mapping[str, str]
    ) -> None:
        self._known = known
        self._towns = towns

    def __contains__(self, key: str) -> bool:
        return key in self._known or key in self._towns

    def __iter__(self) -> Iterator[str]:
        yield from self._known
        yield from (key for key in self._towns if key not in self._known)

    def get(self, key: str, default: tuple[Place, ...] = ()) -> tuple[Place, ...]:
        """Return the places of a name."""
        towns = self._towns.get(key, "")
        found = (*self._known.get(key, ()), *map(_town, towns.split("|")))
        return tuple(p for p in dict.fromkeys(found) if p.name) or default

    def in_state(self, state: str) -> Iterator[str]:
        """Yield the names that places of a state bear."""
        for key in self:
            known = self._known.get(key, ())
            if f"|{state}" in f"|{self._towns.get(key, '')}" or any(
                place.state == state for place in known
            ):
                yield key

    def has_large_town(self, key: str) -> bool:
        """Return whether one town is by far the largest of the name."""
        return "*" in self._towns.get(key, "")


@dataclass(frozen=True)
class Gazetteer:
    """All places by the key of their names; counties also by state and by number."""

    places: Names
    counties: Mapping[str, Mapping[str, Place]]
    by_fips: Mapping[str, Place]
    states: Mapping[str, str]
    regions: Mapping[str, tuple[str, ...]]
    codes: frozenset[str]


def place_key(text: str) -> str:
    """Return a place's name in the form in which names are compared.

    >>> place_key("St. Lawrence"), place_key("De Kalb"), place_key("Peñasco")
    ('stlawrence', 'dekalb', 'penasco')
    >>> place_key("Saint Lawrence") == place_key("St Lawrence")
    True
    """
    # Most of the many towns have plain names, which need no folding.
    folded = text.lower() if _PLAIN.fullmatch(text) else fold(text)
    return "".join([_SHORTER.get(word, word) for word in folded.split()])


def shorter(word: str) -> str:
    """Return a folded word of a place's name as it is compared: saint becomes st."""
    return _SHORTER.get(word, word)


def county_key(county: str) -> str:
    """Return the key of a county's name without its suffix.

    >>> county_key("Lake County"), county_key("Caddo Parish"), county_key("Lake")
    ('lake', 'caddo', 'lake')
    """
    return place_key(_COUNTY_END.sub("", county.strip()))


def is_written(words: str, places: Iterable[Place]) -> bool:
    """Return whether folded words are a name as it is written, or short for it."""
    for place in places:
        spaced = fold(_COUNTY_END.sub("", place.name))
        if words in (spaced, " ".join(map(shorter, spaced.split()))):
            return True
    return words in _spaced_aliases()


def state_name(code: str, language: Language) -> str:
    """Return a state's name in a language; the code itself if it is none.

    >>> state_name("NC", "es"), state_name("FL", "es"), state_name("NY", "en")
    ('Carolina del Norte', 'Florida', 'New York')
    """
    name = _state_names().get(code, code)
    return IN_SPANISH.get(code, name) if language == "es" else name


@cache
def gazetteer() -> Gazetteer:
    """Return all known places; read once, from the package of states and the lists."""
    counties: dict[str, dict[str, Place]] = defaultdict(dict)
    places: dict[str, list[Place]] = defaultdict(list)
    for key, place in _counties():
        counties[place.state].setdefault(key, place)
    for of_state in counties.values():
        for key, place in of_state.items():
            places[key].append(place)
    towns = _towns()
    states: dict[str, str] = {}
    for name, code in _names_of_states():
        states[place_key(name)] = code
        places[place_key(name)].append(Place("state", _state_names()[code], code))
    _add_aliases(places, counties, Names({}, towns))
    return Gazetteer(
        places=Names({k: tuple(dict.fromkeys(v)) for k, v in places.items()}, towns),
        counties=counties,
        by_fips={p.fips: p for some in counties.values() for p in some.values()},
        states=states,
        regions={place_key(name): choices for name, choices in REGIONS.items()},
        codes=frozenset(_state_names()),
    )


def _add_aliases(
    places: dict[str, list[Place]],
    counties: Mapping[str, Mapping[str, Place]],
    towns: Names,
) -> None:
    for name, (kind, full, code) in NICKNAMES.items():
        if kind == "county":
            place = counties[code][county_key(full)]
        else:
            place = _town_called(full, code, towns)
        places[place_key(name)].append(replace(place, is_nickname=True))
    for name, meant in ALSO_CALLED.items():
        for full, code in meant:
            county = counties[code].get(county_key(full))
            is_county = county is not None and county.name == full
            place = county if county and is_county else _town_called(full, code, towns)
            places[place_key(name)].append(place)


def _town_called(name: str, code: str, towns: Names) -> Place:
    here = (town for town in towns.get(place_key(name)) if town.state == code)
    return replace(next(here, Place("town", name, code)), name=name)


@cache
def _spaced_aliases() -> frozenset[str]:
    names = (*STATE_NAMES, *IN_SPANISH.values(), *NICKNAMES, *REGIONS, *ALSO_CALLED)
    folded = [fold(name).split() for name in (*names, *_state_names().values())]
    forms = [" ".join(words) for words in folded]
    return frozenset([*forms, *(" ".join(map(shorter, words)) for words in folded)])


@cache
def _state_names() -> Mapping[str, str]:
    states = [*us.states.STATES_AND_TERRITORIES, us.states.DC]
    return {str(state.abbr): str(state.name) for state in states}


def _names_of_states() -> Iterator[tuple[str, str]]:
    for code, name in _state_names().items():
        yield name, code
    yield from STATE_NAMES.items()
    for code, name in IN_SPANISH.items():
        yield name, code


def _counties() -> Iterator[tuple[str, Place]]:
    for line in COUNTIES_FILE.read_text(encoding="utf-8").splitlines():
        fips, _, name = line.partition(" ")
        code = state_of_fips(fips[:2])
        is_borough_of_nyc = code == "NY" and name.endswith("Borough")
        if code and _COUNTY_END.search(name) and not is_borough_of_nyc:
            yield county_key(name), Place("county", name, code, fips)


def _towns() -> dict[str, str]:
    """Return the towns as written, by the key of their names; by hand wins."""
    towns: dict[str, str] = {}
    keys: dict[str, str] = {}
    by_hand = {}
    for state, part in parts_of(BY_HAND_FILE):
        by_hand[place_key(_TOWN_END.sub("", part)), state] = part
    for (key, state), part in by_hand.items():
        towns[key] = f"{towns[key]}|{state}{part}" if key in towns else state + part
    for state, part in parts_of(TOWNS_FILE):
        name = _TOWN_END.sub("", part)
        key = keys.get(name) or keys.setdefault(name, place_key(name))
        if (key, state) not in by_hand:
            towns[key] = f"{towns[key]}|{state}{part}" if key in towns else state + part
    return towns


def _town(text: str) -> Place:
    line = read_part(text[:2], text[2:])
    number = number_of_state(line.state)
    return Place(
        "town",
        line.name,
        line.state,
        counties=tuple(number + code for code in line.codes),
        is_large=line.is_large,
        is_word=line.is_word,
    )
