"""Lists the entries whose next look at the law has come or is near, by owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.entries import Entry
from bot.knowledge.base import KnowledgeBase


@dataclass(frozen=True)
class Due:
    """An entry to look at again; `days` until then, below zero when it is late."""

    entry: Entry
    days: int

    @property
    def is_late_and_approved(self) -> bool:
        """Whether visitors read an approved text whose day has passed."""
        return self.days < 0 and self.entry.status == "approved"


def due_entries(knowledge: KnowledgeBase, today: date, days: int) -> list[Due]:
    """Return what is to be looked at within some days: by owner, volatile first.

    What is withdrawn already is left out.
    """
    last = today + timedelta(days=days)
    found = [
        Due(entry, (entry.review_by - today).days)
        for entry in knowledge.entries.values()
        if entry.status != "withdrawn" and entry.review_by <= last
    ]
    return sorted(
        found,
        key=lambda due: (
            due.entry.owner,
            not due.entry.volatile,
            due.entry.review_by,
            due.entry.id,
        ),
    )


def late_and_approved(due: Sequence[Due]) -> list[Due]:
    """Return those that must not wait: approved, and their day has passed."""
    return [each for each in due if each.is_late_and_approved]
