"""Drafts of entries: kept, sent for review, given back; visitors see none of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from bot.core.errors import (
    ChangedByOther,
    ContentError,
    Fault,
    NotAllowed,
    RequestGone,
    Wording,
)
from bot.core.languages import LANGUAGES, Language
from bot.core.staff import Permission, Staff
from bot.knowledge.entry_files import MAX_ID, name_faults, read_texts
from bot.knowledge.entry_lines import paragraphs
from bot.knowledge.files import MAX_BYTES, TOO_LARGE
from bot.storage import audit
from bot.storage import knowledge_edits as edits
from bot.storage.engine import Storage, Transaction
from bot.storage.knowledge_edits import Draft

_MOST_NOTE: Final = 1000
_BASE: Final = re.compile(r"(?:[0-9a-f]{64})?")


@dataclass(frozen=True)
class Editing:
    """What all of editing needs: the database, the folder, the rules, the calendar."""

    storage: Storage
    root: Path
    require_approved: bool
    today: Callable[[datetime], date]


@dataclass(frozen=True)
class OpenEntry:
    """An entry as its files have it, and the draft of its next text, if any."""

    entry: str
    group: str
    texts: Mapping[Language, str]
    base: str
    draft: Draft | None
    is_outdated: bool


def open_entry(editing: Editing, entry_id: str) -> OpenEntry:
    """Return an entry's files and its draft.

    Raises:
        RequestGone: there is neither a file nor a draft of that id.
        ContentError: a file of it cannot be read at all.
    """
    with editing.storage.read() as session:
        draft = edits.draft_of(session, entry_id)
    standing = read_texts(editing.root, entry_id)
    if standing is not None:
        is_outdated = draft is not None and draft.base != standing.base
        group, texts, base = standing.group, standing.texts, standing.base
        return OpenEntry(entry_id, group, texts, base, draft, is_outdated)
    if draft is None:
        raise RequestGone
    return OpenEntry(entry_id, draft.group, {}, "", draft, draft.base != "")


def all_drafts(editing: Editing) -> list[Draft]:
    """Return all drafts, those that wait for review first, then by id."""
    with editing.storage.read() as session:
        return edits.all_drafts(session)


def save_draft(
    editing: Editing,
    entry_id: str,
    group: str,
    texts: Mapping[Language, str],
    base: str,
    version: int,
    staff: Staff,
    now: datetime,
    note: str = "",
) -> Draft:
    """Keep a draft; `version` is the one that was being edited, 0 where none was.

    A changed draft that waited for review is a draft again. What changes nothing
    leaves the draft, and who changed it last, as they were.

    Raises:
        ChangedByOther: somebody else saved meanwhile.
        NotAllowed: no right to edit, or the entry stands in another group.
        ContentError: the id or group is no name, or a text is too long.
    """
    require(staff, "edit_knowledge")
    if not _BASE.fullmatch(base):
        raise ChangedByOther
    texts = _kept_texts(editing, entry_id, group, texts)
    note = paragraphs(note)[:_MOST_NOTE]
    with editing.storage.begin() as session:
        was = edits.draft_of(session, entry_id)
        if (was.version if was else 0) != version:
            raise ChangedByOther
        if was is not None:
            note = note or was.note
            before = (was.group, dict(was.texts), was.base, was.note)
            if before == (group, texts, base, note):
                return was
        draft = Draft(
            entry_id, group, texts, base, "draft", staff.id, now, version + 1, note
        )
        edits.keep_draft(session, draft, version)
        _note(session, now, staff, "knowledge_drafted", entry_id)
    return draft


def note_draft(
    editing: Editing,
    entry_id: str,
    version: int,
    staff: Staff,
    now: datetime,
    note: str,
) -> Draft:
    """Give a draft another note; its words, and who wrote them, stay.

    Raises:
        RequestGone, ChangedByOther, NotAllowed
    """
    require(staff, "edit_knowledge")
    with editing.storage.begin() as session:
        was = need_draft(session, entry_id, version)
        note = paragraphs(note)[:_MOST_NOTE]
        draft = replace(was, note=note, version=version + 1)
        edits.keep_draft(session, draft, version)
        _note(session, now, staff, "knowledge_drafted", entry_id)
    return draft


def rebase_draft(
    editing: Editing, entry_id: str, version: int, staff: Staff, now: datetime
) -> Draft:
    """Go on with the draft although the files changed: their base becomes its own.

    Raises:
        RequestGone, ChangedByOther, NotAllowed
    """
    require(staff, "edit_knowledge")
    standing = read_texts(editing.root, entry_id)
    with editing.storage.begin() as session:
        was = need_draft(session, entry_id, version)
        group = standing.group if standing else was.group
        base = standing.base if standing else ""
        draft = replace(was, base=base, group=group, version=version + 1)
        edits.keep_draft(session, draft, version)
        _note(session, now, staff, "knowledge_drafted", entry_id, "rebased")
    return draft


def send_for_review(
    editing: Editing, entry_id: str, version: int, staff: Staff, now: datetime
) -> Draft:
    """Ask for a reviewer; the draft may have faults, they only stop publishing.

    Raises:
        RequestGone, ChangedByOther, NotAllowed
    """
    require(staff, "edit_knowledge")
    with editing.storage.begin() as session:
        was = need_draft(session, entry_id, version)
        if was.state == "in_review":
            raise NotAllowed
        draft = replace(
            was, state="in_review", sent_by=staff.id, sent_at=now, version=version + 1
        )
        edits.keep_draft(session, draft, version)
        _note(session, now, staff, "knowledge_sent", entry_id)
    return draft


def return_to_editor(
    editing: Editing,
    entry_id: str,
    version: int,
    staff: Staff,
    now: datetime,
    why: str,
) -> Draft:
    """Give a draft back with a word of why, kept as its note.

    Raises:
        RequestGone, ChangedByOther
        NotAllowed: not a reviewer and not who sent it, or it does not wait for review.
    """
    require(staff, "edit_knowledge")
    why = paragraphs(why)[:_MOST_NOTE]
    with editing.storage.begin() as session:
        was = need_draft(session, entry_id, version)
        may = staff.may("approve_knowledge") or was.sent_by == staff.id
        if was.state != "in_review" or not may:
            raise NotAllowed
        draft = replace(was, state="draft", note=why or was.note, version=version + 1)
        edits.keep_draft(session, draft, version)
        _note(session, now, staff, "knowledge_drafted", entry_id, "returned")
    return draft


def discard_draft(
    editing: Editing, entry_id: str, version: int, staff: Staff, now: datetime
) -> None:
    """Throw a draft away; the files stay as they are.

    Raises:
        RequestGone, ChangedByOther, NotAllowed
    """
    require(staff, "edit_knowledge")
    with editing.storage.begin() as session:
        need_draft(session, entry_id, version)
        edits.drop_draft(session, entry_id, version)
        _note(session, now, staff, "knowledge_discarded", entry_id)


def require(staff: Staff, permission: Permission) -> None:
    """Refuse who has not a right.

    Raises:
        NotAllowed: this person's role does not have it.
    """
    if not staff.may(permission):
        raise NotAllowed


def need_draft(session: Transaction, entry_id: str, version: int) -> Draft:
    """Return a draft at the version that somebody saw.

    Raises:
        RequestGone: there is no draft.
        ChangedByOther: it changed since.
    """
    draft = edits.draft_of(session, entry_id)
    if draft is None:
        raise RequestGone
    if draft.version != version:
        raise ChangedByOther
    return draft


def _note(
    session: Transaction,
    now: datetime,
    staff: Staff,
    action: str,
    entry_id: str,
    detail: str = "",
) -> None:
    audit.note(session, now, staff.id, action, entry_id[:MAX_ID], detail)


def _kept_texts(
    editing: Editing, entry_id: str, group: str, texts: Mapping[Language, str]
) -> dict[Language, str]:
    faults = name_faults(editing.root, group, entry_id)
    kept: dict[Language, str] = {}
    for language in LANGUAGES:
        text = texts.get(language, "").replace("\r\n", "\n").replace("\r", "\n")
        # A letter that UTF-8 cannot hold could never be written to the file.
        kept[language] = text.encode("utf-8", "replace").decode()
        if len(kept[language].encode()) > MAX_BYTES:
            name = f"{editing.root.name}/{group}/{entry_id}.{language}.md"
            problem = Wording(TOO_LARGE, most=MAX_BYTES // 1000)
            faults.append(Fault(name, "file", problem, "Shorten or split the entry."))
    if faults:
        raise ContentError(faults)
    try:
        standing = read_texts(editing.root, entry_id)
    except ContentError:
        # A draft may be kept while the files are beyond reading.
        return kept
    if standing is not None and standing.group != group:
        raise NotAllowed
    return kept
