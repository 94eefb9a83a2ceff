"""Whether a place has an agreement is answered from the list, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from bot.core.agreements import Snapshot
from bot.knowledge.base import KnowledgeBase
from bot.services.context import Context
from bot.services.place_answers import PlaceAnswers
from tests.builders import message
from tests.unit.agreement_list import DATED, TODAY, agreements, overrides

NOW = datetime(2026, 7, 2, tzinfo=timezone.utc)
LIST = Snapshot(1, DATED, NOW, "sheet.xlsx", tuple(agreements()))
COUNTY = {"ask_county": 0.7, "ask_287g": 0.2}


@pytest.fixture
def places() -> PlaceAnswers:
    return PlaceAnswers(lambda: LIST, overrides, lambda: TODAY)


def asked(text: str, **fields: object) -> object:
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
            "do the cops in collier county work with ice",
            "ask_misconduct",
            {"ask_misconduct": 0.6, "ask_rights": 0.3},
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
