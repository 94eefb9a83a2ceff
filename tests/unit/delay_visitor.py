"""A visitor who goes through the delay check, as the slots of Rasa would carry it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Final

from bot.core.languages import Language
from bot.core.messages import Channel, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.delay_check import DelayCheck, DelayTurn
from bot.services.replying import Outcome
from tests.unit.fake_requests import knows_nothing

# What is typed for each question on the way to the summary.
TYPED: Final = {
    "en": {
        "filed": "my I-485",
        "where": "USCIS",
        "since": "March 2024",
        "happened": "interview and fingerprints",
        "tried": "I called them",
        "home": "New Jersey",
        "confirm": "yes",
    },
    "es": {
        "filed": "la I-485",
        "where": "lo tiene inmigración",
        "since": "marzo de 2024",
        "happened": "entrevista y huellas",
        "tried": "hice una consulta",
        "home": "Nueva Jersey",
        "confirm": "sí",
    },
}
GIVEN: Final = {
    "filed": "i485",
    "where": "uscis",
    "since": "2024-03",
    "happened": "interview biometrics",
    "tried": "inquiry",
    "home": "nj",
}


@dataclass
class Visitor:
    """Writes one message after the other; what is kept goes in and comes out."""

    knowledge: KnowledgeBase
    clock: Callable[[], datetime]
    channel: Channel = "web"
    language: Language = "en"
    asks: str | None = None
    kept: dict[str, str] = field(default_factory=dict)
    require_approved: bool = False
    reply: Reply = field(default_factory=lambda: Reply("form", "en"))
    _numbers: count[int] = field(default_factory=count)

    def begin(self, text: str = "would mandamus help me?") -> Reply:
        """Ask for the check."""
        self.asks = None
        return self.hear(text, intent="start_delay_check")

    def hear(
        self,
        text: str = "",
        answer: str | None = None,
        *,
        interrupt: Callable[[], Outcome | None] = knows_nothing,
        message: str = "",
        intent: str | None = None,
        signals: frozenset[str] = frozenset(),
        is_late: bool = False,
    ) -> Reply:
        """Write or press something; `message` is the key of a message sent again."""
        check = DelayCheck(lambda: self.knowledge, self.clock, self.require_approved)
        move = check.take(
            DelayTurn(
                self.channel,
                self.language,
                message or f"message-{next(self._numbers)}",
                self.asks,
                dict(self.kept),
                text,
                answer,
                intent,
                signals,
                is_late,
            ),
            interrupt,
        )
        self.asks, self.kept, self.reply = move.asks, move.answers, move.reply
        return move.reply

    def press(self, choice: str) -> Reply:
        """Press a button that is shown, of the question or of the result."""
        ending = f'.{choice}"}}'
        (payload,) = [
            b.payload for b in self.reply.buttons if b.payload.endswith(ending)
        ]
        is_start = payload.startswith("/start_delay_check")
        answer = payload.split('"answer": "')[1].removesuffix('"}')
        return self.hear(answer=answer, intent="start_delay_check" if is_start else "")

    def answer_up_to(self, field: str, **other: str) -> Reply:
        """Begin and answer each question until one is asked."""
        if self.asks is None:
            self.begin()
        for _ in range(10):
            if self.asks == field:
                return self.reply
            self.hear({**TYPED[self.language], **other}[str(self.asks)])
        raise AssertionError(f"{field} was never asked")

    @property
    def answers(self) -> dict[str, str]:
        """The answers so far, without what is kept beside them."""
        return {k: v for k, v in self.kept.items() if not k.startswith("_")}
