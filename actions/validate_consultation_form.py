"""Takes each answer to the consultation form, and asks for the next."""

from __future__ import annotations

import secrets
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any, Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from actions.base import (
    REQUESTED_SLOT,
    Turned,
    TurningAction,
    answers,
    read_turn,
    storage,
)
from actions.interruptions import answer_between
from actions.names import ACTION_VALIDATE_FORM
from bot.core.consultations import CONFIRM, FIELDS
from bot.core.understanding import Understanding
from bot.services.delay_check import carried_over
from bot.services.hearing import hashed
from bot.services.intake import Intake, Move, Turn
from bot.services.replying import Outcome
from bot.services.request_codes import page_at
from bot.settings import load_settings
from bot.storage.keys import derived_key

# What a slot of the form holds: never the answer itself, which is kept encrypted.
GIVEN: Final = "given"


class ValidateConsultationForm(TurningAction):
    """Rasa calls this at each turn of its form."""

    # A form that was told of no slot takes the message for none of its own, and Rasa
    # would look for another action.
    always_set = frozenset({*FIELDS, CONFIRM, REQUESTED_SLOT})

    def name(self) -> str:
        """Return the name in domain.yml."""
        return ACTION_VALIDATE_FORM

    def events_of_failure(self, tracker: Tracker) -> list[dict[str, Any]]:
        """Let the form ask the same again at the next message."""
        asked = tracker.slots.get(REQUESTED_SLOT)
        return [
            SlotSet(CONFIRM, None),
            SlotSet(REQUESTED_SLOT, asked),
            FollowupAction("action_listen"),
        ]

    def take_turn(self, tracker: Tracker) -> Turned:
        """Let the intake decide; a question in between is answered by the dialogue."""
        message, context = read_turn(tracker)
        answered: list[Outcome] = []

        def interrupt() -> Outcome | None:
            found = answer_between(answers(), message, context)
            answered[:] = [found] if found is not None else []
            return found

        asked = tracker.slots.get(REQUESTED_SLOT)
        turn = read_form_turn(tracker, message, context.language, asked)
        move = intake().take(turn, interrupt)
        context = answered[0].context if answered else context
        return Turned(move.reply, {**context.to_slots(), **slots_after(asked, move)})


def read_form_turn(
    tracker: Tracker, message: Understanding, language: Any, asked: str | None
) -> Turn:
    """Return what the visitor did, as the intake reads it."""
    latest = tracker.latest_message
    about = latest.get("metadata") or {}
    pressed = message.entities.get("answer") or (None,)
    message_id = str(latest.get("message_id") or "")
    is_button = str(latest.get("text") or "").startswith("/")
    return Turn(
        conversation=tracker.sender_id,
        channel=about.get("channel") or "web",
        language=language,
        message_key=hashed(key_of_requests(), "message", message_id),
        asked=asked,
        text="" if is_button else message.text,
        answer=pressed[0] if is_button else None,
        intent=message.intent,
        signals=message.signals,
        is_late=bool(about.get("late")),
        known=carried_over(tracker.slots.get("delay_answers") or {}),
    )


def slots_after(asked: str | None, move: Move) -> dict[str, Any]:
    """Return the form's slots after a move; an ended form remembers nothing."""
    if move.asks is None:
        return {**dict.fromkeys((*FIELDS, CONFIRM)), REQUESTED_SLOT: None}
    name = asked if asked in FIELDS else CONFIRM
    is_given = name != CONFIRM and asked != move.asks
    return {str(name): GIVEN if is_given else None, REQUESTED_SLOT: move.asks}


@lru_cache(maxsize=1)
def intake() -> Intake:
    """Return the intake of this process, built at the first call."""
    settings = load_settings()
    return Intake(
        storage(),
        answers().knowledge,
        key_of_requests(),
        lambda: datetime.now(timezone.utc),
        lambda signs, count: "".join(secrets.choice(signs) for _ in range(count)),
        settings.REQUEST_DAYS,
        page_at(settings.PUBLIC_URL),
    )


@lru_cache(maxsize=1)
def key_of_requests() -> bytes:
    """Return the key of the private numbers and of messages that sent a request."""
    return derived_key(load_settings(), "requests")
