"""The JSON and the plain text of a reply in the chat API, and its buttons."""

from __future__ import annotations

import json

import pytest

from bot.channels.web import chosen_payload, present, render_reply, render_visitor
from bot.core.messages import Button, Reply, ReplyKind
from bot.knowledge.base import KnowledgeBase
from bot.services.showing import show_reply
from tests.builders import TODAY

STORED = {
    "seq": 7,
    "text": "Choose",
    "choices": [
        {"label": "Bond", "payload": "/choose_bond"},
        {"label": "Detainer", "payload": "/choose_detainer"},
    ],
}


def text_of(knowledge: KnowledgeBase, reply: Reply) -> str:
    """Return the plain text of a reply."""
    return str(render_reply(show_reply(reply, knowledge, TODAY))["text"])


def test_a_button_leaves_the_server_without_its_payload() -> None:
    assert present(STORED) == {
        "seq": 7,
        "text": "Choose",
        "buttons": [
            {"id": "7.0", "label": "Bond", "shows": None},
            {"id": "7.1", "label": "Detainer", "shows": None},
        ],
    }


def test_a_button_for_what_the_card_holds_says_so() -> None:
    choices = [{"label": "More", "payload": "/ask_more"}]
    (button,) = present({"seq": 1, "choices": choices})["buttons"]
    assert button["shows"] == "details"


def test_a_message_without_choices_has_no_buttons() -> None:
    assert present({"seq": 1, "text": "Hello"})["buttons"] == []


@pytest.mark.parametrize(
    ("place", "chosen"),
    [
        (0, ("/choose_bond", "Bond")),
        (1, ("/choose_detainer", "Detainer")),
        (2, None),
        (-1, None),
    ],
    ids=["first", "second", "after the last", "before the first"],
)
def test_a_button_pressed_is_the_payload_that_was_stored(
    place: int, chosen: tuple[str, str] | None
) -> None:
    assert chosen_payload(STORED, place) == chosen


def test_a_button_of_a_message_without_choices_is_none() -> None:
    assert chosen_payload(render_visitor("hello", "en"), 0) is None


def test_a_rendered_reply_is_json_and_names_its_entry(
    small_knowledge: KnowledgeBase,
) -> None:
    buttons = (Button("button_details", "/ask_more"),)
    reply = Reply("answer", "es", entries=("bond_money",), buttons=buttons)
    content = render_reply(show_reply(reply, small_knowledge, TODAY))
    assert json.loads(json.dumps(content)) == content
    answer = content["answers"][0]
    assert (answer["entry"], answer["aliases"]) == ("bond_money", ["bail_price"])
    assert (answer["as_of"], answer["review_by"]) == ("2026-07-15", "2027-01-15")
    assert content["choices"] == [{"label": "Dígame más", "payload": "/ask_more"}]


@pytest.mark.parametrize(
    ("kind", "part", "said", "unsaid"),
    [
        ("answer", "short", "Speak to a lawyer.", "More about this."),
        ("answer", "details", "More about this.", "Law 3"),
        (
            "answer",
            "sources",
            "Law 3, 3 U.S.C. § 1: https://law.example/3",
            "More about",
        ),
        ("answer", "short", "Law 2, 2 U.S.C. § 1: https://law.example/2", "Law 3"),
        ("emergency", "short", "make an agency decide", "Speak to a lawyer."),
        ("emergency", "details", "Speak to a lawyer.", "Law 3"),
    ],
    ids=[
        "short has the next step",
        "details",
        "all sources",
        "two sources",
        "emergency is shorter",
        "emergency with details",
    ],
)
def test_the_plain_text_holds_the_part_that_was_asked_for(
    small_knowledge: KnowledgeBase,
    kind: ReplyKind,
    part: str,
    said: str,
    unsaid: str,
) -> None:
    reply = Reply(kind, "en", entries=("slow_case",), part=part)
    text = text_of(small_knowledge, reply)
    assert said in text
    assert unsaid not in text


def test_several_answers_carry_their_titles(small_knowledge: KnowledgeBase) -> None:
    reply = Reply("answer", "en", entries=("jail_hold", "bond_money"))
    text = text_of(small_knowledge, reply)
    assert "What is an ICE detainer?" in text
    assert "How much is an immigration bond?" in text


def test_options_are_numbered_in_the_plain_text(small_knowledge: KnowledgeBase) -> None:
    reply = Reply("clarify", "en", options=("jail_hold", "bond_money"))
    assert text_of(small_knowledge, reply) == (
        "1. What is an ICE detainer?\n\n2. How much is an immigration bond?"
    )


@pytest.mark.parametrize("kind", ["answer", "emergency"])
def test_a_warning_comes_before_an_answer_but_after_the_words_of_an_emergency(
    small_knowledge: KnowledgeBase, kind: ReplyKind
) -> None:
    late = small_knowledge.entries["find_person"].review_by.replace(year=2026, month=9)
    reply = Reply(kind, "en", entries=("find_person",))
    text = str(render_reply(show_reply(reply, small_knowledge, late))["text"])
    warned, said = text.index("may have changed"), text.index("Look in the ICE")
    assert (warned > said) is (kind == "emergency")
