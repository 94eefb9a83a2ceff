"""The office's numbers: what was asked on a day and before, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.core.languages import LANGUAGES
from bot.core.messages import Reply
from bot.knowledge.base import KnowledgeBase
from bot.storage import daily_counts
from bot.storage.daily_counts import DailyCount
from bot.storage.engine import Transaction

SHOWN_DAYS: Final = 14
FAILED: Final = "failed"
# The phrase that says that something did not work.
APOLOGY: Final = "apology"
# Which figure each kind of count belongs to. Greetings, notices and the steps of the
# form answer no question, so they belong to none.
FIGURE_OF: Final = {
    "answer": "answered",
    "emergency": "answered",
    "clarify": "offered",
    "no_answer": "refused",
    "handoff": "person_wanted",
    FAILED: "failed",
    "sent": "sent",
    daily_counts.REQUEST: "requests",
    daily_counts.HELPFUL: "helpful",
    daily_counts.NOT_HELPFUL: "not_helpful",
}
CHANNELS: Final = ("web", "whatsapp")


@dataclass(frozen=True)
class Figures:
    """How often each thing happened."""

    answered: int = 0
    offered: int = 0
    refused: int = 0
    person_wanted: int = 0
    failed: int = 0
    sent: int = 0
    requests: int = 0
    helpful: int = 0
    not_helpful: int = 0

    @property
    def asked(self) -> int:
        """How many questions got one of the four kinds of reply."""
        return self.answered + self.offered + self.refused + self.person_wanted

    @property
    def votes(self) -> int:
        """How many visitors said whether an answer helped."""
        return self.helpful + self.not_helpful


@dataclass(frozen=True)
class Breakdown:
    """Figures by language ("en", "es", "" for not known) and by channel."""

    total: Figures
    by_language: dict[str, Figures]
    by_channel: dict[str, Figures]


@dataclass(frozen=True)
class Numbers:
    """A day, the days up to it (oldest first), and both broken down."""

    day: date
    days: dict[date, Figures]
    of_day: Breakdown
    of_all: Breakdown


def numbers_of(session: Transaction, day: date, zone: str) -> Numbers:
    """Return the numbers of a day and the 13 days before, by the office's clock.

    Raises:
        StorageError: the database did not answer.
    """
    first = day - timedelta(days=SHOWN_DAYS - 1)
    counts = [
        *daily_counts.totals(session, first, day),
        *daily_counts.submitted_on(session, first, day, zone),
        *daily_counts.votes_on(session, first, day, zone),
    ]
    by_day: dict[date, list[DailyCount]] = {
        first + timedelta(days=number): [] for number in range(SHOWN_DAYS)
    }
    for one in counts:
        by_day[one.day].append(one)
    return Numbers(
        day=day,
        days={each: add_up(found) for each, found in by_day.items()},
        of_day=break_down(by_day[day]),
        of_all=break_down(counts),
    )


def count_reply(
    session: Transaction,
    knowledge: KnowledgeBase,
    channel: str,
    reply: Reply,
    now: datetime,
) -> None:
    """Count a reply on the office's day; an apology counts as "failed"."""
    day = knowledge.desk.local(now).date()
    kind = FAILED if APOLOGY in reply.phrases else reply.kind
    daily_counts.count(session, day, channel, reply.language, kind)


def break_down(counts: Iterable[DailyCount]) -> Breakdown:
    """Return counts added up, and by language and channel, zeros included."""
    counts = list(counts)
    languages: dict[str, list[DailyCount]] = {language: [] for language in LANGUAGES}
    channels: dict[str, list[DailyCount]] = {channel: [] for channel in CHANNELS}
    for one in counts:
        languages.setdefault(one.language, []).append(one)
        channels[_shown_channel(one.channel)].append(one)
    return Breakdown(
        total=add_up(counts),
        by_language={key: add_up(found) for key, found in languages.items()},
        by_channel={key: add_up(found) for key, found in channels.items()},
    )


def add_up(counts: Iterable[DailyCount]) -> Figures:
    """Return the figures that counts add up to."""
    sums: defaultdict[str, int] = defaultdict(int)
    for one in counts:
        if one.kind in FIGURE_OF:
            sums[FIGURE_OF[one.kind]] += one.number
    return Figures(**sums)


def share(part: int, whole: int) -> str | None:
    """Return a part in percent with one decimal; None where there is no whole.

    >>> share(1, 3), share(2, 2), share(0, 0)
    ('33.3', '100.0', None)
    """
    return f"{100 * part / whole:.1f}" if whole else None


def _shown_channel(channel: str) -> str:
    # Both ways to WhatsApp are one channel to staff.
    return "whatsapp" if channel.startswith("whatsapp") else "web"
