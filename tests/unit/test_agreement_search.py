"""Messy questions about places get the right agencies, or the right question back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.languages import Language
from bot.services.agreement_search import Found, search
from tests.unit.agreement_list import DATED, TODAY, agreements, overrides, row

COLLIER = "Collier County Sheriff’s Office"
NAPLES = "Naples Police Department"
JAX = "Jacksonville Sheriff's Office"
DADE = "Miami-Dade Sheriff's Office"
DORAL = "Doral Police Department"
ORANGE_FL = "Orange County Corrections Department"
ORANGE_SO = "Orange County Sheriff's Office"
ORANGE_PD = "Orange Police Department"
NUECES = ("Nueces County Sheriff's Office", "Neuces County Constable Precinct 5")
JAIL_VA = "Rappahannock, Shenandoah, Warren Regional Jail Authority"
FRANKLIN_PA = "County of Franklin / Franklin County Jail"
RENSSELAER = "Rensselaer County Sheriff's Office"
# A question and the agencies that are right for it.
LISTED: list[tuple[str, tuple[str, ...]]] = [
    ("do the cops in collier county work with ice", (COLLIER,)),
    ("Is there a 287(g) agreement in Collier County, Florida?", (COLLIER,)),
    ("hay acuerdo en el condado de collier", (COLLIER,)),
    ("EL SHERIFF DE COLLIER TRABAJA CON LA MIGRA?", (COLLIER,)),
    ("collier sheriff 287g", (COLLIER,)),
    ("what about collier", (COLLIER,)),
    ("coller county fl does it work w ice", (COLLIER,)),
    ("collier county florda", (COLLIER,)),
    ("Collier Co. SO", (COLLIER,)),
    ("condado collier la policia coopera con ice", (COLLIER,)),
    ("collier", (COLLIER,)),
    ("mi condado es Collier", (COLLIER,)),
    ("naples, collier county", (NAPLES, COLLIER)),
    ("is the naples police in florida signed up", (NAPLES,)),
    ("vivo en Naples Florida, hay acuerdo?", (NAPLES,)),
    ("town of naples, fl", (NAPLES,)),
    ("does the jacksonville sheriff fl help ice", (JAX,)),
    ("jax 287g", (JAX,)),
    ("miami dade county", (DADE, DORAL)),
    ("Dade county florida sheriff", (DADE, DORAL)),
    ("condado de miami-dade", (DADE, DORAL)),
    ("miami fl police", ("City of Miami Police Department",)),
    ("doral, florida", (DORAL, DADE)),
    ("la policia de doral fl trabaja con ice", (DORAL, DADE)),
    ("nassau county florida", ("Nassau County Sheriff's Office",)),
    ("Nassau County, FL", ("Nassau County Sheriff's Office",)),
    ("condado de nassau en florida", ("Nassau County Sheriff's Office",)),
    ("orange county fl jail", (ORANGE_FL,)),
    ("orange city florida", ("Orange City Police Department",)),
    ("howey in the hills fl", ("Howey in the Hills Police Department",)),
    ("lake county, FL", ("Howey in the Hills Police Department",)),
    ("palm beach county", ("Palm Beach County Sheriff's Office",)),
    ("town of Orange, TX", (ORANGE_PD,)),
    ("orange county texas", (ORANGE_SO, ORANGE_PD)),
    ("nueces county", NUECES),
    ("el condado de nueces tejas", NUECES),
    ("neuces county tx", NUECES),
    ("overton tx police", ("Overton Police Department",)),
    ("san patricio county", ("Taft Police Department",)),
    ("houston county texas", ("Houston County Sheriff's Office",)),
    ("houston missouri", ("Houston Police Department",)),
    ("decatur county georgia", ("Decatur County Sheriff's Office",)),
    ("cobb county", ("Cobb County Sheriff's Office",)),
    ("franklin county alabama", ("Franklin County Sheriff's Office",)),
    ("franklin county pa", (FRANKLIN_PA, "Franklin Police Department")),
    ("unity township pa", ("Constable Unity Township",)),
    ("benton pa", ("Benton Borough Police Department",)),
    ("benton borough pensilvania", ("Benton Borough Police Department",)),
    ("warren county va", (JAIL_VA,)),
    ("Rappahannock County jail, works with immigration?", (JAIL_VA,)),
    ("washington county virginia", ("Washington County Sheriff's Office",)),
    ("bossier parish", ("Bossier Parish Sheriff's Office",)),
    ("parroquia de bossier luisiana", ("Bossier Parish Sheriff's Office",)),
    ("newton nh", ("Newton Police Department",)),
    ("gilford new hampshire", ("Gilford Police Department",)),
    ("hillsborough county NH", ("Hillsborough County Sheriff's Office",)),
    ("de kalb county indiana", ("DeKalb County Sheriff's Office",)),
    ("dekalb county in indiana", ("DeKalb County Sheriff's Office",)),
    ("massachusetts", ("Massachusetts Department of Corrections",)),
    ("hay acuerdo en masachusetts", ("Massachusetts Department of Corrections",)),
    ("las vegas", ("Las Vegas Metropolitan Police Department",)),
    ("vegas cops and ice", ("Las Vegas Metropolitan Police Department",)),
    ("douglas county nevada", ("Douglas County Sheriff's Office",)),
    ("saint louis county minnesota", ("St. Louis County Sheriff's Office",)),
    ("rensselaer county", (RENSSELAER,)),
    ("Rensselear county ny jail", (RENSSELAER,)),
    ("condado de rensselaer nueva york", (RENSSELAER,)),
    ("new york", (RENSSELAER,)),
    ("does the Florida Highway Patrol work with ICE", ("Florida Highway Patrol",)),
    ("florida department of corrections", ("Florida Department of Corrections",)),
    ("Orange Police Department, TX", (ORANGE_PD,)),
    ("constable unity township pa", ("Constable Unity Township",)),
    ("hay acuerdos en nueva york", (RENSSELAER,)),
]
# A question about a place of which the list, or the override, shows nothing.
NOT_LISTED: list[tuple[str, str]] = [
    ("nassau county ny", "Nassau County, New York"),
    ("the police in nassau, long island", "Nassau, New York"),
    ("condado de nassau nueva york", "Nassau County, New York"),
    ("camden police ny", "Camden, New York"),
    ("Camden Police Department, NY", "Camden, New York"),
    ("does brooklyn work with ice", "Brooklyn (Kings County), New York"),
    ("queens", "Queens County, New York"),
    ("el bronx coopera con la migra?", "Bronx County, New York"),
    ("staten island cops", "Staten Island (Richmond County), New York"),
    ("nyc", "New York City, New York"),
    ("does the NYPD work with ICE", "New York City, New York"),
    ("bergen county", "Bergen County, New Jersey"),
    ("hay acuerdo en union city nj", "Union City, New Jersey"),
    ("jersey", "New Jersey"),
    ("my town is Danbury CT", "Danbury, Connecticut"),
    ("conneticut", "Connecticut"),
    ("milford nh", "Milford, New Hampshire"),
    ("boston massachusetts", "Boston, Massachusetts"),
    ("town of houston, tx", "Houston, Texas"),
    ("dallas county texas", "Dallas County, Texas"),
    ("Salt Lake County", "Salt Lake County, Utah"),
    ("exactly Naplles, FL", "Naplles, Florida"),
]
# A name in several states: the states asked about, all or some of them.
ASK_STATE: list[tuple[str, tuple[str, ...]]] = [
    ("hay acuerdo en el condado de Nassau?", ("FL", "NY")),
    ("nassau", ("FL", "NY")),
    ("does nasau county work with ice", ("FL", "NY")),
    ("orange county", ("CA", "FL", "NY", "TX")),
    ("condado de orange", ("CA", "FL", "NY", "TX")),
    ("washington", ("NY", "VA", "WA")),
    ("washington county", ("NY", "VA")),
    ("do the cops in franklin work with immigration", ("AL", "PA")),
    ("my town is Danbury", ("CT",)),
    ("mi pueblo es danbury", ("CT",)),
    ("houston", ("MO", "TX")),
    ("dallas", ("GA", "TX")),
    ("jackson county sheriff", ("FL", "MS")),
    ("lee county", ("AL", "FL")),
    ("naples", ("FL",)),
    ("doral", ("FL",)),
    ("gilford", ("NH",)),
    ("hillsborough county", ("FL", "NH")),
    ("douglas co", ("GA", "NV")),
    ("policia de camden", ("NJ", "NY")),
    ("my town is Zzyzxville", ()),
]
# A name that is no one place: what is offered.
ASK_PLACE: list[tuple[str, tuple[str, ...]]] = [
    ("long island", ("Nassau County, NY", "Suffolk County, NY")),
    ("la isla", ("Nassau County, NY", "Suffolk County, NY", "Puerto Rico")),
    ("Orange, TX", ("Orange County, TX", "town of Orange, TX")),
    ("vivo en houston texas", ("Houston County, TX", "town of Houston, TX")),
    ("Naplles FL", ("town of Naples, FL", "exactly Naplles, FL")),
    (
        "nassau county or suffolk county ny",
        ("Nassau County, NY", "Suffolk County, NY"),
    ),
    ("PBSO", ("Palm Beach County, FL",)),
    ("is CCSO signed up", ("Collier County, FL", "Cobb County, GA")),
    ("collier county ny", ("Collier County, FL",)),
    ("blorpington county", ()),
]
NO_PLACE = [
    "do the cops work with ice",
    "hay acuerdo en mi condado?",
    "EN MI CONDADO HAY ACUERDO",
    "is there an agreement where i live",
    "do they work with ice in general",
    "soy de Honduras, la policia trabaja con la migra?",
    "in la or me or hi ok",
    "",
]


def look(text: str, language: Language = "en", **given: object) -> Found:
    """Search the made-up list."""
    settings: dict[str, object] = {"dated": DATED, "today": TODAY, **given}
    return search(text, language, agreements(), overrides(), **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "agencies"), LISTED, ids=[t for t, _ in LISTED])
def test_the_agencies_of_a_place_are_found(
    text: str, agencies: tuple[str, ...]
) -> None:
    found = look(text)
    assert found.kind == "listed"
    assert sorted(a.agency for a in found.agencies) == sorted(agencies)


@pytest.mark.parametrize(("text", "place"), NOT_LISTED, ids=[t for t, _ in NOT_LISTED])
def test_a_place_that_is_not_on_the_list_is_named(text: str, place: str) -> None:
    found = look(text)
    assert (found.kind, found.place) == ("not_listed", place)
    assert found.agencies == ()


@pytest.mark.parametrize(("text", "states"), ASK_STATE, ids=[t for t, _ in ASK_STATE])
def test_a_name_of_several_states_is_asked_back(
    text: str, states: tuple[str, ...]
) -> None:
    found = look(text)
    assert found.kind == "ask_state"
    assert set(states) <= set(found.states)
    assert found.agencies == ()


@pytest.mark.parametrize(("text", "offered"), ASK_PLACE, ids=[t for t, _ in ASK_PLACE])
def test_a_name_that_is_no_one_place_is_asked_back(
    text: str, offered: tuple[str, ...]
) -> None:
    found = look(text)
    assert found.kind == "ask_place"
    assert tuple(choice.text for choice in found.choices) == offered


@pytest.mark.parametrize("text", NO_PLACE)
def test_without_a_place_it_is_asked_for(text: str) -> None:
    assert look(text).kind == "no_place"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "text", [text for text, _ in (*ASK_STATE, *ASK_PLACE)], ids=lambda t: t
)
def test_every_choice_that_is_offered_leads_to_an_answer(
    text: str, language: Language
) -> None:
    for choice in look(text, language).choices:
        found = look(choice.text, language)
        again = [c.text for c in found.choices]
        # A name such as "Dallas, TX" may still be a county's and a town's.
        assert choice.text not in again
        assert found.kind in ("listed", "not_listed", "ask_place")


def test_a_known_state_chooses_between_namesakes() -> None:
    assert look("nassau county", state="NY").place == "Nassau County, New York"
    assert look("nassau county", state="FL").kind == "listed"


def test_a_state_in_the_words_counts_more_than_one_known_from_before() -> None:
    assert look("nassau county florida", state="NY").states == ("FL",)


def test_a_known_state_without_such_a_place_changes_nothing() -> None:
    assert look("nassau county", state="CT").kind == "ask_state"


def test_the_override_wins_over_the_sheet() -> None:
    found = look("nassau county ny")
    assert found.override is not None
    assert found.override.state == "NY"
    assert found.dated == found.override.as_of


def test_an_agency_on_several_lines_is_one_agency_with_all_its_models() -> None:
    (agency,) = look("collier county").agencies
    assert [line.model for line in agency.lines] == ["TFM", "WSO"]


def test_straight_and_curly_apostrophes_are_one_agency() -> None:
    lines = (
        row("TX", "Wise County Sheriff's Office", "TFM", "Wise County"),
        row("TX", "Wise County Sheriff’s Office ", "WSO", "Wise County"),
    )
    found = search("wise county tx", "en", lines, {}, dated=DATED, today=TODAY)
    assert len(found.agencies) == 1


def test_the_states_own_agencies_are_told_beside_a_place() -> None:
    found = look("boston massachusetts")
    names = [agency.agency for agency in found.statewide]
    assert names == ["Massachusetts Department of Corrections"]


AGES = [
    (0, "listed", False),
    (44, "listed", False),
    (45, "listed", True),
    (120, "listed", True),
    (121, "too_old", False),
    (1000, "too_old", False),
]


@pytest.mark.parametrize(("days", "kind", "is_late"), AGES)
def test_an_old_list_is_late_and_then_says_neither_yes_nor_no(
    days: int, kind: str, is_late: bool
) -> None:
    found = look("cobb county", dated=TODAY - timedelta(days=days))
    assert (found.kind, found.is_late) == (kind, is_late)
    assert bool(found.agencies) == (kind == "listed")


@pytest.mark.parametrize(("days", "kind", "is_late"), AGES)
def test_an_override_grows_old_like_the_list(
    days: int, kind: str, is_late: bool
) -> None:
    by_hand = overrides(as_of=TODAY - timedelta(days=days))
    found = search(
        "rensselaer county", "en", agreements(), by_hand, dated=TODAY, today=TODAY
    )
    assert (found.kind, found.is_late) == (kind, is_late)


def test_without_a_list_nothing_is_said_of_other_states() -> None:
    found = search("collier county", "en", (), {}, dated=None, today=TODAY)
    assert (found.kind, found.agencies) == ("no_list", ())


def test_without_a_list_the_override_still_answers_for_its_state() -> None:
    found = search("rensselaer county", "en", (), overrides(), dated=None, today=TODAY)
    assert found.kind == "listed"


def test_a_name_of_several_states_is_not_asked_about_when_no_answer_could_come() -> (
    None
):
    old = date(2026, 1, 1)
    found = search("orange county", "en", agreements(), {}, dated=old, today=TODAY)
    assert (found.kind, found.choices) == ("too_old", ())


def test_the_places_name_is_spanish_in_spanish() -> None:
    assert look("collier county", "es").place == "condado de Collier, Florida"
    assert look("nassau county ny", "es").place == "condado de Nassau, Nueva York"
    assert look("bossier parish", "es").place == "parroquia de Bossier, Luisiana"
