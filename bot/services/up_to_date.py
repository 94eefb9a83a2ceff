"""Puts the files' present texts to a reply that may be older or newer than they are.

The action server chooses the entries, the gateway shows them, and staff may change,
add or withdraw an entry between the two.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.core.cards import ShownReply
from bot.core.messages import Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.library import KnowledgeShelf
from bot.services.replies import reply_without_answer
from bot.services.showing import show_reply
from bot.services.turn_keeping import APOLOGY

_NEEDS_ENTRIES: Final = frozenset({"answer", "clarify"})


def shown_now(
    shelf: KnowledgeShelf, reply: Reply, now: datetime, require_approved: bool
) -> tuple[Reply, ShownReply]:
    """Return the reply that may be given now, and the same with its texts."""
    knowledge = shelf.knowledge()
    given = as_published(reply, knowledge, require_approved)
    if given is not reply:
        # Perhaps this process has not looked since the entry was written.
        knowledge = shelf.look()
        given = as_published(reply, knowledge, require_approved)
    today = knowledge.desk.local(now).date()
    try:
        return given, show_reply(given, knowledge, today, require_approved)
    except KeyError:
        # The action server says a sentence that this process does not know.
        apology = Reply("notice", reply.language, phrases=(APOLOGY,))
        return apology, show_reply(apology, knowledge, today)


def as_published(
    reply: Reply, knowledge: KnowledgeBase, require_approved: bool
) -> Reply:
    """Return the reply without entries that visitors may not get, or an honest no."""

    def may_show(name: str) -> bool:
        entry = knowledge.find(name)
        return entry is not None and entry.is_published(require_approved)

    entries = tuple(filter(may_show, reply.entries))
    options = tuple(filter(may_show, reply.options))
    if (entries, options) == (reply.entries, reply.options):
        return reply
    if reply.kind in _NEEDS_ENTRIES and not (entries or options):
        return reply_without_answer(reply.language, is_second=False)
    return replace(reply, entries=entries, options=options)
