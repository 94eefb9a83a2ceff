"""What follows a question or an answer is read with it: agencies, corrections, more."""

from __future__ import annotations

import pytest

from bot.services.agreement_questions import weigh_question
from bot.services.context import Context
from bot.services.place_turns import Turn, turn_of
from tests.builders import message

UNSURE = {"out_of_scope": 0.4}
# The question that was asked back, what is typed, and what is looked up.
ANSWERED = [
    ("nassau county sheriff", "long island ny", "Nassau County, NY"),
    ("essex county police", "newark", "town of Newark, NJ"),
    ("nassau 287g", "hempstead", "town of Hempstead, NY"),
    ("is there a deal with the police of union city", "nj", "town of Union City, NJ"),
    ("clay county 287g", "no not florida, texas", "Clay County, TX"),
    ("harris county sheriff", "sorry georgia not texas", "Harris County, GA"),
    ("does the highway patrol help ice", "in georgia", "highway patrol, Georgia"),
    ("HCSO 287g", "florida", "HCSO 287g, Florida"),
]
# What was told, what is typed, and what is looked up.
TOLD = [
    ("Dallas County, Texas", "garland too?", "garland too?"),
    ("Hialeah, Florida", "homestead tambien", "homestead tambien"),
    ("FL", "and ucf?", "and ucf?"),
    ("highway patrol, FL", "y la de texas?", "highway patrol, Texas"),
    (
        "FL",
        "what about the georgia state troopers i mean the highway patrol",
        "what about the georgia state troopers i mean the highway patrol",
    ),
]
WEIGHED = [
    ("does nypd have a 287g", "plain"),
    ("CCSO agreement with ice", "likely"),
    ("does ocean county hand people over to ice", "plain"),
    ("my cousin was arrested in Dover NJ, does Dover have an agreement", "likely"),
    ("my brother in law lives in Dover NJ, do the cops work with ice", "plain"),
    ("the sheriff of essex county handed my son to ice", "none"),
    ("ALSO DO I HAVE TO ANSWER", "none"),
    ("my landlord in union city says he will hand us to ice", "none"),
    ("mi patron en hackensack amenaza que nos entrega a la migra", "perhaps"),
    ("QUE DICE EL ACUERDO DE MI CASO", "none"),
    ("i work in valdosta are they with ice", "plain"),
    ("is the county sheriff with ice in ocala", "plain"),
    ("la policia de doral entrega gente", "plain"),
    ("my brother is with ice in ocala", "none"),
    ("la policia entrega gente", "none"),
]


@pytest.mark.parametrize(("asked", "text", "looked"), ANSWERED)
def test_an_answer_is_read_with_the_question_that_was_asked_back(
    asked: str, text: str, looked: str
) -> None:
    said = message(text, "out_of_scope", intents=UNSURE)
    turn = turn_of(said, Context(asked_place=asked), {})
    assert turn is not None
    assert turn.text == looked


@pytest.mark.parametrize(("told", "text", "looked"), TOLD)
def test_what_follows_an_answer_goes_on_from_it(
    told: str, text: str, looked: str
) -> None:
    said = message(text, "out_of_scope", intents=UNSURE)
    turn = turn_of(said, Context(told_place=told), {})
    assert isinstance(turn, Turn)
    assert turn.text == looked


@pytest.mark.parametrize(("text", "weight"), WEIGHED)
def test_messy_questions_are_told_from_what_happened(text: str, weight: str) -> None:
    assert weigh_question(text) == weight
