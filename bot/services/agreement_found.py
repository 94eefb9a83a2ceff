"""What was found for a question about a place: an answer, or what to ask back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.core.agreements import Override
from bot.services.agreement_places import FoundAgency

FoundKind = Literal[
    "listed", "not_listed", "ask_place", "ask_state", "no_list", "too_old", "no_place"
]
PlaceSort = Literal["state", "county", "town", ""]


@dataclass(frozen=True)
class Choice:
    """A place to choose: its name as shown, and a text that means only this place."""

    label: str
    text: str


@dataclass(frozen=True)
class Found:
    """What was found for a question about a place.

    `dated` is the day of the list, or of the override where one speaks. `is_late`:
    that day is 45 `days` or more ago. `statewide`: agencies of the whole state, for a
    place within it. `choices` are asked back; without any, the words are asked again.
    `place_the`: the place with its article, in Spanish.

    `counties`: of a town, as spoken; () where they are not known. `county_agencies`:
    those of `agencies` that are the county's. `asked`: the agency that was asked about;
    `asked_listed`: it is the first of `agencies`. `foreign`: a country or place abroad.
    `may_write`: the state may be another than those offered. `guessed`: the state was
    not said. `also`: the other places of the message, answers before questions.
    """

    kind: FoundKind
    place: str = ""
    states: tuple[str, ...] = ()
    agencies: tuple[FoundAgency, ...] = ()
    choices: tuple[Choice, ...] = ()
    is_late: bool = False
    override: Override | None = None
    dated: date | None = None
    days: int = 0
    sort: PlaceSort = ""
    statewide: tuple[FoundAgency, ...] = ()
    place_the: str = ""
    counties: tuple[str, ...] = ()
    county_agencies: tuple[FoundAgency, ...] = ()
    asked: str = ""
    asked_listed: bool = False
    foreign: str = ""
    may_write: bool = False
    guessed: bool = False
    # Whether the answer must tell which place was taken.
    is_taken: bool = False
    # Whether a town is in no county, as Richmond, Virginia is.
    is_own_county: bool = False
    # Of a town in several counties, those that have no agency of their own.
    bare_counties: tuple[str, ...] = ()
    # Whether the county is asked for, since only its sheriff's name was said.
    of_sheriff: bool = False
    also: tuple[Found, ...] = ()
    # Of a town that has none, and whose county has none: those of the county's towns.
    near: tuple[FoundAgency, ...] = ()
    # Whether all the agencies of a county are its towns', and none its own.
    only_towns: bool = False

    @property
    def asked_whole(self) -> str:
        """The agency that was asked about, with its place if that says more."""
        is_more = bool(self.place) and self.place.casefold() != self.asked.casefold()
        return f"{self.asked} ({self.place})" if is_more else self.asked

    @property
    def only_county(self) -> bool:
        """Whether a town's county has agencies in the list, and the town none."""
        is_town = self.sort == "town" and bool(self.agencies)
        return is_town and len(self.agencies) == len(self.county_agencies)
