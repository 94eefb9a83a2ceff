"""Whether a place has an agreement is answered from the list, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from bot.core.agreements import Snapshot
from bot.core.understanding import Understanding
from bot.knowledge.base import KnowledgeBase
from bot.services.answers import Answers
from bot.services.context import Context
from bot.services.place_answers import PlaceAnswers, list_at
from tests.builders import message
from tests.fakes import FakeLibrary
from tests.unit.agreement_list import DATED, TODAY, agreements, overrides
from tests.unit.conftest import THRESHOLDS

NOW = datetime(2026, 7, 2, tzinfo=timezone.utc)
LIST = Snapshot(1, DATED, NOW, "sheet.xlsx", tuple(agreements()))
COUNTY = {"ask_county": 0.7, "ask_287g": 0.2}


@pytest.fixture
def places() -> PlaceAnswers:
    return PlaceAnswers(lambda: LIST, overrides, lambda: TODAY)


def asked(text: str, **fields: object) -> Understanding:
    return message(text, "ask_county", **{"intents": COUNTY, **fields})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("do the cops in collier county work with ice", "answer"),
        ("hay acuerdo en el condado de Collier?", "answer"),
        ("does orange county have a 287g agreement", "clarify"),
        ("does my county have an agreement", "clarify"),
    ],
)
def test_a_place_is_looked_up_or_asked_back(
    text: str, kind: str, places: PlaceAnswers, small_knowledge: KnowledgeBase
) -> None:
    found = places.find(asked(text), Context(), small_knowledge)
    assert found is not None
    assert found[0].kind == kind


@pytest.mark.parametrize(
    ("text", "intent", "intents"),
    [
        ("what is a 287(g) agreement", "ask_287g", COUNTY),
        ("how much is bond in collier county", "ask_detained", {"ask_detained": 1.0}),
        (
            "does the nypd work with ice",
            "ask_state",
            {"ask_state": 0.9, "ask_county": 0.1},
        ),
    ],
    ids=["about the law", "about something else", "of another subject"],
)
def test_other_questions_are_left_to_the_entries(
    text: str,
    intent: str,
    intents: dict[str, float],
    places: PlaceAnswers,
    small_knowledge: KnowledgeBase,
) -> None:
    said = message(text, intent, intents=intents)
    assert places.find(said, Context(), small_knowledge) is None


def test_without_a_list_the_entries_speak(
    places: PlaceAnswers, small_knowledge: KnowledgeBase
) -> None:
    without = replace(places, current=lambda: None)
    said = asked("do the cops in collier county work with ice")
    assert without.find(said, Context(), small_knowledge) is None


def test_what_is_typed_after_asking_back_is_the_place(
    places: PlaceAnswers, small_knowledge: KnowledgeBase
) -> None:
    first = places.find(
        asked("does my county have an agreement"), Context(), small_knowledge
    )
    assert first is not None
    assert first[1].asked_place
    said = message("Collier County Florida", "out_of_scope", intents={})
    second = places.find(said, first[1], small_knowledge)
    assert second is not None
    assert second[0].kind == "answer"
    assert second[1].asked_place == ""


def test_the_state_alone_settles_which_of_two_counties(
    places: PlaceAnswers, small_knowledge: KnowledgeBase
) -> None:
    first = places.find(
        asked("does orange county have a 287g agreement"), Context(), small_knowledge
    )
    assert first is not None
    said = message("texas", "out_of_scope", intents={})
    second = places.find(said, first[1], small_knowledge)
    assert second is not None
    assert "Orange County" in second[0].values["agencies"]
    assert "Texas" in str(second[0].values)


def test_a_place_alone_is_taken_for_the_question(
    places: PlaceAnswers, small_knowledge: KnowledgeBase
) -> None:
    said = message("Collier County, Florida", "ask_agreement")
    found = places.find(said, Context(), small_knowledge)
    assert found is not None
    assert found[0].kind == "answer"
    elsewhere = message("Collier County, Florida", "ask_detained")
    assert places.find(elsewhere, Context(), small_knowledge) is None


def test_a_pressed_place_is_looked_up(
    places: PlaceAnswers, small_knowledge: KnowledgeBase
) -> None:
    first = places.find(
        asked("does orange county have a 287g agreement"), Context(), small_knowledge
    )
    assert first is not None
    payload = first[0].buttons[0].payload
    place = payload.removeprefix('/ask_agreement{"place": "').removesuffix('"}')
    said = message(payload, "ask_agreement", entities={"place": (place,)})
    found = places.find(said, first[1], small_knowledge)
    assert found is not None
    assert found[0].kind == "answer"


def test_a_place_is_asked_for_only_once(
    places: PlaceAnswers, small_knowledge: KnowledgeBase
) -> None:
    said = asked("does my county have an agreement")
    first = places.find(said, Context(), small_knowledge)
    assert first is not None
    assert places.find(said, first[1], small_knowledge) is None


def test_a_plain_question_is_answered_whatever_its_intent(
    places: PlaceAnswers, small_knowledge: KnowledgeBase
) -> None:
    text = "do the cops in collier county work with ice"
    said = message(text, "ask_consult", intents={"ask_consult": 0.9})
    found = places.find(said, Context(), small_knowledge)
    assert found is not None
    assert found[0].kind == "answer"


def test_another_place_goes_on_from_the_answer_before(
    places: PlaceAnswers, small_knowledge: KnowledgeBase
) -> None:
    first = places.find(
        asked("does collier county florida have one"), Context(), small_knowledge
    )
    assert first is not None
    assert first[1].told_place == "Collier County, Florida"
    said = message("and nassau county?", "out_of_scope", intents={"out_of_scope": 0.9})
    second = places.find(said, first[1], small_knowledge)
    assert second is not None
    assert second[0].values["place"] == "Nassau County, Florida"
    assert places.find(said, Context(), small_knowledge) is None


def test_a_correction_is_looked_up_alone(
    places: PlaceAnswers, small_knowledge: KnowledgeBase
) -> None:
    first = places.find(
        asked("does orange county have a 287g agreement"), Context(), small_knowledge
    )
    assert first is not None
    said = message("sorry i meant collier county florida", "ask_county")
    second = places.find(said, first[1], small_knowledge)
    assert second is not None
    assert second[0].values["place"] == "Collier County, Florida"


def test_who_cannot_name_the_county_is_told_how_and_asked_on(
    places: PlaceAnswers, small_knowledge: KnowledgeBase
) -> None:
    before = Context("es", asked_place="hay acuerdo en mi condado")
    page = "https://office.example/agreements"
    said = message("no se como se llama, tengo miedo", "deny", language="es")
    found = replace(places, page=page).find(said, before, small_knowledge)
    assert found is not None
    assert found[0].phrases == ("agreements_kind", "agreements_find_county")
    assert found[0].values["page"] == page
    assert found[1].asked_place == before.asked_place


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("does collier county florida have one", "models_overview"),
        ("does cobb county georgia have one", "model_jail"),
        ("does suffolk county massachusetts have one", "county_no_match"),
    ],
)
def test_what_the_answer_means_is_told_by_its_entry(
    text: str, entry: str, places: PlaceAnswers, knowledge: KnowledgeBase
) -> None:
    first = places.find(asked(text), Context(), knowledge)
    assert first is not None
    said = message("what does that mean for me", "ask_287g")
    second = places.find(said, first[1], knowledge)
    assert second is not None
    assert second[0].entries == (entry,)
    assert second[1].told_place == first[1].told_place


def test_an_entry_that_no_attorney_approved_is_not_told(
    places: PlaceAnswers, knowledge: KnowledgeBase
) -> None:
    context = Context(told_place="Collier County, Florida", topic=("model_jail",))
    said = message("what does that mean for me", "ask_287g")
    strict = replace(places, require_approved=True)
    is_approved = knowledge.entries["model_jail"].status == "approved"
    assert (strict.find(said, context, knowledge) is not None) == is_approved


@pytest.mark.parametrize(
    "text",
    ["do chatanooga cops work w ice", "does murfresboro police have 287g"],
)
def test_a_mistyped_town_without_a_state_is_asked_back(
    text: str, places: PlaceAnswers, small_knowledge: KnowledgeBase
) -> None:
    said = message(text, "ask_287g", intents={"ask_287g": 0.9})
    found = places.find(said, Context(), small_knowledge)
    assert found is not None
    assert found[0].kind == "clarify"
    assert found[0].buttons


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("el sheriff de davidson coopera con ice? vivo en nashville", "Nashville"),
        ("does collier county sheriff help ice? i live in naples", "Naples"),
    ],
)
def test_a_town_in_the_county_that_was_named_is_one_place(
    text: str, place: str, places: PlaceAnswers, small_knowledge: KnowledgeBase
) -> None:
    found = places.find(asked(text), Context(), small_knowledge)
    assert found is not None
    assert found[0].kind == "answer"
    assert found[0].values["place"].startswith(place)
    assert not found[0].buttons


def test_the_list_is_looked_through_at_the_offices_own_address() -> None:
    assert list_at("https://office.example") == "https://office.example/agreements"
    assert list_at("") == "https://www.ice.gov/identify-and-arrest/287g"


def test_no_as_an_answer_to_the_question_for_the_place_is_heard(
    places: PlaceAnswers, small_library: FakeLibrary
) -> None:
    answers = Answers(small_library, THRESHOLDS, False, places)
    asked_back = Context(asked_place="does my county have one", misses=1)
    said = message("neither", "deny", intents={"deny": 0.9})
    outcome = answers.make_small_talk(said, asked_back)
    assert outcome.reply.phrases == ("agreements_find_county",)
    assert outcome.context.asked_place == asked_back.asked_place


def test_more_of_an_answer_from_the_list_is_its_entry_from_the_beginning(
    places: PlaceAnswers, small_library: FakeLibrary
) -> None:
    answers = Answers(small_library, THRESHOLDS, False, places)
    told = Context(told_place="Collier County, Florida", topic=("jail_hold",))
    said = message("what does that mean for me", "ask_more")
    reply = answers.continue_topic(said, told).reply
    assert (reply.entries, reply.part) == (("jail_hold",), "short")
