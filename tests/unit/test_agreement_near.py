"""A county's own agencies are told from its towns', and police nearby are named."""

from __future__ import annotations

import pytest

from bot.services.agreement_search import Found, search
from tests.unit.agreement_list import DATED, TODAY, overrides, row

LINES = (
    row("FL", "Collier County Sheriff's Office", "JEM", "Collier County"),
    row("GA", "Marietta Police Department", "TFM", "Cobb County", "Municipality"),
    row(
        "TX",
        "Southside Place Police Department",
        "TFM",
        "Harris County",
        "Municipality",
    ),
    row("TX", "Tarrant County Sheriff's Office", "JEM", "Tarrant County"),
    row("TX", "Keller Police Department", "WSO", "Tarrant County", "Municipality"),
    row("MO", "Houston Police Department", "TFM", "Texas County", "Municipality"),
)


def look(text: str) -> Found:
    """Search a short list of made-up lines."""
    return search(text, "en", LINES, overrides(), dated=DATED, today=TODAY)


@pytest.mark.parametrize(
    ("text", "only_towns"),
    [
        ("cobb county georgia sheriff", True),
        ("harris county texas", True),
        ("tarrant county texas", False),
        ("collier county florida", False),
        ("marietta georgia", False),
    ],
)
def test_a_countys_own_agencies_are_told_from_its_towns(
    text: str, only_towns: bool
) -> None:
    found = look(text)
    assert found.kind == "listed"
    assert found.only_towns is only_towns


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("kennesaw georgia", ["Marietta Police Department"]),
        ("bellaire texas", ["Southside Place Police Department"]),
        ("arlington texas", []),
        ("marietta georgia", []),
        ("el paso texas", []),
    ],
)
def test_other_towns_of_the_county_are_near(text: str, near: list[str]) -> None:
    assert [agency.agency for agency in look(text).near] == near


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("austin police", "not_listed"),
        ("nashville police and ice", "not_listed"),
        # Its namesake in Missouri has police on the list.
        ("houston police", "ask_state"),
        # The office's own state has one.
        ("phoenix police", "ask_state"),
        ("garland police", "ask_state"),
        ("does rutgers police have a 287g", "not_listed"),
    ],
)
def test_a_no_for_a_bare_name_is_for_what_everybody_means(text: str, kind: str) -> None:
    assert look(text).kind == kind


def test_the_state_of_the_name_is_offered_before_its_towns() -> None:
    found = look("is there a 287g agreement in washington")
    assert found.kind == "ask_state"
    assert (found.choices[0].label, found.choices[0].text) == ("Washington", "WA")
