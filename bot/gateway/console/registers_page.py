"""A source or a dated figure: what uses it, and changing it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from starlette.responses import Response

from bot.core.dates import spoken_date
from bot.core.errors import (
    ChangedByOther,
    ContentError,
    Fault,
    NotAllowed,
    RequestGone,
)
from bot.gateway.console.desk import ConsolePage, Visit, go_to, read_fields, show
from bot.gateway.console.knowledge_change import (
    MOST_WHY,
)
from bot.gateway.console.knowledge_desk import editing_of, today_of
from bot.gateway.console.knowledge_form import one_line
from bot.gateway.console.registers_form import (
    FACT_FIELDS,
    NEW,
    SOURCE_FIELDS,
    Kind,
    key_faults,
    labelled,
    readings,
    row_of,
    shown_fields,
    uses_of,
    value_rows,
)
from bot.gateway.console.registers_list import AT, show_facts, show_sources
from bot.services.register_edits import (
    SOURCES,
    ItemEdit,
    fact_files,
    file_with,
    item_base,
    item_faults,
    raw_item,
    save_item,
)

_FILES: Final[Mapping[Kind, str]] = {"source": "/sources", "fact": "/facts"}


@dataclass(frozen=True)
class _Refusal:
    """Why nothing was written; `taken` is the name that another item has already."""

    problem: str = ""
    status: int = 200
    faults: Sequence[Fault] = ()
    taken: str = ""


async def show_item(visit: Visit) -> Response:
    """Show the form of a source or figure, or of a new one."""
    kind, key = _asked(visit)
    return await _item_page(visit, kind, key, None)


async def take_item(visit: Visit) -> Response:
    """Write a source or figure, or show the form as typed and say why not."""
    kind, key = _asked(visit)
    fields = await read_fields(visit)
    try:
        name, refusal = await asyncio.to_thread(_write, visit, kind, key, fields)
    except ContentError as error:
        name, refusal = key, _Refusal("wrong", 422, error.faults)
    except NotAllowed:
        name, refusal = key, _Refusal("not_allowed", 403)
    if refusal is not None:
        return await _item_page(visit, kind, key, fields, refusal)
    notice = "registers.did_add" if key == NEW else "registers.did_change"
    if any(_FILES[kind] in fault.file for fault in visit.world.shelf.faults):
        # Visitors read the last good text until every fault there is mended.
        notice = "registers.did_wait"
    # The page of a figure tells what visitors read of it now and later.
    path = f"{AT[kind]}/{name}" if kind == "fact" else AT[kind]
    return go_to(visit, path, notice)


def _write(
    visit: Visit, kind: Kind, key: str, fields: Mapping[str, str]
) -> tuple[str, _Refusal | None]:
    """Write an item; return its name, and why nothing was written, if so.

    Raises:
        NotAllowed: the role does not allow it.
        ContentError: a file cannot be read or written.
    """
    editing, is_new = editing_of(visit), key == NEW
    name = one_line(fields.get("key", "")) if is_new else key
    file = _file_of(visit, kind, key, fields)
    place = f"{editing.root.name}/{file}"
    faults = key_faults(kind, name, place) if is_new else []
    is_taken = is_new and file_with(editing.root, kind, name) is not None
    before = None if is_new else raw_item(editing.root, file, name)
    row, wrong = row_of(kind, fields, before, place)
    base = "" if is_new else fields.get("base", "") or "none"
    why = one_line(fields.get("why", ""))[:MOST_WHY]
    edit = ItemEdit(file, name, row, base, visit.staff, visit.now, why)
    faults += [*wrong, *item_faults(editing, edit)]
    try:
        if is_taken:
            raise ChangedByOther
        if faults:
            return name, _Refusal("wrong", 422, faults)
        save_item(editing, edit)
    except ChangedByOther:
        if is_new:
            return name, _Refusal(f"taken_{kind}", 409, faults, taken=name)
        return name, _Refusal("changed", 409)
    # Not at the next look in a second: the page shown now tells the new text.
    visit.world.shelf.look()
    return name, None


async def _item_page(
    visit: Visit,
    kind: Kind,
    key: str,
    fields: Mapping[str, str] | None,
    refusal: _Refusal | None = None,
) -> Response:
    """Show the form; `fields` is what was typed, None where nothing was yet."""
    root = editing_of(visit).root
    try:
        file = await asyncio.to_thread(_file_of, visit, kind, key, fields or {})
        row = None if key == NEW else await asyncio.to_thread(raw_item, root, file, key)
    except ContentError as broken:
        return show(visit, "knowledge_broken.html", 409, faults=broken.faults)
    if key != NEW and row is None:
        raise RequestGone
    told = refusal or _Refusal()
    return show(
        visit,
        "registers_item.html",
        told.status,
        **_sheet(visit, kind, key, row, fields),
        problem=told.problem,
        faults=told.faults,
        taken=told.taken,
    )


def _sheet(
    visit: Visit,
    kind: Kind,
    key: str,
    row: Mapping[str, Any] | None,
    fields: Mapping[str, str] | None,
) -> dict[str, Any]:
    """Return what the form of an item shows: the item, or what was typed over it."""
    standing = shown_fields(kind, row)
    typed = {**standing, **(fields or {})}
    if fields is not None and not fields.get("url_opened"):
        typed["url_opened"] = ""
    is_new = key == NEW
    fact = visit.world.shelf.current.facts.get(key) if kind == "fact" else None
    return {
        "kind": kind,
        "at": AT[kind],
        "key": key,
        "is_new": is_new,
        "may_write": visit.staff.may(
            "edit_knowledge" if is_new else "approve_knowledge"
        ),
        "fields": typed,
        "standing": labelled(standing),
        # Seen by now: a second press writes over what somebody else wrote.
        "base": item_base(row),
        "names": SOURCE_FIELDS if kind == "source" else FACT_FIELDS,
        "numbers": value_rows(typed),
        "files": fact_files(editing_of(visit).root),
        "uses": uses_of(visit.world.shelf.current, kind, key),
        "readings": readings(fact, today_of(visit)) if fact else [],
        "spoken": partial(spoken_date, language=visit.staff.language),
        "today": today_of(visit),
        "most_why": MOST_WHY,
    }


def _asked(visit: Visit) -> tuple[Kind, str]:
    kind: Kind = "fact" if "/facts/" in visit.request.url.path else "source"
    return kind, visit.request.path_params["key"]


def _file_of(visit: Visit, kind: Kind, key: str, fields: Mapping[str, str]) -> str:
    """Return the file in which an item stands or shall stand.

    Raises:
        RequestGone: there is no such item, or no such file.
        ContentError: a file cannot be read.
    """
    if kind == "source":
        return SOURCES
    root = editing_of(visit).root
    files = fact_files(root)
    found = file_with(root, kind, key)
    if key == NEW:
        wanted = fields.get("file", "") or (files[0] if files else "")
        found = wanted if wanted in files else None
    if found is None:
        raise RequestGone
    return found


def _pages(at: str, endpoint: Any) -> tuple[ConsolePage, ...]:
    return (
        ConsolePage(at, endpoint, "edit_knowledge"),
        ConsolePage(at, endpoint, "edit_knowledge", ("POST",)),
    )


pages: Final = (
    *_pages("/knowledge/sources", show_sources),
    *_pages("/knowledge/facts", show_facts),
    ConsolePage("/knowledge/sources/{key}", show_item, "edit_knowledge"),
    ConsolePage("/knowledge/sources/{key}", take_item, "edit_knowledge", ("POST",)),
    ConsolePage("/knowledge/facts/{key}", show_item, "edit_knowledge"),
    ConsolePage("/knowledge/facts/{key}", take_item, "edit_knowledge", ("POST",)),
)
