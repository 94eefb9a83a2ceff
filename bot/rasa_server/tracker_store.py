"""Keeps Rasa's memory in our database: encrypted, deletable, and never by guessing.

Rasa's SQL store ends the process on a bad row and its wrapper answers from an
empty memory when the database fails. Here an error stays an error: the turn
fails and the gateway says so.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.services.request_codes import find_code_in
from bot.settings import load_settings
from bot.storage.engine import Storage, open_storage
from bot.storage.trackers import load_tracker, save_tracker, tracker_ids

# Rules look at the present turn only; older turns would only slow each message down.
_KEPT_TURNS = 2
# Stands where a visitor answered a question of the consultation form.
HIDDEN = "(private)"
# What only the turn itself needs: its vector, its ranking, its parts.
_PASSING = ("vector", "intent_ranking", "parts", "respelt")


class EncryptedTrackerStore(TrackerStore, SerializedTrackerAsText):
    """One encrypted row a conversation: slots, and the events of the last turns."""

    def __init__(
        self,
        domain: Domain | None,
        host: EndpointConfig | None = None,  # noqa: ARG002
        event_broker: EventBroker | None = None,
        storage: Storage | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._storage = storage or open_storage(load_settings())

    @property
    def domain(self) -> Domain:
        """The domain whose slots a memory has."""
        return self._domain

    @domain.setter
    def domain(self, domain: Domain | None) -> None:
        self._domain = domain or Domain.empty()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Save the whole memory in one row; raises StorageError."""
        content = _to_content(tracker)
        await asyncio.to_thread(self._save, tracker.sender_id, content)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the memory of a conversation or None; raises StorageError."""
        content = await asyncio.to_thread(self._load, sender_id)
        if content is None:
            return None
        return _to_tracker(sender_id, content, self.domain, self.max_event_history)

    async def keys(self) -> list[str]:
        """Return the ids of all conversations with a memory."""
        return await asyncio.to_thread(self._ids)

    def _save(self, conversation: str, content: dict[str, Any]) -> None:
        with self._storage.begin() as session:
            save_tracker(session, conversation, content, datetime.now(timezone.utc))

    def _load(self, conversation: str) -> dict[str, Any] | None:
        with self._storage.read() as session:
            return load_tracker(session, conversation)

    def _ids(self) -> list[str]:
        with self._storage.read() as session:
            return tracker_ids(session)


def _to_content(tracker: DialogueStateTracker) -> dict[str, Any]:
    events = list(tracker.events)
    turns = [n for n, event in enumerate(events) if event.type_name == "user"]
    loop = [n for n, event in enumerate(events) if event.type_name == "active_loop"]
    start = 0
    if len(turns) > _KEPT_TURNS and not tracker.active_loop:
        # A turn begins with the listening before the visitor's words.
        start = max(0, turns[-_KEPT_TURNS] - 1)
    elif loop and tracker.active_loop and len(turns) > _KEPT_TURNS:
        start = max(0, min(turns[-_KEPT_TURNS] - 1, loop[-1] - 2))
    before = DialogueStateTracker(tracker.sender_id, tracker.slots.values())
    for event in events[:start]:
        if isinstance(event, SlotSet):
            before.update(event)
    slots = {
        name: slot.value for name, slot in before.slots.items() if slot.has_been_set
    }
    kept, asked = [], slots.get(REQUESTED_SLOT)
    for event in events[start:]:
        kept.append(_kept(event.as_dict(), asked is not None))
        if isinstance(event, SlotSet) and event.key == REQUESTED_SLOT:
            asked = event.value
    return {"slots": slots if start else {}, "events": kept}


def _kept(event: dict[str, Any], is_asked: bool) -> dict[str, Any]:
    """Return what is saved of an event: no answer to a question of the form."""
    parse = event.get("parse_data")
    if not isinstance(parse, dict):
        return event
    kept = {name: value for name, value in parse.items() if name not in _PASSING}
    text = str(event.get("text") or "")
    is_button = text.startswith("/")
    if (is_asked and not is_button) or find_code_in(text):
        hidden = {"text": HIDDEN, "entities": []}
        return {**event, **hidden, "parse_data": {**kept, **hidden}}
    return {**event, "parse_data": kept}


def _to_tracker(
    sender_id: str, content: dict[str, Any], domain: Domain, max_history: int | None
) -> DialogueStateTracker:
    slots = [SlotSet(name, value) for name, value in content["slots"].items()]
    events = deserialise_events(content["events"])
    return DialogueStateTracker.from_events(
        sender_id, [*slots, *events], domain.slots, max_history, domain=domain
    )
