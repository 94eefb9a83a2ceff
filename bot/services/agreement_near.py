"""Tells a county's own agencies from those of the towns within it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.core.agreements import Agreement
from bot.core.languages import Language
from bot.services.agreement_found import Found
from bot.services.agreement_places import FoundAgency, grouped, ties_of
from bot.services.place_labels import spoken
from bot.services.place_names import Place, gazetteer

_SEVERAL: Final = 2


def near_agencies(
    town: Place, agreements: Sequence[Agreement], found: Sequence[FoundAgency]
) -> tuple[FoundAgency, ...]:
    """Return the agencies of other towns in a town's counties: police nearby."""
    here = set(town.counties)
    if town.kind != "town" or not here:
        return ()
    rows = (row for row in agreements if row.state == town.state)
    near = grouped(row for row in rows if ties_of(row).given in here)
    return tuple(agency for agency in near if agency not in found)


def are_of_towns(county: Place, agencies: Sequence[FoundAgency]) -> bool:
    """Return whether none of a county's agencies is its own: not its sheriff."""
    if county.kind != "county" or not agencies:
        return False
    ties = [ties_of(line) for agency in agencies for line in agency.lines]
    return not any(tie.own == county.fips or county.fips in tie.also for tie in ties)


def is_own_county(town: Place) -> bool:
    """Return whether a town is in no county, as Richmond, Virginia is."""
    known = gazetteer().by_fips
    is_looked_up = town.kind == "town" and bool(town.counties)
    return is_looked_up and not any(number in known for number in town.counties)


def bare_counties(
    town: Place, agencies: Sequence[FoundAgency], language: Language
) -> tuple[str, ...]:
    """Return which of a town's several counties have no agency of their own."""
    if not agencies or town.kind != "town" or len(town.counties) < _SEVERAL:
        return ()
    ties = [ties_of(line) for agency in agencies for line in agency.lines]
    shown = {number for tie in ties for number in (tie.own, *tie.also)}
    known = gazetteer().by_fips
    bare = [known[n] for n in town.counties if n in known and n not in shown]
    return tuple(spoken(county.name, language) for county in bare)


def is_county_bare(found: Found, language: Language) -> bool:
    """Whether the town has an agency in the list and its county, looked up, none."""
    is_town = found.kind == "listed" and found.sort == "town" and not found.asked
    if not (is_town and found.counties) or found.county_agencies:
        return False
    # Not where the list itself gives the county for an agency that is shown.
    ties = [ties_of(line) for agency in found.agencies for line in agency.lines]
    known = gazetteer().by_fips
    shown = [known[f] for tie in ties for f in (tie.own, tie.given) if f in known]
    return not any(spoken(p.name, language) in found.counties for p in shown)
