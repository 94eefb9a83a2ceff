"""When the office works and what it offers: hours, kinds of consultation, urgency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS_LOOKED_AHEAD = 8


@dataclass(frozen=True)
class DeskRules:
    """The part `desk` of office.yml. `open`: weekday (Monday 0) to opening hours."""

    time_zone: str = "America/New_York"
    open: Mapping[int, tuple[time, time]] = field(default_factory=dict)
    # A deadline or hearing this near makes a request urgent.
    urgent_days: int = 14
    kinds: tuple[str, ...] = ("phone", "office")
    minutes: int = 40
    times: tuple[str, ...] = ("morning", "midday", "afternoon", "evening")

    def local(self, moment: datetime) -> datetime:
        """Return a moment by the office's clock."""
        return moment.astimezone(ZoneInfo(self.time_zone))

    def is_open(self, moment: datetime) -> bool | None:
        """Return whether the office is open; None where no hours are filled in."""
        if not self.open:
            return None
        here = self.local(moment)
        hours = self.open.get(here.weekday())
        return hours is not None and hours[0] <= here.time() < hours[1]

    def next_opening(self, moment: datetime) -> datetime | None:
        """Return when the office opens next; None where no hours are filled in."""
        here = self.local(moment)
        for days in range(_DAYS_LOOKED_AHEAD):
            day = (here + timedelta(days=days)).date()
            hours = self.open.get(day.weekday())
            if hours is None:
                continue
            opening = datetime.combine(day, hours[0], here.tzinfo)
            if opening > here:
                return opening
        return None
