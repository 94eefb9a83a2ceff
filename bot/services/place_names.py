"""Knows the states, counties and many towns by all the names that people give them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import us

from bot.core.languages import Language
from bot.core.matching import fold


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, each once."""
    return frozenset(text.split())


PlaceKind = Literal["state", "county", "town"]
_TOWNS: Final = Path(__file__).with_name("us_towns.txt")
_COUNTIES: Final = Path(__file__).with_name("us_counties.txt")
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
_IN_SPANISH: Final[Mapping[str, str]] = {
    "DC": "Distrito de Columbia",
    "HI": "Hawái",
    "LA": "Luisiana",
    "MP": "Islas Marianas del Norte",
    "NC": "Carolina del Norte",
    "ND": "Dakota del Norte",
    "NH": "Nuevo Hampshire",
    "NJ": "Nueva Jersey",
    "NM": "Nuevo México",
    "NY": "Nueva York",
    "OR": "Oregón",
    "PA": "Pensilvania",
    "SC": "Carolina del Sur",
    "SD": "Dakota del Sur",
    "VI": "Islas Vírgenes",
    "WV": "Virginia Occidental",
}
# Other names for a whole state.
_STATE_NAMES: Final[Mapping[str, str]] = {
    "central jersey": "NJ",
    "d c": "DC",
    "el estado de washington": "WA",
    "estado de nueva york": "NY",
    "estado de washington": "WA",
    "ilinois": "IL",
    "jersey": "NJ",
    "massachusets": "MA",
    "minesota": "MN",
    "misisipi": "MS",
    "misuri": "MO",
    "new york state": "NY",
    "north jersey": "NJ",
    "nueva hampshire": "NH",
    "nuevo jersey": "NJ",
    "nuevo york": "NY",
    "oeste de virginia": "WV",
    "south jersey": "NJ",
    "state of new york": "NY",
    "state of washington": "WA",
    "tejas": "TX",
    "upstate": "NY",
    "upstate new york": "NY",
    "washington d c": "DC",
    "washington dc": "DC",
    "washington state": "WA",
}
# Everyday names that mean one county or town, whatever else bears the name.
_NICKNAMES: Final[Mapping[str, tuple[PlaceKind, str, str]]] = {
    "atl": ("town", "Atlanta", "GA"),
    "big apple": ("town", "New York City", "NY"),
    "bronx": ("county", "Bronx County", "NY"),
    "brooklyn": ("county", "Kings County", "NY"),
    "ciudad de nueva york": ("town", "New York City", "NY"),
    "dade": ("county", "Miami-Dade County", "FL"),
    "el bronx": ("county", "Bronx County", "NY"),
    "gran manzana": ("town", "New York City", "NY"),
    "jax": ("town", "Jacksonville", "FL"),
    "la county": ("county", "Los Angeles County", "CA"),
    "las vegas": ("town", "Las Vegas", "NV"),
    "los angeles": ("county", "Los Angeles County", "CA"),
    "manhattan": ("county", "New York County", "NY"),
    "new york city": ("town", "New York City", "NY"),
    "nola": ("town", "New Orleans", "LA"),
    "nueva york city": ("town", "New York City", "NY"),
    "nyc": ("town", "New York City", "NY"),
    "nypd": ("town", "New York City", "NY"),
    "philly": ("town", "Philadelphia", "PA"),
    "queens": ("county", "Queens County", "NY"),
    "staten island": ("county", "Richmond County", "NY"),
    "the bronx": ("county", "Bronx County", "NY"),
    "vegas": ("town", "Las Vegas", "NV"),
}
# Names of wider parts of the country: asked back, with what they may mean.
_REGIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "la isla": ("Nassau County, NY", "Suffolk County, NY", "Puerto Rico"),
    "long island": ("Nassau County, NY", "Suffolk County, NY"),
    "the island": ("Nassau County, NY", "Suffolk County, NY"),
}
_ORDINARY: Final = word_set(
    "advance alto atlantic baker bar barber bay bear bee bell bishop blanco bond"
    " bureau cable camp caro casa cash center central centre chase cherry chico"
    " chile china chino clay cloud coal coffee comer commerce cook council crane"
    " cross cuba day delta deposit door drew eagle early east eastern english"
    " enterprise falls ferry forest foreman forman foster freedom friend ganado gap"
    " garden gates gem globe grand grande grant graves green hall hand haven heard"
    " helper hill holland home honduras honor hood hope hunter hurricane hurt"
    " independence indian iron island jamaica justice kinder king lake largo lead"
    " lebanon liberty lima long love luck luna main major man many marks media mesa"
    " mexico mio mission mobile mora noble normal north northern norway ocean page"
    " panama parish park perdido person peru plain pleasant poland police portal"
    " post power price pueblo reading real reform republic reserve rice rio rock"
    " rush salida section sells sierra sisters son south southern spring stone story"
    " summit superior teller temple tierra towns unidos union vale van victory vista"
    " wake wall ward warden weed wells west western white will wise wood worth young"
    " agua defiance hardy bath state street experiment security protection"
    " correctional"
)


@dataclass(frozen=True)
class Place:
    """A state, a county or a town; `state` is "" where it is not known."""

    kind: PlaceKind
    name: str
    state: str
    fips: str = ""
    is_nickname: bool = False


@dataclass(frozen=True)
class Gazetteer:
    """All places by the key of their names; counties also by state."""

    places: Mapping[str, tuple[Place, ...]]
    counties: Mapping[str, Mapping[str, Place]]
    regions: Mapping[str, tuple[str, ...]]
    codes: frozenset[str]
    # Names of several words, as they are written.
    spaced: frozenset[str]


def place_key(text: str) -> str:
    """Return a place's name in the form in which names are compared.

    >>> place_key("St. Lawrence"), place_key("De Kalb"), place_key("Peñasco")
    ('stlawrence', 'dekalb', 'penasco')
    >>> place_key("Saint Lawrence") == place_key("St Lawrence")
    True
    """
    return "".join(shorter(word) for word in fold(text).split())


def shorter(word: str) -> str:
    """Return a folded word of a place's name as it is compared: saint becomes st."""
    return _SHORTER.get(word, word)


def is_ordinary(key: str) -> bool:
    """Return whether a name is also an ordinary word, or a country, in a message."""
    return key in _ORDINARY


def county_key(county: str) -> str:
    """Return the key of a county's name without its suffix.

    >>> county_key("Lake County"), county_key("Caddo Parish"), county_key("Lake")
    ('lake', 'caddo', 'lake')
    """
    return place_key(_COUNTY_END.sub("", county.strip()))


def state_name(code: str, language: Language) -> str:
    """Return a state's name in a language; the code itself if it is none.

    >>> state_name("NC", "es"), state_name("FL", "es"), state_name("NY", "en")
    ('Carolina del Norte', 'Florida', 'New York')
    """
    name = _state_names().get(code, code)
    return _IN_SPANISH.get(code, name) if language == "es" else name


@cache
def _state_names() -> Mapping[str, str]:
    states = [*us.states.STATES_AND_TERRITORIES, us.states.DC]
    return {str(state.abbr): str(state.name) for state in states}


@cache
def gazetteer() -> Gazetteer:
    """Return all known places; read once, from the packages and the list of towns."""
    counties: dict[str, dict[str, Place]] = defaultdict(dict)
    places: dict[str, list[Place]] = defaultdict(list)
    for key, place in _counties():
        counties[place.state].setdefault(key, place)
    for of_state in counties.values():
        for key, place in of_state.items():
            places[key].append(place)
    for place in (*_states(), *_listed_towns()):
        places[place_key(place.name)].append(place)
    for name, code in (*_STATE_NAMES.items(), *_spanish_states()):
        places[place_key(name)].append(Place("state", _state_names()[code], code))
    for name, (kind, full, code) in _NICKNAMES.items():
        fips = counties[code][county_key(full)].fips if kind == "county" else ""
        places[place_key(name)].append(Place(kind, full, code, fips, is_nickname=True))
    return Gazetteer(
        places={key: _once(found) for key, found in places.items()},
        counties=counties,
        regions={place_key(name): choices for name, choices in _REGIONS.items()},
        codes=frozenset(_state_names()),
        spaced=frozenset(_spaced(places.values())),
    )


def _spaced(found: Iterable[Iterable[Place]]) -> Iterator[str]:
    names = [_COUNTY_END.sub("", place.name) for places in found for place in places]
    for name in (*names, *_STATE_NAMES, *_IN_SPANISH.values(), *_NICKNAMES, *_REGIONS):
        words = fold(name).split()
        if len(words) > 1:
            yield " ".join(words)
            yield " ".join(map(shorter, words))


def _once(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(places))


def _states() -> Iterator[Place]:
    for code, name in _state_names().items():
        yield Place("state", name, code)


def _spanish_states() -> Iterator[tuple[str, str]]:
    for code, name in _IN_SPANISH.items():
        yield name, code


def _counties() -> Iterator[tuple[str, Place]]:
    codes = {str(s.fips): str(s.abbr) for s in us.states.STATES_AND_TERRITORIES}
    for line in _COUNTIES.read_text(encoding="utf-8").splitlines():
        fips, _, name = line.partition(" ")
        code = codes.get(fips[:2], "")
        is_borough_of_nyc = code == "NY" and name.endswith("Borough")
        if code and _COUNTY_END.search(name) and not is_borough_of_nyc:
            yield county_key(name), Place("county", name, code, fips)


def _listed_towns() -> Iterator[Place]:
    for line in _TOWNS.read_text(encoding="utf-8").splitlines():
        code, _, names = line.partition(": ")
        if not line.startswith("#"):
            for name in names.split("; "):
                yield Place("town", name, code)
