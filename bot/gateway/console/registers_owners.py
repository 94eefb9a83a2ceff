"""Who may own entries: how many each has, what of it is overdue, and a new one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

from bot.core.errors import ChangedByOther, ContentError
from bot.gateway.console.desk import ConsolePage, Visit, go_to, read_fields, show
from bot.gateway.console.knowledge_change import (
    MOST_WHY,
)
from bot.gateway.console.knowledge_desk import editing_of, today_of
from bot.gateway.console.knowledge_form import one_line
from bot.knowledge.registers import read_owners
from bot.services.register_edits import add_owner

_OWNER: Final = re.compile(r"\w[\w .'-]{0,39}")


async def show_owners(visit: Visit) -> Response:
    """Show who may own entries, and of how many each is the owner."""
    return await _owners_page(visit, {})


async def take_owner(visit: Visit) -> Response:
    """Add an owner."""
    fields = await read_fields(visit)
    owner = one_line(fields.get("owner", ""))
    if not _OWNER.fullmatch(owner):
        return await _owners_page(visit, fields, 422, "owner_wrong")
    why = one_line(fields.get("why", ""))[:MOST_WHY]

    def write() -> None:
        add_owner(editing_of(visit), owner, visit.staff, visit.now, why)
        visit.world.shelf.look()

    try:
        await asyncio.to_thread(write)
    except ChangedByOther:
        return await _owners_page(visit, fields, 409, "owner_there")
    except ContentError as error:
        return await _owners_page(visit, fields, 422, "wrong", error)
    return go_to(visit, "/knowledge/owners", "registers.did_add")


async def _owners_page(
    visit: Visit,
    fields: Mapping[str, str],
    status: int = 200,
    problem: str = "",
    error: ContentError | None = None,
) -> Response:
    try:
        owners = await asyncio.to_thread(read_owners, editing_of(visit).root)
    except ContentError as broken:
        return show(visit, "knowledge_broken.html", 409, faults=broken.faults)
    entries, today = visit.world.shelf.current.entries.values(), today_of(visit)
    counts = {
        owner: (
            sum(entry.owner == owner for entry in entries),
            sum(
                entry.owner == owner
                and entry.review_by < today
                and entry.status != "withdrawn"
                for entry in entries
            ),
        )
        for owner in owners
    }
    return show(
        visit,
        "registers_owners.html",
        status,
        counts=counts,
        fields=fields,
        problem=problem,
        faults=error.faults if error else [],
        most_why=MOST_WHY,
    )


pages: Final = (
    ConsolePage("/knowledge/owners", show_owners, "edit_knowledge"),
    ConsolePage("/knowledge/owners", take_owner, "approve_knowledge", ("POST",)),
)
