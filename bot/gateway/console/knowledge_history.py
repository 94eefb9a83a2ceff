"""What an entry said before: every version, what is different now, and the way back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

from bot.core.errors import ChangedByOther, ContentError, NotAllowed, RequestGone
from bot.gateway.console.desk import (
    ConsolePage,
    Visit,
    desk_of,
    go_to,
    read_fields,
    show,
)
from bot.gateway.console.knowledge_change import (
    MOST_WHY,
    read_number,
)
from bot.gateway.console.knowledge_desk import editing_of, entry_of
from bot.gateway.console.knowledge_form import one_line
from bot.knowledge.entry_form import status_of
from bot.services.editing import OpenEntry, open_entry
from bot.services.editing_history import Version, difference, history, roll_back


async def show_history(visit: Visit) -> Response:
    """Show the versions of an entry, newest first."""

    def read() -> tuple[OpenEntry, list[Version]]:
        core = editing_of(visit)
        return open_entry(core, entry_of(visit)), history(core, entry_of(visit))

    opened, versions = await asyncio.to_thread(read)
    words, language = desk_of(visit.request).words, visit.staff.language

    def deed(version: Version) -> str:
        key = f"knowledge.deed_{version.action}"
        return words.say(key, language) if key in words else version.action

    return show(
        visit,
        "knowledge_history.html",
        opened=opened,
        versions=versions,
        deed=deed,
        status_of=_status,
    )


async def show_version(visit: Visit) -> Response:
    """Show how a version differs from what the files say now."""
    return await _version_page(visit, {})


async def take_back(visit: Visit) -> Response:
    """Write a former version again, or say why that cannot be done."""
    fields = await read_fields(visit)
    why = one_line(fields.get("why", ""))[:MOST_WHY]
    if not why:
        return await _version_page(visit, fields, 422, "why_missing")

    def write() -> None:
        roll_back(
            editing_of(visit),
            visit.world.shelf.current,
            entry_of(visit),
            _number(visit),
            fields.get("base", ""),
            visit.staff,
            visit.now,
            why,
        )
        visit.world.shelf.look()

    try:
        await asyncio.to_thread(write)
    except ChangedByOther:
        return await _version_page(visit, fields, 409, "changed_by_other")
    except NotAllowed:
        return await _version_page(visit, fields, 409, "only_approved")
    except ContentError as error:
        told = {"faults": error.faults}
        return await _version_page(visit, fields, 422, "has_faults", **told)
    return go_to(visit, f"/knowledge/{entry_of(visit)}", "knowledge.did_roll_back")


async def _version_page(
    visit: Visit,
    fields: Mapping[str, str],
    status: int = 200,
    problem: str = "",
    **values: Any,
) -> Response:
    def read() -> tuple[OpenEntry, Version]:
        core, wanted = editing_of(visit), _number(visit)
        opened = open_entry(core, entry_of(visit))
        for version in history(core, opened.entry):
            if version.id == wanted:
                return opened, version
        raise RequestGone

    opened, version = await asyncio.to_thread(read)
    lines = difference(opened.texts, version.texts)
    shown = {"faults": [], **values}
    return show(
        visit,
        "knowledge_version.html",
        status,
        opened=opened,
        version=version,
        lines=lines,
        why=fields.get("why", ""),
        problem=problem,
        most_why=MOST_WHY,
        version_status=_status(version),
        **shown,
    )


def _status(version: Version) -> str:
    status = status_of(version.texts.get("en", ""))
    return status if status in ("draft", "approved", "withdrawn") else ""


def _number(visit: Visit) -> int:
    return read_number(visit.request.path_params["version"])


_VERSION: Final = "/knowledge/{entry}/history/{version}"
pages: Final = (
    ConsolePage("/knowledge/{entry}/history", show_history, "edit_knowledge"),
    ConsolePage(_VERSION, show_version, "edit_knowledge"),
    ConsolePage(_VERSION, take_back, "edit_knowledge", ("POST",)),
)
