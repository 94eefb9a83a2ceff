"""The action of the delay check carries answers in one slot and asks one at a time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import validate_delay_form
from actions.base import REQUESTED_SLOT
from actions.validate_delay_form import (
    DELAY_SLOTS,
    KEPT_ANSWERS,
    ValidateDelayForm,
)
from actions.validate_delay_form import delay_check as real_check
from bot.core.understanding import NOW
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_check import DelayCheck, DelayTurn
from tests.actions.fake_answers import FakeAnswers
from tests.conftest import FakeClock


@pytest.fixture(autouse=True)
def check(
    monkeypatch: pytest.MonkeyPatch, knowledge: KnowledgeBase, clock: FakeClock
) -> None:
    """Services that need no model and no settings."""
    made = DelayCheck(lambda: knowledge, clock, require_approved=False)
    monkeypatch.setattr(validate_delay_form, "delay_check", lambda: made)
    monkeypatch.setattr(validate_delay_form, "answers", FakeAnswers)


def run(
    text: str, slots: dict[str, Any], **latest: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Run the action; return its reply and the slots after it."""
    message = {
        "text": text,
        "intent": {"name": "start_delay_check"},
        "entities": [],
        "metadata": {"language": "en"},
        "message_id": f"m-{text}",
        **latest,
    }
    tracker = Tracker("c", dict(slots), message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = asyncio.run(ValidateDelayForm().run(dispatcher, tracker, {}))
    changed = {e["name"]: e["value"] for e in events if e["event"] == "slot"}
    (sent,) = dispatcher.messages
    return sent["custom"], {**slots, **changed}


def test_the_answers_stand_in_one_slot_and_the_others_say_given() -> None:
    reply, slots = run("/start_delay_check", {})
    assert (reply["kind"], slots[REQUESTED_SLOT]) == ("form", "delay_filed")
    pressed = [{"entity": "answer", "value": "delay_filed.i765"}]
    _, slots = run("/choose_answer", slots, entities=pressed)
    assert (slots["delay_filed"], slots[REQUESTED_SLOT]) == ("given", "delay_since")
    _, slots = run("in March 2024", slots)
    assert slots["delay_since"] == "given"
    assert slots[KEPT_ANSWERS]["since"] == "2024-03"


def test_a_check_that_is_stopped_leaves_nothing() -> None:
    _, slots = run("/start_delay_check", {})
    _, slots = run("I-485", slots)
    reply, slots = run("cancel", slots)
    assert reply["phrases"] == ["delay_cancelled"]
    assert [slots[name] for name in (*DELAY_SLOTS, KEPT_ANSWERS, REQUESTED_SLOT)] == [
        None
    ] * (len(DELAY_SLOTS) + 2)


def test_it_opens_in_the_language_it_was_asked_for_in() -> None:
    reply, slots = run("¿me serviría un mandamus?", {}, language={"code": "es"})
    assert (reply["language"], slots["language"]) == ("es", "es")
    reply, _ = run("green card", slots, language={"code": "en"})
    assert reply["language"] == "es"


def test_an_emergency_in_the_middle_is_answered_and_the_question_stays() -> None:
    _, slots = run("/start_delay_check", {})
    reply, slots = run("they are at my door", slots, signals=[NOW])
    assert reply["entries"] == ["what_is_detainer"]
    assert slots[REQUESTED_SLOT] == "delay_filed"
    assert slots["topic"] == ["what_is_detainer"]


def test_a_denial_is_kept_in_the_slot_and_said_at_once() -> None:
    _, slots = run("/start_delay_check", {})
    reply, slots = run("my N-400 was denied in March 2026", slots)
    assert reply["phrases"][0] == "delay_waited_denied"
    kept = {k: v for k, v in slots[KEPT_ANSWERS].items() if not k.startswith("_")}
    assert kept == {"filed": "n400", "denied": "yes"}
    assert slots[REQUESTED_SLOT] == "delay_where"


@pytest.mark.parametrize(
    ("setting", "is_shown"), [("true", False), ("false", True)], ids=["on", "off"]
)
def test_drafts_are_shown_only_where_the_setting_lets_them(
    setting: str,
    is_shown: bool,
    monkeypatch: pytest.MonkeyPatch,
    knowledge: KnowledgeBase,
) -> None:
    monkeypatch.setenv("REQUIRE_APPROVED", setting)
    services = type("Services", (), {"knowledge": lambda _: knowledge})()
    monkeypatch.setattr(validate_delay_form, "answers", lambda: services)
    page = DelayTurn(
        *("web", "en", "m", None, {"filed": "i485", "_shown": "1"}, "", "page.risks"),
        *("start_delay_check", frozenset(), False),
    )
    reply = real_check.__wrapped__().take(page, lambda: None).reply
    assert ("delay_risk_denial" in reply.phrases) == is_shown
    assert ("delay_unreviewed" in reply.phrases) != is_shown
