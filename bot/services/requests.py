"""What the office does with a consultation request; each step leaves an audit row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal, get_args

from bot.core.consultations import Appointment, Consultation, State
from bot.core.errors import ChangedByOther, NotAllowed, RequestGone
from bot.core.safety import clean_text
from bot.core.staff import Permission, Staff
from bot.storage import audit, consents, consultations, notes
from bot.storage.audit import AuditEntry
from bot.storage.engine import Transaction
from bot.storage.notes import Note

MAX_NOTE: Final = 2000
CloseReason = Literal["handled", "declined", "could_not_reach", "duplicate", "other"]
CLOSE_REASONS: Final[tuple[CloseReason, ...]] = get_args(CloseReason)

Step = Literal["claim", "give_up", "schedule", "close", "mark_spam", "reopen"]
# What a request becomes by each step, by what it is; anything else is refused.
STEPS: Final[Mapping[Step, Mapping[State, State]]] = {
    "claim": {"new": "claimed"},
    "give_up": {"claimed": "new"},
    # A new time is a new appointment: the state stays.
    "schedule": {"claimed": "scheduled", "scheduled": "scheduled"},
    "close": {"new": "closed", "claimed": "closed", "scheduled": "closed"},
    "mark_spam": {"new": "spam", "claimed": "spam"},
    "reopen": {"closed": "claimed", "spam": "new", "scheduled": "claimed"},
}
_ACTIONS: Final[Mapping[Step, str]] = {
    "claim": "request_claimed",
    "give_up": "request_given_up",
    "schedule": "request_scheduled",
    "close": "request_closed",
    "mark_spam": "request_marked_spam",
    "reopen": "request_reopened",
}


@dataclass(frozen=True)
class RequestView:
    """All that staff see of a request; `staff_names` by the ids that occur in it."""

    consultation: Consultation
    notes: list[Note]
    history: list[AuditEntry]
    consent_text: str | None
    staff_names: Mapping[int, str]


def steps_of(consultation: Consultation) -> tuple[Step, ...]:
    """Return what staff can do with a request in its present state."""
    return tuple(step for step, ways in STEPS.items() if consultation.state in ways)


def look_at(
    session: Transaction, reference: str, staff: Staff, now: datetime
) -> RequestView:
    """Return a request with all that belongs to it; that it was seen is noted.

    Raises:
        NotAllowed: this person may not see requests.
        RequestGone: there is none of that reference.
    """
    found = _request(session, reference, staff, "see_requests")
    audit.note(session, now, staff.id, "request_viewed", found.reference)
    written = notes.notes_of(session, found.id)
    # A reference may have belonged to a request that was deleted long ago.
    history = [
        entry
        for entry in audit.of_subject(session, found.reference)
        if entry.at >= found.created_at
    ]
    people = {note.staff_id for note in written} | {entry.staff_id for entry in history}
    people.add(found.staff_id)
    version = found.consent_version
    return RequestView(
        consultation=replace(found, answers=_shown(found.answers)),
        notes=written,
        history=history,
        consent_text=consents.text_of(session, version) if version else None,
        staff_names=audit.names_of(session, {id for id in people if id is not None}),
    )


def claim(
    session: Transaction, reference: str, staff: Staff, version: int, now: datetime
) -> Consultation:
    """Give a new request to the person who asks for it; of two at once one has it.

    Raises (so does each step below):
        NotAllowed: the person, or the request's state, does not allow it.
        ChangedByOther: somebody changed the request after it was read.
        RequestGone: there is none of that reference.
    """
    return _do(session, "claim", reference, staff, version, now, staff_id=staff.id)


def give_up(
    session: Transaction, reference: str, staff: Staff, version: int, now: datetime
) -> Consultation:
    """Put a claimed request back into the queue; raises as `claim` does."""
    return _do(session, "give_up", reference, staff, version, now, staff_id=None)


def schedule(
    session: Transaction,
    reference: str,
    staff: Staff,
    version: int,
    appointment: Appointment,
    now: datetime,
) -> Consultation:
    """Note when the office talks with the person; raises as `claim` does.

    A time that is past, or after the day on which the request is deleted, is refused
    as NotAllowed.
    """
    found = _request(session, reference, staff, "change_requests")
    last = now + _kept(found)
    if appointment.minutes < 1 or not now < appointment.starts_at < last:
        raise NotAllowed
    return _do(
        session, "schedule", reference, staff, version, now, appointment=appointment
    )


def close(
    session: Transaction,
    reference: str,
    staff: Staff,
    version: int,
    reason: str,
    now: datetime,
) -> Consultation:
    """End a request for one of CLOSE_REASONS; raises as `claim` does."""
    if reason not in CLOSE_REASONS:
        raise NotAllowed
    return _do(
        session,
        "close",
        reference,
        staff,
        version,
        now,
        detail=reason,
        close_reason=reason,
    )


def mark_spam(
    session: Transaction, reference: str, staff: Staff, version: int, now: datetime
) -> Consultation:
    """Take a request that nobody meant out of the queue; raises as `claim` does."""
    return _do(session, "mark_spam", reference, staff, version, now, staff_id=None)


def reopen(
    session: Transaction, reference: str, staff: Staff, version: int, now: datetime
) -> Consultation:
    """Undo the end, the spam mark or the appointment; raises as `claim` does.

    What becomes claimed by it belongs to the person who did it.
    """
    found = _request(session, reference, staff, "change_requests")
    becomes = STEPS["reopen"].get(found.state)
    return _do(
        session,
        "reopen",
        reference,
        staff,
        version,
        now,
        staff_id=staff.id if becomes == "claimed" else None,
        appointment=None,
        close_reason="",
    )


def add_note(
    session: Transaction, reference: str, staff: Staff, text: str, now: datetime
) -> None:
    """Add a note of 1 to 2,000 characters to a request.

    Raises:
        NotAllowed: the person may not change requests, or the text does not fit.
        RequestGone: there is none of that reference.
    """
    found = _request(session, reference, staff, "change_requests")
    kept = "\n".join(clean_text(line) for line in text.splitlines()).strip()
    if not 1 <= len(kept) <= MAX_NOTE:
        raise NotAllowed
    consultations.touch(session, found.id, now, now + _kept(found))
    notes.add_note(session, found.id, staff.id, kept, now)
    audit.note(session, now, staff.id, "request_noted", found.reference)


def delete_due(session: Transaction, now: datetime) -> int:
    """Delete a batch of requests and drafts whose time is over; return how many.

    Of a request its reference stays in the audit; of a draft nothing does.
    """
    deleted = consultations.delete_due(session, now)
    for reference, state in deleted:
        if state != "draft":
            audit.note(session, now, None, "request_expired", reference)
    return len(deleted)


def _do(
    session: Transaction,
    step: Step,
    reference: str,
    staff: Staff,
    version: int,
    now: datetime,
    *,
    detail: str = "",
    **values: Any,
) -> Consultation:
    found = _request(session, reference, staff, "change_requests")
    if found.version != version:
        raise ChangedByOther
    becomes = STEPS[step].get(found.state)
    if becomes is None:
        raise NotAllowed
    delete_at = now + _kept(found)
    changed = consultations.change(
        session,
        found.id,
        version,
        now=now,
        delete_at=delete_at,
        state=becomes,
        **values,
    )
    audit.note(session, now, staff.id, _ACTIONS[step], found.reference, detail)
    return changed


def _request(
    session: Transaction, reference: str, staff: Staff, permission: Permission
) -> Consultation:
    if not staff.may(permission):
        raise NotAllowed
    found = consultations.find_by_reference(session, reference)
    if found is None:
        raise RequestGone
    return found


def _kept(found: Consultation) -> timedelta:
    # As long after each change as the consent said when the request was sent.
    return found.delete_at - found.changed_at


def _shown(answers: Mapping[str, str]) -> dict[str, str]:
    # Keys beginning with "_" are the form's own notes, no answers.
    return {key: value for key, value in answers.items() if not key.startswith("_")}
