"""Answers greetings, thanks, yes and no."""

from __future__ import annotations

from actions.base import ReplyingAction, answers
from actions.names import ACTION_MAKE_SMALL_TALK
from bot.core.understanding import Understanding
from bot.services.context import Context
from bot.services.replying import Outcome


class ActionMakeSmallTalk(ReplyingAction):
    """Answer a courtesy shortly."""

    may_begin_request = True

    def name(self) -> str:
        """Return the name in domain.yml."""
        return ACTION_MAKE_SMALL_TALK

    def reply_to(self, message: Understanding, context: Context) -> Outcome:
        """Ask the service."""
        return answers().make_small_talk(message, context)
