"""The list of all entries: what waits, what is due, what is wrong; a new entry."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from starlette.responses import Response

from bot.core.dates import spoken_date
from bot.core.entries import STATUSES, Entry
from bot.core.languages import Language
from bot.core.matching import fold
from bot.gateway.console.desk import (
    PREFIX,
    ConsolePage,
    Visit,
    go_to,
    is_fragment,
    read_fields,
    show,
)
from bot.gateway.console.knowledge_desk import (
    editing_of,
    faults_of_folder,
    names_of,
    today_of,
    translated_days,
)
from bot.gateway.console.paging import list_page
from bot.services import golden
from bot.services.editing import all_drafts
from bot.storage.knowledge_edits import Draft

_DUE_DAYS: Final = (0, 30, 90)
_MARKS: Final = ("overdue", "due", "drafted", "waiting", "translation")
# Searches that a browser may go back to, of all staff together.
_MOST_SEARCHES: Final = 200
_SOON: Final = timedelta(days=30)


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for; anything that is none of the choices is ignored."""

    words: str = ""
    status: str = ""
    owner: str = ""
    group: str = ""
    mark: str = ""

    @property
    def is_usual(self) -> bool:
        """Whether nothing is searched or filtered."""
        return self == Wanted()


@dataclass(frozen=True)
class Line:
    """One entry as the list shows it."""

    id: str
    title: str
    group: str
    status: str
    owner: str
    review_by: date
    is_volatile: bool
    marks: frozenset[str]


async def show_list(visit: Visit) -> Response:
    """Show all entries, those of the draft that wait for somebody first."""
    given = visit.request.query_params
    kept = _searches(visit).get(given.get("found", ""))
    is_own = kept is not None and kept[0] == visit.staff.id
    return await _list_page(visit, kept[1] if kept and is_own else given)


async def find_entries(visit: Visit) -> Response:
    """Show the entries that were searched for: words typed stay out of the address."""
    fields, searches = await read_fields(visit), _searches(visit)
    while len(searches) >= _MOST_SEARCHES:
        searches.pop(next(iter(searches)))
    key = secrets.token_urlsafe(12)
    searches[key] = (visit.staff.id, fields)
    address = f"/knowledge?found={key}"
    if not is_fragment(visit):
        # A page of its own, to which a browser goes back without asking.
        return go_to(visit, address)
    response = await _list_page(visit, fields)
    response.headers["HX-Replace-Url"] = f"{PREFIX}{address}"
    return response


async def show_due(visit: Visit) -> Response:
    """Show what is to be reviewed, by owner, what changes fast first."""
    knowledge, today = visit.world.shelf.current, today_of(visit)
    given = visit.request.query_params.get("days", "")
    days = int(given) if given in map(str, _DUE_DAYS) else _DUE_DAYS[1]
    last = today + timedelta(days=days)
    due = sorted(
        (
            entry
            for entry in knowledge.entries.values()
            if entry.review_by <= last and entry.status != "withdrawn"
        ),
        key=lambda entry: (not entry.volatile, entry.review_by, entry.id),
    )
    owners = sorted({entry.owner for entry in due})
    return show(
        visit,
        "knowledge_due.html",
        days=days,
        all_days=_DUE_DAYS,
        owners={name: [one for one in due if one.owner == name] for name in owners},
        today=today,
        spoken=partial(spoken_date, language=visit.staff.language),
    )


def lines_of(
    entries: Mapping[str, Entry],
    drafts: Mapping[str, Draft],
    translated: Mapping[str, date],
    today: date,
    language: Language,
) -> list[Line]:
    """Return what the list shows of each entry, in the order of their titles."""
    lines = [
        Line(
            id=entry.id,
            title=entry.texts[language].title,
            group=entry.group,
            status=entry.status,
            owner=entry.owner,
            review_by=entry.review_by,
            is_volatile=entry.volatile,
            marks=_marks(entry, drafts.get(entry.id), translated, today),
        )
        for entry in entries.values()
    ]
    return sorted(lines, key=lambda line: (line.group, fold(line.title)))


def matches(line: Line, entry: Entry, wanted: Wanted) -> bool:
    """Return whether a line is one of those asked for."""
    choices = (
        (wanted.status, line.status),
        (wanted.owner, line.owner),
        (wanted.group, line.group),
    )
    if any(given and given != own for given, own in choices):
        return False
    if wanted.mark and wanted.mark not in line.marks:
        return False
    return rank_of(entry, wanted.words) is not None


def rank_of(entry: Entry, words: str) -> int | None:
    """Return where all searched words begin words of an entry; None for nowhere.

    0 for its names and titles, 1 where its questions are needed, 2 where its texts are.
    """
    searched = fold(words).split()
    if not searched or words.strip() in entry.ids:
        return 0
    texts = entry.texts.values()
    places = (
        [one.replace("_", " ") for one in entry.ids] + [text.title for text in texts],
        [question for text in texts for question in text.questions],
        [part for t in texts for part in (t.short, t.details, t.next_step)],
    )
    known = ""
    for rank, own in enumerate(places):
        known += f" {fold(' '.join(own))}"
        if all(f" {word}" in known for word in searched):
            return rank
    return None


def read_wanted(fields: Mapping[str, str], owners: list[str], groups: list[str]) -> Any:
    """Return what the list is asked for by a form or an address."""

    def one_of(name: str, known: Any) -> str:
        return fields.get(name, "") if fields.get(name, "") in known else ""

    return Wanted(
        words=fields.get("words", "")[:200],
        status=one_of("status", STATUSES),
        owner=one_of("owner", owners),
        group=one_of("group", groups),
        mark=one_of("mark", _MARKS),
    )


def _searches(visit: Visit) -> dict[str, tuple[int, dict[str, str]]]:
    state = visit.request.app.state
    if not hasattr(state, "knowledge_searches"):
        state.knowledge_searches = {}
    kept: dict[str, tuple[int, dict[str, str]]] = state.knowledge_searches
    return kept


async def _list_page(visit: Visit, fields: Mapping[str, str]) -> Response:
    knowledge = visit.world.shelf.current
    entries = knowledge.entries
    drafts, translated, names = await asyncio.to_thread(_read, visit)
    owners = sorted({entry.owner for entry in entries.values()})
    wanted = read_wanted(fields, owners, knowledge.groups())
    lines = lines_of(entries, drafts, translated, today_of(visit), visit.staff.language)
    found = [line for line in lines if matches(line, entries[line.id], wanted)]
    ranks = {line.id: rank_of(entries[line.id], wanted.words) for line in found}
    found.sort(key=lambda line: ranks[line.id] or 0)
    in_review = [one for one in drafts.values() if one.state == "in_review"]
    return show(
        visit,
        "knowledge_rows.html" if is_fragment(visit) else "knowledge_list.html",
        page=list_page(found, fields.get("page", "")),
        total=len(lines),
        wanted=wanted,
        in_review=in_review,
        in_work=[one for one in drafts.values() if one.state != "in_review"],
        names=names,
        titles={line.id: line.title for line in lines},
        faults=faults_of_folder(visit),
        refused=golden.refusal(golden.refusal_path(visit.world.settings.MODEL_DIR)),
        due=sum(bool(line.marks & {"overdue", "due"}) for line in lines),
        owners=owners,
        groups=knowledge.groups(),
        statuses=STATUSES,
        marks=_MARKS,
        spoken=partial(spoken_date, language=visit.staff.language),
    )


def _read(
    visit: Visit,
) -> tuple[dict[str, Draft], dict[str, date], Mapping[int, str]]:
    drafts = all_drafts(editing_of(visit))
    translated = translated_days(visit.world.settings.KNOWLEDGE_DIR)
    return {one.entry: one for one in drafts}, translated, names_of(visit, drafts)


def _marks(
    entry: Entry, draft: Draft | None, translated: Mapping[str, date], today: date
) -> frozenset[str]:
    marks = set()
    if entry.status != "withdrawn" and entry.review_by < today:
        marks.add("overdue")
    elif entry.status != "withdrawn" and entry.review_by <= today + _SOON:
        marks.add("due")
    if draft is not None:
        marks.add("waiting" if draft.state == "in_review" else "drafted")
    # Files without a readable day are a fault that the check tells.
    if translated.get(entry.id, entry.as_of) < entry.as_of:
        marks.add("translation")
    return frozenset(marks)


pages: Final = (
    ConsolePage("/knowledge", show_list, "edit_knowledge"),
    ConsolePage("/knowledge", find_entries, "edit_knowledge", ("POST",)),
    ConsolePage("/knowledge/due", show_due, "edit_knowledge"),
)
