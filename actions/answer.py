"""Answers a question from the knowledge base."""

from __future__ import annotations

from actions.base import ReplyingAction, answers
from actions.names import ACTION_ANSWER
from bot.core.understanding import Understanding
from bot.services.context import Context
from bot.services.replying import Outcome


class ActionAnswer(ReplyingAction):
    """Answer, ask back, or say that there is no checked answer."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return ACTION_ANSWER

    def reply_to(self, message: Understanding, context: Context) -> Outcome:
        """Ask the service."""
        return answers().answer(message, context)
