"""Each action sends one Reply and remembers what changed; an error sends nothing."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import base, names
from actions.answer import ActionAnswer
from actions.base import ReplyingAction
from actions.continue_topic import ActionContinueTopic
from actions.make_small_talk import ActionMakeSmallTalk
from actions.offer_person import ActionOfferPerson
from actions.report_emergency import ActionReportEmergency
from actions.switch_language import ActionSwitchLanguage
from tests.actions.fake_answers import FakeAnswers, tracker

CANARY = "Maria 917-555-0142 A123456789"
# Each action with its name and the use case that it asks.
ACTIONS: dict[str, tuple[type[ReplyingAction], str]] = {
    names.ACTION_ANSWER: (ActionAnswer, "answer"),
    names.ACTION_CONTINUE_TOPIC: (ActionContinueTopic, "continue_topic"),
    names.ACTION_MAKE_SMALL_TALK: (ActionMakeSmallTalk, "make_small_talk"),
    names.ACTION_OFFER_PERSON: (ActionOfferPerson, "offer_person"),
    names.ACTION_REPORT_EMERGENCY: (ActionReportEmergency, "report_emergency"),
    names.ACTION_SWITCH_LANGUAGE: (ActionSwitchLanguage, "switch_language"),
}
CLASSES = [kind for kind, _ in ACTIONS.values()]
# The slots as an answer leaves them when nothing is offered, asked or missed.
NOTHING_NEW: dict[str, Any] = {
    "offered": [],
    "others": [],
    "asked_state": False,
    "misses": 0,
}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> FakeAnswers:
    """Services that give one answer, in the place of the real ones."""
    fake = FakeAnswers()
    for module in {kind.__module__ for kind in CLASSES}:
        monkeypatch.setattr(f"{module}.answers", lambda: fake)
    monkeypatch.setattr(base, "answers", lambda: fake)
    return fake


def run(
    kind: type[ReplyingAction], **about: Any
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Run an action; return the messages it sent and the slots it set."""
    dispatcher = CollectingDispatcher()
    about.setdefault("text", "what is a detainer")
    events = asyncio.run(kind().run(dispatcher, tracker(**about), {}))
    slots = [event for event in events if event["event"] == "slot"]
    others = [(event["event"], event["name"]) for event in events if event not in slots]
    assert others == ([("followup", "action_listen")] if events else [])
    return dispatcher.messages, {event["name"]: event["value"] for event in slots}


@pytest.mark.parametrize(("kind", "use_case"), ACTIONS.values(), ids=ACTIONS)
def test_action_asks_its_own_use_case_once(
    answers: FakeAnswers, kind: type[ReplyingAction], use_case: str
) -> None:
    run(kind)
    assert answers.asked == [use_case]


@pytest.mark.parametrize("kind", CLASSES)
def test_action_sends_one_reply_without_texts(
    answers: FakeAnswers, kind: type[ReplyingAction]
) -> None:
    (sent,), _ = run(kind)
    assert sent["text"] is None
    assert (sent["custom"]["kind"], sent["custom"]["entries"]) == (
        "answer",
        ["what_is_detainer"],
    )


@pytest.mark.parametrize("kind", CLASSES)
def test_action_sets_every_slot_at_the_first_message(
    answers: FakeAnswers, kind: type[ReplyingAction]
) -> None:
    _, slots = run(kind)
    assert slots == {
        "language": "en",
        "topic": ["what_is_detainer"],
        "offered": [],
        "others": [],
        "asked_state": False,
        "misses": 0,
    }


@pytest.mark.parametrize("kind", CLASSES)
def test_action_sets_only_slots_that_changed(
    answers: FakeAnswers, kind: type[ReplyingAction]
) -> None:
    known = {**NOTHING_NEW, "language": "es", "jurisdiction": "NJ", "topic": ["bail"]}
    _, slots = run(kind, **known)
    assert slots == {"topic": ["what_is_detainer"]}


@pytest.mark.parametrize("kind", CLASSES)
def test_action_sets_nothing_when_nothing_changed(
    answers: FakeAnswers, kind: type[ReplyingAction]
) -> None:
    _, slots = run(kind, **NOTHING_NEW, language="en", topic=["what_is_detainer"])
    assert slots == {}


@pytest.mark.parametrize("kind", [ActionMakeSmallTalk, ActionOfferPerson])
def test_a_message_that_takes_up_the_offer_of_a_person_begins_the_form(
    answers: FakeAnswers, kind: type[ReplyingAction]
) -> None:
    answers.begins = True
    dispatcher = CollectingDispatcher()
    asked = tracker(text="yes", language="en", **NOTHING_NEW)
    *_, last = asyncio.run(kind().run(dispatcher, asked, {}))
    assert dispatcher.messages == []
    assert (last["event"], last["name"]) == ("followup", names.CONSULTATION_FORM)


def test_action_hands_on_message_and_slots(answers: FakeAnswers) -> None:
    run(ActionAnswer, text="and in jersey?", jurisdiction="NY", topic=["bail"])
    assert answers.message is not None
    assert answers.context is not None
    assert (answers.message.text, answers.message.intent) == (
        "and in jersey?",
        "ask_warrants",
    )
    assert (answers.context.jurisdiction, answers.context.topic) == ("NY", ("bail",))


def test_conversation_has_the_language_of_its_page_until_one_is_told(
    answers: FakeAnswers,
) -> None:
    dispatcher = CollectingDispatcher()
    asyncio.run(ActionAnswer().run(dispatcher, tracker("287g", page="es"), {}))
    assert dispatcher.messages[0]["custom"]["language"] == "es"


@pytest.mark.parametrize("kind", CLASSES)
def test_failing_action_sends_and_remembers_nothing(
    answers: FakeAnswers, kind: type[ReplyingAction]
) -> None:
    answers.failure = ValueError(CANARY)
    assert run(kind) == ([], {})


@pytest.mark.parametrize("kind", CLASSES)
def test_failing_action_logs_an_incident_without_the_visitors_words(
    answers: FakeAnswers, kind: type[ReplyingAction], caplog: pytest.LogCaptureFixture
) -> None:
    answers.failure = ValueError(CANARY)
    with caplog.at_level(logging.DEBUG):
        run(kind, text=CANARY, topic=[CANARY])
    assert f"{kind().name()} failed, incident" in caplog.text
    assert CANARY not in caplog.text


def test_slow_action_sends_nothing(
    answers: FakeAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "_SECONDS", 0.02)
    answers.seconds = 0.15
    assert run(ActionAnswer) == ([], {})


def test_failing_start_of_the_services_sends_nothing(
    answers: FakeAnswers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> FakeAnswers:
        raise OSError(CANARY)

    monkeypatch.setattr("actions.answer.answers", broken)
    assert run(ActionAnswer) == ([], {})
