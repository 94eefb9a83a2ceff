"""The parent of all actions: builds the services once, and never lets an error out."""

from __future__ import annotations

import abc
import asyncio
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any, ClassVar, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.names import CONSULTATION_FORM
from bot.core.errors import BotError
from bot.core.languages import as_language
from bot.core.messages import Reply
from bot.core.understanding import Understanding, understanding_from_parse
from bot.services.agreement_overrides import read_overrides
from bot.services.answers import Answers
from bot.services.context import Context, context_from_slots
from bot.services.danger import with_help_first
from bot.services.followups import heard
from bot.services.library import Library
from bot.services.miss_watch import MissWatch
from bot.services.place_answers import CurrentList, PlaceAnswers, list_at
from bot.services.replying import Outcome
from bot.services.thresholds import load_thresholds
from bot.settings import load_settings
from bot.storage.engine import Storage, open_storage

logger: Final = logging.getLogger(__name__)
_SECONDS: Final = 5.0
# Rasa's own slot: what its form asked last.
REQUESTED_SLOT: Final = "requested_slot"
# What a service can meet: a fault in the content, a file it cannot read, a slot or
# field of another form, no time left. Anything else is hidden at the server's edge.
_FAILURES: Final = (
    BotError,
    OSError,
    LookupError,
    TypeError,
    ValueError,
    asyncio.TimeoutError,
)


@lru_cache(maxsize=1)
def library() -> Library:
    """Return the knowledge of this process, read at the first call."""
    return Library(load_settings())


@lru_cache(maxsize=1)
def storage() -> Storage:
    """Return the database, opened at the first call."""
    return open_storage(load_settings())


@lru_cache(maxsize=1)
def answers() -> Answers:
    """Return the services of this process, built at the first call."""
    settings = load_settings()
    places = PlaceAnswers(
        CurrentList(storage()),
        lambda: read_overrides(settings.KNOWLEDGE_DIR),
        lambda: library().current.desk.local(datetime.now(timezone.utc)).date(),
        list_at(settings.PUBLIC_URL),
        settings.REQUIRE_APPROVED,
    )
    return Answers(
        library(),
        load_thresholds(settings.THRESHOLDS_FILE),
        settings.REQUIRE_APPROVED,
        places,
    )


@dataclass(frozen=True)
class Turned:
    """A reply, the slots as they are after it, and what goes on in the same turn.

    Without a reply it is the next action, a form, that says something.
    """

    reply: Reply | None
    slots: Mapping[str, Any]
    next_action: str = "action_listen"


class TurningAction(Action, abc.ABC):
    """Takes one turn and sends its Reply; an error sends and remembers nothing.

    The gateway turns an empty result into an apology, so a visitor never meets silence.
    """

    # Slots that are told to Rasa even where they stay as they are.
    always_set: ClassVar[frozenset[str]] = frozenset()

    @abc.abstractmethod
    def take_turn(self, tracker: Tracker) -> Turned:
        """Return the reply to the latest message, and the slots after it."""

    def events_of_failure(
        self,
        tracker: Tracker,  # noqa: ARG002
    ) -> list[dict[str, Any]]:
        """Return what Rasa is told when nothing could be done: nothing."""
        return []

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[dict[str, Any]]:
        """Run the action within its time."""
        try:
            outcome = await asyncio.wait_for(
                asyncio.to_thread(self.take_turn, tracker), _SECONDS
            )
        except _FAILURES as error:
            incident = secrets.token_hex(4)
            logger.error(
                "%s failed, incident %s: %s",
                self.name(),
                incident,
                type(error).__name__,
            )
            return self.events_of_failure(tracker)
        if outcome.reply is not None:
            dispatcher.utter_message(json_message=outcome.reply.to_json())
        changed = [
            SlotSet(name, value)
            for name, value in outcome.slots.items()
            if tracker.slots.get(name) != value or name in self.always_set
        ]
        # A turn has one action; saying so spares Rasa from predicting that it is over.
        return [*changed, FollowupAction(outcome.next_action)]


class ReplyingAction(TurningAction, abc.ABC):
    """Reads message and slots, and asks a service of the dialogue."""

    # Notes questions that were missed, beside the turn; none until the server starts.
    watch: ClassVar[MissWatch | None] = None
    # Whether a message may take up the offer of a person, made by the last reply.
    may_begin_request: ClassVar[bool] = False

    @abc.abstractmethod
    def reply_to(self, message: Understanding, context: Context) -> Outcome:
        """Return the outcome that the service gives."""

    def take_turn(self, tracker: Tracker) -> Turned:
        """Return the reply to the latest message, and the slots after it."""
        message, context = read_turn(tracker)
        if self.may_begin_request and answers().begins_request(message, context):
            return Turned(None, heard(message, context).to_slots(), CONSULTATION_FORM)
        outcome = self.reply_to(message, context)
        reply = with_help_first(outcome.reply, message.text)
        if self.watch is not None:
            self.watch.see(tracker.sender_id, message, reply)
        return Turned(reply, outcome.context.to_slots())


def read_turn(tracker: Tracker) -> tuple[Understanding, Context]:
    """Return the latest message, and what is remembered of the conversation."""
    latest = tracker.latest_message
    session = as_language((latest.get("metadata") or {}).get("language"))
    message = understanding_from_parse(latest)
    return message, context_from_slots(tracker.slots, session)
