"""What place a message means, and which of the places of a name is the likeliest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.services.place_names import Place, gazetteer, place_key
from bot.services.place_words import Marker

# Cities of more than half a million whose name everybody takes for theirs; villages of
# the same name elsewhere are found with their state. Left out: a name of which another
# large place, or one of the office's states, has its own.
_METROPOLISES: Final = {
    **{"atlanta": "GA", "austin": "TX", "baltimore": "MD", "boston": "MA"},
    **{"charlotte": "NC", "chicago": "IL", "dallas": "TX", "denver": "CO"},
    **{"detroit": "MI", "houston": "TX", "indianapolis": "IN", "lasvegas": "NV"},
    **{"memphis": "TN", "milwaukee": "WI", "nashville": "TN", "philadelphia": "PA"},
    **{"phoenix": "AZ", "sanantonio": "TX", "sandiego": "CA", "seattle": "WA"},
    **{"fortworth": "TX", "ftworth": "TX", "sanfrancisco": "CA", "tucson": "AZ"},
    **{"omaha": "NE", "raleigh": "NC", "sacramento": "CA", "tulsa": "OK"},
}
Towns = Mapping[str, Sequence[Place]]


@dataclass(frozen=True)
class Reading:
    """What place a message means.

    found: one name, with every place that bears it; region: `texts` it may mean;
    several: `parts`, each one place, asked about together; maybe: `places` that a
    mistyped name may be, and `typed`, a town truly called so; none: no place.
    """

    kind: Literal["found", "region", "several", "maybe", "none"]
    places: tuple[Place, ...] = ()
    name: str = ""
    marker: Marker = ""
    texts: tuple[str, ...] = ()
    typed: Place | None = None
    # Whether the state was named, here or before.
    has_state: bool = False
    parts: tuple[Reading, ...] = ()
    # Whether the state is that of another place named beside it.
    is_lent: bool = False
    # A country or a place abroad that was named instead.
    foreign: str = ""
    zip_code: str = ""
    # Whether the visitor has said that the name is spelt so.
    is_exact: bool = False


NOTHING: Final = Reading("none")


def is_in_office_state(place: Place) -> bool:
    """Return whether a place lies in a state in which the office works."""
    return place.state in OFFICE_STATES


OFFICE_STATES: Final = ("NY", "NJ")


def likeliest(reading: Reading) -> Place | None:
    """Return the town that a bare name means by far most often, or None.

    None where the office's states have another of the name: its visitors may mean that.
    """
    large = [p for p in reading.places if p.is_large]
    others = [p for p in reading.places if is_in_office_state(p) and p not in large[:1]]
    is_one = len(large) == 1 and not others and reading.marker != "county"
    return large[0] if is_one else None


def is_metropolis(place: Place) -> bool:
    """Return whether a town is so large that its name alone tells its state.

    >>> is_metropolis(Place("town", "Houston", "TX"))
    True
    >>> is_metropolis(Place("town", "Houston", "MO"))
    False
    """
    return (
        place.kind == "town" and _METROPOLISES.get(place_key(place.name)) == place.state
    )


def with_counties(place: Place) -> Place:
    """Return a town with its counties where the lists know them.

    >>> with_counties(Place("town", "Danbury", "CT")).counties
    ('09001',)
    """
    if place.kind != "town" or place.counties:
        return place
    for town in gazetteer().places.get(place_key(place.name)):
        if town.kind == "town" and town.state == place.state:
            return replace(place, counties=town.counties, is_large=town.is_large)
    return place
