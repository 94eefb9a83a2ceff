"""Towns have their counties, ZIP codes their towns, and the lists stay lean."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from bot.services.place_names import Place, gazetteer, place_key
from bot.services.town_names import (
    BY_HAND_FILE,
    TOWNS_FILE,
    ZIPS_FILE,
    TownLine,
    read_part,
    town_lines,
    town_of_zip,
)

# A town, its state, and the counties in which it lies.
COUNTIES = [
    ("Marco Island", "FL", {"Collier County"}),
    ("Oak Ridge", "TN", {"Anderson County", "Roane County"}),
    ("Derby", "KS", {"Sedgwick County"}),
    ("Metairie", "LA", {"Jefferson Parish"}),
    ("Weehawken", "NJ", {"Hudson County"}),
    ("West New York", "NJ", {"Hudson County"}),
    ("North Plainfield", "NJ", {"Somerset County", "Union County"}),
    ("Bushwick", "NY", {"Kings County"}),
    ("Washington Heights", "NY", {"New York County"}),
    ("Spring Valley", "NY", {"Rockland County"}),
    ("Bay Shore", "NY", {"Suffolk County"}),
]
# Municipalities of the office's states that people name.
OF_THE_OFFICE = [
    *(("Piscataway", "NJ"), ("Neptune", "NJ"), ("Toms River", "NJ"), ("Howell", "NJ")),
    *(("Parsippany", "NJ"), ("Guttenberg", "NJ"), ("Cherry Hill", "NJ")),
    *(("Central Islip", "NY"), ("Haverstraw", "NY"), ("Port Chester", "NY")),
    *(("Ramapo", "NY"), ("Corona", "NY"), ("Sunset Park", "NY"), ("Flushing", "NY")),
]
# A town of a name that is by far the largest, and one that has a rival.
LARGE = [("Tampa", True), ("Omaha", True), ("Springfield", False), ("Camden", False)]
ZIPS = [
    ("10950", ("Monroe", "NY")),
    ("34142", ("Immokalee", "FL")),
    ("07093", ("West New York", "NJ")),
    ("00901", ("San Juan", "PR")),
    ("00001", None),
]


def towns(name: str, state: str) -> list[Place]:
    """Return the towns of a name in a state."""
    found = gazetteer().places.get(place_key(name))
    return [p for p in found if p.kind == "town" and p.state == state]


@pytest.mark.parametrize(("name", "state", "counties"), COUNTIES)
def test_a_town_has_its_counties(name: str, state: str, counties: set[str]) -> None:
    (town,) = towns(name, state)
    names = {gazetteer().by_fips[number].name for number in town.counties}
    assert names & counties
    assert names <= counties


@pytest.mark.parametrize(("name", "state"), OF_THE_OFFICE)
def test_the_towns_of_the_offices_states_are_known(name: str, state: str) -> None:
    assert all(town.counties for town in towns(name, state))
    assert towns(name, state)


@pytest.mark.parametrize(("name", "is_large"), LARGE)
def test_one_town_may_be_by_far_the_largest_of_its_name(
    name: str, is_large: bool
) -> None:
    assert gazetteer().places.has_large_town(place_key(name)) is is_large


def test_an_independent_city_is_in_no_county() -> None:
    (richmond,) = towns("Richmond", "VA")
    assert not set(richmond.counties) & set(gazetteer().by_fips)


@pytest.mark.parametrize(("digits", "town"), ZIPS)
def test_a_zip_code_has_its_town(digits: str, town: tuple[str, str] | None) -> None:
    found = town_of_zip(digits)
    assert (found and (found.name, found.state)) == town


# Post offices whose ZIP codes lie in several counties, with that of the code.
COUNTY_OF_ZIP = [
    ("77493", "48201"),
    ("77494", "48157"),
    ("34759", "12105"),
    ("34744", "12097"),
    ("75052", "48113"),
    ("11001", "36059"),
    ("07030", ""),
]


@pytest.mark.parametrize(("digits", "county"), COUNTY_OF_ZIP)
def test_a_zip_code_has_its_own_county_where_its_town_has_several(
    digits: str, county: str
) -> None:
    found = town_of_zip(digits)
    assert found is not None
    assert found.county == county


@pytest.mark.parametrize("part", ["Naples* 021", "Advance~ 059", "Oz", "Erie*~ 1,2"])
def test_a_town_is_written_as_it_is_read(part: str) -> None:
    assert read_part("XX", part).written() == part


def test_no_town_has_a_suffix_or_a_name_of_the_post_office() -> None:
    ends = ("Township", "Twp", "Borough", "Spgs", "Hts")
    of_list = [line.name for line in town_lines(TOWNS_FILE)]
    assert len(of_list) > 30000
    assert [name for name in of_list if name.split()[-1] in ends[:2]] == []


def test_what_stands_by_hand_wins() -> None:
    by_hand = {(t.state, t.name): t for t in town_lines(BY_HAND_FILE)}
    assert by_hand["MO", "St. Louis"] == TownLine("MO", "St. Louis", ("510",), True)
    (town,) = towns("St. Louis", "MO")
    assert town.counties == ("29510",)


def test_the_lists_are_lean_and_quickly_read() -> None:
    assert TOWNS_FILE.stat().st_size < 700_000
    assert ZIPS_FILE.stat().st_size < 500_000
    gazetteer.cache_clear()
    tracemalloc.start()
    gazetteer()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 15_000_000
    gazetteer.cache_clear()
    started = time.thread_time()
    gazetteer()
    # Measured 0.13 s; a busy machine may take longer.
    assert time.thread_time() - started < 2
