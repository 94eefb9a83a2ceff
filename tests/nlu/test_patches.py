"""Our quicker methods in Rasa's place do the same work, and send less."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction
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
