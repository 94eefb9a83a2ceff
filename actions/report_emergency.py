"""Says what to do when it is happening now."""

from __future__ import annotations

from actions.base import ReplyingAction, answers
from actions.names import ACTION_REPORT_EMERGENCY
from bot.core.understanding import Understanding
from bot.services.context import Context
from bot.services.replying import Outcome


class ActionReportEmergency(ReplyingAction):
    """Put the emergency first."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return ACTION_REPORT_EMERGENCY

    def reply_to(self, message: Understanding, context: Context) -> Outcome:
        """Ask the service."""
        return answers().report_emergency(message, context)
