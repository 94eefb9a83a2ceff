"""The lists of sources and of dated figures: what there is, and what is to be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from starlette.responses import Response

from bot.core.dates import spoken_date
from bot.core.matching import fold
from bot.gateway.console.desk import Visit, read_fields, show
from bot.gateway.console.knowledge_desk import today_of
from bot.gateway.console.paging import list_page
from bot.gateway.console.registers_form import (
    NO_USES,
    Kind,
    Uses,
    all_uses,
    readings,
)

_SOON: Final = timedelta(days=30)
_URGENT: Final = ("no_value", "ends_soon")
AT: Final[Mapping[Kind, str]] = {
    "source": "/knowledge/sources",
    "fact": "/knowledge/facts",
}


@dataclass(frozen=True)
class Line:
    """A source or a figure as its list shows it; `mark` names what is to be done."""

    key: str
    title: str
    note: str
    checked_on: date
    until: date | None
    uses: Uses
    mark: str


async def show_sources(visit: Visit) -> Response:
    """Show the sources, or those that were searched for."""
    return await _list(visit, "source")


async def show_facts(visit: Visit) -> Response:
    """Show the dated figures, or those that were searched for."""
    return await _list(visit, "fact")


async def _list(visit: Visit, kind: Kind) -> Response:
    fields: Mapping[str, str] = visit.request.query_params
    if visit.request.method == "POST":
        fields = await read_fields(visit)
    words = fields.get("words", "")[:200]
    wanted = fold(words).split()
    found = [
        line
        for line in _lines(visit, kind)
        if all(word in fold(f"{line.key} {line.title} {line.note}") for word in wanted)
    ]
    return show(
        visit,
        "registers_list.html",
        kind=kind,
        at=AT[kind],
        words=words,
        page=list_page(found, fields.get("page", "")),
        spoken=partial(spoken_date, language=visit.staff.language),
    )


def _lines(visit: Visit, kind: Kind) -> list[Line]:
    """Return all of a kind; figures without a value for today or soon come first."""
    lines = _source_lines(visit) if kind == "source" else _fact_lines(visit)
    return sorted(lines, key=lambda line: (line.mark not in _URGENT, line.key))


def _source_lines(visit: Visit) -> list[Line]:
    knowledge, language = visit.world.shelf.current, visit.staff.language
    uses = all_uses(knowledge, "source")
    return [
        Line(
            one.key,
            one.title[language],
            f"{one.citation} {one.url}",
            one.checked_on,
            None,
            uses.get(one.key, NO_USES),
            "" if one.url_opened else "unopened",
        )
        for one in knowledge.sources.values()
    ]


def _fact_lines(visit: Visit) -> list[Line]:
    knowledge, language = visit.world.shelf.current, visit.staff.language
    uses, today = all_uses(knowledge, "fact"), today_of(visit)
    lines = []
    for fact in knowledge.facts.values():
        says = fact.text_on(today, language)
        ends_soon = fact.text_on(today + _SOON, language) is None
        mark = "no_value" if says is None else "ends_soon" if ends_soon else ""
        changes = readings(fact, today)[1:]
        until = changes[0].day - timedelta(days=1) if says and changes else None
        used = uses.get(fact.key, NO_USES)
        shown = (fact.key, says or "–", fact.source, fact.checked_on)
        lines.append(Line(*shown, until, used, mark))
    return lines
