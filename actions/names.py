"""Names that stand in domain.yml, each written once for Python."""

from __future__ import annotations

from typing import Final

ACTION_ANSWER: Final = "action_answer"
ACTION_CONTINUE_TOPIC: Final = "action_continue_topic"
ACTION_MAKE_SMALL_TALK: Final = "action_make_small_talk"
ACTION_OFFER_PERSON: Final = "action_offer_person"
ACTION_REPORT_EMERGENCY: Final = "action_report_emergency"
ACTION_SHOW_REQUEST: Final = "action_show_request"
ACTION_SWITCH_LANGUAGE: Final = "action_switch_language"
ACTION_VALIDATE_DELAY: Final = "validate_delay_form"
ACTION_VALIDATE_FORM: Final = "validate_consultation_form"

CONSULTATION_FORM: Final = "consultation_form"

SLOTS: Final = (
    "language",
    "jurisdiction",
    "topic",
    "offered",
    "others",
    "asked_state",
    "asked_place",
    "told_place",
    "unanswered",
    "misses",
)
