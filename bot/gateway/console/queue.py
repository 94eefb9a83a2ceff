"""The list of consultation requests: urgent ones first, found by number, filtered."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from starlette.responses import Response

from bot.core.consultations import (
    REFERENCE_SIGNS,
    STATES,
    Consultation,
    State,
    shown_reference,
)
from bot.core.dates import spoken_date
from bot.core.intake import choice_key, choices_of
from bot.core.languages import LANGUAGES, Language, as_language
from bot.gateway.console.desk import (
    ConsolePage,
    Visit,
    go_to,
    is_fragment,
    read_fields,
    show,
)
from bot.knowledge.base import KnowledgeBase
from bot.storage import audit, consultations
from bot.storage.consultations import Filters

PAGE_SIZE: Final = 50
OPEN: Final[tuple[State, ...]] = ("new", "claimed", "scheduled")
# What the queue may show: a draft belongs to its visitor alone, and what was withdrawn
# is deleted at once.
SHOWN: Final = tuple(state for state in STATES if state not in ("draft", "withdrawn"))
COLUMNS: Final = (
    *("reference", "initials", "matter", "language", "age", "deadline"),
    *("channel", "state", "holder"),
)
_SEARCHED: Final = re.compile(f"[{REFERENCE_SIGNS}]+")


@dataclass(frozen=True)
class Wanted:
    """What the queue is asked for; anything that is none of the choices is ignored."""

    state: str = "open"
    language: str = ""
    matter: str = ""
    mine: bool = False
    page: int = 1
    still: bool = False

    @property
    def states(self) -> tuple[State, ...]:
        """The states to show."""
        if self.state == "all":
            return SHOWN
        return tuple(state for state in SHOWN if state == self.state) or OPEN

    @property
    def is_usual(self) -> bool:
        """Whether no filter is set."""
        return replace(self, page=1, still=False) == Wanted()

    def address(self, **changes: Any) -> str:
        """Return the address of the queue as wanted, with some changes.

        >>> Wanted(mine=True).address(page=2)
        '/staff/requests?mine=1&page=2'
        """
        wanted = replace(self, **changes)
        parts = {
            "state": "" if wanted.state == "open" else wanted.state,
            "language": wanted.language,
            "matter": wanted.matter,
            "mine": "1" if wanted.mine else "",
            "page": "" if wanted.page == 1 else str(wanted.page),
            "still": "1" if wanted.still else "",
        }
        query = urlencode({name: value for name, value in parts.items() if value})
        return "/staff/requests" + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Age:
    """How long ago something was: a number and the name of its unit."""

    count: int
    unit: str


@dataclass(frozen=True)
class Line:
    """One request as the queue shows it: no word of the visitor but initials."""

    reference: str
    shown: str
    initials: str
    matter: str
    language: str
    submitted_at: datetime
    age: Age
    deadline: str
    is_date_unknown: bool
    channel: str
    state: State
    holder: str
    is_urgent: bool


def matter_labels(knowledge: KnowledgeBase, language: Language) -> dict[str, str]:
    """Return the labels of the matters that a visitor can choose, by their ids."""
    matters = choices_of("matter", knowledge.desk, "web", {})
    return {id: knowledge.phrase(choice_key("matter", id), language) for id in matters}


def read_wanted(query: Mapping[str, str], matters: tuple[str, ...]) -> Wanted:
    """Return what the queue is asked for by its address."""
    state, matter = query.get("state", ""), query.get("matter", "")
    page = query.get("page", "")
    is_page = page.isascii() and page.isdigit() and len(page) < 6
    return Wanted(
        state=state if state == "all" or state in SHOWN else "open",
        language=as_language(query.get("language")) or "",
        matter=matter if matter in matters else "",
        mine=query.get("mine") == "1",
        page=max(int(page), 1) if is_page else 1,
        still=query.get("still") == "1",
    )


def initials_of(name: str) -> str:
    """Return the first letters of the first and the last word of a name.

    >>> initials_of("María de los Ángeles López"), initials_of("luz"), initials_of("!")
    ('M. L.', 'L.', '')
    """
    words = [re.sub(r"[\W\d_]", "", word) for word in name.split()]
    words = [word for word in words if word]
    ends = words if len(words) < 2 else [words[0], words[-1]]
    return " ".join(f"{word[0].upper()}." for word in ends)


def age_of(moment: datetime, now: datetime) -> Age:
    """Return how long ago a moment was, in the unit that fits.

    >>> noon = datetime(2026, 7, 20, 12)
    >>> age_of(noon, noon + timedelta(hours=2, minutes=5))
    Age(count=2, unit='hours')
    """
    passed = max(now - moment, timedelta(0))
    if passed < timedelta(hours=1):
        return Age(passed // timedelta(minutes=1), "minutes")
    if passed < timedelta(days=2):
        return Age(passed // timedelta(hours=1), "hours")
    return Age(passed.days, "days")


def read_reference(typed: str) -> str | None:
    """Return the reference in what somebody typed into the search, or None.

    A visitor's private number begins with the reference, so it finds the request too.

    >>> read_reference(" r-4f2k "), read_reference("R-4F2K-7XQM-93TD")
    ('4F2K', '4F2K')
    >>> read_reference("4f2"), read_reference("Ana López")
    (None, None)
    """
    signs = re.sub(r"[\s\-\u2010-\u2015]", "", typed).upper()
    if len(signs) in (5, 13):
        signs = signs.removeprefix("R")
    if len(signs) not in (4, 12) or not _SEARCHED.fullmatch(signs):
        return None
    return signs[:4]


def line_of(
    request: Consultation,
    now: datetime,
    language: Language,
    labels: Mapping[str, str],
    names: Mapping[int, str],
) -> Line:
    """Return what the queue shows of a request; `labels` are those of the matters."""
    submitted_at = request.submitted_at or request.created_at
    deadline = request.deadline
    return Line(
        reference=request.reference,
        shown=shown_reference(request.reference),
        initials=initials_of(request.answers.get("name", "")),
        matter=labels.get(request.matter, ""),
        language=request.language,
        submitted_at=submitted_at,
        age=age_of(submitted_at, now),
        deadline=spoken_date(deadline, language) if deadline else "",
        is_date_unknown=request.answers.get("urgent_date") == "unknown",
        channel=request.channel.partition("_")[0],
        state=request.state,
        holder=names.get(request.staff_id or 0, ""),
        is_urgent=request.is_urgent,
    )


async def show_queue(visit: Visit) -> Response:
    """Show the queue; htmx gets the list alone, to put it in the old one's place."""
    if is_fragment(visit):
        return await _show_list(visit, "queue_rows.html", fragment=True)
    return await _show_list(visit, "queue.html")


async def find_request(visit: Visit) -> Response:
    """Go to the request whose number was typed, or say that there is none.

    A POST: what somebody types by mistake, a name perhaps, stays out of the address.
    """
    typed = (await read_fields(visit)).get("reference", "").strip()
    reference = read_reference(typed)
    if reference is not None and await asyncio.to_thread(_is_kept, visit, reference):
        return go_to(visit, f"/requests/{reference}")
    return await _show_list(visit, "queue.html", 404, typed=typed, not_found=True)


async def _show_list(
    visit: Visit,
    template: str,
    status: int = 200,
    fragment: bool = False,
    typed: str = "",
    not_found: bool = False,
) -> Response:
    labels = matter_labels(visit.world.shelf.current, visit.staff.language)
    wanted = read_wanted(visit.request.query_params, tuple(labels))
    found, urgent_count, names = await asyncio.to_thread(_read, visit, wanted)
    lines = [
        line_of(request, visit.now, visit.staff.language, labels, names)
        for request in found[:PAGE_SIZE]
    ]
    has_later = len(found) > PAGE_SIZE
    return show(
        visit,
        template,
        status,
        fragment=fragment,
        typed=typed,
        not_found=not_found,
        wanted=wanted,
        lines=lines,
        columns=COLUMNS,
        urgent_count=urgent_count,
        states=SHOWN,
        spoken=LANGUAGES,
        matters=labels,
        earlier=wanted.address(page=wanted.page - 1) if wanted.page > 1 else "",
        later=wanted.address(page=wanted.page + 1) if has_later else "",
    )


def _read(
    visit: Visit, wanted: Wanted
) -> tuple[list[Consultation], int, dict[int, str]]:
    mine = visit.staff.id if wanted.mine else None
    filters = Filters(
        wanted.states, as_language(wanted.language), wanted.matter or None, mine
    )
    offset = (wanted.page - 1) * PAGE_SIZE
    with visit.world.storage.read() as session:
        found = consultations.queue(session, filters, PAGE_SIZE + 1, offset)
        # Urgent ones come first, so that this many tell how many of them are new.
        newest = consultations.queue(session, Filters(("new",)), PAGE_SIZE, 0)
        holders = [request.staff_id for request in found if request.staff_id]
        names = audit.names_of(session, holders)
    return found, sum(request.is_urgent for request in newest), names


def _is_kept(visit: Visit, reference: str) -> bool:
    with visit.world.storage.read() as session:
        return consultations.find_by_reference(session, reference) is not None


pages: Final = (
    ConsolePage("/requests", show_queue, "see_requests"),
    ConsolePage("/requests", find_request, "see_requests", ("POST",)),
)
