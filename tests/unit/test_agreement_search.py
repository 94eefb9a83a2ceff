"""Messy questions about places get the right agencies, or the right question back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.languages import Language
from bot.services.agreement_search import Found, search
from tests.unit.agreement_list import DATED, TODAY, agreements, overrides, row
from tests.unit.place_questions import (
    ASK_PLACE,
    ASK_STATE,
    LISTED,
    NO_PLACE,
    NOT_LISTED,
)


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
