"""Makes slow places of Rasa quick: checks of results, requests to actions, events."""

from __future__ import annotations

from typing import Any

import jsonschema
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.utils.common import all_subclasses


def apply() -> None:
    """Put our quicker methods in place of Rasa's."""
    validator = jsonschema.Draft7Validator(RemoteAction.action_response_format_spec())

    def check_result(_self: RemoteAction, result: dict[str, Any]) -> bool:
        # jsonschema.validate() checks the schema itself on every call: 60 ms.
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

    by_type = {kind.type_name: kind for kind in all_subclasses(Event)}

    def resolve(
        type_name: str, default: type[Event] | None = None
    ) -> type[Event] | None:
        # Rasa walks the tree of event classes for every event it reads.
        return by_type.get(type_name, default)

    Event.resolve_by_type = staticmethod(resolve)  # type: ignore[method-assign]
    RemoteAction._validate_action_result = check_result  # type: ignore[method-assign]
    RemoteAction._action_call_format = request_body  # type: ignore[method-assign]
