"""A visitor who fills in the consultation form, over a real database of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Final

from bot.core.consultations import Consultation
from bot.core.languages import Language
from bot.core.messages import Channel, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.context import Context
from bot.services.intake import Intake, Move, Turn
from bot.services.replying import Outcome
from bot.storage import consultations
from bot.storage.conversations import start_conversation
from bot.storage.engine import Storage

CONVERSATION: Final = "c" * 32
KEY: Final = b"a key for tests, of no other use"
# What is pressed or typed for each question on the way to the summary.
ANSWERS: Final = {
    "consent": "yes",
    "place": "New York",
    "urgency": "neither",
    "urgent_date": "August 3, 2026",
    "other_side": "Acme LLC",
    "matter": "Mandamus",
    "reach": "phone",
    "address": "(212) 555-0123",
    "reach_time": "morning",
    "message_ok": "no",
    "name": "María",
    "spoken": "Spanish",
    "kind": "by phone",
    "times": "any time",
}


def knows_nothing() -> Outcome | None:
    """Answer no question at all."""
    return None


def answered(*phrases: str, kind: str = "answer") -> Callable[[], Outcome | None]:
    """Answer every question in the middle with an entry on bond."""
    reply = Reply(kind, "en", entries=("bond_basics",), phrases=phrases)  # type: ignore[arg-type]
    return lambda: Outcome(reply, Context("en"))


@dataclass
class Visitor:
    """Writes one message after the other and remembers what was asked last."""

    storage: Storage
    knowledge: KnowledgeBase
    clock: Callable[[], datetime]
    channel: Channel = "web"
    language: Language = "en"
    asks: str | None = None
    reply: Reply = field(default_factory=lambda: Reply("form", "en"))
    _numbers: count[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        """Begin the conversation."""
        with self.storage.begin() as session:
            start_conversation(
                session, CONVERSATION, self.channel, self.language, self.clock()
            )

    def intake(self) -> Intake:
        """Return the form as after a restart: nothing of it is in memory."""
        return Intake(
            self.storage,
            lambda: self.knowledge,
            KEY,
            self.clock,
            lambda signs, n: self._chosen(signs, n),
            90,
        )

    def begin(self) -> Reply:
        """Ask for the form."""
        self.asks = None
        return self.hear("I want a lawyer")

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
        turn = Turn(
            CONVERSATION,
            self.channel,
            self.language,
            message or f"message-{next(self._numbers)}",
            self.asks,
            text,
            answer,
            intent,
            signals,
            is_late,
        )
        move: Move = self.intake().take(turn, interrupt)
        self.asks, self.reply = move.asks, move.reply
        return move.reply

    def press(self, choice: str) -> Reply:
        """Press the button of a choice that is shown."""
        payload = f'/choose_answer{{"answer": "{self.asks}.{choice}"}}'
        assert payload in [button.payload for button in self.reply.buttons]
        return self.hear(answer=f"{self.asks}.{choice}")

    def answer_up_to(self, field: str, **other: str) -> Reply:
        """Begin and answer each question until one is asked."""
        if self.asks is None:
            self.begin()
        for _ in range(20):
            if self.asks == field:
                return self.reply
            self.hear({**ANSWERS, **other}[str(self.asks)])
        raise AssertionError(f"{field} was never asked")

    def draft(self) -> Consultation | None:
        """Return what is kept of the request that is being filled in."""
        with self.storage.read() as session:
            return consultations.draft_of(session, CONVERSATION)

    def answers(self) -> dict[str, str]:
        """Return the answers kept so far."""
        draft = self.draft()
        kept = draft.answers if draft else {}
        return {k: v for k, v in kept.items() if not k.startswith("_")}

    def sent(self) -> list[Consultation]:
        """Return the requests that were sent."""
        with self.storage.read() as session:
            return consultations.of_conversation(session, CONVERSATION)

    def _chosen(self, signs: str, number: int) -> str:
        self._made = getattr(self, "_made", 0) + 1
        place = self._made
        chosen = ""
        for _ in range(number):
            place, rest = divmod(place, len(signs))
            chosen += signs[rest]
        return chosen
