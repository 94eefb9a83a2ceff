"""Places named together: landmarks, the origin left behind, chains, one state."""

from __future__ import annotations

import pytest

from bot.services.place_meant import Reading
from bot.services.places import place_text, read_place
from tests.unit.agreement_talk import look


def _parts(reading: Reading) -> tuple[Reading, ...]:
    return reading.parts if reading.kind == "several" else (reading,)


def _read(text: str) -> list[tuple[str, frozenset[str]]]:
    """Return the names that are asked about, with their states."""
    return [
        (part.name, frozenset(p.state for p in part.places))
        for part in _parts(read_place(text, {}))
    ]


# What is asked about, and in which state.
ASKED = [
    ("do Tucker and Decatur cops by Atlanta help ICE", {"Tucker": "GA"}),
    ("la policia de Snellville y Lilburn cerca de atlanta", {"Snellville": "GA"}),
    ("does Norcross PD outside of Atlanta have a 287g", {"Norcross": "GA"}),
    ("hay convenio en La Vergne Tennessee, por Nashville", {"La Vergne": "TN"}),
    ("Lakeland, also Bradenton and also Ocala, 287g?", {"Ocala": "FL"}),
    ("en Lakeland, tambien Ocala y tambien Tampa", {"Tampa": "FL"}),
    ("agreement in Arlington texas, plus Irving and Garland", {"Garland": "TX"}),
    ("voy de Laredo a Waco y luego a Garland", {"Garland": "TX"}),
    ("moved from Chicago to Murfreesbro TN", {"Murfreesboro": "TN"}),
    ("me vine de Dallas a Roswell Georgia", {"Roswell": "GA"}),
]


@pytest.mark.parametrize(("text", "expected"), ASKED)
def test_a_place_is_read_with_those_beside_it(
    text: str, expected: dict[str, str]
) -> None:
    read = {
        name: states
        for part in _parts(read_place(text, {}))
        for name, states in [
            (place.name, frozenset(p.state for p in part.places))
            for place in part.places[:1]
        ]
    }
    for name, state in expected.items():
        assert read.get(name) == frozenset({state}), read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("me mude de Tampa a Knoxvile", "Knoxville"),
        ("I moved from Denver to Chatanuga", "Chattanooga"),
    ],
)
def test_a_mistyped_destination_is_read_as_meant(text: str, name: str) -> None:
    assert {p.name for p in read_place(text, {}).places} == {name}


# A name that is not asked about, and the message.
NOT_ASKED = [
    ("Atlanta", "do Tucker and Decatur cops by Atlanta help ICE"),
    ("Atlanta", "la policia de Snellville y Lilburn cerca de atlanta"),
    ("Nashville", "hay convenio en La Vergne Tennessee, por Nashville"),
    ("Tampa", "me mude de Tampa a Knoxvile"),
    ("Denver", "I moved from Denver to Chatanuga"),
    ("Houston", "we relocated from Houston to Zzyxville"),
    ("Dallas", "me vine de Dallas a Roswell Georgia"),
]


@pytest.mark.parametrize(("name", "text"), NOT_ASKED)
def test_a_landmark_and_an_origin_are_not_asked_about(name: str, text: str) -> None:
    assert name not in {read for read, _ in _read(text)}


@pytest.mark.parametrize(
    "text",
    [
        "I live near Tampa and work in Ocala",
        "vivo cerca de Tampa y trabajo en Ocala",
        "tampa or ocala",
    ],
)
def test_a_place_to_live_near_is_no_landmark(text: str) -> None:
    assert {"Tampa", "Ocala"} == {name for name, _ in _read(text)}


def test_a_city_is_no_mistyped_town_of_a_state_that_was_left() -> None:
    assert "Tulsa" in {name for name, _ in _read("I left Texas, now in Tulsa, 287g?")}


def test_a_city_elsewhere_is_not_moved_to_the_state_beside_it() -> None:
    dallas = dict(_read("287g in Dallas and Doraville"))["Dallas"]
    assert "TX" in dallas
    assert len(dallas) > 1


def test_a_county_beside_a_county_is_the_one_of_the_name() -> None:
    read = dict(_read("I work in Bergen County and sometimes in Rockland"))
    assert read == {"Bergen": frozenset({"NJ"}), "Rockland": frozenset({"NY"})}


# A town and a county of one state, far from each other: both are offered.
BOTH = [
    "jail in Graham NC",
    "el sheriff de Graham Carolina del Norte",
    "the deputies of Henderson north carolina",
    "alguacil de Franklin Tennessee",
]


@pytest.mark.parametrize("text", BOTH)
def test_a_town_and_a_county_of_the_name_are_both_meant(text: str) -> None:
    assert {p.kind for p in read_place(text, {}).places} == {"town", "county"}


@pytest.mark.parametrize(
    "text",
    [
        "graham county jail nc",
        "el sheriff del condado de Graham Carolina del Norte",
        "orange virginia sheriff",
        "collier sheriff",
    ],
)
def test_the_word_county_settles_it(text: str) -> None:
    places = read_place(text, {}).places
    towns = [p for p in places if p.kind == "town"]
    counties = {p.fips for p in places if p.kind == "county"}
    assert counties
    assert all(counties & set(town.counties) for town in towns)


# Words that only say how near a place is.
BESIDE = [
    ("and hall county next door", "GA", "Hall County, GA"),
    ("y el condado de al lado, Johnston?", "NC", "Johnston County, NC"),
    ("el condado de al lado Cobb", "GA", "Cobb County, GA"),
    ("lake county just over the border", "IN", "Lake County, IN"),
]


@pytest.mark.parametrize(("text", "hint", "place"), BESIDE)
def test_next_door_is_no_name(text: str, hint: str, place: str) -> None:
    assert place in map(place_text, read_place(text, {}, hint).places)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("i live in hazelton pa do the cops help ice", "Hazleton"),
        ("wilksbarre pa police", "Wilkes-Barre"),
        ("independance mo cops", "Independence"),
    ],
)
def test_small_letters_of_a_state_count_after_a_mistyped_town(
    text: str, name: str
) -> None:
    assert name in {p.name for p in read_place(text, {}).places}


def test_a_town_of_one_state_alone_is_answered_and_named() -> None:
    found = look("is siler city on the 287g list")
    assert (found.kind, found.is_taken, found.states) == ("not_listed", True, ("NC",))


def test_a_state_lent_is_told_where_it_is_a_no() -> None:
    found = look("287g in New Haven and Bridgeport")
    assert [one.states for one in (found, *found.also)] == [("CT",), ("CT",)]
    assert found.is_taken
