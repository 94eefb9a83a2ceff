"""Places are read with all that stands around them: states, namesakes, two at once."""

from __future__ import annotations

import pytest

from bot.services.place_names import Place, gazetteer
from bot.services.places import names_place, place_text, read_place
from tests.unit.agreement_list import agreements

READ: list[tuple[str, set[str]]] = [
    # A state's letters that are also a word, before a question goes on.
    ("scranton pa cops 287g", {"town of Scranton, PA"}),
    ("lowell ma police and ice", {"town of Lowell, MA"}),
    ("houma la police", {"town of Houma, LA"}),
    ("salem or police", {"town of Salem, OR"}),
    ("derby ks", {"town of Derby, KS"}),
    # Spanish and everyday names.
    ("san petersburgo florida", {"town of St. Petersburg, FL"}),
    ("cayo hueso", {"town of Key West, FL"}),
    ("san luis misuri", {"town of St. Louis, MO"}),
    ("filadelfia", {"town of Philadelphia, PA"}),
    ("tupelo misisipi", {"town of Tupelo, MS"}),
    ("salem oregon", {"town of Salem, OR"}),
    ("kc", {"town of Kansas City, KS", "town of Kansas City, MO"}),
    ("west palm", {"town of West Palm Beach, FL"}),
    ("parroquia san bernardo", {"St. Bernard Parish, LA"}),
    # A parish is Louisiana's.
    ("lafayette parish", {"Lafayette Parish, LA"}),
    ("parroquia de union", {"Union Parish, LA"}),
    # A part of a longer name is not the place.
    ("jackson heights", {"town of Jackson Heights, NY"}),
    ("washington heights", {"town of Washington Heights, NY"}),
    ("west new york", {"town of West New York, NJ"}),
    ("pueblo colorado", {"town of Pueblo, CO"}),
    # A neighbourhood with its borough.
    ("elmhurst queens", {"town of Elmhurst, NY", "Queens County, NY"}),
    ("park slope brooklyn", {"town of Park Slope, NY", "Kings County, NY"}),
    # Mistyped, with a word that says what it is.
    ("condado de broword", {"Broward County, FL"}),
    ("condado de gwinnet todavia", {"Gwinnett County, GA"}),
    ("hillsboro county florida", {"Hillsborough County, FL"}),
    ("saint agustine florida", {"town of St. Augustine, FL"}),
    ("knoxville tenesi", {"town of Knoxville, TN"}),
    ("trenton nueva yersey", {"town of Trenton, NJ"}),
    # A county's state, wherever it stands.
    ("adams county pa 287g", {"Adams County, PA"}),
    ("condado de warren oh tiene acuerdo", {"Warren County, OH"}),
    ("does wayne county mi work with ice", {"Wayne County, MI"}),
    ("allegeny county pa sheriff", {"Allegheny County, PA"}),
    ("the sheriff of gilpin county co jail", {"Gilpin County, CO"}),
    ("luzerne cnty pa jail", {"Luzerne County, PA"}),
    ("benton borough pa cops", {"town of Benton, PA"}),
    # An ordinary word right before "county".
    ("will county illinois", {"Will County, IL"}),
    ("condado de real", {"Real County, TX"}),
    ("bureau county il police", {"Bureau County, IL"}),
    # After "condado de" the county, not a town of the whole name.
    ("condado de leon texas", {"Leon County, TX"}),
    ("condado de soto misisipi", {"DeSoto County, MS"}),
    # The city's police, for a New Yorker.
    ("policias de nueva york", {"town of New York City, NY"}),
    ("are new york cops with ice", {"town of New York City, NY"}),
    ("police in new york", {"NY"}),
    ("new york state police", {"NY"}),
    # States cut short or far misspelt.
    ("tucson ariz", {"town of Tucson, AZ"}),
    ("brockton mass", {"town of Brockton, MA"}),
    ("tacoma wash", {"town of Tacoma, WA"}),
    ("altoona penn", {"town of Altoona, PA"}),
    ("miami fla", {"town of Miami, FL"}),
    ("knoxville tenesee", {"town of Knoxville, TN"}),
    ("kentuki", {"KY"}),
    ("minasota", {"MN"}),
    # Words around a lone answer.
    ("i meant georgia", {"GA"}),
    ("no, perdon, quise decir texas", {"TX"}),
    ("ohio pues", {"OH"}),
    # ZIP codes.
    ("07030", {"town of Hoboken, NJ"}),
    ("my zip code is 34102", {"town of Naples, FL"}),
]
# What must not be taken for an American town, and what is abroad.
ABROAD = [
    ("san miguel el salvador", "El Salvador"),
    ("santa ana el salvador", "El Salvador"),
    ("san jose costa rica", "Costa Rica"),
    ("leon guanajuato", "Guanajuato"),
    ("barcelona", "Barcelona"),
    ("hay acuerdo en granada nicaragua", "Nicaragua"),
    ("la ciudad de panama", "Ciudad de Panama"),
]
# Namesakes of places abroad, with their state.
NOT_ABROAD = [
    ("lima ohio", "OH"),
    ("peru indiana", "IN"),
    ("mexico missouri", "MO"),
    ("madrid ny", "NY"),
    ("lebanon pa", "PA"),
    ("soy de honduras y vivo en miami florida", "FL"),
]
TWO: list[tuple[str, list[str]]] = [
    ("clearwater y trabajo en ocala florida", ["Clearwater", "Ocala"]),
    ("brandon or riverview florida", ["Brandon", "Riverview"]),
    ("moving from yonkers to dallas tx", ["Yonkers", "Dallas"]),
    ("live in doral and work in hialeah", ["Doral", "Hialeah"]),
    ("collier and lee county fl", ["Collier", "Lee"]),
]
NAMED = [
    "my zip is 33142",
    "memphis tennesee",
    "newark nueva yersey",
    "fort mayers police",
    "jaksonville sheriff ice?",
    "miamy dade county",
    "condado de colier",
    "reding pa hay acuerdo?",
    "doral",
    "the rgv",
    "indy",
]
NOT_NAMED = [
    "deport me",
    "todos mis temas",
    "call 12345 people",
    "junta de padres",
    "a que hora abre",
    "what papers do i need",
    "los agentes firmaron un permiso",
    "my husband filed an application",
    "mass deportations",
    "will county police help me",
    "sorry, i meant my cousin",
]


@pytest.mark.parametrize(("text", "places"), READ, ids=[t for t, _ in READ])
def test_a_place_is_read(text: str, places: set[str]) -> None:
    reading = read_place(text, {})
    assert reading.kind == "found"
    assert {place_text(place) for place in reading.places} == places


@pytest.mark.parametrize(("text", "country"), ABROAD)
def test_a_place_abroad_is_no_town_here(text: str, country: str) -> None:
    reading = read_place(text, {})
    assert (reading.kind, reading.foreign, reading.places) == ("none", country, ())


@pytest.mark.parametrize(("text", "state"), NOT_ABROAD)
def test_a_state_makes_a_namesake_american(text: str, state: str) -> None:
    assert {place.state for place in read_place(text, {}).places} == {state}


@pytest.mark.parametrize(("text", "names"), TWO, ids=[t for t, _ in TWO])
def test_two_places_are_both_read(text: str, names: list[str]) -> None:
    reading = read_place(text, {})
    assert reading.kind == "several"
    assert [part.name for part in reading.parts] == names


def test_a_state_is_not_lent_to_a_place_that_is_not_there() -> None:
    tulsa, wichita = read_place("from tulsa to wichita ks", {}).parts
    assert {place.state for place in tulsa.places} == {"OK"}
    assert {place.state for place in wichita.places} == {"KS"}


@pytest.mark.parametrize("text", NAMED)
def test_a_message_that_names_a_place_is_known_to(text: str) -> None:
    assert names_place(text)


@pytest.mark.parametrize("text", NOT_NAMED)
def test_other_messages_name_no_place(text: str) -> None:
    assert not names_place(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [("hazelton pa", "Hazleton"), ("carrolton ga", "Carrollton")],
)
def test_a_near_name_of_the_state_counts_before_a_namesake(
    text: str, place: str
) -> None:
    reading = read_place(text, {})
    assert reading.kind == "maybe"
    assert place in {p.name for p in reading.places}
    assert len({p.state for p in reading.places}) == 1


@pytest.mark.parametrize("text", ["is lee county in the list", "lee county or police"])
def test_a_little_word_after_a_county_is_no_state(text: str) -> None:
    assert len({p.state for p in read_place(text, {}).places}) > 1


def test_a_state_is_lent_to_the_other_place_as_a_guess() -> None:
    sanford, orlando = read_place("de sanford a orlando", {}).parts
    assert {p.state for p in sanford.places} == {"FL"}
    assert (sanford.is_lent, orlando.name) == (True, "Orlando")


def test_a_word_after_a_name_makes_it_another() -> None:
    assert read_place("my town is Naples Grove", {}).name == "Naples Grove"
    assert read_place("is Naples Grove on the list", {}).places == ()


def test_a_made_up_city_is_not_mended_to_a_short_neighbour() -> None:
    assert "Gorham" not in {p.name for p in read_place("gotham city", {}).places}


def test_the_town_of_the_made_up_list_is_known() -> None:
    assert agreements()
    assert Place("town", "Naples", "FL") in gazetteer().places.get("naples")
