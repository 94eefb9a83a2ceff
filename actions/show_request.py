"""Tells what became of a consultation request, and deletes it when asked."""

from __future__ import annotations

from datetime import datetime, timezone

from rasa_sdk import Tracker

from actions.base import Turned, TurningAction, answers, read_turn, storage
from actions.names import ACTION_SHOW_REQUEST
from actions.validate_consultation_form import key_of_requests
from bot.services.request_codes import page_at
from bot.services.request_replies import Asked, reply_about_request
from bot.settings import load_settings


class ActionShowRequest(TurningAction):
    """Find the request by its private number or by the conversation."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return ACTION_SHOW_REQUEST

    def take_turn(self, tracker: Tracker) -> Turned:
        """Ask the service."""
        message, context = read_turn(tracker)
        pressed = message.entities.get("answer") or ("?",)
        named = message.entities.get("request") or ("",)
        asked = Asked(
            conversation=tracker.sender_id,
            language=message.language or context.language,
            text=named[0] or message.text,
            wants_delete=message.intent == "delete_request",
            is_sure=bool(message.entities.get("sure")),
            page=page_at(load_settings().PUBLIC_URL),
            pressed=pressed[0] if message.intent == "choose_answer" else "",
        )
        reply = reply_about_request(
            storage(),
            answers().knowledge(),
            asked,
            key_of_requests(),
            datetime.now(timezone.utc),
        )
        return Turned(reply, context.after(reply).to_slots())
