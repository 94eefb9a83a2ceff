"""Takes each answer to the delay check, and asks for the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any, Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from actions.base import REQUESTED_SLOT, Turned, TurningAction, answers, read_turn
from actions.interruptions import answer_between
from actions.names import ACTION_VALIDATE_DELAY
from bot.core.consultations import CONFIRM
from bot.core.delay import FIELDS
from bot.core.languages import Language
from bot.core.understanding import Understanding
from bot.services.delay_check import DelayCheck, DelayMove, DelayTurn
from bot.services.replying import Outcome
from bot.settings import load_settings

# What a slot of the form holds; the answers stand together in one slot.
GIVEN: Final = "given"
PREFIX: Final = "delay_"
KEPT_ANSWERS: Final = "delay_answers"
DELAY_SLOTS: Final = tuple(f"{PREFIX}{name}" for name in (*FIELDS, CONFIRM))


class ValidateDelayForm(TurningAction):
    """Rasa calls this at each turn of its form."""

    # A form that was told of no slot takes the message for none of its own, and Rasa
    # would look for another action.
    always_set = frozenset({*DELAY_SLOTS, REQUESTED_SLOT})

    def name(self) -> str:
        """Return the name in domain.yml."""
        return ACTION_VALIDATE_DELAY

    def events_of_failure(self, tracker: Tracker) -> list[dict[str, Any]]:
        """Let the form ask the same again at the next message."""
        asked = tracker.slots.get(REQUESTED_SLOT)
        return [
            SlotSet(f"{PREFIX}{CONFIRM}", None),
            SlotSet(REQUESTED_SLOT, asked),
            FollowupAction("action_listen"),
        ]

    def take_turn(self, tracker: Tracker) -> Turned:
        """Let the check decide; a question in between is answered by the dialogue."""
        message, context = read_turn(tracker)
        asked = str(tracker.slots.get(REQUESTED_SLOT) or "").removeprefix(PREFIX)
        if not asked and message.language is not None:
            # Nothing is asked yet: it is answered in the language it was asked for in.
            context = replace(context, language=message.language)
        answered: list[Outcome] = []

        def interrupt() -> Outcome | None:
            found = answer_between(answers(), message, context)
            answered[:] = [found] if found is not None else []
            return found

        turn = read_delay_turn(tracker, message, context.language, asked or None)
        move = delay_check().take(turn, interrupt)
        context = answered[0].context if answered else context
        slots = delay_slots_after(asked or None, move)
        return Turned(move.reply, {**context.to_slots(), **slots})


def read_delay_turn(
    tracker: Tracker, message: Understanding, language: Language, asked: str | None
) -> DelayTurn:
    """Return what the visitor did, as the check reads it."""
    latest = tracker.latest_message
    about = latest.get("metadata") or {}
    pressed = message.entities.get("answer") or (None,)
    is_button = str(latest.get("text") or "").startswith("/")
    kept = tracker.slots.get(KEPT_ANSWERS) or {}
    return DelayTurn(
        channel=about.get("channel") or "web",
        language=language,
        message_key=str(latest.get("message_id") or ""),
        asked=asked,
        answers={str(name): str(value) for name, value in kept.items()},
        text="" if is_button else message.text,
        answer=pressed[0] if is_button else None,
        intent=message.intent,
        signals=message.signals,
        is_late=bool(about.get("late")),
    )


def delay_slots_after(asked: str | None, move: DelayMove) -> dict[str, Any]:
    """Return the form's slots after a move; the answers outlive the form."""
    kept = {KEPT_ANSWERS: move.answers or None}
    if move.asks is None:
        return {**kept, **dict.fromkeys(DELAY_SLOTS), REQUESTED_SLOT: None}
    name = asked if asked in FIELDS else CONFIRM
    is_given = name != CONFIRM and asked != move.asks
    return {
        **kept,
        f"{PREFIX}{name}": GIVEN if is_given else None,
        REQUESTED_SLOT: f"{PREFIX}{move.asks}",
    }


@lru_cache(maxsize=1)
def delay_check() -> DelayCheck:
    """Return the check of this process, built at the first call."""
    return DelayCheck(
        answers().knowledge,
        lambda: datetime.now(timezone.utc),
        load_settings().REQUIRE_APPROVED,
    )
