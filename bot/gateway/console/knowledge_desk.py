"""What all pages about the knowledge work with: the editing core, names, languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

from bot.core.errors import Fault
from bot.core.languages import Language
from bot.gateway.console.desk import Visit
from bot.services.editing import Editing, OpenEntry
from bot.storage import audit
from bot.storage import knowledge_edits as edits
from bot.storage.knowledge_edits import Draft

ENTRY_ID: Final = re.compile(r"[a-z][a-z0-9_]{1,59}")
# Addresses beside those of the entries.
RESERVED: Final = frozenset(
    {"new", "try", "due", "snapshots", "sources", "facts", "owners"}
)
_TRANSLATED: Final = re.compile(r"^translated_on: *(\d{4}-\d\d-\d\d)", re.MULTILINE)
_HEAD_BYTES: Final = 600


def editing_of(visit: Visit) -> Editing:
    """Return what the editing core works with."""
    world = visit.world

    def today(now: datetime) -> date:
        return world.shelf.current.desk.local(now).date()

    settings = world.settings
    return Editing(
        world.storage, settings.KNOWLEDGE_DIR, settings.REQUIRE_APPROVED, today
    )


def today_of(visit: Visit) -> date:
    """Return the day by the office's clock."""
    return editing_of(visit).today(visit.now)


def entry_of(visit: Visit) -> str:
    """Return the id of the entry that the address names."""
    entry: str = visit.request.path_params["entry"]
    return entry


def names_of(visit: Visit, drafts: Iterable[Draft | None]) -> Mapping[int, str]:
    """Return the names of those who changed drafts last."""
    changers = {draft.changed_by for draft in drafts if draft}
    with visit.world.storage.read() as session:
        return audit.names_of(session, sorted(changers))


def writer_of(visit: Visit, opened: OpenEntry) -> int | None:
    """Return who wrote the text that stands in the files, None if nobody knows."""
    with visit.world.storage.read() as session:
        latest = edits.latest_version(session, opened.entry)
    is_known = latest is not None and latest.base == opened.base
    return latest.written_by if latest is not None and is_known else None


def standing_texts(opened: OpenEntry) -> Mapping[Language, str]:
    """Return the texts to work on: the draft's, or else those of the files."""
    return opened.draft.texts if opened.draft else opened.texts


def translated_days(root: Path) -> dict[str, date]:
    """Return when each entry's Spanish text was last made to fit the English one."""
    days: dict[str, date] = {}
    for path in root.glob("*/*.es.md"):
        try:
            with path.open("rb") as file:
                head = file.read(_HEAD_BYTES).decode("utf-8", "replace")
            found = _TRANSLATED.search(head)
            if found and not path.name.startswith("."):
                days[path.name.removesuffix(".es.md")] = date.fromisoformat(found[1])
        except (OSError, ValueError):
            continue
    return days


def faults_of_folder(visit: Visit) -> list[Fault]:
    """Return what is wrong with the files, so that their newest text is not shown."""
    return list(visit.world.shelf.faults)
