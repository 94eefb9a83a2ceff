"""Agencies asked about by name: several schools, a sheriff's own name, their labels."""

from __future__ import annotations

import pytest

from bot.core.languages import LANGUAGES, Language
from bot.knowledge.base import KnowledgeBase
from bot.services.agreement_replies import reply_about_place
from bot.services.agreement_search import Found, search
from bot.services.place_unknown import sheriff_named
from bot.services.place_words import words_of
from tests.unit.agreement_list import DATED, TODAY, agreements, overrides, row
from tests.unit.agreement_talk import lead_of

EXTRA = (
    row("FL", "University of Florida Police Department", "TFM", kind="Other"),
    row("FL", "Santa Fe College Police Department", "TFM", kind="Other"),
    row("FL", "University of Central Florida Police Department", "TFM", kind="Other"),
    row("FL", "Florida International University Police Department", "TFM"),
    row("AZ", "Mesa Police Department", "JEM", kind="Municipality"),
    row("TX", "Waller County Sheriff's Office", "WSO", "Waller County"),
    row("TX", "Fort Bend County Sheriff's Office", "JEM", "Fort Bend County"),
)


def look(text: str, language: Language = "en") -> Found:
    """Search the made-up list and some lines more."""
    lines = (*agreements(), *EXTRA)
    return search(text, language, lines, overrides(), dated=DATED, today=TODAY)


def _asked(found: Found) -> list[str]:
    return [one.asked for one in (found, *found.also)]


SEVERAL = [
    ("do UCF and FIU police have 287g", ["Central Florida", "International"]),
    ("is UF on the list? and santa fe college", ["of Florida", "Santa Fe"]),
    ("tiene la UCF acuerdo, y la FIU?", ["Central Florida", "International"]),
    ("university of florida and Miami Dade College", ["of Florida", "Dade College"]),
]


@pytest.mark.parametrize(("text", "names"), SEVERAL)
def test_no_school_is_dropped(text: str, names: list[str]) -> None:
    asked = _asked(look(text))
    assert len(asked) == len(names)
    assert all(name in one for name, one in zip(names, asked)), asked


def test_an_agency_of_one_place_and_another_place_are_both_answered() -> None:
    found = look("is mesa PD in AZ on the list? cousins in phoenix too")
    assert found.asked == "Mesa Police Department"
    assert [one.place for one in found.also] == ["Phoenix, Arizona"]


# A message, and the sheriff's own name in it.
SHERIFFS = [
    ("el sheriff chitwood de la florida", "chitwood"),
    ("does sheriff Ivey of florida help ice", "ivey"),
    ("Grady Judds deputies", "judds"),
    ("Sheriff Unnamed", "unnamed"),
    ("does the sheriff help ice in florida", ""),
    ("el alguacil coopera con ice en georgia", ""),
    ("is the sheriff of collier on the list", ""),
    ("sheriff department in texas", ""),
]


@pytest.mark.parametrize(("text", "name"), SHERIFFS)
def test_a_sheriffs_own_name_is_known_from_other_words(text: str, name: str) -> None:
    assert sheriff_named(words_of(text)) == name


@pytest.mark.parametrize(
    "text",
    [
        "el sheriff chitwood de la florida",
        "does sheriff ivey of florida help",
        "does Sheriff Wayne Ivey help ice",
        "Sheriff Grady Judd of Florida",
    ],
)
def test_a_sheriffs_own_name_asks_for_the_county(
    text: str, knowledge: KnowledgeBase
) -> None:
    found = look(text)
    assert (found.kind, found.of_sheriff, found.agencies) == ("ask_place", True, ())
    told = "\n".join(lead_of(reply_about_place(found, "en", knowledge), knowledge))
    assert "Which county is it?" in told


def test_a_sheriffs_name_beside_its_county_asks_nothing() -> None:
    assert look("sheriff Rambosk of collier county florida").kind == "listed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_agency_is_not_shown_as_the_whole_state(
    language: Language, knowledge: KnowledgeBase
) -> None:
    reply = reply_about_place(look("fiu police 287g", language), language, knowledge)
    assert "agreements_listed_asked" in reply.phrases
    assert reply.values["asked"].startswith("Florida International University")


NAMED = [
    ("a student at Penn State, main campus, university police", "Penn State"),
    ("I go to SUNY New Paltz is university police on the list", "SUNY New Paltz"),
    ("is Rutgers university police on the list", "Rutgers University"),
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_school_is_called_by_its_own_name(text: str, name: str) -> None:
    found = look(text)
    assert found.asked == name
    assert not found.asked_whole.endswith(f"({name})")


def test_a_city_in_no_county_is_not_sent_to_one(knowledge: KnowledgeBase) -> None:
    reply = reply_about_place(look("Richmond Virginia police"), "en", knowledge)
    assert "agreements_own_county" in reply.phrases
    assert "agreements_other_agency" not in reply.phrases


def test_it_is_told_which_county_of_a_town_has_no_agency() -> None:
    found = look("katy texas")
    assert found.counties == ("Harris County", "Fort Bend County", "Waller County")
    assert found.bare_counties == ("Harris County",)
    assert len(found.county_agencies) == 2
