"""Consultation requests: begun, sent, changed by staff, listed, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete as delete_from
from sqlalchemy import func, select, update

from bot.core.consultations import Appointment, Consultation, State
from bot.core.errors import ChangedByOther, RequestGone
from bot.core.languages import Language
from bot.core.messages import Channel
from bot.storage.consultation_rows import KEEP, Unchanged, consultation_of, content_of
from bot.storage.engine import Transaction
from bot.storage.notes import delete_notes
from bot.storage.office_tables import ConsultationRow
from bot.storage.upserts import insert_into

_TABLE: Final = ConsultationRow.__table__
_IS_DRAFT: Final = _TABLE.c.state == "draft"
_SENT: Final = select(_TABLE).where(~_IS_DRAFT)
_BATCH: Final = 500


@dataclass(frozen=True)
class Filters:
    """What the queue shows; `mine` is the id of the staff member who has it."""

    states: tuple[State, ...] = ("new", "claimed", "scheduled")
    language: Language | None = None
    matter: str | None = None
    mine: int | None = None


def new_draft(
    session: Transaction,
    *,
    id: str,
    reference: str,
    conversation: str,
    channel: Channel,
    language: Language,
    now: datetime,
    delete_at: datetime,
) -> Consultation:
    """Add a request whose form has just begun, and return it.

    Raises:
        ChangedByOther: another request has that reference; choose another one.
    """
    values = {
        "id": id,
        "reference": reference,
        "conversation_id": conversation,
        "channel": channel,
        "language": language,
        "state": "draft",
        "content": content_of({}),
        "created_at": now,
        "changed_at": now,
        "delete_at": delete_at,
    }
    statement = insert_into(session, _TABLE).values(values)
    taken = statement.on_conflict_do_nothing(index_elements=[_TABLE.c.reference])
    if not session.execute(taken).rowcount:
        raise ChangedByOther
    return _present(session, id)


def find(session: Transaction, id: str) -> Consultation | None:
    """Return the request of an id, or None."""
    return _one(session, select(_TABLE).where(_TABLE.c.id == id))


def find_by_reference(session: Transaction, reference: str) -> Consultation | None:
    """Return the request of a reference, or None; what was never sent has no reader."""
    return _one(session, _SENT.where(_TABLE.c.reference == reference))


def find_by_code(session: Transaction, code_key: str) -> Consultation | None:
    """Return the request of a private number's keyed hash, or None."""
    return _one(session, _SENT.where(_TABLE.c.code_key == code_key))


def draft_of(session: Transaction, conversation: str) -> Consultation | None:
    """Return the newest draft of a conversation, or None."""
    wanted = select(_TABLE).where(_TABLE.c.conversation_id == conversation, _IS_DRAFT)
    newest = wanted.order_by(_TABLE.c.created_at.desc(), _TABLE.c.id).limit(1)
    return _one(session, newest)


def sent_by(session: Transaction, message_key: str) -> Consultation | None:
    """Return the request that a message sent, or None."""
    return _one(session, select(_TABLE).where(_TABLE.c.sent_by == message_key))


def of_conversation(session: Transaction, conversation: str) -> list[Consultation]:
    """Return what was sent in a conversation, newest first."""
    ours = _SENT.where(_TABLE.c.conversation_id == conversation)
    return _all(session, ours.order_by(_TABLE.c.submitted_at.desc(), _TABLE.c.id))


def save_draft(
    session: Transaction,
    id: str,
    answers: Mapping[str, str],
    is_urgent: bool,
    language: Language,
    now: datetime,
) -> None:
    """Keep the answers given so far, in the place of those kept before.

    Raises:
        ChangedByOther: it is no draft any more, or was deleted.
    """
    values = {
        "content": content_of(answers),
        "matter": answers.get("matter") or None,
        "is_urgent": is_urgent,
        "language": language,
        "changed_at": now,
    }
    _change_draft(session, id, values)


def note_consent(session: Transaction, id: str, version: str, now: datetime) -> None:
    """Note which words somebody agreed to, and when.

    Raises:
        ChangedByOther: it is no draft any more, or was deleted.
    """
    values = {"consent_version": version, "consent_at": now, "changed_at": now}
    _change_draft(session, id, values)


def submit(
    session: Transaction,
    id: str,
    *,
    code_key: str,
    sent_by: str,
    now: datetime,
    delete_at: datetime,
) -> Consultation:
    """Turn a draft into a new request and return it.

    Raises:
        ChangedByOther: it is no draft any more, or was deleted.
    """
    values = {
        "state": "new",
        "code_key": code_key,
        "sent_by": sent_by,
        "submitted_at": now,
        "changed_at": now,
        "delete_at": delete_at,
    }
    _change_draft(session, id, values)
    return _present(session, id)


def change(
    session: Transaction,
    id: str,
    expected_version: int,
    *,
    now: datetime,
    delete_at: datetime,
    state: State | Unchanged = KEEP,
    staff_id: int | Unchanged | None = KEEP,
    appointment: Appointment | Unchanged | None = KEEP,
    close_reason: str | Unchanged = KEEP,
) -> Consultation:
    """Change what is given, if the request still is as it was read; return it.

    Raises:
        ChangedByOther: somebody else changed it in the meantime.
        RequestGone: it was deleted.
    """
    was = _present(session, id)
    time = was.appointment if isinstance(appointment, Unchanged) else appointment
    reason = was.close_reason if isinstance(close_reason, Unchanged) else close_reason
    values = {
        "content": content_of(was.answers, time, reason),
        "state": was.state if isinstance(state, Unchanged) else state,
        "staff_id": was.staff_id if isinstance(staff_id, Unchanged) else staff_id,
        "changed_at": now,
        "delete_at": delete_at,
    }
    # The database compares the version, so that of two writers at once one loses.
    if not _update(session, values, _TABLE.c.id == id, expected_version):
        raise ChangedByOther if find(session, id) else RequestGone
    return _present(session, id)


def touch(session: Transaction, id: str, now: datetime, delete_at: datetime) -> None:
    """Count a note as a change; nobody who reads the request is in the way of it.

    Raises:
        RequestGone: it was deleted.
    """
    values = {"changed_at": now, "delete_at": delete_at}
    if not session.execute(update(_TABLE).where(_TABLE.c.id == id), values).rowcount:
        raise RequestGone


def delete(session: Transaction, id: str) -> Consultation | None:
    """Delete a request with its notes; return what it was, None if it was gone."""
    # Locked first: a note that is being written now goes, too.
    was = _one(session, select(_TABLE).where(_TABLE.c.id == id).with_for_update())
    if was is not None:
        _remove(session, id)
    return was


def delete_due(session: Transaction, now: datetime) -> list[tuple[str, str]]:
    """Delete a batch whose time is over; return each one's reference and state."""
    # Without its content: what cannot be decrypted has to go in time, too.
    columns = select(_TABLE.c.id, _TABLE.c.reference, _TABLE.c.state)
    due = columns.where(_TABLE.c.delete_at <= now).limit(_BATCH).with_for_update()
    for row in (found := list(session.execute(due))):
        _remove(session, row.id)
    return [(row.reference, row.state) for row in found]


def queue(
    session: Transaction, filters: Filters, limit: int, offset: int
) -> list[Consultation]:
    """Return sent requests: urgent ones first, then those that wait longest."""
    wanted = _SENT.where(_TABLE.c.state.in_(filters.states))
    if filters.language is not None:
        wanted = wanted.where(_TABLE.c.language == filters.language)
    if filters.matter is not None:
        wanted = wanted.where(_TABLE.c.matter == filters.matter)
    if filters.mine is not None:
        wanted = wanted.where(_TABLE.c.staff_id == filters.mine)
    order = (_TABLE.c.is_urgent.desc(), _TABLE.c.submitted_at, _TABLE.c.id)
    return _all(session, wanted.order_by(*order).limit(limit).offset(offset))


def count_by_state(session: Transaction) -> dict[str, int]:
    """Return how many requests are in each state; drafts are counted as such."""
    statement = select(_TABLE.c.state, func.count()).group_by(_TABLE.c.state)
    return {row[0]: row[1] for row in session.execute(statement)}


def count_submitted_since(
    session: Transaction, conversation: str, moment: datetime
) -> int:
    """Return how many requests a conversation sent from a moment on."""
    statement = select(func.count()).where(
        _TABLE.c.conversation_id == conversation, _TABLE.c.submitted_at >= moment
    )
    return int(session.execute(statement).scalar_one())


def forget_conversations(session: Transaction, ids: list[str]) -> None:
    """Delete the drafts of conversations; what was sent lives on without the tie."""
    ours = _TABLE.c.conversation_id.in_(ids)
    session.execute(delete_from(_TABLE).where(ours, _IS_DRAFT))
    session.execute(update(_TABLE).where(ours).values(conversation_id=None))


def _remove(session: Transaction, id: str) -> None:
    delete_notes(session, id)
    session.execute(delete_from(_TABLE).where(_TABLE.c.id == id))


def _change_draft(session: Transaction, id: str, values: dict[str, Any]) -> None:
    if not _update(session, values, (_TABLE.c.id == id) & _IS_DRAFT):
        raise ChangedByOther


def _update(
    session: Transaction, values: dict[str, Any], which: Any, version: int | None = None
) -> bool:
    if version is not None:
        which = which & (_TABLE.c.version == version)
    raised = {**values, "version": _TABLE.c.version + 1}
    return bool(session.execute(update(_TABLE).where(which).values(raised)).rowcount)


def _present(session: Transaction, id: str) -> Consultation:
    found = find(session, id)
    if found is None:
        raise RequestGone
    return found


def _one(session: Transaction, statement: Any) -> Consultation | None:
    row = session.execute(statement).first()
    return None if row is None else consultation_of(row)


def _all(session: Transaction, statement: Any) -> list[Consultation]:
    return [consultation_of(row) for row in session.execute(statement)]
