"""Puts texts before visitors: publishes, approves, withdraws, restores, reviews."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from bot.core.errors import (
    ChangedByOther,
    ContentError,
    Fault,
    NotAllowed,
    Wording,
)
from bot.core.languages import Language
from bot.core.staff import Staff
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.entry_files import EntryTexts, read_texts
from bot.knowledge.entry_lines import field_of, status_of, with_fields
from bot.knowledge.files import WRITE_FILE
from bot.knowledge.loader import load_knowledge
from bot.services.editing import Editing, need_draft, require
from bot.services.editing_approval import (
    NOT_REVIEWED,
    as_approved,
    as_not_reviewed,
)
from bot.services.editing_files import (
    Change,
    Published,
    refuse_faults,
    standing_at,
    write,
    writer_of,
)
from bot.storage.knowledge_edits import Draft

__all__ = [
    "Published",
    "approve",
    "approve_as_is",
    "mark_reviewed",
    "publish",
    "restore",
    "withdraw",
]


def publish(
    editing: Editing,
    knowledge: KnowledgeBase,
    entry_id: str,
    version: int,
    staff: Staff,
    now: datetime,
    why: str,
) -> Published:
    """Write the draft to the files as not reviewed yet.

    Raises:
        RequestGone: there is no draft.
        ChangedByOther: the draft or the files changed meanwhile.
        ContentError: the text has errors, or the folder cannot be written.
        NotAllowed: no right, or it would take an approved text away.
    """
    require(staff, "edit_knowledge")
    draft, standing = _draft_over(editing, entry_id, version)
    if standing is not None:
        keep_approval(editing, standing)
    texts = as_not_reviewed(draft.texts)
    refuse_faults(editing, knowledge, draft.group, entry_id, texts, now)
    return write(
        editing,
        Change(
            *(entry_id, draft.group, texts, standing, "knowledge_published"),
            *(why, staff, now, draft.changed_by, draft),
        ),
    )


def approve(
    editing: Editing,
    knowledge: KnowledgeBase,
    entry_id: str,
    version: int,
    staff: Staff,
    now: datetime,
    why: str,
) -> Published:
    """Write the draft to the files as approved by this person today.

    Raises:
        RequestGone, ChangedByOther, ContentError
        NotAllowed: no reviewer, or who last changed the draft.
    """
    require(staff, "approve_knowledge")
    draft, standing = _draft_over(editing, entry_id, version)
    if draft.changed_by == staff.id:
        raise NotAllowed
    texts = as_approved(editing, draft.group, entry_id, draft.texts, staff, now)
    refuse_faults(editing, knowledge, draft.group, entry_id, texts, now)
    return write(
        editing,
        Change(
            *(entry_id, draft.group, texts, standing, "knowledge_approved"),
            *(why, staff, now, draft.changed_by, draft),
        ),
    )


def approve_as_is(
    editing: Editing,
    entry_id: str,
    base: str,
    staff: Staff,
    now: datetime,
    knowledge: KnowledgeBase | None = None,
) -> Published:
    """Approve the text that stands in the files; without `knowledge` it is loaded.

    Raises:
        RequestGone, ChangedByOther, ContentError
        NotAllowed: no reviewer, who wrote the latest version, or it is withdrawn.
    """
    require(staff, "approve_knowledge")
    standing = standing_at(editing, entry_id, base)
    writer = writer_of(editing, standing)
    if writer == staff.id or _status(standing) == "withdrawn":
        raise NotAllowed
    texts = as_approved(editing, standing.group, entry_id, standing.texts, staff, now)
    known = knowledge or load_knowledge(editing.root)
    refuse_faults(editing, known, standing.group, entry_id, texts, now)
    return write(
        editing,
        Change(
            *(entry_id, standing.group, texts, standing, "knowledge_approved"),
            *("", staff, now, writer),
        ),
    )


def withdraw(
    editing: Editing,
    entry_id: str,
    base: str,
    staff: Staff,
    now: datetime,
    why: str,
) -> Published:
    """Take an entry from the visitors at once, also one that has faults.

    Raises:
        RequestGone, ChangedByOther
        ContentError: its English file is missing, unreadable or cannot be written.
        NotAllowed: no right to edit, or it is withdrawn already.
    """
    require(staff, "edit_knowledge")
    standing = standing_at(editing, entry_id, base)
    if _status(standing) == "withdrawn":
        raise NotAllowed
    # Nothing is checked and nothing else is changed: it must work on any text.
    text = with_fields(_english(editing, standing), {"status": "withdrawn"})
    texts: Mapping[Language, str] = {"en": text}
    return write(
        editing,
        Change(
            *(entry_id, standing.group, texts, standing, "knowledge_withdrawn"),
            *(why, staff, now, writer_of(editing, standing)),
        ),
    )


def restore(
    editing: Editing,
    entry_id: str,
    base: str,
    staff: Staff,
    now: datetime,
    why: str,
) -> Published:
    """Bring a withdrawn entry back, as not reviewed yet.

    Raises:
        RequestGone, ChangedByOther, ContentError
        NotAllowed: no right to edit, or it is not withdrawn.
    """
    require(staff, "edit_knowledge")
    standing = standing_at(editing, entry_id, base)
    if _status(standing) != "withdrawn":
        raise NotAllowed
    text = with_fields(_english(editing, standing), NOT_REVIEWED)
    texts: Mapping[Language, str] = {"en": text}
    return write(
        editing,
        Change(
            *(entry_id, standing.group, texts, standing, "knowledge_restored"),
            *(why, staff, now, writer_of(editing, standing)),
        ),
    )


def mark_reviewed(
    editing: Editing,
    knowledge: KnowledgeBase,
    entry_id: str,
    base: str,
    review_by: date,
    staff: Staff,
    now: datetime,
) -> Published:
    """Note that a reviewer checked the law today and nothing had to change.

    An approved entry is approved anew, by this person today.

    Raises:
        RequestGone, ChangedByOther, ContentError
        NotAllowed: no reviewer, it is withdrawn, or approved and this person wrote it.
    """
    require(staff, "approve_knowledge")
    standing = standing_at(editing, entry_id, base)
    writer, status = writer_of(editing, standing), _status(standing)
    if status == "withdrawn" or (status == "approved" and writer == staff.id):
        raise NotAllowed
    today = editing.today(now).isoformat()
    texts: Mapping[Language, str] = standing.texts
    if status == "approved":
        texts = as_approved(editing, standing.group, entry_id, texts, staff, now)
    english, spanish = _english(editing, standing), texts.get("es", "")
    checked = {"as_of": today, "review_by": review_by.isoformat()}
    # A translation that was up to date still is: the English text did not change.
    if field_of(spanish, "translated_on") >= field_of(english, "as_of"):
        spanish = with_fields(spanish, {"translated_on": today})
    texts = {"en": with_fields(texts["en"], checked), "es": spanish}
    refuse_faults(editing, knowledge, standing.group, entry_id, texts, now)
    return write(
        editing,
        Change(
            *(entry_id, standing.group, texts, standing, "knowledge_reviewed"),
            *("", staff, now, writer),
        ),
    )


def keep_approval(editing: Editing, standing: EntryTexts) -> None:
    """Refuse what would take an approved text from the visitors.

    Raises:
        NotAllowed: only approved texts are shown, and this one is approved.
    """
    if editing.require_approved and _status(standing) == "approved":
        raise NotAllowed


def _draft_over(
    editing: Editing, entry_id: str, version: int
) -> tuple[Draft, EntryTexts | None]:
    """Return a draft and the files it replaces, if it was made from them."""
    with editing.storage.read() as session:
        draft = need_draft(session, entry_id, version)
    standing = read_texts(editing.root, entry_id)
    if draft.base != (standing.base if standing else ""):
        raise ChangedByOther
    return draft, standing


def _status(standing: EntryTexts) -> str:
    return status_of(standing.texts.get("en", ""))


def _english(editing: Editing, standing: EntryTexts) -> str:
    text = standing.texts.get("en")
    if text is None:
        name = f"{editing.root.name}/{standing.group}/{standing.id}.es.md"
        remedy = Wording(WRITE_FILE, file=f"{standing.id}.en.md")
        raise ContentError(
            [
                Fault(
                    name,
                    "languages",
                    Wording("no '{language}' file", language="en"),
                    remedy,
                )
            ]
        )
    return text
