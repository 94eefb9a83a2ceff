"""A place's answer: never an unasked no, its county too, and the agency asked about."""

from __future__ import annotations

import pytest

from bot.core.agreements import Agreement
from bot.core.languages import Language
from bot.services.agreement_asked import names_agency
from bot.services.agreement_search import Found, search
from tests.unit.agreement_list import DATED, TODAY, agreements, overrides, row

EXTRA = (
    row("FL", "Hialeah Police Department", "TFM", "Miami-Dade County", "Municipality"),
    row("FL", "University of Central Florida Police Department", "TFM", kind="Other"),
    row("TX", "Bexar County Sheriff's Office", "WSO", "Bexar County"),
    row("TX", "Bexar County Constable Precinct 3", "TFM", "Bexar County"),
    row(
        "LA", "Louisiana Department of Wildlife & Fisheries", "TFM", kind="State Agency"
    ),
    row("KS", "Sedgwick County Sheriff's Office", "WSO", "Sedgwick County"),
    row("TN", "Knox County Sheriff's Office", "JEM", "Knox County"),
)


def look(text: str, language: Language = "en") -> Found:
    """Search the made-up list and some lines more."""
    lines = (*agreements(), *EXTRA)
    return search(text, language, lines, overrides(), dated=DATED, today=TODAY)


# A town without an agency of its own, and its county's.
ONLY_COUNTY = [
    ("converse tx police", "Bexar County Sheriff's Office"),
    ("derby kansas", "Sedgwick County Sheriff's Office"),
    ("farragut tn", "Knox County Sheriff's Office"),
    ("hay acuerdo en marco island", "Collier County Sheriff’s Office"),
    ("nashua nh", "Hillsborough County Sheriff's Office"),
]


@pytest.mark.parametrize(("text", "agency"), ONLY_COUNTY)
def test_a_town_has_its_countys_sheriff(text: str, agency: str) -> None:
    found = look(text)
    assert (found.kind, found.sort, found.only_county) == ("listed", "town", True)
    assert agency in {a.agency for a in found.county_agencies}
    assert found.counties


def test_a_towns_own_come_before_its_countys() -> None:
    found = look("hialeah, florida")
    assert [a.agency for a in found.agencies] == [
        "Hialeah Police Department",
        "Miami-Dade Sheriff's Office",
    ]
    assert [a.agency for a in found.county_agencies] == ["Miami-Dade Sheriff's Office"]
    assert not found.only_county
    assert look("hialeah florida", "es").counties == ("condado de Miami-Dade",)


# A bare name, and the only kinds that may be said of it.
UNASKED = [
    ("woodbridge", "ask_state"),
    ("sunset", "ask_state"),
    ("boston", "ask_state"),
    ("chattanooga", "ask_state"),
    ("hialeah", "listed"),
    ("syracuse", "not_listed"),
    ("north florida police", "listed"),
    ("weehawken", "not_listed"),
    ("salt lake county", "not_listed"),
    ("albuquerque", "not_listed"),
    ("philly", "not_listed"),
]


@pytest.mark.parametrize(("text", "kind"), UNASKED)
def test_a_no_is_not_said_of_a_place_that_was_guessed(text: str, kind: str) -> None:
    assert look(text).kind == kind


@pytest.mark.parametrize("text", ["springfield", "lakewood", "washington county"])
def test_the_offices_states_stand_first_among_those_offered(text: str) -> None:
    found = look(text)
    states = [choice.text.rpartition(", ")[2] for choice in found.choices]
    office = [state for state in ("NY", "NJ") if state in found.states]
    assert office
    assert states[: len(office)] == office
    assert found.may_write


@pytest.mark.parametrize(
    ("text", "states"),
    [("springfield", {"IL", "MA", "MO"}), ("portland", {"OR", "ME"})],
)
def test_the_states_that_people_mean_are_offered(text: str, states: set[str]) -> None:
    offered = {choice.text.rpartition(", ")[2] for choice in look(text).choices}
    assert states <= offered


# An agency as the sheet has it, and a town or county that must find it.
TIED = [
    (row("PA", "Altoona City Police Department", "TFM", "Blair County"), "altoona pa"),
    (row("AR", "Magnolia City PD", "TFM", kind="Municipality"), "magnolia ar"),
    (
        row("FL", "Ocala Police Services Department", "TFM", kind="Municipality"),
        "ocala fl",
    ),
    (row("FL", "Sunny Isles Police Department", "TFM"), "sunny isles beach fl"),
    (row("FL", "Sunny Isles Police Department", "TFM"), "sunny isles florida"),
    (row("TX", 'Cut "N" Shoot Police Department', "TFM"), "cut and shoot tx"),
    (
        row("VA", "Lynchburg County Sheriff's Office", "WSO", "Lynchburg County"),
        "lynchburg va",
    ),
    (
        row("FL", "Miami-Dade Corrections", "WSO", "Miami-Dade County"),
        "hialeah gardens fl",
    ),
]


@pytest.mark.parametrize(("line", "text"), TIED, ids=[t for _, t in TIED])
def test_an_agency_is_tied_to_its_place(line: Agreement, text: str) -> None:
    found = search(text, "en", [line], {}, dated=DATED, today=TODAY)
    assert [a.agency for a in found.agencies] == [line.agency]


# An agency, and a question that it is no answer to.
NOT_TIED = [
    (row("FL", "Lake City Police Department", "TFM", kind="Municipality"), "lake fl"),
    (
        row("OK", "Oklahoma City Police Department", "TFM", kind="Municipality"),
        "tulsa ok",
    ),
    (
        row(
            "PA",
            "Pennsylvania State Constable's Office, Toby Township",
            "TFM",
            "Clarion County",
            "Municipality",
        ),
        "scranton pa",
    ),
]


@pytest.mark.parametrize(("line", "text"), NOT_TIED, ids=[t for _, t in NOT_TIED])
def test_an_agency_is_tied_to_no_other(line: Agreement, text: str) -> None:
    found = search(text, "en", [line], {}, dated=DATED, today=TODAY)
    assert (found.agencies, found.statewide) == ((), ())


def test_a_misspelt_town_gets_no_no() -> None:
    assert look("zzyzx springz, florida").kind == "ask_place"
    assert look("exactly Zzyzx, FL").kind == "not_listed"


# The agency asked about, and whether the list has it.
ASKED = [
    ("does UCF police work with ice", "University of Central Florida", True),
    ("troopers de florida", "Florida Highway Patrol", True),
    ("fhp and ice", "Florida Highway Patrol", True),
    ("game wardens in louisiana", "Louisiana Department of Wildlife", True),
    ("constables precinct 3 bexar county", "Bexar County Constable Precinct 3", True),
    ("state prisons in massachusetts", "Massachusetts Department of Corr", True),
    ("michigan state police", "the state police", False),
    ("alabama game wardens", "the game wardens", False),
    ("ohio state university police", "Ohio State University", False),
    ("montclair state university police", "Montclair State University", False),
    ("coast guard in florida", "the Coast Guard", False),
]


@pytest.mark.parametrize(("text", "agency", "is_listed"), ASKED)
def test_the_agency_that_is_asked_about_comes_first(
    text: str, agency: str, is_listed: bool
) -> None:
    found = look(text)
    assert (found.asked_listed, found.asked.startswith(agency)) == (is_listed, True)
    assert found.kind == ("listed" if is_listed else "not_listed")
    if is_listed:
        assert found.agencies[0].agency.startswith(agency)
    else:
        assert found.agencies == ()


@pytest.mark.parametrize("text", ["college park georgia", "college station tx police"])
def test_a_town_named_after_a_college_is_no_campus(text: str) -> None:
    assert look(text).asked == ""


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("usf police and ice", True),
        ("do the troopers help ice", True),
        ("campus cops", True),
        ("la policia de mi pueblo", False),
        ("I study at a university", False),
    ],
)
def test_a_message_that_names_an_agency_is_known_to(text: str, is_one: bool) -> None:
    assert names_agency(text) is is_one


def test_troopers_without_a_state_are_asked_for_it() -> None:
    found = look("do the state troopers work with ice")
    assert (found.kind, found.choices) == ("ask_state", ())


def test_each_of_two_places_is_answered() -> None:
    found = look("vivo en naples florida y trabajo en houston texas", "es")
    kinds = [(one.kind, one.place) for one in (found, *found.also)]
    assert kinds == [("listed", "Naples, Florida"), ("not_listed", "Houston, Texas")]


def test_questions_come_after_answers() -> None:
    found = look("from springfield to hialeah")
    assert [one.kind for one in (found, *found.also)] == ["listed", "ask_state"]


def test_one_place_by_two_names_is_answered_once() -> None:
    assert look("is indy on the list? (indianapolis)").also == ()


def test_two_counties_are_both_answered() -> None:
    found = look("nassau county or suffolk county ny")
    assert [one.place for one in (found, *found.also)] == [
        "Nassau County, New York",
        "Suffolk County, New York",
    ]


@pytest.mark.parametrize(
    ("text", "place", "the"),
    [
        ("condado de lee", "condado de Lee", "el condado de Lee"),
        ("springfield", "Springfield", "Springfield"),
    ],
)
def test_a_place_has_its_article_in_spanish(text: str, place: str, the: str) -> None:
    found = look(text, "es")
    assert (found.place, found.place_the) == (place, the)


def test_nobody_reads_of_the_town_of_a_town() -> None:
    for text in ("decatur georgia", "springfield", "naplles fl"):
        assert not [c for c in look(text, "es").choices if "town of" in c.label]


def test_a_place_abroad_is_told() -> None:
    found = look("hay acuerdo en san pedro sula honduras", "es")
    assert (found.kind, found.foreign) == ("no_place", "San Pedro Sula")


def test_a_sheriff_named_after_a_city_is_its_countys() -> None:
    lines = [row("FL", "Jacksonville Sheriff's Office", "TFM", "Duval County")]
    for text in ("duval county fl", "jacksonville beach fl", "jacksonville fl"):
        found = search(text, "en", lines, {}, dated=DATED, today=TODAY)
        assert found.kind == "listed"
