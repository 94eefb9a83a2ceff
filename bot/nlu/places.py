"""The states and the counties of New York and New Jersey, as people type them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.matching import fold
from bot.services.place_names import gazetteer, place_key

STATES: Final[dict[str, tuple[str, ...]]] = {
    "NY": ("new york", "nueva york", "nuevo york", "ny", "nyc", "new york city", "n.y.",
           "brooklyn", "manhattan", "the bronx", "el bronx", "staten island",
           "long island", "upstate"),
    "NJ": ("new jersey", "nueva jersey", "nuevo jersey", "nj", "jersey", "n.j.",
           "newark"),
    "TX": ("texas", "tx"), "LA": ("louisiana", "luisiana"), "FL": ("florida",),
    "PA": ("pennsylvania", "pensilvania"), "CT": ("connecticut",),
    "CA": ("california",), "GA": ("georgia",),
    "NC": ("north carolina", "carolina del norte"), "VA": ("virginia",),
    "MA": ("massachusetts",), "MD": ("maryland",), "AZ": ("arizona",),
    "IL": ("illinois",),
    "TN": ("tennessee",), "SC": ("south carolina", "carolina del sur"), "OH": ("ohio",),
    "MI": ("michigan",), "CO": ("colorado",), "WA": ("washington state",),
}  # fmt: skip

COUNTIES: Final[dict[str, str]] = {
    "NY": "albany allegany broome cattaraugus cayuga chautauqua chemung chenango "
    "clinton cortland delaware dutchess erie franklin fulton genesee greene hamilton "
    "herkimer jefferson lewis livingston madison monroe montgomery nassau niagara "
    "oneida onondaga ontario orange orleans oswego otsego putnam queens rensselaer "
    "richmond rockland saratoga schenectady schoharie schuyler seneca steuben suffolk "
    "sullivan tioga tompkins ulster warren wayne westchester wyoming yates",
    "NJ": "atlantic bergen burlington camden cumberland essex gloucester hudson "
    "hunterdon mercer middlesex monmouth morris ocean passaic salem somerset sussex "
    "union",
}
COUNTIES_OF_TWO_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "NY": ("st. lawrence", "saint lawrence", "washington"),
    "NJ": ("cape may",),
}
# Names that say a county even without the word "county".
WELL_KNOWN_COUNTIES: Final = frozenset(
    [
        "nassau",
        "suffolk",
        "rensselaer",
        "westchester",
        "rockland",
        "bergen",
        "passaic",
        "queens",
        "onondaga",
    ]
)


_COUNTY_END: Final = re.compile(r" (?:County|Parish)$")
_LONGEST: Final = 5
# With one of these a name in the United States may begin that looks Spanish.
_SPANISH_BEGINNINGS: Final = frozenset(
    ("del", "el", "la", "las", "los", "palo", "san", "santa", "santo", "villa")
)


def without_place_names(words: Sequence[str]) -> list[str]:
    """Return folded words without the Spanish names of towns and counties.

    >>> without_place_names(["las", "vegas", "nm"])
    ['nm']
    >>> without_place_names(["la", "migra"])
    ['la', 'migra']
    """
    kept: list[str] = []
    place = 0
    while place < len(words):
        length = 0
        if words[place] in _SPANISH_BEGINNINGS:
            ends = range(min(len(words), place + _LONGEST), place + 1, -1)
            spans = (" ".join(words[place:end]) for end in ends)
            length = next((len(s.split()) for s in spans if _is_us_place(s)), 0)
        if not length:
            kept.append(words[place])
        place += length or 1
    return kept


def _is_us_place(words: str) -> bool:
    """Whether folded words are a town's or county's name, as it is written."""
    places = gazetteer().places.get(place_key(words))
    names = (_COUNTY_END.sub("", p.name) for p in places if p.kind != "state")
    return any(fold(name) == words for name in names)


def states_of_county(name: str) -> frozenset[str]:
    """Return the states that have a county of a name.

    >>> sorted(states_of_county("rockland")), sorted(states_of_county("essex"))
    (['NY'], ['MA', 'NJ', 'NY', 'VA', 'VT'])
    """
    key = place_key(name)
    counties = gazetteer().counties
    return frozenset(state for state, known in counties.items() if key in known)
