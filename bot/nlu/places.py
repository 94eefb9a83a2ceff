"""The states and the counties of New York and New Jersey, as people type them."""

from __future__ import annotations

from typing import Final

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
