"""What the page of an entry shows: fields, faults, previews, others' changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from bot.core.entries import JURISDICTIONS
from bot.core.errors import ContentError, RequestGone
from bot.core.languages import LANGUAGES, Language
from bot.gateway.console.desk import Visit
from bot.gateway.console.knowledge_change import (
    MOST_WHY,
    read_number,
    returned_note,
    steps_for,
)
from bot.gateway.console.knowledge_desk import (
    editing_of,
    entry_of,
    names_of,
    standing_texts,
    today_of,
    writer_of,
)
from bot.gateway.console.knowledge_form import (
    FILE_PLACES,
    FILES,
    PARTS,
    PLACES,
    blank_faults,
    blank_form,
    by_file,
    by_place,
    in_form_words,
    means_same,
    place_of,
    readable_form,
    texts_from,
    typed_files,
    typed_of,
)
from bot.gateway.console.knowledge_picks import pickers_of
from bot.gateway.console.knowledge_preview import previews_of
from bot.knowledge.draft_check import built_entry, check_entry
from bot.knowledge.entry_files import base_of
from bot.knowledge.entry_form import status_of
from bot.knowledge.limits import MAX_LABEL, MAX_SHORT, MAX_TITLE, MIN_QUESTIONS
from bot.knowledge.registers import read_owners
from bot.services.editing import OpenEntry, open_entry
from bot.services.editing_history import Line, difference, history

_ROWS: Final = {"short": 5, "details": 16, "next_step": 5, "questions": 16}
_LIMITS: Final = {
    "title": MAX_TITLE,
    "label": MAX_LABEL,
    "short": MAX_SHORT,
    "questions": MIN_QUESTIONS,
}
_NEXT_REVIEW: Final = {True: timedelta(days=30), False: timedelta(days=180)}
_LOOKS: Final = ("web", "whatsapp")


@dataclass(frozen=True)
class Conflict:
    """What somebody else did meanwhile; `meanwhile` is None where nobody knows it."""

    meanwhile: list[Line] | None
    yours: list[Line]
    version: int
    base: str


def open_sheet(visit: Visit, fields: Mapping[str, str]) -> OpenEntry:
    """Return the entry as it stands; one that is gone, if words were typed for it.

    Raises:
        RequestGone: there is no such entry, and nothing was typed.
        ContentError: a file of it cannot be read at all.
    """
    try:
        return open_entry(editing_of(visit), entry_of(visit))
    except RequestGone:
        group = fields.get("group", "")
        if "shown_as" not in fields or group not in visit.world.shelf.current.groups():
            raise
        return OpenEntry(entry_of(visit), group, {}, "", None, False)


def fields_of(opened: OpenEntry, as_files: bool = False) -> dict[str, str]:
    """Return what the form holds when somebody opens it."""
    texts = standing_texts(opened)
    try:
        form = readable_form(texts, opened.group, opened.entry)
    except ContentError:
        as_files = True
        form = blank_form(opened.group, opened.entry)
    typed = typed_files(texts) if as_files else typed_of(form)
    draft = opened.draft
    return {
        **typed,
        **stand_of(opened),
        "shown_as": FILES if as_files else "form",
        "why": draft.note
        if draft and draft.state == "draft" and not returned_note(draft.note)
        else "",
    }


def stand_of(opened: OpenEntry) -> dict[str, str]:
    """Return the fields that tell later whether somebody else changed the entry."""
    draft = opened.draft
    return {
        "base": draft.base if draft else opened.base,
        "version": str(draft.version if draft else 0),
        "files_base": opened.base,
        "group": opened.group,
    }


def seen_of(
    visit: Visit, opened: OpenEntry, fields: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the checks say about typed texts, and how visitors would see them."""
    world, today = visit.world, today_of(visit)
    knowledge, root = world.shelf.current, world.settings.KNOWLEDGE_DIR
    group, entry_id = opened.group, opened.entry
    texts = texts_from(fields, standing_texts(opened), group, entry_id)
    faults = blank_faults(fields, group, entry_id)
    found = check_entry(knowledge, root, group, entry_id, texts, today)
    # What the check says of such a file, that its headings are wrong, would not help.
    blank = {place_of(fault)[-3:] for fault in faults}
    faults += [
        fault
        for fault in in_form_words(found, fields)
        if fault.field != "headings" or place_of(fault)[-3:] not in blank
    ]
    as_files = fields.get("shown_as") == FILES
    previews = []
    try:
        entry = built_entry(group, entry_id, texts)
        require = world.settings.REQUIRE_APPROVED
        previews = previews_of(entry, knowledge, today, require)
    except (ContentError, KeyError):
        pass  # The faults beside the fields tell why.
    return {
        "faults": by_file(faults) if as_files else by_place(faults),
        "errors": sum(not fault.is_warning for fault in faults),
        "warnings": sum(fault.is_warning for fault in faults),
        "previews": previews,
        "places": FILE_PLACES if as_files else PLACES,
        "fields": fields,
        "looks": _LOOKS,
    }


def conflict_of(
    visit: Visit, opened: OpenEntry, fields: Mapping[str, str]
) -> Conflict | None:
    """Return what somebody else did to the entry since the form was made, if so."""
    stand = stand_of(opened)
    is_as_shown = fields.get("version") == stand["version"] and (
        fields.get("base") == stand["base"]
    )
    theirs = standing_texts(opened)
    typed = texts_from(fields, theirs, opened.group, opened.entry)
    if is_as_shown or means_same(typed, theirs, opened.group, opened.entry):
        return None
    # Of an earlier draft no copy is kept: only what changed since the files is known.
    began_with_files = fields.get("version") == "0"
    return Conflict(
        _meanwhile(visit, opened, fields.get("base", ""), theirs)
        if began_with_files
        else None,
        difference(theirs, typed),
        read_number(stand["version"]),
        stand["base"],
    )


def outdated_of(visit: Visit, opened: OpenEntry) -> Conflict | None:
    """Return how files and draft differ, where the files changed under the draft."""
    draft = opened.draft
    if draft is None or not opened.is_outdated:
        return None
    return Conflict(
        _meanwhile(visit, opened, draft.base, opened.texts),
        difference(opened.texts, draft.texts),
        draft.version,
        opened.base,
    )


def review_of(opened: OpenEntry) -> list[Line] | None:
    """Return what a draft that waits for review would change, if visitors have a text.

    Where the files changed under the draft, the page tells the difference there.
    """
    draft = opened.draft
    if draft is None or draft.state != "in_review" or opened.is_outdated:
        return None
    return difference(opened.texts, draft.texts) if opened.texts else None


def sheet_of(
    visit: Visit, opened: OpenEntry, fields: Mapping[str, str]
) -> dict[str, Any]:
    """Return all that the template of the page asks for but its problems."""
    world, today = visit.world, today_of(visit)
    knowledge, draft = world.shelf.current, opened.draft
    conflict = conflict_of(visit, opened, fields)
    # What goes by the files alone goes by what this page shows of them.
    fields = {**fields, "files_base": opened.base}
    if conflict is None:
        fields = {**fields, **stand_of(opened)}
    root, entry_id = world.settings.KNOWLEDGE_DIR, opened.entry
    is_volatile = bool(fields.get("volatile"))
    require_approved, writer = world.settings.REQUIRE_APPROVED, writer_of(visit, opened)
    steps = steps_for(opened, visit.staff, require_approved, writer)
    shown = knowledge.entries.get(entry_id)
    was_approved = shown is not None and shown.status == "approved"
    standing = status_of(opened.texts.get("en", ""))
    return {
        **seen_of(visit, opened, fields),
        "opened": opened,
        "draft": draft,
        "names": names_of(visit, [draft]),
        "standing": standing,
        "steps": steps,
        "returned": returned_note(draft.note) if draft else None,
        # Of a broken file the last good text may be an approved one.
        "loses_approval": "publish" in steps
        and (standing == "approved" or (was_approved and standing != "withdrawn")),
        "conflict": conflict,
        "outdated": None if conflict else outdated_of(visit, opened),
        "review": None if conflict else review_of(opened),
        "pickers": pickers_of(fields, knowledge, visit.staff.language, entry_id),
        "parts": PARTS,
        "rows": _ROWS,
        "limits": _LIMITS,
        "codes": LANGUAGES,
        "jurisdictions": _with(JURISDICTIONS, fields.get("jurisdiction", "")),
        "owners": _with(_owners(root), fields.get("owner", "")),
        "is_day": _is_day,
        "next_review": fields.get("next_review")
        or (today + _NEXT_REVIEW[is_volatile]).isoformat(),
        "most_why": MOST_WHY,
        "fields": fields,
    }


def _meanwhile(
    visit: Visit, opened: OpenEntry, base: str, theirs: Mapping[Language, str]
) -> list[Line] | None:
    for version in history(editing_of(visit), opened.entry):
        if base_of(version.texts) == base:
            return difference(version.texts, theirs)
    return None


def _owners(root: Any) -> list[str]:
    try:
        return read_owners(root)
    except ContentError:
        return []


def _with(known: Any, value: str) -> list[str]:
    return [*known, *([value] if value and value not in known else [])]


def _is_day(given: str) -> bool:
    """Whether a browser's field for a day can show this; it drops anything else."""
    try:
        return not given or bool(date.fromisoformat(given))
    except ValueError:
        return False
