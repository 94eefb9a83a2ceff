"""Finds what a message names outright: one of the offered entries, a court case."""

from __future__ import annotations

from bot.core.matching import fold
from bot.core.understanding import Understanding
from bot.knowledge.base import KnowledgeBase
from bot.services import followups
from bot.services.context import Context


def names_unknown_case(text: str, knowledge: KnowledgeBase) -> bool:
    """Return whether a message asks of a court case that no entry speaks of.

    A case that the office's articles misreport must not get a look-alike answer.
    """
    party = followups.named_case(text)
    if party is None:
        return False
    return not any(
        party in fold(f"{words.short} {words.details}")
        for entry in knowledge.entries.values()
        for words in entry.texts.values()
    )


def chosen_entry(message: Understanding, context: Context) -> str | None:
    named = message.entities.get("entry")
    if named and message.intent == "choose_entry":
        return named[0]
    place = followups.chosen_place(message.text)
    if place is not None and place < len(context.offered):
        return context.offered[place]
    return None
