"""Keeps staff's drafts of entries and every version of the files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import delete, func, insert, select, update

from bot.core.errors import ChangedByOther
from bot.core.languages import Language
from bot.storage.engine import Transaction
from bot.storage.knowledge_tables import KnowledgeDraftRow, KnowledgeVersionRow
from bot.storage.leases import take_lease
from bot.storage.upserts import insert_into

_DRAFTS: Final = KnowledgeDraftRow.__table__
_VERSIONS: Final = KnowledgeVersionRow.__table__
_TURN: Final = "knowledge files"

State = Literal["draft", "in_review"]


@dataclass(frozen=True)
class Draft:
    """The next text of an entry, as its editors have it."""

    entry: str
    group: str
    texts: Mapping[Language, str]
    base: str
    state: State
    changed_by: int
    changed_at: datetime
    version: int
    note: str = ""
    sent_by: int | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True)
class KeptVersion:
    """How the files of an entry stood; `name` is "" where nobody of the console did it.

    `written_by` is who wrote the text, if known: with an approval somebody else.
    """

    entry: str
    at: datetime
    staff_id: int | None
    name: str
    written_by: int | None
    action: str
    why: str
    texts: Mapping[Language, str]
    base: str
    commit: str | None = None
    id: int = 0


def take_turn(session: Transaction, now: datetime) -> None:
    """Wait until nobody else writes files; the turn ends with the transaction."""
    # Already over when it begins: what holds the others up is the lock on its row.
    take_lease(session, _TURN, "", now, now - timedelta(seconds=1))


def draft_of(session: Transaction, entry_id: str) -> Draft | None:
    """Return the draft of an entry, or None."""
    statement = select(_DRAFTS).where(_DRAFTS.c.entry_id == entry_id)
    row = session.execute(statement).one_or_none()
    return None if row is None else _draft(row)


def all_drafts(session: Transaction) -> list[Draft]:
    """Return all drafts, those that wait for review first, then by id."""
    order = (_DRAFTS.c.state != "in_review", _DRAFTS.c.entry_id)
    return [_draft(row) for row in session.execute(select(_DRAFTS).order_by(*order))]


def keep_draft(session: Transaction, draft: Draft, was: int) -> None:
    """Keep a draft in place of its version `was`, 0 where there was none.

    Raises:
        ChangedByOther: it is not that version any more.
    """
    values = {
        "entry_id": draft.entry,
        "entry_group": draft.group,
        "texts": _packed(draft.texts),
        "base": draft.base,
        "state": draft.state,
        "changed_by": draft.changed_by,
        "changed_at": draft.changed_at,
        "sent_by": draft.sent_by,
        "sent_at": draft.sent_at,
        "note": draft.note,
        "version": draft.version,
    }
    statement: Any
    if was:
        statement = update(_DRAFTS).where(*_is(draft.entry, was)).values(values)
    else:
        statement = insert_into(session, _DRAFTS).values(values)
        statement = statement.on_conflict_do_nothing()
    if session.execute(statement).rowcount != 1:
        raise ChangedByOther


def drop_draft(session: Transaction, entry_id: str, was: int) -> None:
    """Delete a draft.

    Raises:
        ChangedByOther: it is not that version any more.
    """
    statement = delete(_DRAFTS).where(*_is(entry_id, was))
    if session.execute(statement).rowcount != 1:
        raise ChangedByOther


def add_version(session: Transaction, version: KeptVersion) -> int:
    """Add a version and return its id."""
    statement = insert(_VERSIONS).values(_row(version))
    return int(session.execute(statement).inserted_primary_key[0])


def add_versions(session: Transaction, versions: Iterable[KeptVersion]) -> None:
    """Add many versions at once."""
    rows = [_row(version) for version in versions]
    if rows:
        session.execute(insert(_VERSIONS), rows)


def note_commit(session: Transaction, version_id: int, commit: str) -> None:
    """Note the git commit of a version."""
    statement = update(_VERSIONS).where(_VERSIONS.c.id == version_id)
    session.execute(statement.values(commit_id=commit))


def versions_of(session: Transaction, entry_id: str) -> list[KeptVersion]:
    """Return the versions of an entry, newest first."""
    statement = select(_VERSIONS).where(_VERSIONS.c.entry_id == entry_id)
    statement = statement.order_by(_VERSIONS.c.id.desc())
    return [_version(row) for row in session.execute(statement)]


def latest_version(session: Transaction, entry_id: str) -> KeptVersion | None:
    """Return the newest version of an entry, or None."""
    statement = select(_VERSIONS).where(_VERSIONS.c.entry_id == entry_id)
    statement = statement.order_by(_VERSIONS.c.id.desc()).limit(1)
    row = session.execute(statement).one_or_none()
    return None if row is None else _version(row)


def latest_bases(session: Transaction) -> dict[str, str]:
    """Return of each entry that has versions the base of its newest."""
    newest = select(func.max(_VERSIONS.c.id)).group_by(_VERSIONS.c.entry_id)
    columns = select(_VERSIONS.c.entry_id, _VERSIONS.c.base)
    statement = columns.where(_VERSIONS.c.id.in_(newest))
    return {row.entry_id: row.base for row in session.execute(statement)}


def _is(entry_id: str, version: int) -> tuple[Any, Any]:
    return _DRAFTS.c.entry_id == entry_id, _DRAFTS.c.version == version


def _packed(texts: Mapping[Language, str]) -> str:
    return json.dumps(dict(texts), ensure_ascii=False)


def _draft(row: Any) -> Draft:
    return Draft(
        entry=row.entry_id,
        group=row.entry_group,
        texts=json.loads(row.texts),
        base=row.base,
        state=row.state,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        version=row.version,
        note=row.note,
        sent_by=row.sent_by,
        sent_at=row.sent_at,
    )


def _row(version: KeptVersion) -> dict[str, Any]:
    return {
        "entry_id": version.entry,
        "at": version.at,
        "staff_id": version.staff_id,
        "name": version.name,
        "written_by": version.written_by,
        "action": version.action,
        "why": version.why,
        "texts": _packed(version.texts),
        "base": version.base,
        "commit_id": version.commit,
    }


def _version(row: Any) -> KeptVersion:
    return KeptVersion(
        entry=row.entry_id,
        at=row.at,
        staff_id=row.staff_id,
        name=row.name,
        written_by=row.written_by,
        action=row.action,
        why=row.why,
        texts=json.loads(row.texts),
        base=row.base,
        commit=row.commit_id,
        id=row.id,
    )
