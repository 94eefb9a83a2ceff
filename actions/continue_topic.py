"""Goes on with the last answer: more of it, its sources, the same again."""

from __future__ import annotations

from actions.base import ReplyingAction, answers
from actions.names import ACTION_CONTINUE_TOPIC
from bot.core.understanding import Understanding
from bot.services.context import Context
from bot.services.replying import Outcome


class ActionContinueTopic(ReplyingAction):
    """Say more of what was answered last."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return ACTION_CONTINUE_TOPIC

    def reply_to(self, message: Understanding, context: Context) -> Outcome:
        """Ask the service."""
        return answers().continue_topic(message, context)
