"""Our quicker methods in Rasa's place do the same work, and send less."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.rasa_server import patches
from bot.settings import PROJECT_ROOT

GOOD: dict[str, dict[str, Any]] = {
    "slot": {
        "events": [{"event": "slot", "name": "topic", "value": ["bail"]}],
        "responses": [],
    },
    "reply": {"events": [], "responses": [{"custom": {"kind": "answer"}}]},
    "nothing": {"events": [], "responses": []},
}
BAD: dict[str, Any] = {
    "events_are_text": {"events": "none", "responses": []},
    "event_without_a_name": {"events": [{"name": "topic"}], "responses": []},
    "responses_are_text": {"events": [], "responses": "hello"},
    "text": "hello",
}


@pytest.fixture
def action(monkeypatch: pytest.MonkeyPatch) -> Iterator[RemoteAction]:
    """An action of the patched Rasa; Rasa's own methods come back afterwards."""
    kept = [
        (RemoteAction, "_validate_action_result"),
        (RemoteAction, "_action_call_format"),
        (Event, "resolve_by_type"),
        (EndpointConfig, "session"),
        (DaskGraphRunner, "run"),
        (MessageProcessor, "_run_action"),
    ]
    for owner, name in kept:
        monkeypatch.setattr(owner, name, owner.__dict__[name])
    patches.apply()
    return RemoteAction("action_answer", EndpointConfig("http://127.0.0.1:1/webhook"))


@pytest.mark.parametrize("result", GOOD.values(), ids=GOOD)
def test_result_of_an_action_is_accepted_when_it_is_good(
    action: RemoteAction, result: dict[str, Any]
) -> None:
    assert action._validate_action_result(result)


@pytest.mark.parametrize("result", BAD.values(), ids=BAD)
def test_result_of_an_action_is_refused_when_it_is_bad(
    action: RemoteAction, result: Any
) -> None:
    with pytest.raises(jsonschema.ValidationError):
        action._validate_action_result(result)


def _request(action: RemoteAction) -> dict[str, Any]:
    domain = Domain.load(str(PROJECT_ROOT / "domain.yml"))
    tracker = DialogueStateTracker("conversation", domain.slots)
    tracker.update(UserUttered("an earlier question"))
    tracker.update(SlotSet("topic", ["bail"]))
    tracker.update(UserUttered("and how much"))
    return action._action_call_format(tracker, domain)


def test_action_is_sent_neither_events_nor_domain(action: RemoteAction) -> None:
    sent = _request(action)
    assert (sent["tracker"]["events"], sent["domain"]) == ([], {})
    assert "an earlier question" not in json.dumps(sent)


def test_action_is_sent_its_name_the_slots_and_the_last_message(
    action: RemoteAction,
) -> None:
    sent = _request(action)
    assert (sent["next_action"], sent["sender_id"]) == ("action_answer", "conversation")
    assert sent["tracker"]["slots"]["topic"] == ["bail"]
    assert sent["tracker"]["latest_message"]["text"] == "and how much"


@pytest.mark.parametrize("kind", [SlotSet, UserUttered])
def test_event_is_found_by_its_type(action: RemoteAction, kind: type[Event]) -> None:
    assert Event.resolve_by_type(kind.type_name) is kind


def test_default_stands_in_for_an_unknown_event(action: RemoteAction) -> None:
    assert Event.resolve_by_type("no_such_event", SlotSet) is SlotSet


@pytest.mark.usefixtures("action")
def test_event_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="does not have"):
        Event.resolve_by_type("no_such_event")


@pytest.mark.usefixtures("action")
def test_calls_of_actions_share_one_session() -> None:
    async def two_calls() -> bool:
        endpoint = EndpointConfig("http://127.0.0.1:1/webhook")
        async with endpoint.session() as first:
            pass
        async with endpoint.session() as second:
            shared = first is second and not second.closed
        await second.close()
        return shared

    assert asyncio.run(two_calls())


class FakeAction:
    """Runs as told: fails, or gives events."""

    def __init__(self, outcome: Exception | list[Event]) -> None:
        self.outcome = outcome

    def name(self) -> str:
        return "action_answer"

    async def run(self, *about: object) -> list[Event]:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


class FakeProcessor:
    """Stands for the part of Rasa around an action."""

    domain = Domain.empty()

    def _log_action_on_tracker(
        self, tracker: DialogueStateTracker, _action: Any, events: Any, _by: Any
    ) -> None:
        tracker.update_with_events(events, self.domain)

    async def execute_side_effects(self, *about: object) -> None:
        pass

    def should_predict_another_action(self, _name: str) -> bool:
        return True


def run_fake(outcome: Exception | list[Event]) -> DialogueStateTracker:
    """Return a tracker after an action ran in our way."""
    tracker = DialogueStateTracker("conversation", [])
    prediction = PolicyPrediction([1.0], "RulePolicy")
    asyncio.run(
        patches.run_action(
            FakeProcessor(),  # type: ignore[arg-type]
            FakeAction(outcome),  # type: ignore[arg-type]
            tracker,
            None,  # type: ignore[arg-type]
            None,  # type: ignore[arg-type]
            prediction,
        )
    )
    return tracker


def test_an_action_that_fails_takes_the_whole_turn_with_it() -> None:
    with pytest.raises(OSError, match="away"):
        run_fake(OSError("away"))


def test_a_form_that_rejects_a_message_is_noted_as_such() -> None:
    tracker = run_fake(ActionExecutionRejection("action_answer"))
    assert [event.type_name for event in tracker.events] == [
        "action_execution_rejected"
    ]


def test_what_an_action_gives_is_remembered() -> None:
    tracker = run_fake([SlotSet("topic", ["bail"])])
    assert [event.type_name for event in tracker.events] == ["slot"]
