"""Asks for the visitor's state where the law differs: once, and then keeps it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.entries import Entry
from bot.core.messages import Button, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.context import Context

_STATES: Final = ("NY", "NJ")
_BOTH: Final = "NY/NJ"
# Their answer is the same for both states, or the moment is none for a question.
_NEVER_ASKED: Final = frozenset({"meta", "consult"})


def counterpart(entry: Entry, knowledge: KnowledgeBase) -> Entry | None:
    """Return the entry that says the same for the other state, or None.

    The two name each other as related, in one group: staff decide what belongs
    together.
    """
    if entry.jurisdiction not in _STATES:
        return None
    for name in entry.related:
        other = knowledge.find(name)
        if (
            other is not None
            and other.group == entry.group
            and other.jurisdiction in _STATES
            and other.jurisdiction != entry.jurisdiction
            and entry.id in other.related
        ):
            return other
    return None


def offered_in_state(context: Context, knowledge: KnowledgeBase) -> str | None:
    """Return the offered entry that is the visitor's state's own, just asked for."""
    if not context.misses:
        return None
    for name in context.offered:
        entry = knowledge.find(name)
        if entry is not None and entry.jurisdiction == context.jurisdiction:
            return name
    return None


def with_state_question(reply: Reply, entries: list[Entry], context: Context) -> Reply:
    """Return the reply, with the question for the state if it helps and is new."""
    differs = any(
        entry.jurisdiction == _BOTH
        and entry.group not in _NEVER_ASKED
        and not entry.emergency
        for entry in entries
    )
    if context.jurisdiction or context.asked_state or not differs:
        return reply
    if reply.kind != "answer" or reply.part != "short":
        return reply
    choices = tuple(
        Button(f"state_{state.lower()}", f'/choose_state{{"state": "{state}"}}')
        for state in _STATES
    )
    return replace(
        reply,
        phrases=(*reply.phrases, "ask_state"),
        buttons=(*choices, *reply.buttons[:1]),
    )
