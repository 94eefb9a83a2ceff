"""What an entry of the knowledge base is: its texts, its dates, its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final

from bot.core.languages import Language

JURISDICTIONS: Final = ("US", "NY", "NJ", "NY/NJ")
STATUSES: Final = ("draft", "approved", "withdrawn")

# A volatile entry this long past its review is not shown any more (design, section 6).
WITHDRAWN_AFTER: Final = timedelta(days=180)


class Freshness(Enum):
    """How far an entry's check date can still be trusted."""

    CURRENT = "current"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class EntryText:
    """One language of an entry, with placeholders for facts still in it."""

    title: str
    label: str
    short: str
    details: str
    next_step: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """An authority or official page that an entry rests on."""

    key: str
    title: Mapping[Language, str]
    citation: str
    url: str
    checked_on: date
    url_opened: bool


@dataclass(frozen=True)
class Entry:
    """A reviewed question with its answer in both languages."""

    id: str
    group: str
    aliases: tuple[str, ...]
    jurisdiction: str
    status: str
    owner: str
    as_of: date
    review_by: date
    volatile: bool
    emergency: bool
    sources: tuple[str, ...]
    related: tuple[str, ...]
    texts: Mapping[Language, EntryText]
    approved_by: str | None = None
    approved_on: date | None = None
    # The mark of the text that was approved (bot/knowledge/signed_text.py).
    approved_text: str | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The entry's id and the ids merged into it."""
        return (self.id, *self.aliases)

    def freshness(self, today: date) -> Freshness:
        """Return whether the entry may be shown as it stands on a day."""
        if today <= self.review_by:
            return Freshness.CURRENT
        if self.volatile and today > self.review_by + WITHDRAWN_AFTER:
            return Freshness.WITHDRAWN
        return Freshness.OVERDUE

    def is_published(self, require_approved: bool) -> bool:
        """Return whether visitors may get this entry at all.

        The assistant's own replies (group meta) are no statements of law: they
        stay, so that an emergency never meets silence.
        """
        if self.status == "withdrawn":
            return False
        is_ours = self.group == "meta"
        return is_ours or self.status == "approved" or not require_approved
