"""What is remembered after each kind of reply, and that Rasa's slots hold it."""

from __future__ import annotations

import json

import pytest

from bot.core.messages import Reply
from bot.services.context import Context, context_from_slots

BEFORE = Context("en", "NJ", ("jail_hold",), ("bond_money", "find_person"), misses=1)


@pytest.mark.parametrize(
    ("reply", "after"),
    [
        (
            Reply("answer", "en", entries=("bond_money",)),
            Context("en", "NJ", ("bond_money",), ("find_person",), 0),
        ),
        (
            Reply("clarify", "en", options=("door_knock",)),
            Context("en", "NJ", ("jail_hold",), ("door_knock",), 2),
        ),
        (
            Reply("no_answer", "en", options=("human_please",)),
            Context("en", "NJ", ("jail_hold",), ("bond_money", "find_person"), 2),
        ),
        (
            Reply("small_talk", "es", phrases=("thanks",)),
            Context("es", "NJ", ("jail_hold",), ("bond_money", "find_person"), 0),
        ),
    ],
    ids=["answer", "question back", "no answer", "small talk in Spanish"],
)
def test_the_context_after_a_reply(reply: Reply, after: Context) -> None:
    assert BEFORE.after(reply) == after


def test_a_context_comes_back_the_same_from_its_slots() -> None:
    slots = json.loads(json.dumps(BEFORE.to_slots()))
    assert context_from_slots(slots, None) == BEFORE


def test_a_new_conversation_has_the_language_of_its_session() -> None:
    assert context_from_slots({}, "es") == Context(language="es")


def test_the_language_last_spoken_outweighs_that_of_the_session() -> None:
    assert context_from_slots({"language": "en"}, "es").language == "en"


def test_without_any_language_english_is_spoken() -> None:
    assert context_from_slots({"language": None}, None).language == "en"
