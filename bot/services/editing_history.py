"""What an entry said before: its versions, what differs, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Final, Literal

from bot.core.errors import ContentError, RequestGone
from bot.core.languages import LANGUAGES, Language
from bot.core.staff import Staff
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.entry_files import EntryTexts, finish_interrupted, read_texts
from bot.knowledge.entry_lines import status_of
from bot.services.editing import Editing, require
from bot.services.editing_approval import as_not_reviewed
from bot.services.editing_files import (
    Change,
    Published,
    refuse_faults,
    standing_at,
    write,
)
from bot.services.editing_publishing import keep_approval
from bot.storage import knowledge_edits as edits
from bot.storage.knowledge_edits import KeptVersion

_LINES_AROUND: Final = 3
# Beyond this, lines that come often are not compared with each other.
_MANY_LINES: Final = 2000


@dataclass(frozen=True)
class Version:
    """How an entry's files once stood; `who` is "" where a file was edited by hand."""

    id: int
    at: datetime
    who: str
    action: str
    why: str
    commit: str | None
    texts: Mapping[Language, str]


@dataclass(frozen=True)
class Line:
    """One line of a difference; a "gap" stands for lines that are the same."""

    kind: Literal["same", "added", "removed", "gap"]
    language: Language
    text: str


def history(editing: Editing, entry_id: str) -> list[Version]:
    """Return the versions of an entry, newest first; none where there is no such."""
    with editing.storage.read() as session:
        found = edits.versions_of(session, entry_id)
    return [_shown(version) for version in found]


def roll_back(
    editing: Editing,
    knowledge: KnowledgeBase,
    entry_id: str,
    version_id: int,
    base: str,
    staff: Staff,
    now: datetime,
    why: str,
) -> Published:
    """Write a former version again: approved if it was and a reviewer asks, else draft.

    Raises:
        RequestGone: there is no such entry or version.
        ChangedByOther, ContentError
        NotAllowed: no right, or it would take an approved text away.
    """
    require(staff, "edit_knowledge")
    standing = standing_at(editing, entry_id, base)
    with editing.storage.read() as session:
        found = edits.versions_of(session, entry_id)
    version = next((one for one in found if one.id == version_id), None)
    if version is None:
        raise RequestGone
    was_approved = status_of(version.texts.get("en", "")) == "approved"
    texts = dict(version.texts)
    if not (was_approved and staff.may("approve_knowledge")):
        keep_approval(editing, standing)
        texts = as_not_reviewed(texts)
    refuse_faults(editing, knowledge, standing.group, entry_id, texts, now)
    return write(
        editing,
        Change(
            *(entry_id, standing.group, texts, standing, "knowledge_rolled_back"),
            *(why, staff, now, version.written_by),
        ),
    )


def difference(
    before: Mapping[Language, str], after: Mapping[Language, str]
) -> list[Line]:
    """Return what differs, line by line, with some lines around it; [] if nothing."""
    return [
        line
        for language in LANGUAGES
        for line in _differing(
            language, before.get(language, ""), after.get(language, "")
        )
    ]


def note_outside_changes(
    editing: Editing, knowledge: KnowledgeBase, now: datetime
) -> int:
    """Keep a version of each entry whose files changed outside; return how many.

    An entry that has no version yet is merely recorded, as "first_seen".
    """
    finish_interrupted(editing.root, now)
    with editing.storage.read() as session:
        known = edits.latest_bases(session)
    changed = [entry for entry in knowledge.entries if _differs(editing, entry, known)]
    if not changed:
        return 0
    with editing.storage.begin() as session:
        # Who publishes just now has written files whose record is not there yet.
        edits.take_turn(session, now)
        known = edits.latest_bases(session)
        found = [_differs(editing, entry, known) for entry in changed]
        versions = [
            _outside(texts, known.get(texts.id) is None, now)
            for texts in found
            if texts is not None
        ]
        edits.add_versions(session, versions)
    return len(versions)


def _shown(version: KeptVersion) -> Version:
    return Version(
        id=version.id,
        at=version.at,
        who=version.name,
        action=version.action,
        why=version.why,
        commit=version.commit,
        texts=version.texts,
    )


def _differs(
    editing: Editing, entry_id: str, known: Mapping[str, str]
) -> EntryTexts | None:
    """Return an entry's files where they are not those of its newest version."""
    try:
        standing = read_texts(editing.root, entry_id)
    except ContentError:
        return None
    if standing is None or known.get(entry_id) == standing.base:
        return None
    return standing


def _outside(texts: EntryTexts, is_first: bool, now: datetime) -> KeptVersion:
    return KeptVersion(
        entry=texts.id,
        at=now,
        staff_id=None,
        name="",
        written_by=None,
        action="first_seen" if is_first else "edited_in_files",
        why="",
        texts=texts.texts,
        base=texts.base,
    )


def _differing(language: Language, before: str, after: str) -> Iterator[Line]:
    old, new = before.splitlines(), after.splitlines()
    is_long = max(len(old), len(new)) > _MANY_LINES
    matcher = SequenceMatcher(None, old, new, autojunk=is_long)
    shown_to = 0
    for group in matcher.get_grouped_opcodes(_LINES_AROUND):
        if group[0][1] > shown_to:
            yield Line("gap", language, "")
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                yield from (Line("same", language, text) for text in old[start:end])
                continue
            yield from (Line("removed", language, text) for text in old[start:end])
            added = new[new_start:new_end]
            yield from (Line("added", language, text) for text in added)
        shown_to = group[-1][2]
    if 0 < shown_to < len(old):
        yield Line("gap", language, "")
