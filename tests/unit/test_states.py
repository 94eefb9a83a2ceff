"""Where the law differs the state is asked for once, and the right one is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.core.entries import Entry
from bot.core.languages import Language
from bot.core.messages import Button
from bot.knowledge.base import KnowledgeBase
from bot.services.answers import Answers
from bot.services.context import Context, context_from_slots
from bot.services.replying import Outcome
from bot.services.showing import show_reply
from bot.services.states import counterpart, other_state
from tests.builders import TODAY, message
from tests.fakes import FakeLibrary, library_with
from tests.unit.conftest import THRESHOLDS

NEW = Context()
BOND = "How much is an immigration bond?"
DETAINER = "What is an ICE detainer?"
IN_JERSEY = {"state": ("NJ",)}
STATE_BUTTONS = [
    Button("state_ny", '/choose_state{"state": "NY"}'),
    Button("state_nj", '/choose_state{"state": "NJ"}'),
]
# bond_money speaks of both states; jail_hold and jail_hold_nj are twins.
CHANGES: dict[str, dict[str, Any]] = {
    "bond_money": {"jurisdiction": "NY/NJ"},
    "find_person": {"jurisdiction": "NY/NJ"},
    "jail_hold": {"jurisdiction": "NY", "related": ("bond_money", "jail_hold_nj")},
}
PRESSED = message(STATE_BUTTONS[1].payload, "choose_state", entities=IN_JERSEY)


def changed(
    knowledge: KnowledgeBase, changes: Mapping[str, Mapping[str, Any]]
) -> KnowledgeBase:
    """Return the knowledge base with some fields of some entries changed."""
    entries: dict[str, Entry] = {
        name: replace(entry, **changes.get(name, {}))
        for name, entry in knowledge.entries.items()
    }
    return replace(knowledge, entries=entries)


@pytest.fixture
def states(small_knowledge: KnowledgeBase) -> KnowledgeBase:
    """The small knowledge folder, with entries of both states and of each."""
    return changed(small_knowledge, CHANGES)


@pytest.fixture
def asked(small_library: FakeLibrary, states: KnowledgeBase) -> Answers:
    """The use cases over that folder."""
    return Answers(library_with(small_library, states), THRESHOLDS, False)


def remembered(outcome: Outcome) -> Context:
    """Return the context as the next message finds it in Rasa's slots."""
    return context_from_slots(outcome.context.to_slots(), None)


def test_an_answer_for_both_states_asks_for_the_state_with_two_buttons_first(
    asked: Answers,
) -> None:
    reply = asked.answer(message(BOND), NEW).reply
    assert (reply.kind, reply.entries) == ("answer", ("bond_money",))
    assert reply.phrases[-1] == "ask_state"
    assert list(reply.buttons[:2]) == STATE_BUTTONS
    assert [button.label for button in reply.buttons[2:]] == ["button_details"]


@pytest.mark.parametrize(
    ("language", "question", "labels"),
    [
        ("en", "Are you in New York or New Jersey?", ["New York", "New Jersey"]),
        (
            "es",
            "¿Está en Nueva York o en Nueva Jersey?",
            ["Nueva York", "Nueva Jersey"],
        ),
    ],
    ids=["en", "es"],
)
def test_the_question_for_the_state_stands_below_the_answer(
    asked: Answers,
    states: KnowledgeBase,
    language: Language,
    question: str,
    labels: list[str],
) -> None:
    reply = asked.answer(message(BOND, language=language), NEW).reply
    shown = show_reply(reply, states, TODAY)
    assert question in shown.closing[-1]
    assert [button.label for button in shown.buttons[:2]] == labels


def test_the_state_is_asked_for_only_once(asked: Answers) -> None:
    first = asked.answer(message(BOND), NEW)
    second = asked.answer(
        message("How do I find a detained relative?"), remembered(first)
    )
    assert second.reply.entries == ("find_person",)
    assert "ask_state" not in second.reply.phrases
    assert not set(second.reply.buttons) & set(STATE_BUTTONS)


@pytest.mark.parametrize(
    ("entities", "context"),
    [
        (IN_JERSEY, NEW),
        ({"county": ("Essex, NJ",)}, NEW),
        ({}, Context(jurisdiction="NY")),
    ],
    ids=["named in the message", "a county in the message", "told before"],
)
def test_a_visitor_whose_state_is_known_is_not_asked(
    asked: Answers, entities: dict[str, tuple[str, ...]], context: Context
) -> None:
    reply = asked.answer(message(BOND, entities=entities), context).reply
    assert reply.entries == ("bond_money",)
    assert "ask_state" not in reply.phrases
    assert reply.buttons[0].label == "button_details"


def test_an_answer_for_the_whole_country_does_not_ask(asked: Answers) -> None:
    text = "My green card case is delayed. What is mandamus?"
    reply = asked.answer(message(text), NEW).reply
    assert reply.entries == ("slow_case",)
    assert "ask_state" not in reply.phrases


@pytest.mark.parametrize("intent", ["ask_more", "ask_sources", "repeat_answer"])
def test_more_of_an_answer_does_not_ask_for_the_state(
    asked: Answers, intent: str
) -> None:
    after = Context(topic=("bond_money",))
    reply = asked.continue_topic(message("?", intent), after).reply
    assert reply.entries == ("bond_money",)
    assert "ask_state" not in reply.phrases


def test_an_emergency_does_not_ask_for_the_state(
    small_library: FakeLibrary, states: KnowledgeBase
) -> None:
    both = changed(states, {"door_knock": {"jurisdiction": "NY/NJ"}})
    asked = Answers(library_with(small_library, both), THRESHOLDS, False)
    urgent = message("ice is at my door", "report_emergency")
    reply = asked.report_emergency(urgent, NEW).reply
    assert (reply.entries, reply.phrases[0]) == (("door_knock",), "emergency_first")
    assert "ask_state" not in reply.phrases


@pytest.mark.parametrize(
    "told",
    [PRESSED, message("New Jersey", entities=IN_JERSEY)],
    ids=["pressed", "written"],
)
def test_a_state_that_is_told_gives_the_details_and_is_kept(
    asked: Answers, states: KnowledgeBase, told: Any
) -> None:
    first = asked.answer(message(BOND), NEW)
    outcome = asked.answer(told, remembered(first))
    assert (outcome.reply.entries, outcome.reply.part) == (("bond_money",), "details")
    assert "ask_state" not in outcome.reply.phrases
    assert "New Jersey" in show_reply(outcome.reply, states, TODAY).lead[0]
    assert remembered(outcome).jurisdiction == "NJ"


def test_a_state_told_once_chooses_among_twins_from_then_on(asked: Answers) -> None:
    told = asked.answer(PRESSED, remembered(asked.answer(message(BOND), NEW)))
    later = asked.answer(message(DETAINER), remembered(told))
    assert later.reply.entries == ("jail_hold_nj",)


@pytest.mark.parametrize(
    ("text", "state", "entry"),
    [
        (DETAINER, "NJ", "jail_hold_nj"),
        (DETAINER, "NY", "jail_hold"),
        ("What is an ICE detainer in New Jersey?", "NY", "jail_hold"),
    ],
    ids=["the twin", "the one found", "the twin of the one found"],
)
def test_a_visitor_gets_the_twin_of_the_own_state(
    asked: Answers, text: str, state: str, entry: str
) -> None:
    reply = asked.answer(message(text), Context(jurisdiction=state)).reply
    assert (reply.kind, reply.entries) == ("answer", (entry,))


def test_a_message_that_names_its_state_gets_the_twin_of_that_state(
    asked: Answers,
) -> None:
    outcome = asked.answer(message(DETAINER, entities=IN_JERSEY), NEW)
    assert outcome.reply.entries == ("jail_hold_nj",)
    assert outcome.context.jurisdiction == "NJ"


def test_a_visitor_of_an_unknown_state_chooses_between_near_twins(
    asked: Answers, states: KnowledgeBase
) -> None:
    reply = asked.answer(message(DETAINER), NEW).reply
    assert (reply.kind, reply.options) == ("clarify", ("jail_hold", "jail_hold_nj"))
    assert show_reply(reply, states, TODAY).lead[0].startswith("The rules differ")


def test_a_twin_chosen_by_its_place_is_given(asked: Answers) -> None:
    first = asked.answer(message(DETAINER), NEW)
    reply = asked.answer(message("the second one"), remembered(first)).reply
    assert reply.entries == ("jail_hold_nj",)


def test_a_withdrawn_twin_is_not_given(
    small_library: FakeLibrary, states: KnowledgeBase
) -> None:
    without = changed(states, {"jail_hold_nj": {"status": "withdrawn"}})
    strict = Answers(library_with(small_library, without), THRESHOLDS, False)
    reply = strict.answer(message(DETAINER), Context(jurisdiction="NJ")).reply
    assert "jail_hold_nj" not in (*reply.entries, *reply.options)


@pytest.mark.parametrize(
    ("name", "changes", "twin"),
    [
        ("jail_hold", {}, "jail_hold_nj"),
        ("jail_hold_nj", {}, "jail_hold"),
        ("jail_hold", {"jail_hold_nj": {"related": ()}}, None),
        ("jail_hold", {"jail_hold": {"related": ()}}, None),
        ("jail_hold", {"jail_hold_nj": {"group": "rights"}}, None),
        ("jail_hold", {"jail_hold_nj": {"jurisdiction": "NY"}}, None),
        ("jail_hold", {"jail_hold_nj": {"jurisdiction": "US"}}, None),
        ("jail_hold", {"jail_hold": {"jurisdiction": "NY/NJ"}}, None),
    ],
    ids=[
        "New York's",
        "New Jersey's",
        "only the first names the other",
        "only the other names the first",
        "another group",
        "the same state",
        "the whole country",
        "both states in one entry",
    ],
)
def test_twins_are_of_two_states_in_one_group_and_name_each_other(
    states: KnowledgeBase, name: str, changes: dict[str, Any], twin: str | None
) -> None:
    knowledge = changed(states, changes)
    found = counterpart(knowledge.entries[name], knowledge)
    assert (found.id if found else None) == twin


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("can i get a license in texas", "en", "Texas"),
        ("licencia en carolina del norte sin papeles", "es", "Carolina del Norte"),
        ("what about west virginia", "en", "West Virginia"),
        ("i moved from florida to new york", "en", ""),
        ("en nueva jersey y en georgia", "es", ""),
        ("how much is a bond", "en", ""),
    ],
)
def test_another_state_is_known_by_its_whole_name(
    text: str, language: Language, named: str
) -> None:
    assert other_state(text, language) == named


def test_an_answer_about_our_states_says_so_to_somebody_in_another(
    asked: Answers, states: KnowledgeBase
) -> None:
    outcome = asked.answer(message(f"{BOND} in georgia"), NEW)
    assert outcome.reply.entries == ("bond_money",)
    shown = show_reply(outcome.reply, states, TODAY)
    assert shown.lead[0].startswith("This is about New York and New Jersey. In Georgia")
    assert "ask_state" not in outcome.reply.phrases
