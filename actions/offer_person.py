"""Says how a person of the office can be reached."""

from __future__ import annotations

from actions.base import ReplyingAction, answers
from actions.names import ACTION_OFFER_PERSON
from bot.core.understanding import Understanding
from bot.services.context import Context
from bot.services.replying import Outcome


class ActionOfferPerson(ReplyingAction):
    """Offer a person."""

    may_begin_request = True

    def name(self) -> str:
        """Return the name in domain.yml."""
        return ACTION_OFFER_PERSON

    def reply_to(self, message: Understanding, context: Context) -> Outcome:
        """Ask the service."""
        return answers().offer_person(message, context)
