"""Makes replies of entries, choices and phrases, and what is remembered after each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.messages import Reply, ReplyKind, ReplyPart
from bot.core.understanding import Understanding
from bot.knowledge.base import KnowledgeBase
from bot.services import followups
from bot.services.context import Context
from bot.services.finding import Finder
from bot.services.library import Library
from bot.services.place_answers import PlaceAnswers
from bot.services.replies import (
    reply_with_choices,
    reply_with_entries,
    reply_with_phrases,
    reply_without_answer,
)
from bot.services.states import for_state
from bot.services.thresholds import Thresholds


@dataclass(frozen=True)
class Outcome:
    """A reply, and what is remembered after it."""

    reply: Reply
    context: Context


class Replying:
    """What every use case of the dialogue replies with: only what may be shown."""

    def __init__(
        self,
        library: Library,
        thresholds: Thresholds,
        require_approved: bool,
        places: PlaceAnswers | None = None,
    ) -> None:
        self._library = library
        self._thresholds = thresholds
        self._require_approved = require_approved
        self._places = places

    def knowledge(self) -> KnowledgeBase:
        """Return the knowledge base as the files have it now."""
        return self._library.knowledge()

    def _finder(self, knowledge: KnowledgeBase) -> Finder:
        index, thresholds = self._library.index, self._thresholds
        return Finder(knowledge, index, thresholds, self._require_approved)

    def _listed(self, message: Understanding, context: Context) -> Outcome | None:
        found = self._places and self._places.find(message, context, self.knowledge())
        return Outcome(*found) if found else None

    def _give(
        self,
        context: Context,
        entries: Sequence[str],
        kind: ReplyKind = "answer",
        phrases: tuple[str, ...] = (),
        part: ReplyPart = "short",
        message: Understanding | None = None,
    ) -> Outcome:
        knowledge = self._library.knowledge()
        known = [
            entry
            for name in entries
            if (entry := knowledge.find(name)) is not None
            and entry.is_published(self._require_approved)
        ]
        if not known:
            return self._unknown(context)
        advice = message is not None and followups.asks_for_advice(message.meant)
        reply = reply_with_entries(context.language, known, kind, phrases, part, advice)
        if message is not None:
            reply = for_state(reply, known, context, message.meant)
        return Outcome(reply, context.after(reply))

    def _offer(
        self, context: Context, entries: Sequence[str], phrase: str = "clarify"
    ) -> Outcome:
        reply = reply_with_choices(context.language, entries, phrase)
        return Outcome(reply, context.after(reply))

    def _unknown(self, context: Context, near: Sequence[str] = ()) -> Outcome:
        reply = reply_without_answer(context.language, bool(context.misses), near)
        return Outcome(reply, context.after(reply))

    def _say(self, context: Context, kind: ReplyKind, *phrases: str) -> Outcome:
        reply = reply_with_phrases(context.language, kind, phrases)
        return Outcome(reply, context.after(reply))
