"""The page of numbers: what was asked on a day and what became of it, as counts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from markupsafe import Markup
from starlette.responses import Response

from bot.core.dates import spoken_date
from bot.gateway.console.desk import ConsolePage, Visit, desk_of, show
from bot.gateway.world import World
from bot.services.charts import Bar, lying_bars, stacked_bars
from bot.services.numbers import Breakdown, Figures, Numbers, numbers_of, share

# The parts of a question's bar, in the order of the legend.
OUTCOMES: Final = ("answered", "offered", "refused", "person_wanted")
TILES: Final = ("asked", *OUTCOMES, "requests")
MORE: Final = ("helpful", "not_helpful", "failed", "sent")
GROUP_COLUMNS: Final = (*TILES, "helpful", "not_helpful")


@dataclass(frozen=True)
class Group:
    """A row of a table, a day or a language or a channel: its name, and its figures."""

    name: str
    figures: Figures


@dataclass(frozen=True)
class Period:
    """A day or more: its name, its figures by group, and a chart of them."""

    name: str
    groups: list[Group]
    chart: Markup


async def numbers_page(visit: Visit) -> Response:
    """Show the numbers of ?day=YYYY-MM-DD; of today if it names no day until today."""
    rules = visit.world.shelf.knowledge().desk
    today = rules.local(visit.now).date()
    day = wanted_day(visit.request.query_params.get("day", ""), today)
    numbers = await asyncio.to_thread(_read, visit.world, day, rules.time_zone)
    spoken = partial(spoken_date, language=visit.staff.language)
    many_days = _word(visit, "period_days", day=spoken(day))
    return show(
        visit,
        "numbers.html",
        numbers=numbers,
        today=today,
        earlier=day - timedelta(days=1),
        later=day + timedelta(days=1) if day < today else None,
        outcomes=OUTCOMES,
        tiles=TILES,
        more=MORE,
        group_columns=GROUP_COLUMNS,
        days_name=many_days,
        days=[
            Group(spoken(each), figures)
            for each, figures in reversed(numbers.days.items())
        ],
        days_chart=_chart_of_days(visit, numbers.days, spoken(day)),
        periods=[
            _period(visit, spoken(day), numbers.of_day),
            _period(visit, many_days, numbers.of_all),
        ],
        share=share,
        spoken=spoken,
    )


def _chart_of_days(visit: Visit, days: dict[date, Figures], last: str) -> Markup:
    legend = [_word(visit, name) for name in OUTCOMES]
    bars = [
        Bar(str(day.day), tuple(getattr(figures, name) for name in OUTCOMES))
        for day, figures in days.items()
    ]
    return stacked_bars(_word(visit, "chart_days", day=last), legend, bars)


def _period(visit: Visit, name: str, breakdown: Breakdown) -> Period:
    found = {**breakdown.by_language, **breakdown.by_channel}
    groups = [
        Group(_word(visit, f"group_{key}"), figures) for key, figures in found.items()
    ]
    bars = [Bar(group.name, (group.figures.asked,)) for group in groups]
    title = _word(visit, "chart_groups", period=name)
    return Period(name, groups, lying_bars(title, bars))


def _word(visit: Visit, key: str, **blanks: object) -> str:
    words = desk_of(visit.request).words
    return words.say(f"numbers.{key}", visit.staff.language, **blanks)


def wanted_day(given: str, today: date) -> date:
    """Return the day that an address names, or today.

    >>> wanted_day("2026-07-19", date(2026, 7, 20)).day
    19
    >>> wanted_day("yesterday", date(2026, 7, 20)).day
    20
    """
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return today
    # Before 2000 nobody counted, and dates near the year 1 have no days before them.
    return day if date(2000, 1, 1) <= day <= today else today


def _read(world: World, day: date, zone: str) -> Numbers:
    with world.storage.read() as session:
        return numbers_of(session, day, zone)


pages: Final = (ConsolePage("/numbers", numbers_page, "see_numbers"),)
