"""Writes into a text that an attorney approved it, or that nobody reviewed it yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.core.errors import ContentError
from bot.core.languages import Language
from bot.core.staff import Staff
from bot.knowledge.draft_check import built_entry
from bot.knowledge.entry_lines import with_fields
from bot.knowledge.signed_text import mark_of
from bot.services.editing import Editing

NOT_REVIEWED: Final = {
    "status": "draft",
    "approved_by": None,
    "approved_on": None,
    "approved_text": None,
}


def as_not_reviewed(texts: Mapping[Language, str]) -> dict[Language, str]:
    """Return texts that say of themselves that no attorney reviewed them yet."""
    return {**texts, "en": with_fields(texts.get("en", ""), NOT_REVIEWED)}


def as_approved(
    editing: Editing,
    group: str,
    entry_id: str,
    texts: Mapping[Language, str],
    staff: Staff,
    now: datetime,
) -> dict[Language, str]:
    """Return texts that say of themselves that this person approved them today."""
    try:
        mark = mark_of(built_entry(group, entry_id, texts))
    except (ContentError, KeyError):
        # They make no entry, so they will be refused.
        mark = None
    approved = {
        "status": "approved",
        "approved_by": staff.name,
        "approved_on": editing.today(now).isoformat(),
        "approved_text": mark,
    }
    return {**texts, "en": with_fields(texts.get("en", ""), approved)}
