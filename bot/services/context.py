"""What the assistant remembers of a conversation from one message to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.core.languages import DEFAULT_LANGUAGE, Language, as_language
from bot.core.messages import Reply


@dataclass(frozen=True)
class Context:
    """The slots of Rasa that matter to an answer."""

    language: Language = DEFAULT_LANGUAGE
    jurisdiction: str | None = None
    topic: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    # Near rivals of the last answer, for "no, I meant the other one".
    others: tuple[str, ...] = ()
    asked_state: bool = False
    # What was typed when the assistant last asked back which place is meant.
    asked_place: str = ""
    # The place that the list was last looked up for: "and in Texas?" goes on from it.
    told_place: str = ""
    # What was typed since the last answer, while none was found for it.
    unanswered: str = ""
    misses: int = 0

    def after(self, reply: Reply) -> Context:
        """Return what is remembered once a reply has been given."""
        missed = reply.kind in ("no_answer", "clarify")
        offered = {*self.offered, *self.topic}
        goes_on = reply.entries and offered.issuperset(reply.entries)
        stays = reply.kind == "small_talk" or goes_on
        return replace(
            self,
            language=reply.language,
            topic=reply.entries or self.topic,
            offered=_offered(reply, self.offered),
            asked_state=self.asked_state or "ask_state" in reply.phrases,
            asked_place="",
            told_place=self.told_place if stays else "",
            unanswered=self.unanswered if reply.kind == "small_talk" else "",
            misses=self.misses + 1 if missed else 0,
        )

    def to_slots(self) -> dict[str, Any]:
        """Return the slots' values."""
        return {
            "language": self.language,
            "jurisdiction": self.jurisdiction,
            "topic": list(self.topic),
            "offered": list(self.offered),
            "others": list(self.others),
            "asked_state": self.asked_state,
            "asked_place": self.asked_place or None,
            "told_place": self.told_place or None,
            "unanswered": self.unanswered or None,
            "misses": self.misses,
        }


def _offered(reply: Reply, before: tuple[str, ...]) -> tuple[str, ...]:
    if reply.kind == "clarify" or len(reply.options) > 1:
        return reply.options
    if reply.entries:
        return tuple(entry for entry in before if entry not in reply.entries)
    return before


def context_from_slots(
    slots: Mapping[str, Any], session_language: Language | None
) -> Context:
    """Return the context in Rasa's slots."""
    return Context(
        language=as_language(slots.get("language"))
        or session_language
        or DEFAULT_LANGUAGE,
        jurisdiction=slots.get("jurisdiction"),
        topic=tuple(map(str, slots.get("topic") or ())),
        offered=tuple(map(str, slots.get("offered") or ())),
        others=tuple(map(str, slots.get("others") or ())),
        asked_state=bool(slots.get("asked_state")),
        asked_place=str(slots.get("asked_place") or ""),
        told_place=str(slots.get("told_place") or ""),
        unanswered=str(slots.get("unanswered") or ""),
        misses=int(slots.get("misses") or 0),
    )
