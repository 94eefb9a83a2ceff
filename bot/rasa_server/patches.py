"""Makes slow places of Rasa quick, and lets a turn whose action fails fail whole."""

from __future__ import annotations

from typing import Any

import aiohttp
import jsonschema
import rasa
from rasa.core.actions.action import (
    Action,
    ActionExecutionRejection,
    RemoteAction,
)
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecutionRejected, Event
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig

# Rasa itself would wait five minutes for an action.
_ACTION_SECONDS = 7.0


_NAMED = {"type": "object", "required": ["event"]}
_RESULT = {
    "type": "object",
    "properties": {
        "events": {"type": "array", "items": _NAMED},
        "responses": {"type": "array", "items": {"type": "object"}},
    },
}


class _KeptSession:
    """One open session for all calls of actions, instead of a new one for each."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=_ACTION_SECONDS)
            self._session = aiohttp.ClientSession(timeout=timeout)
        return self._session

    async def __aexit__(self, *error: object) -> None:
        """Leave the session open for the next call."""


_KEPT = _KeptSession()


def kept_session(_self: EndpointConfig) -> _KeptSession:
    """Return the session that all calls share."""
    return _KEPT


def run_in_order(
    self: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    """Run the graph's nodes one after another, as its single thread does anyway.

    Rasa builds a task graph anew and walks it with a scheduler for each message.
    """
    done: dict[str, Any] = {
        name: (name, value) for name, value in (inputs or {}).items()
    }

    def run(name: str) -> Any:
        if name not in done:
            needed = self._graph_schema.nodes[name].needs.values()
            done[name] = self._instantiated_nodes[name](*[run(n) for n in needed])
        return done[name]

    return dict(run(name) for name in targets or self._graph_schema.target_names)


async def run_action(
    self: MessageProcessor,
    action: Action,
    tracker: DialogueStateTracker,
    output_channel: OutputChannel,
    nlg: NaturalLanguageGenerator,
    prediction: PolicyPrediction,
) -> bool:
    """Run an action; where it fails, the whole turn fails and nothing of it is kept.

    Rasa would go on without the action's events, and look for another action.
    """
    temporary = tracker.copy()
    temporary.update_with_events(prediction.events, self.domain)
    try:
        events = await action.run(output_channel, nlg, temporary, self.domain)
    except ActionExecutionRejection:
        rejected = ActionExecutionRejected(
            action.name(), prediction.policy_name, prediction.max_confidence
        )
        tracker.update(rejected)
        return bool(self.should_predict_another_action(action.name()))
    self._log_action_on_tracker(tracker, action, events, prediction)
    await self.execute_side_effects(events, tracker, output_channel)
    return bool(self.should_predict_another_action(action.name()))


def apply() -> None:
    """Put our quicker methods in place of Rasa's."""
    validator = jsonschema.Draft7Validator(_RESULT)

    def check_result(_self: RemoteAction, result: dict[str, Any]) -> bool:
        # jsonschema.validate() checks the schema itself on every call: 60 ms, and
        # Rasa's schema tries each event on every kind; reading it does so again.
        validator.validate(result)
        return True

    def request_body(
        self: RemoteAction,
        tracker: DialogueStateTracker,
        domain: Domain,  # noqa: ARG001
    ) -> dict[str, Any]:
        # Our actions read slots and the last message only: the events, which grow
        # with the conversation, stay here, and so does the domain.
        return {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "version": rasa.__version__,
            "tracker": {**tracker.current_state(EventVerbosity.NONE), "events": []},
            "domain": {},
        }

    # The first of a type counts, as in Rasa: its test classes, if loaded, come later.
    by_type = {kind.type_name: kind for kind in reversed(list(all_subclasses(Event)))}

    def resolve(
        type_name: str, default: type[Event] | None = None
    ) -> type[Event] | None:
        # Rasa walks the tree of event classes for every event it reads.
        kind: type[Event] | None = by_type.get(type_name, default)
        if kind is None:
            raise ValueError("an event of a kind that Rasa does not have")
        return kind

    MessageProcessor._run_action = run_action  # type: ignore[method-assign]
    EndpointConfig.session = kept_session  # type: ignore[method-assign]
    DaskGraphRunner.run = run_in_order  # type: ignore[method-assign]
    Event.resolve_by_type = staticmethod(resolve)  # type: ignore[method-assign]
    RemoteAction._validate_action_result = check_result  # type: ignore[method-assign]
    RemoteAction._action_call_format = request_body  # type: ignore[method-assign]
