"""What is remembered after each kind of reply, and that Rasa's slots hold it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.core.messages import Reply
from bot.services.context import Context, context_from_slots

BEFORE = Context(
    "en",
    "NJ",
    topic=("jail_hold",),
    offered=("bond_money", "find_person"),
    others=("door_knock",),
    misses=1,
)


@pytest.mark.parametrize(
    ("reply", "after"),
    [
        (
            Reply("answer", "en", entries=("bond_money",)),
            replace(BEFORE, topic=("bond_money",), offered=("find_person",), misses=0),
        ),
        (
            Reply("clarify", "en", options=("door_knock",)),
            replace(BEFORE, offered=("door_knock",), misses=2),
        ),
        (
            Reply("no_answer", "en", options=("human_please",)),
            replace(BEFORE, misses=2),
        ),
        (
            Reply("small_talk", "es", phrases=("thanks",)),
            replace(BEFORE, language="es", misses=0),
        ),
        (
            Reply("answer", "en", ("jail_hold",), phrases=("ask_state",)),
            replace(BEFORE, asked_state=True, misses=0),
        ),
    ],
    ids=[
        "answer",
        "question back",
        "no answer",
        "small talk in Spanish",
        "question for the state",
    ],
)
def test_the_context_after_a_reply(reply: Reply, after: Context) -> None:
    assert BEFORE.after(reply) == after


@pytest.mark.parametrize(
    ("reply", "stays"),
    [
        (Reply("small_talk", "en", phrases=("thanks",)), True),
        (Reply("answer", "en", entries=("bond_money",)), True),
        (Reply("answer", "en", entries=("jail_hold",)), True),
        (Reply("answer", "en", entries=("other",)), False),
        (Reply("no_answer", "en", options=("human_please",)), False),
    ],
    ids=["small talk", "offered", "the topic", "another subject", "no answer"],
)
def test_the_place_told_is_remembered_while_the_talk_is_of_it(
    reply: Reply, stays: bool
) -> None:
    told = replace(BEFORE, told_place="Collier County, Florida")
    assert bool(told.after(reply).told_place) == stays


def test_a_context_comes_back_the_same_from_its_slots() -> None:
    before = replace(BEFORE, asked_state=True, told_place="Lee County, Florida")
    slots = json.loads(json.dumps(before.to_slots()))
    assert context_from_slots(slots, None) == before


def test_a_state_asked_for_once_stays_asked_for() -> None:
    asked = replace(BEFORE, asked_state=True)
    assert asked.after(Reply("answer", "en", ("bond_money",))).asked_state


def test_a_new_conversation_has_the_language_of_its_session() -> None:
    assert context_from_slots({}, "es") == Context(language="es")


def test_the_language_last_spoken_outweighs_that_of_the_session() -> None:
    assert context_from_slots({"language": "en"}, "es").language == "en"


def test_without_any_language_english_is_spoken() -> None:
    assert context_from_slots({"language": None}, None).language == "en"
