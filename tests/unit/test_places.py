"""Names of places are read as people write them, and ordinary words are not places."""

from __future__ import annotations

import pytest

from bot.services.place_names import gazetteer, place_key, state_name
from bot.services.place_typos import near_counties, near_state
from bot.services.places import names_place, place_text, read_place

NASSAU = {"Nassau County, FL", "Nassau County, NY"}
# What is typed, and the texts of the places that it means.
READ: list[tuple[str, set[str]]] = [
    ("Nassau County", NASSAU),
    ("nassau co.", NASSAU),
    ("condado de Nassau", NASSAU),
    ("el condado Nassau", NASSAU),
    ("county of nassau", NASSAU),
    ("Nassau County, N.Y.", {"Nassau County, NY"}),
    ("nassau county nueva york", {"Nassau County, NY"}),
    ("st. lawrence county", {"St. Lawrence County, NY"}),
    ("Saint Lawrence Co", {"St. Lawrence County, NY"}),
    ("prince george's county", {"Prince George's County, MD"}),
    ("prince george county virginia", {"Prince George County, VA"}),
    ("prince george county maryland", {"Prince George's County, MD"}),
    ("Doña Ana county", {"Doña Ana County, NM"}),
    ("condado dona ana", {"Doña Ana County, NM"}),
    ("indiana county", {"Indiana County, PA"}),
    ("in Indiana", {"IN"}),
    ("oklahoma county", {"Oklahoma County, OK"}),
    ("delaware county pa", {"Delaware County, PA"}),
    ("king county, washington", {"King County, WA"}),
    ("washington state", {"WA"}),
    ("washington dc", {"DC"}),
    ("carolina del norte", {"NC"}),
    ("tejas", {"TX"}),
    ("pensilvania", {"PA"}),
    ("brooklyn", {"Kings County, NY"}),
    ("the bronx", {"Bronx County, NY"}),
    ("manhattan", {"New York County, NY"}),
    ("new york city", {"town of New York City, NY"}),
    ("la gran manzana", {"town of New York City, NY"}),
    ("lower merion township pa", {"town of Lower Merion, PA"}),
    ("ciudad de danbury connecticut", {"town of Danbury, CT"}),
    ("kansas city", {"town of Kansas City, KS", "town of Kansas City, MO"}),
    ("Douglas, CO", {"Douglas County, CO"}),
    ("Puerto Rico", {"PR"}),
    ("LA county", {"Los Angeles County, CA"}),
    ("condado de los angeles", {"Los Angeles County, CA"}),
]
# Ordinary words that are also names, and codes of states that are words.
NOT_PLACES = [
    "can ICE enter my home or my car",
    "me van a quitar la licencia",
    "no me leyeron mis derechos",
    "la orden la firmo un juez",
    "i live in the united states",
    "soy de mexico",
    "we are in the union",
    "how much is the price",
    "hi is it ok to ask",
    "en la cárcel",
    "he was born in Peru",
]
# Names that must not be mended to a neighbour's.
NOT_MENDED = [
    ("fontana", ""),
    ("taxes", ""),
    ("main", ""),
    ("nevado county", ""),
    ("florda", "FL"),
    ("pensylvania", "PA"),
    ("conneticut", "CT"),
    ("newjersy", "NJ"),
]


@pytest.mark.parametrize(("text", "places"), READ, ids=[text for text, _ in READ])
def test_a_place_is_read_as_people_write_it(text: str, places: set[str]) -> None:
    reading = read_place(text, {})
    assert reading.kind == "found"
    assert {place_text(place) for place in reading.places} == places


@pytest.mark.parametrize("text", NOT_PLACES)
def test_an_ordinary_word_is_no_place(text: str) -> None:
    assert not names_place(text)


@pytest.mark.parametrize(("key", "state"), NOT_MENDED)
def test_a_state_is_mended_only_when_it_is_surely_meant(key: str, state: str) -> None:
    assert near_state(place_key(key)) == state


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("coller", {"Collier County"}),
        ("rensselear", {"Rensselaer County"}),
        ("hillsboro", set()),
        ("lea", set()),
        ("xollier", set()),
        ("clarkes", {"Clarke County"}),
    ],
)
def test_the_bar_for_a_mistyped_county_is_strict(typed: str, names: set[str]) -> None:
    assert {place.name for place in near_counties(typed, "")} == names


def test_every_county_of_the_census_has_its_number() -> None:
    counties = [
        p for of_state in gazetteer().counties.values() for p in of_state.values()
    ]
    assert len(counties) > 3100
    assert all(len(p.fips) == 5 and p.fips.isdigit() for p in counties)
    assert gazetteer().counties["NY"]["nassau"].fips == "36059"


def test_new_york_city_has_its_five_counties_once() -> None:
    numbers = {p.fips for p in gazetteer().counties["NY"].values()}
    assert len(numbers) == len(gazetteer().counties["NY"]) == 62


def test_every_state_has_a_name_in_both_languages() -> None:
    for code in gazetteer().codes:
        assert state_name(code, "en") != code
        assert state_name(code, "es") != code


def test_a_very_long_message_is_read_in_time() -> None:
    assert read_place("nassau county or " * 2000, {}).kind == "found"
