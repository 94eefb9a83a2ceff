"""How much was asked, answered and handed over on each day: counts, never words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.office_tables import ConsultationRow, DailyCountRow
from bot.storage.tables import FeedbackRow
from bot.storage.upserts import insert_into

REQUEST: Final = "request"
HELPFUL: Final = "helpful"
NOT_HELPFUL: Final = "not_helpful"
# No language yet: somebody wrote who has not said anything we could read.
UNKNOWN_LANGUAGE: Final = ""
_TABLE: Final = DailyCountRow.__table__
_KEY: Final = ("day", "channel", "language", "kind")


@dataclass(frozen=True)
class DailyCount:
    """How often something happened on a day, on one channel, in one language."""

    day: date
    channel: str
    language: str
    kind: str
    number: int


def count(
    session: Session,
    day: date,
    channel: str,
    language: str | None,
    kind: str,
    number: int = 1,
) -> None:
    """Add to what a day has of a kind; writers at the same moment all count.

    `day` is the office's day. `kind` is a Reply's kind, "failed" or "sent".
    """
    insert = insert_into(session, _TABLE).values(
        day=day,
        channel=channel,
        language=language or UNKNOWN_LANGUAGE,
        kind=kind,
        number=number,
    )
    added = {"number": _TABLE.c.number + insert.excluded.number}
    session.execute(insert.on_conflict_do_update(index_elements=_KEY, set_=added))


def totals(session: Session, first: date, last: date) -> list[DailyCount]:
    """Return the counts from a first to a last day, both included, oldest first."""
    statement = (
        select(_TABLE)
        .where(_TABLE.c.day.between(first, last))
        .order_by(*(_TABLE.c[name] for name in _KEY))
    )
    return [DailyCount(*row) for row in session.execute(statement)]


def submitted_on(
    session: Session, first: date, last: date, zone: str
) -> list[DailyCount]:
    """Return how many requests were sent on each day of a time zone, as "request".

    What was withdrawn or deleted since is gone and does not count.
    """
    row = ConsultationRow
    rows = session.execute(
        select(row.submitted_at, row.channel, row.language).where(
            *_within(row.submitted_at, first, last, zone)
        )
    )
    return _by_day(((at, c, lang, REQUEST) for at, c, lang in rows), zone)


def votes_on(session: Session, first: date, last: date, zone: str) -> list[DailyCount]:
    """Return the votes of each day of a time zone, as "helpful" or "not_helpful"."""
    row = FeedbackRow
    rows = session.execute(
        select(row.at, row.channel, row.language, row.helpful).where(
            *_within(row.at, first, last, zone)
        )
    )
    named = (
        (at, channel, language, HELPFUL if helpful else NOT_HELPFUL)
        for at, channel, language, helpful in rows
    )
    return _by_day(named, zone)


def _within(moment: Any, first: date, last: date, zone: str) -> tuple[Any, Any]:
    # A day of 23 or 25 hours begins and ends where the clock on the wall says.
    start = datetime.combine(first, time(), ZoneInfo(zone))
    end = datetime.combine(last + timedelta(days=1), time(), ZoneInfo(zone))
    return (
        moment >= start.astimezone(timezone.utc),
        moment < end.astimezone(timezone.utc),
    )


def _by_day(
    rows: Iterable[tuple[datetime, str, str, str]], zone: str
) -> list[DailyCount]:
    here = ZoneInfo(zone)
    counted = Counter(
        (at.astimezone(here).date(), channel, language, kind)
        for at, channel, language, kind in rows
    )
    return [DailyCount(*key, number) for key, number in sorted(counted.items())]
