"""What a change would do to known questions: when asked, and before it goes live."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

from bot.core.entries import Entry
from bot.core.errors import ContentError
from bot.core.languages import Language
from bot.gateway.console.desk import ConsolePage, Visit, desk_of, show
from bot.gateway.console.knowledge_change import (
    Change,
    has_unkept,
    steps_for,
    typed_texts,
)
from bot.gateway.console.knowledge_desk import (
    editing_of,
    entry_of,
    today_of,
    writer_of,
)
from bot.gateway.console.knowledge_sheet import conflict_of, open_sheet
from bot.gateway.console.runs import Run, mark_of
from bot.gateway.console.wide_form import wide_fields
from bot.knowledge.draft_check import built_entry, check_entry
from bot.services.editing_approval import as_approved, as_not_reviewed

# The field in which a form says that its large effect was shown.
SEEN: Final = "effect_seen"
_ASKED: Final = ("publish", "approve")
# Servers in front of ours give a page up after a minute.
_WAIT_SECONDS: Final = 45.0
# After a press the person is told what is going on, if it takes longer.
_PRESS_SECONDS: Final = 20.0


async def start_effect(visit: Visit) -> Response:
    """Begin to find out which questions the typed text would gain or lose."""
    fields = wide_fields(visit)
    opened = await asyncio.to_thread(open_sheet, visit, fields)
    change = Change(visit, opened, fields)
    return _part(visit, _start(change, _input(change, typed_texts(change))))


async def show_effect(visit: Visit) -> Response:
    """Return how far that has come; asked again and again by the page."""
    return _part(visit, visit.request.query_params.get("run", ""))


async def effect_of(change: Change) -> Run | None:
    """Find out what the typed text would do, and wait for it."""
    return await _ended(change, _input(change, typed_texts(change)), _WAIT_SECONDS)


async def large_effect(change: Change, action: str) -> Run | None:
    """Return what a press would do, where that is much and was not shown yet.

    While it is still being found out, the run says so: it is waiting.

    Where it cannot be found out, nobody is kept from publishing.
    """
    if action not in _ASKED:
        return None
    texts = await asyncio.to_thread(_texts_to_try, change, action)
    if texts is None:
        return None
    asked = _input(change, texts)
    if change.fields.get(SEEN) == mark_of(asked):
        return None
    run = await _ended(change, asked, _PRESS_SECONDS)
    if run is None or run.state in ("failed", "too_slow"):
        return None
    return run if run.state == "waiting" or run.result.get("is_large") else None


def waiting_run(visit: Visit, key: str) -> Run | None:
    """Return the run that a press waits for, if it is still remembered."""
    runs = desk_of(visit.request).runs
    run = runs.find(key, visit.staff.id, _subject(entry_of(visit)))
    return run if run is not None and run.pending else None


async def name_anew(change: Change, run: Run, action: str) -> None:
    """Let what was found out count for the text as it was kept."""
    texts = await asyncio.to_thread(_texts_to_try, change, action)
    if texts is not None:
        run.mark = mark_of(_input(change, texts))


def _texts_to_try(change: Change, action: str) -> Mapping[Language, str] | None:
    """Return the texts as the press would write them; None where that is no matter.

    What will be refused anyway needs no question, nor does a text that is found by
    the same words as the one visitors have.
    """
    visit, opened = change.visit, change.opened
    settings, knowledge = visit.world.settings, visit.world.shelf.current
    offered = steps_for(
        opened, visit.staff, settings.REQUIRE_APPROVED, writer_of(visit, opened)
    )
    is_approval = action == "approve"
    if action not in offered or opened.is_outdated:
        return None
    if has_unkept(change) if is_approval else conflict_of(visit, opened, change.fields):
        return None
    typed, today = typed_texts(change), today_of(visit)
    texts = (
        as_approved(
            *(editing_of(visit), opened.group, opened.entry, typed),
            *(visit.staff, visit.now),
        )
        if is_approval
        else as_not_reviewed(typed)
    )
    root, group, entry_id = settings.KNOWLEDGE_DIR, opened.group, opened.entry
    found = check_entry(knowledge, root, group, entry_id, texts, today)
    if not all(fault.is_warning for fault in found):
        return None
    try:
        entry = built_entry(group, entry_id, texts)
    except ContentError:
        return None
    standing = knowledge.entries.get(entry_id)
    is_same = _found_by(standing, settings.REQUIRE_APPROVED) == _found_by(
        entry, settings.REQUIRE_APPROVED
    )
    return None if is_same else texts


def _found_by(entry: Entry | None, require_approved: bool) -> object:
    """Return what questions find an entry by; None where none finds it.

    Its other words count, too, but little: whoever mends a spelling need not wait.
    """
    if entry is None or not entry.is_published(require_approved):
        return None
    words = entry.texts.values()
    return entry.jurisdiction, [(w.title, w.label, w.questions) for w in words]


async def _ended(change: Change, asked: str, seconds: float) -> Run | None:
    visit, runs = change.visit, desk_of(change.visit.request).runs
    subject = _subject(change.entry)
    run = runs.made_of(mark_of(asked), visit.staff.id, subject)
    if run is None or run.state not in ("waiting", "done"):
        run = runs.find(_start(change, asked), visit.staff.id, subject)
    if run is not None:
        await runs.wait(run, seconds)
    return run


def _start(change: Change, asked: str) -> str:
    visit = change.visit
    options = ("knowledge", "effect", change.entry, "--texts", "-", "--json")
    return desk_of(visit.request).runs.start(
        visit.world.settings, visit.staff.id, _subject(change.entry), options, asked
    )


def _input(change: Change, texts: Mapping[Language, str]) -> str:
    # What was found out by other files than today's is found out anew.
    version = change.visit.world.shelf.current.version
    asked = {"group": change.opened.group, "version": version}
    return json.dumps(asked | {str(code): text for code, text in texts.items()})


def _part(visit: Visit, key: str) -> Response:
    entry, runs = entry_of(visit), desk_of(visit.request).runs
    run = runs.find(key, visit.staff.id, _subject(entry))
    return show(visit, "knowledge_effect.html", run=run, key=key, entry=entry)


def _subject(entry: str) -> str:
    return f"effect {entry}"


pages: Final = (
    ConsolePage("/knowledge/{entry}/effect", show_effect, "edit_knowledge"),
    ConsolePage(
        "/knowledge/{entry}/effect",
        start_effect,
        "edit_knowledge",
        ("POST",),
        is_wide=True,
    ),
)
