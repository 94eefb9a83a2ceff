"""Writes an entry's files together with the record of who did it, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.core.errors import ChangedByOther, ContentError, RequestGone, StorageError
from bot.core.languages import Language
from bot.core.staff import Staff
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.draft_check import check_entry
from bot.knowledge.entry_files import (
    MAX_ID,
    EntryTexts,
    base_of,
    read_texts,
    take_back,
    write_texts,
)
from bot.knowledge.entry_lines import paragraphs
from bot.services.edit_commits import commit
from bot.services.editing import Editing
from bot.storage import audit
from bot.storage import knowledge_edits as edits
from bot.storage.knowledge_edits import Draft, KeptVersion

_MOST_WHY: Final = 1000
# What the commit says of each kind of change.
_SUBJECTS: Final = {
    "knowledge_approved": "approved",
    "knowledge_published": "published, not reviewed yet",
    "knowledge_restored": "restored",
    "knowledge_reviewed": "reviewed, no change",
    "knowledge_rolled_back": "rolled back",
    "knowledge_withdrawn": "withdrawn",
}


@dataclass(frozen=True)
class Published:
    """That files were written; `why_not` is "" where git is not there or has them."""

    entry: str
    commit: str | None
    is_committed: bool
    why_not: str


@dataclass(frozen=True)
class Change:
    """What is to be written, over which files, by whom and why.

    `written_by` is who wrote the words, if known; `draft` is used up by the change.
    """

    entry: str
    group: str
    texts: Mapping[Language, str]
    before: EntryTexts | None
    action: str
    why: str
    staff: Staff
    now: datetime
    written_by: int | None
    draft: Draft | None = None


def standing_at(editing: Editing, entry_id: str, base: str) -> EntryTexts:
    """Return an entry's files if they are still those that somebody saw.

    Raises:
        RequestGone: there are none.
        ChangedByOther: they changed since.
        ContentError: they cannot be read.
    """
    standing = read_texts(editing.root, entry_id)
    if standing is None:
        raise RequestGone
    if standing.base != base:
        raise ChangedByOther
    return standing


def writer_of(editing: Editing, standing: EntryTexts) -> int | None:
    """Return who wrote the words that stand in the files, None if nobody knows."""
    with editing.storage.read() as session:
        latest = edits.latest_version(session, standing.id)
    is_known = latest is not None and latest.base == standing.base
    return latest.written_by if latest is not None and is_known else None


def refuse_faults(
    editing: Editing,
    knowledge: KnowledgeBase,
    group: str,
    entry_id: str,
    texts: Mapping[Language, str],
    now: datetime,
) -> None:
    """Refuse texts that have errors; warnings pass.

    Raises:
        ContentError: with the errors.
    """
    today = editing.today(now)
    found = check_entry(knowledge, editing.root, group, entry_id, texts, today)
    errors = [fault for fault in found if not fault.is_warning]
    if errors:
        raise ContentError(errors)


def write(editing: Editing, change: Change) -> Published:
    """Write the files and their record, then commit them where there is git.

    Raises:
        ChangedByOther: the files or the draft changed meanwhile.
        ContentError: the folder cannot be written.
        StorageError: the database did not answer; the files are as they were.
    """
    before = change.before
    old = dict(before.texts) if before else {}
    is_written = False
    try:
        with editing.storage.begin() as session:
            edits.take_turn(session, change.now)
            if change.draft is not None:
                edits.drop_draft(session, change.entry, change.draft.version)
            version_id = edits.add_version(session, _version(change))
            staff_id, now = change.staff.id, change.now
            subject = change.entry[:MAX_ID]
            audit.note(session, now, staff_id, change.action, subject)
            base = before.base if before else ""
            # Last: if it fails, nothing else stays either.
            write_texts(editing.root, change.group, change.entry, change.texts, base)
            is_written = True
    except StorageError:
        if is_written:
            take_back(editing.root, change.group, change.entry, before)
        raise
    folder = editing.root / change.group
    files = [
        folder / f"{change.entry}.{language}.md"
        for language, text in change.texts.items()
        if old.get(language) != text
    ]
    return _commit(editing, change, version_id, files)


def _version(change: Change) -> KeptVersion:
    before = change.before.texts if change.before else {}
    texts = {**before, **change.texts}
    return KeptVersion(
        entry=change.entry,
        at=change.now,
        staff_id=change.staff.id,
        name=change.staff.name,
        written_by=change.written_by,
        action=change.action,
        why=paragraphs(change.why)[:_MOST_WHY],
        texts=texts,
        base=base_of(texts),
    )


def _commit(
    editing: Editing, change: Change, version_id: int, files: list[Path]
) -> Published:
    subject = f"knowledge: {change.entry} {_SUBJECTS[change.action]}"
    why = paragraphs(change.why)[:_MOST_WHY]
    message = f"{subject}\n\n{why}\n" if why else f"{subject}\n"
    made = commit(editing.root, files, change.staff.name, message)
    if made.id is not None:
        try:
            with editing.storage.begin() as session:
                edits.note_commit(session, version_id, made.id)
        except StorageError:
            # The commit stands in git all the same; only the history lacks its number.
            pass
    return Published(change.entry, made.id, made.id is not None, made.why_not)
