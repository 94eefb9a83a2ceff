"""Places that are only spoken of are left out, and places together tell a state."""

from __future__ import annotations

import pytest

from bot.services.places import place_text, read_place, state_in

ASKED_OF = [
    # Where somebody came from.
    ("we moved from Tampa to Trenton NJ, is there a 287g", {"town of Trenton, NJ"}),
    ("i relocated from dallas texas to dover nj", {"town of Dover, NJ"}),
    ("nos mudamos de Hialeah a Hackensack", {"town of Hackensack, NJ"}),
    ("used to live in Orlando, now in Peekskill ny", {"town of Peekskill, NY"}),
    ("antes vivia en Laredo y ahora en Perth Amboy", {"town of Perth Amboy, NJ"}),
    ("milwaukee cops? i came from chicago", {"town of Milwaukee, WI"}),
    ("vine de Guatemala a Spring Valley NY", {"town of Spring Valley, NY"}),
    # Where somebody else is from.
    ("my uncle from Omaha was held in Hoboken", {"town of Hoboken, NJ"}),
    ("mi cunada de Miami vive en Yonkers", {"town of Yonkers, NY"}),
    ("my brother in law from Tulsa, in Yonkers now", {"town of Yonkers, NY"}),
    # What is denied.
    ("sorry, kentucky not tennessee", {"KY"}),
    ("polk county georgia not florida", {"Polk County, GA"}),
    ("no not ohio, indiana", {"IN"}),
    ("el de texas no el de alabama", {"TX"}),
    ("condado de lee florida en vez de alabama", {"Lee County, FL"}),
    # Alone it stays.
    ("not texas", {"TX"}),
    ("no texas", {"TX"}),
    ("i moved from Tampa", {"town of Tampa, FL"}),
]
BOTH = [
    "moving from yonkers to dallas tx",
    "i live in hialeah and work in doral",
    "tampa and orlando",
]
TOGETHER = [
    # A town tells which county is meant, and a county its town.
    ("do nassau cops help ice, i live in mineola", "NY"),
    ("suffolk county police, i am in brentwood", "NY"),
    ("essex police work with ice? im from montclair", "NJ"),
    # A state before or after "condado" is none of the county's name.
    ("texas condado de webb", "TX"),
    ("laredo texas condado webb", "TX"),
    ("condado webb texas", "TX"),
    # Two letters of a state before a Spanish or a plain word.
    ("reading pa tiene acuerdo", "PA"),
    ("erie pa trabaja con ice", "PA"),
    ("is reading pa on the list", "PA"),
    ("is bethlehem pa in the program", "PA"),
    # No town of Deal, New Jersey, or of Part, anywhere.
    ("is there a deal in new jersey", "NJ"),
]
ONE = [
    ("little havana", "town of Miami, FL"),
    ("la pequeña habana", "town of Miami, FL"),
    ("ybor city cops", "town of Tampa, FL"),
    ("phila police", "town of Philadelphia, PA"),
]


def places(text: str) -> set[str]:
    """Return the places that a text means, as texts."""
    return {place_text(place) for place in read_place(text, {}).places}


def bare(text: str) -> str:
    """Return a place's text without its kind and its state."""
    name = text.removeprefix("town of ").partition(", ")[0]
    return name.removesuffix(" County")


@pytest.mark.parametrize(("text", "asked"), ASKED_OF)
def test_a_place_that_is_only_spoken_of_is_left_out(text: str, asked: set[str]) -> None:
    found = read_place(text, {})
    assert found.kind == "found"
    assert asked <= places(text)
    # Of other states only places of the very same name.
    assert {bare(place) for place in places(text)} == {bare(place) for place in asked}


@pytest.mark.parametrize("text", BOTH)
def test_two_places_of_which_both_may_be_asked_are_both_kept(text: str) -> None:
    assert read_place(text, {}).kind == "several"


@pytest.mark.parametrize(("text", "state"), TOGETHER)
def test_places_and_states_beside_each_other_leave_one_state(
    text: str, state: str
) -> None:
    assert {place.state for place in read_place(text, {}).places} == {state}


@pytest.mark.parametrize(("text", "place"), ONE)
def test_a_neighbourhood_is_its_citys(text: str, place: str) -> None:
    assert places(text) == {place}


def test_a_town_and_its_county_are_one_question() -> None:
    for text in ("i live in troy ny, the rensselaer sheriff", "naples, collier"):
        reading = read_place(text, {})
        assert [place.kind for place in reading.places] == ["town", "county"]


def test_a_zip_code_has_its_own_county_alone() -> None:
    (town,) = read_place("do cops in 77494 work with ice", {}).places
    assert (town.name, town.counties) == ("Katy", ("48157",))


def test_the_state_of_a_correction_is_the_one_that_is_not_denied() -> None:
    assert state_in("georgia, not florida") == "GA"
