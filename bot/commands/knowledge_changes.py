"""python -m bot knowledge reviewed, approve, withdraw, restore: by a named person."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime, timezone
from typing import Final

from bot.commands.knowledge_desk import Desk, open_desk
from bot.core.entries import Entry
from bot.core.errors import BotError, ChangedByOther, NotAllowed, RequestGone
from bot.core.staff import Permission
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.services.editing import OpenEntry
from bot.services.editing_publishing import (
    Published,
    approve_as_is,
    mark_reviewed,
    restore,
    withdraw,
)
from bot.settings import load_settings

_DONE: Final = {
    "reviewed": "is noted as reviewed today, without a change.",
    "approve": "is approved as it stands.",
    "withdraw": "is withdrawn: visitors get it nowhere.",
    "restore": "is back, as not reviewed by an attorney.",
}
_NEEDS: Final[dict[str, Permission]] = {
    "reviewed": "approve_knowledge",
    "approve": "approve_knowledge",
    "withdraw": "edit_knowledge",
    "restore": "edit_knowledge",
}
_REFUSED: Final = {
    "reviewed": "Only a reviewer may, not who wrote an approved text; and not while it "
    "is withdrawn.",
    "approve": "Only a reviewer may, and nobody approves their own text; a withdrawn "
    "entry is restored first.",
    "withdraw": "It is withdrawn already, or this person may not edit.",
    "restore": "It is not withdrawn, or this person may not edit.",
}


def change(options: argparse.Namespace) -> int:
    """Make the change and say what was done; return 1 where it was refused.

    Raises:
        BotError: nobody has this login, or the database does not answer.
        ContentError: the entry has faults.
    """
    now = datetime.now(timezone.utc)
    with open_desk(load_settings(), now) as desk:
        try:
            done = _change(desk, options)
        except RequestGone:
            return _refuse(f"There is no entry {options.entry}.")
        except ChangedByOther:
            return _refuse("The files changed at this moment. Look again.")
        except NotAllowed:
            return _refuse(f"Refused. {_REFUSED[options.task]}")
    print(f"{options.entry} {_DONE[options.task]}")
    if done.is_committed:
        print(f"Committed as {str(done.commit)[:10]}.")
    elif done.why_not:
        print(f"Written, but not committed to git: {done.why_not}")
    return 0


def _change(desk: Desk, options: argparse.Namespace) -> Published:
    editing, now = desk.editing, desk.now
    staff = desk.person(options.by, _NEEDS[options.task])
    opened = desk.entry(options.entry)
    if options.task == "withdraw":
        return withdraw(editing, opened.entry, opened.base, staff, now, options.why)
    if options.task == "restore":
        return restore(editing, opened.entry, opened.base, staff, now, options.why)
    if options.task == "approve":
        return approve_as_is(editing, opened.entry, opened.base, staff, now)
    knowledge = load_knowledge(editing.root)
    day = options.review_by or _next_review(knowledge, opened, desk.today)
    return mark_reviewed(editing, knowledge, opened.entry, opened.base, day, staff, now)


def _next_review(knowledge: KnowledgeBase, opened: OpenEntry, today: date) -> date:
    entry: Entry | None = knowledge.entries.get(opened.entry)
    if entry is None:
        raise BotError("This entry was never published: nothing to review.")
    return today + (entry.review_by - entry.as_of)


def _refuse(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
