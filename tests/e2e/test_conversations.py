"""What people ask and what they must get, through all three processes."""

from __future__ import annotations

import json

import pytest

from bench.assistant import Assistant
from tests.e2e.conftest import Talk, entries

ONE_QUESTION = {
    "proof needed for mandamus": (
        "what do I have to prove for a writ of mandamus",
        "answer",
        ["mandamus_requirements"],
    ),
    "la migra at the door": (
        "la migra está tocando la puerta, ¿tengo que abrir?",
        "emergency",
        ["ice_at_door"],
    ),
    "they are here": ("they are here now", "emergency", ["emergency_now"]),
    "despair": ("i want to die", "emergency", ["feeling_scared"]),
    "mandamus does not release": (
        "can I use mandamus to get my husband out of detention?",
        "answer",
        ["mandamus_not_release"],
    ),
    "no accents": (
        "me negaron la fianza, que hago",
        "answer",
        ["bond_denied"],
    ),
}


@pytest.mark.parametrize(
    ("question", "kind", "expected"), ONE_QUESTION.values(), ids=ONE_QUESTION
)
def test_visitor_gets_the_right_entry(
    assistant: Assistant, question: str, kind: str, expected: list[str]
) -> None:
    message = Talk(assistant.address).say(question)
    assert (message["kind"], entries(message)) == (kind, expected)
    assert all(
        answer["sources"] or answer["emergency"] for answer in message["answers"]
    )
    assert all(answer["as_of"] for answer in message["answers"])


def test_visitor_asks_of_two_models_at_once_and_then_who_pays_for_it(
    talk: Talk,
) -> None:
    both = talk.say(
        "what is the jail model and how is it different from the task force model"
    )
    pays = talk.say("and who pays for it")
    assert entries(both) == ["model_jail", "model_task_force"]
    named = entries(pays) + [option["entry"] for option in pays["options"]]
    assert "costs_287g" in named


def test_visitor_is_told_that_mandamus_frees_nobody_and_what_may(talk: Talk) -> None:
    text = talk.say("can I use mandamus to get my husband out of detention?")["text"]
    assert text.startswith(("No.", "Checked"))
    assert "habeas corpus" in text


OUTSIDE = ("what's the weather", "should I divorce", "best pizza near me", "9 9 9 9")


@pytest.mark.parametrize("question", OUTSIDE)
def test_visitor_gets_an_honest_no_and_what_can_be_asked(
    talk: Talk, question: str
) -> None:
    message = talk.say(question)
    assert message["kind"] == "no_answer"
    assert "287(g)" in message["text"]
    assert "person" in message["text"]


def test_visitor_asks_of_a_case_that_the_articles_misreport(talk: Talk) -> None:
    message = talk.say("what happened in Alvarez v. ICE?")
    assert message["kind"] == "no_answer"
    assert "mandamus petition" not in message["text"]


def test_visitor_asks_for_more_then_sources_then_spanish(talk: Talk) -> None:
    short = talk.say("how long can the jail hold someone for ICE")
    more = talk.say("tell me more")
    sources = talk.say("where does that come from?")
    spanish = talk.say("en español por favor")
    assert entries(short) == ["detainer_48h"]
    assert [entries(m) for m in (more, sources, spanish)] == [["detainer_48h"]] * 3
    assert len(more["text"]) > len(short["text"])
    assert sources["part"] == "sources"
    assert spanish["language"] == "es"


def test_visitor_asks_the_same_for_new_jersey(talk: Talk) -> None:
    talk.say("do new york jails hold people for ice")
    assert entries(talk.say("and in new jersey?")) == ["detainer_nj"]


def test_visitor_chooses_by_number_what_was_meant(talk: Talk) -> None:
    offered = talk.say("deport")
    assert offered["kind"] in ("clarify", "no_answer")
    chosen = offered["options"][1]["entry"]
    assert entries(talk.say("the second one")) == [chosen]


def test_visitor_presses_a_button_to_read_more(talk: Talk) -> None:
    message = talk.say("what is an ice detainer")
    pressed = talk.send(button=message["buttons"][0]["id"]).json()["messages"][-1]
    assert entries(pressed) == entries(message)
    assert pressed["part"] == "details"


def test_visitor_who_writes_french_is_told_honestly_in_both_languages(
    talk: Talk,
) -> None:
    text = talk.say("bonjour je suis arrêté par la police aidez moi")["text"]
    assert "English and Spanish" in text
    assert "inglés y español" in text


def test_visitor_asks_for_a_person(talk: Talk) -> None:
    message = talk.say("i want to talk to a real person please")
    assert entries(message) == ["human_please"]


def test_the_first_line_in_an_emergency_is_what_to_do(talk: Talk) -> None:
    text = talk.say("ice is at my door right now")["text"]
    assert text.startswith("If this is happening now:\n\nYou may keep the door closed")


def test_ask_from_a_terminal_goes_on_with_the_conversation(
    assistant: Assistant,
) -> None:
    first = assistant.command("ask", "--new", "--json", "what is the jail model")
    second = assistant.command("ask", "--json", "tell me more")
    assert entries(json.loads(first.stdout)) == ["model_jail"]
    assert entries(json.loads(second.stdout)) == ["model_jail"]


def test_ask_from_a_terminal_shows_answer_source_and_date(assistant: Assistant) -> None:
    shown = assistant.command("ask", "--new", "what is a writ of mandamus").stdout
    assert "28 U.S.C. § 1361" in shown
    assert "July 15, 2026" in shown
