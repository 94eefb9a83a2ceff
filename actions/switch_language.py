"""Changes the language of the conversation."""

from __future__ import annotations

from actions.base import ReplyingAction, answers
from actions.names import ACTION_SWITCH_LANGUAGE
from bot.core.understanding import Understanding
from bot.services.context import Context
from bot.services.replying import Outcome


class ActionSwitchLanguage(ReplyingAction):
    """Answer in the other language from now on."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return ACTION_SWITCH_LANGUAGE

    def reply_to(self, message: Understanding, context: Context) -> Outcome:
        """Ask the service."""
        return answers().switch_language(message, context)
