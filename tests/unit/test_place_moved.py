"""What goes on from an answer: short words, a mistyped town, "them" for ICE."""

from __future__ import annotations

import pytest

from bot.services.agreement_questions import weigh_question
from bot.services.context import Context
from bot.services.place_moved import mistyped_after
from bot.services.place_turns import turn_of
from tests.builders import message

TOLD = Context(told_place="Nashville, Tennessee", topic=("model_wso",))
ENTRY = Context(topic=("what_is_287g",))


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("y Clarksvile", "town of Clarksvile, TN"),
        ("and Murfreesbro?", "town of Murfreesbro, TN"),
        ("y la fianza", ""),
        ("and the lawyer", ""),
        ("thanks", ""),
    ],
)
def test_a_mistyped_town_goes_on_in_the_state_of_before(text: str, town: str) -> None:
    assert mistyped_after(text, "TN") == town
    assert mistyped_after(text, "") == ""


# After an answer about Nashville: what is looked up.
GOING_ON = [
    ("y Clarksvile", "town of Clarksvile, TN"),
    ("y la policia de Franklin trabaja con ellos?", "Franklin"),
    ("do the cops in Gallatin work with them", "Gallatin"),
    ("and the police of Clarksville help them?", "Clarksville"),
]


@pytest.mark.parametrize(("text", "said"), GOING_ON)
def test_a_short_question_goes_on(text: str, said: str) -> None:
    turn = turn_of(message(text, "ask_county", intents={"ask_county": 0.4}), TOLD, {})
    assert turn is not None
    assert (turn.kind, said in turn.text) == ("look", True)


@pytest.mark.parametrize(
    "text",
    ["ok and in my town, Sterling VA?", "y en mi pueblo, Siler City NC?"],
)
def test_the_visitors_town_goes_on_from_an_entry(text: str) -> None:
    turn = turn_of(message(text, "ask_state", intents={"ask_state": 0.7}), ENTRY, {})
    assert turn is not None
    assert turn.kind == "look"


@pytest.mark.parametrize(
    "text",
    ["what does that mean for me if i get a ticket", "y eso que significa para mi"],
)
def test_what_it_means_may_be_asked_in_more_words(text: str) -> None:
    turn = turn_of(message(text, "ask_rights", intents={"ask_rights": 0.5}), TOLD, {})
    assert turn is not None
    assert turn.kind == "meaning"


@pytest.mark.parametrize(
    "text",
    [
        "what does it mean when a judge signs an order for me to leave",
        "que significa si el juez cierra mi caso de asilo aqui",
    ],
)
def test_another_word_is_not_explained_as_the_agreement(text: str) -> None:
    turn = turn_of(message(text, "ask_rights", intents={"ask_rights": 0.5}), TOLD, {})
    assert turn is None


# How surely these ask for the list.
WEIGHED = [
    ("is Ocala on the ICE list", True),
    ("Lakeland cops ice list??", True),
    ("la policia estatal de Nueva York coopera con la migra?", True),
    ("do New Jersey state troopers work with ICE", True),
    ("can New Jersey state police work with ICE", False),
    ("am i on the ice list", False),
    ("the ice list of detention centers", False),
]


@pytest.mark.parametrize(("text", "is_plain"), WEIGHED)
def test_the_ice_list_and_a_states_own_police_are_plain(
    text: str, is_plain: bool
) -> None:
    assert (weigh_question(text) == "plain") is is_plain


@pytest.mark.parametrize(
    ("asked", "text", "place"),
    [
        ("does springfield have a 287g", "the one in mass", "town of Springfield, MA"),
        ("is there a 287g in Easton", "the one in penn", "town of Easton, PA"),
    ],
)
def test_a_states_short_form_answers(asked: str, text: str, place: str) -> None:
    turn = turn_of(
        message(text, "ask_county", intents={"ask_county": 0.3}),
        Context(asked_place=asked),
        {},
    )
    assert turn is not None
    assert turn.text == place
