"""Stands for the services behind the actions: gives one answer, or fails as told."""

from __future__ import annotations

import time
from typing import Any

from rasa_sdk import Tracker

from bot.core.messages import Reply
from bot.core.understanding import Understanding
from bot.services.context import Context
from bot.services.replying import Outcome


class FakeAnswers:
    """Answers every use case with the same entry and remembers which was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.message: Understanding | None = None
        self.context: Context | None = None
        self.failure: Exception | None = None
        self.seconds = 0.0
        self.begins = False

    def begins_request(self, message: Understanding, context: Context) -> bool:
        """Whether the message takes up the offer of a person, as the test says."""
        return self.begins

    def __getattr__(self, use_case: str) -> Any:
        if use_case.startswith("__"):
            raise AttributeError(use_case)

        def answer(message: Understanding, context: Context) -> Outcome:
            self.asked.append(use_case)
            self.message, self.context = message, context
            time.sleep(self.seconds)
            if self.failure:
                raise self.failure
            reply = Reply("answer", context.language, entries=("what_is_detainer",))
            return Outcome(reply, context.after(reply))

        return answer


def tracker(text: str, page: str | None = None, **slots: Any) -> Tracker:
    """Return what Rasa tells an action about a message (page: the page's language)."""
    latest = {
        "text": text,
        "intent": {"name": "ask_warrants"},
        "metadata": {"language": page},
        "entities": [],
    }
    nothing_set = dict.fromkeys(Context().to_slots())
    return Tracker(
        "conversation",
        {**nothing_set, **slots},
        latest,
        [],
        False,
        None,
        {},
        "action_listen",
    )
