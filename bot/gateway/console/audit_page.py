"""Who did what, newest first, as admins read it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from bot.core.consultations import REFERENCE_SIGNS, shown_reference
from bot.gateway.console.desk import ConsolePage, Visit, desk_of, show
from bot.storage import audit
from bot.storage.audit import AuditEntry

_ROWS: Final = 50
_DIGITS: Final = 12


@dataclass(frozen=True)
class _Line:
    entry: AuditEntry
    who: str
    what: str
    subject: str


async def show_audit(visit: Visit) -> Response:
    """Show what was done last, or before what the last page ended with."""
    before = visit.request.query_params.get("before", "")
    is_number = before.isascii() and before.isdigit() and len(before) <= _DIGITS
    before_id = int(before) if is_number else None

    def read() -> tuple[list[AuditEntry], dict[int, str]]:
        with visit.world.storage.read() as session:
            entries = audit.latest(session, _ROWS + 1, before_id)
            ids = {entry.staff_id for entry in entries if entry.staff_id is not None}
            return entries, audit.names_of(session, ids)

    entries, names = await asyncio.to_thread(read)
    shown = entries[:_ROWS]
    return show(
        visit,
        "audit.html",
        lines=[_line(visit, entry, names) for entry in shown],
        older=shown[-1].id if len(entries) > _ROWS else None,
        is_first=before_id is None,
    )


def _line(visit: Visit, entry: AuditEntry, names: dict[int, str]) -> _Line:
    words, language = desk_of(visit.request).words, visit.staff.language
    key = f"audit.{entry.action}"
    # Somebody without an account: a visitor, or the assistant by itself.
    who = names.get(entry.staff_id or 0, "")
    what = words.say(key, language) if key in words else entry.action.replace("_", " ")
    return _Line(entry, who, what, _subject(entry.subject))


def _subject(subject: str) -> str:
    is_reference = len(subject) == 4 and set(subject) <= set(REFERENCE_SIGNS)
    return shown_reference(subject) if is_reference else subject


pages: Final = (ConsolePage("/audit", show_audit, "see_audit"),)
