"""Begins a new entry: its name, its group, and a copy of another one if wanted."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from starlette.responses import Response

from bot.core.errors import ChangedByOther, ContentError, RequestGone
from bot.core.languages import LANGUAGES, Language
from bot.gateway.console.desk import ConsolePage, Visit, go_to, read_fields, show
from bot.gateway.console.knowledge_desk import (
    ENTRY_ID,
    RESERVED,
    editing_of,
    standing_texts,
    today_of,
)
from bot.gateway.console.knowledge_form import blank_form
from bot.knowledge.entry_form import EntryForm, form_of, texts_of
from bot.services import misses
from bot.services.editing import open_entry, save_draft

_REVIEW: Final = timedelta(days=180)
_GROUP: Final = re.compile(r"[0-9a-f]{1,32}")


class _Wrong(Exception):
    """A field that was not filled in well: its name, and the words that tell it."""

    def __init__(self, field: str, words: str) -> None:
        self.field, self.words = field, words
        super().__init__(words)


async def show_new(visit: Visit) -> Response:
    """Show the form for a new entry."""
    return _form(visit, {"from": visit.request.query_params.get("from", "")})


async def take_new(visit: Visit) -> Response:
    """Keep a first draft and go to its page, or say what is wrong with the form."""
    fields = await read_fields(visit)
    entry_id = "_".join(fields.get("id", "").lower().split())
    try:
        await asyncio.to_thread(_begin, visit, entry_id, fields)
    except _Wrong as wrong:
        return _form(visit, fields, wrong)
    except ChangedByOther:
        return _form(visit, fields, _Wrong("id", "new_taken"))
    return go_to(visit, f"/knowledge/{entry_id}", "knowledge.new_begun")


def _begin(visit: Visit, entry_id: str, fields: Mapping[str, str]) -> None:
    knowledge, core = visit.world.shelf.current, editing_of(visit)
    group, start = fields.get("group", ""), fields.get("start", "").strip()
    if not ENTRY_ID.fullmatch(entry_id) or entry_id in RESERVED:
        raise _Wrong("id", "new_bad_id")
    if group not in knowledge.groups():
        raise _Wrong("group", "new_no_group")
    if knowledge.find(entry_id) is not None or _is_there(visit, entry_id):
        raise _Wrong("id", "new_taken")
    form = blank_form(group, entry_id)
    if start:
        form = _copied(visit, form, start)
    today = today_of(visit)
    form = replace(
        form,
        as_of=today.isoformat(),
        review_by=(today + _REVIEW).isoformat(),
        translated_on=today.isoformat(),
    )
    save_draft(core, entry_id, group, texts_of(form), "", 0, visit.staff, visit.now)
    _count_as_drafted(visit, _missed_group(visit, fields))


def _count_as_drafted(visit: Visit, missed: str) -> None:
    # Deleted meanwhile, for its age say, they have no state: the entry is begun anyway.
    with suppress(RequestGone):
        if missed:
            storage, staff, now = visit.world.storage, visit.staff, visit.now
            misses.set_state(storage, missed, "drafted", staff, now)


def _copied(visit: Visit, form: EntryForm, start: str) -> EntryForm:
    """Return the new form with the words of another entry but not its questions."""
    try:
        opened = open_entry(editing_of(visit), start)
        like = form_of(standing_texts(opened), f"{opened.group}/{start}")
    except (RequestGone, ContentError):
        raise _Wrong("start", "new_no_start") from None
    texts: dict[Language, Any] = {
        # Two entries cannot have the same questions, nor the same name on a button.
        code: replace(like.texts[code], questions=(), label="", written={})
        for code in LANGUAGES
    }
    return replace(
        form,
        texts=texts,
        jurisdiction=like.jurisdiction,
        owner=like.owner,
        volatile=like.volatile,
        emergency=like.emergency,
        sources=like.sources,
        related=like.related,
    )


def _is_there(visit: Visit, entry_id: str) -> bool:
    try:
        open_entry(editing_of(visit), entry_id)
    except RequestGone:
        return False
    except ContentError:
        return True
    return True


def _form(
    visit: Visit, fields: Mapping[str, str], wrong: _Wrong | None = None
) -> Response:
    knowledge = visit.world.shelf.current
    return show(
        visit,
        "knowledge_new.html",
        422 if wrong else 200,
        fields=fields,
        wrong=wrong,
        groups=knowledge.groups(),
        entries=sorted(knowledge.entries),
        missed=_missed_group(visit, fields),
    )


def _missed_group(visit: Visit, fields: Mapping[str, str]) -> str:
    """Return the missed questions that the entry is begun for, if it is."""
    given = fields.get("from", "")
    may_read = visit.staff.may("see_misses") and _GROUP.fullmatch(given)
    return given if may_read else ""


pages: Final = (
    ConsolePage("/knowledge/new", show_new, "edit_knowledge"),
    ConsolePage("/knowledge/new", take_new, "edit_knowledge", ("POST",)),
)
