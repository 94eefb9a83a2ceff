"""Requests are begun, sent once, and changed only as the table of states allows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, get_args

import pytest

from bot.core.consultations import STATES, Appointment, State
from bot.core.errors import ChangedByOther, NotAllowed, RequestGone
from bot.core.staff import PERMISSIONS, ROLES, Role
from bot.services import requests
from bot.storage import consultations
from bot.storage.consultations import Filters
from bot.storage.engine import Storage
from tests.builders import NOON
from tests.storage.conftest import CONVERSATION, OTHER
from tests.storage.office_requests import (
    ANSWERS,
    CALL,
    KEPT,
    REFERENCE,
    add_staff,
    begin,
    bring_to,
    present,
    send,
    take,
)

LATER = NOON + timedelta(hours=1)
SENT_STATES = [state for state in STATES if state not in ("draft", "withdrawn")]
STEPS = get_args(requests.Step)
# Step, state before: state after. What is missing here must be refused.
ALLOWED: dict[tuple[str, str], str] = {
    ("claim", "new"): "claimed",
    ("give_up", "claimed"): "new",
    ("schedule", "claimed"): "scheduled",
    ("schedule", "scheduled"): "scheduled",
    ("close", "new"): "closed",
    ("close", "claimed"): "closed",
    ("close", "scheduled"): "closed",
    ("mark_spam", "new"): "spam",
    ("mark_spam", "claimed"): "spam",
    ("reopen", "closed"): "claimed",
    ("reopen", "spam"): "new",
    ("reopen", "scheduled"): "claimed",
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", SENT_STATES)
def test_a_step_leads_where_the_table_says_and_else_changes_nothing(
    storage: Storage, step: requests.Step, state: State
) -> None:
    with storage.begin() as session:
        ana = add_staff(session, "ana")
        before = bring_to(session, state, ana)
    assert before.state == state
    wanted = ALLOWED.get((step, state))
    if wanted is None:
        with storage.begin() as session, pytest.raises(NotAllowed):
            take(session, step, ana, before.version)
        assert present(storage) == before
        return
    with storage.begin() as session:
        after = take(session, step, ana, before.version)
    assert after == present(storage)
    assert (after.state, after.version) == (wanted, before.version + 1)
    assert (after.changed_at, after.delete_at) == (LATER, LATER + KEPT)
    assert after.answers == ANSWERS


def test_steps_of_names_the_steps_that_are_possible(storage: Storage) -> None:
    with storage.begin() as session:
        found = bring_to(session, "claimed", add_staff(session, "ana"))
    wanted = {step for step, state in ALLOWED if state == "claimed"}
    assert set(requests.steps_of(found)) == wanted


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", ROLES)
def test_only_roles_that_may_change_requests_do_a_step(
    storage: Storage, role: Role, step: requests.Step
) -> None:
    state: State = next(state for name, state in ALLOWED if name == step)  # type: ignore[assignment]
    with storage.begin() as session:
        before = bring_to(session, state, add_staff(session, "ana"))
        person = add_staff(session, "eva", role)
    if role in PERMISSIONS["change_requests"]:
        with storage.begin() as session:
            assert take(session, step, person, before.version) != before
        return
    with storage.begin() as session, pytest.raises(NotAllowed):
        take(session, step, person, before.version)
    assert present(storage) == before


@pytest.mark.parametrize("step", STEPS)
def test_a_step_on_an_older_version_is_refused(
    storage: Storage, step: requests.Step
) -> None:
    state: State = next(state for name, state in ALLOWED if name == step)  # type: ignore[assignment]
    with storage.begin() as session:
        ana = add_staff(session, "ana")
        before = bring_to(session, state, ana)
        with pytest.raises(ChangedByOther):
            take(session, step, ana, before.version - 1)
    assert present(storage) == before


@pytest.mark.parametrize("step", STEPS)
def test_a_step_on_a_request_that_is_gone_says_so(
    storage: Storage, step: requests.Step
) -> None:
    with storage.begin() as session:
        begin(session)
        with pytest.raises(RequestGone):
            take(session, step, add_staff(session, "ana"), 1)


def test_who_has_a_request_follows_its_steps(storage: Storage) -> None:
    with storage.begin() as session:
        ana, eva = add_staff(session, "ana"), add_staff(session, "eva")
        found = bring_to(session, "scheduled", ana)
        assert (found.staff_id, found.appointment) == (ana.id, CALL)
        found = take(session, "reopen", eva, found.version)
        assert (found.staff_id, found.appointment) == (eva.id, None)
        found = take(session, "give_up", eva, found.version)
        assert found.staff_id is None


def test_a_closed_request_keeps_its_reason_until_it_is_opened_again(
    storage: Storage,
) -> None:
    with storage.begin() as session:
        ana = add_staff(session, "ana")
        found = bring_to(session, "closed", ana)
        assert found.close_reason == "handled"
        assert take(session, "reopen", ana, found.version).close_reason == ""


def test_a_reason_that_somebody_typed_is_refused(storage: Storage) -> None:
    with storage.begin() as session:
        ana, found = add_staff(session, "ana"), send(session)
        with pytest.raises(NotAllowed):
            requests.close(session, REFERENCE, ana, found.version, "rude", NOON)


@pytest.mark.parametrize(
    ("starts_in", "minutes"),
    [
        (timedelta(minutes=-1), 40),
        (timedelta(0), 40),
        (KEPT, 40),
        (timedelta(days=1), 0),
    ],
    ids=["past", "now", "when it is deleted", "no time"],
)
def test_an_appointment_that_cannot_be_is_refused(
    storage: Storage, starts_in: timedelta, minutes: int
) -> None:
    with storage.begin() as session:
        ana = add_staff(session, "ana")
        found = bring_to(session, "claimed", ana)
        time = Appointment(NOON + starts_in, minutes, "office")
        with pytest.raises(NotAllowed):
            requests.schedule(session, REFERENCE, ana, found.version, time, NOON)
    assert present(storage) == found


@pytest.mark.parametrize(
    ("filters", "references"),
    [
        (Filters(), ["CCCC", "AAAA", "BBBB", "DDDD"]),
        (Filters(states=("claimed",)), ["BBBB"]),
        (Filters(states=()), []),
        (Filters(states=("draft",)), []),
        (Filters(language="en"), ["DDDD"]),
        (Filters(matter="delay"), ["AAAA"]),
        (Filters(mine=1), ["BBBB"]),
        (Filters(language="es", matter="detained"), ["CCCC", "BBBB"]),
    ],
    ids=["all", "state", "none", "draft", "language", "matter", "mine", "two"],
)
def test_the_queue_has_urgent_ones_first_then_the_oldest(
    storage: Storage, filters: Filters, references: list[str]
) -> None:
    with storage.begin() as session:
        ana = add_staff(session, "ana")
        send(session, "BBBB", at=NOON + timedelta(minutes=2))
        send(session, "AAAA", answers={**ANSWERS, "matter": "delay"})
        send(session, "CCCC", at=LATER, is_urgent=True)
        send(session, "DDDD", at=LATER, language="en")
        begin(session, "EEEE")
        requests.claim(session, "BBBB", ana, 4, LATER)
        shown = consultations.queue(session, filters, 50, 0)
        assert [found.reference for found in shown] == references
        page = consultations.queue(session, filters, 1, 1)
        assert [found.reference for found in page] == references[1:2]


def test_requests_are_counted_by_state(storage: Storage) -> None:
    with storage.begin() as session:
        send(session, "AAAA")
        send(session, "BBBB")
        begin(session, "CCCC")
        assert consultations.count_by_state(session) == {"new": 2, "draft": 1}


def test_a_draft_is_kept_with_its_notes_and_newest_first(storage: Storage) -> None:
    answers = {**ANSWERS, "_last": "key of a message"}
    with storage.begin() as session:
        begin(session, "AAAA")
        begin(session, "BBBB", at=LATER, answers=answers)
        begin(session, "CCCC", conversation=OTHER, at=LATER)
        found = consultations.draft_of(session, CONVERSATION)
    assert found is not None
    assert (found.reference, found.answers) == ("BBBB", answers)
    assert (found.consent_version, found.consent_at) == ("v1.es", LATER)


def test_a_request_is_found_by_its_message_and_in_its_conversation(
    storage: Storage,
) -> None:
    with storage.begin() as session:
        first = send(session, "AAAA")
        second = send(session, "BBBB", at=LATER)
        begin(session, "CCCC")
        assert consultations.sent_by(session, "message of AAAA") == first
        assert consultations.sent_by(session, "message of CCCC") is None
        assert consultations.of_conversation(session, CONVERSATION) == [second, first]
        assert consultations.draft_of(session, OTHER) is None
        for moment, number in ((NOON, 2), (LATER, 1), (LATER + KEPT, 0)):
            counted = consultations.count_submitted_since(session, CONVERSATION, moment)
            assert counted == number


def test_a_taken_reference_is_refused_and_the_transaction_goes_on(
    storage: Storage,
) -> None:
    with storage.begin() as session:
        begin(session)
        taken: dict[str, Any] = {"reference": REFERENCE, "conversation": OTHER}
        shared: dict[str, Any] = {"channel": "web", "language": "en", "now": NOON}
        with pytest.raises(ChangedByOther):
            consultations.new_draft(
                session, id="f" * 32, delete_at=LATER, **taken, **shared
            )
        assert consultations.find(session, "f" * 32) is None
        assert consultations.draft_of(session, CONVERSATION) is not None


@pytest.mark.parametrize("is_deleted", [False, True], ids=["sent", "deleted"])
def test_what_is_no_draft_any_more_is_not_written_as_one(
    storage: Storage, is_deleted: bool
) -> None:
    with storage.begin() as session:
        name = send(session).id
        if is_deleted:
            consultations.delete(session, name)
        before = consultations.find(session, name)
        with pytest.raises(ChangedByOther):
            consultations.save_draft(session, name, {}, True, "en", LATER)
        with pytest.raises(ChangedByOther):
            consultations.note_consent(session, name, "v2.en", LATER)
        with pytest.raises(ChangedByOther):
            consultations.submit(
                session, name, code_key="k", sent_by="m", now=LATER, delete_at=LATER
            )
        assert consultations.find(session, name) == before


def test_a_change_of_a_deleted_request_says_that_it_is_gone(storage: Storage) -> None:
    with storage.begin() as session:
        name = send(session).id
        consultations.delete(session, name)
        with pytest.raises(RequestGone):
            consultations.change(session, name, 4, now=NOON, delete_at=LATER)
        with pytest.raises(RequestGone):
            consultations.touch(session, name, NOON, LATER)


def test_of_two_changes_of_one_version_the_database_refuses_the_second(
    storage: Storage,
) -> None:
    with storage.begin() as session:
        name, version = (found := send(session)).id, found.version
        change = {"now": NOON, "delete_at": LATER}
        first = consultations.change(session, name, version, state="spam", **change)
        for other in (version, first.version + 1):
            with pytest.raises(ChangedByOther):
                consultations.change(session, name, other, state="closed", **change)
        assert consultations.find(session, name) == first
