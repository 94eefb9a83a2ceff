"""Answers what a visitor says in the middle of the form that is no answer to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.understanding import CRISIS, GROUP_INTENT_PREFIX, NOW, Understanding
from bot.services.answers import Answers
from bot.services.context import Context
from bot.services.replying import Outcome

_CONTINUING: Final = frozenset(
    {"ask_more", "ask_sources", "repeat_answer", "change_topic_other"}
)
_ANSWERED: Final = frozenset({"answer", "emergency", "handoff", "clarify"})


def answer_between(
    answers: Answers, message: Understanding, context: Context
) -> Outcome | None:
    """Return what the assistant knows to say to a message, or None."""
    intent = message.intent or ""
    if message.signals & {NOW, CRISIS} or intent in ("report_emergency", CRISIS):
        return answers.report_emergency(message, context)
    if intent in _CONTINUING and context.topic:
        return answers.continue_topic(message, context)
    if intent == "switch_language":
        return answers.switch_language(message, context)
    if intent.startswith(GROUP_INTENT_PREFIX) or intent in (
        "choose_entry",
        "choose_state",
        "out_of_scope",
    ):
        outcome = answers.answer(message, context)
        # Words typed into a form are kept nowhere but in the request.
        forgotten = replace(outcome.context, unanswered=context.unanswered)
        outcome = replace(outcome, context=forgotten)
        return outcome if outcome.reply.kind in _ANSWERED else None
    return None
