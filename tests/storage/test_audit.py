"""Each look at a request and each change of it is noted, and no note can be changed."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest
from sqlalchemy import delete, update

from bot.core.errors import NotAllowed, RequestGone, StorageError
from bot.core.staff import PERMISSIONS, ROLES, Role
from bot.services import requests
from bot.services.request_codes import withdraw
from bot.storage import audit, consents, consultations
from bot.storage.engine import Storage
from bot.storage.office_tables import AuditRow
from tests.builders import NOON
from tests.storage.office_requests import (
    ANSWERS,
    KEPT,
    KEY,
    REFERENCE,
    add_staff,
    begin,
    bring_to,
    number_of,
    present,
    send,
    take,
)

STEPS = get_args(requests.Step)
# Step: the state it starts from, the action that is noted, its detail.
NOTED = {
    "claim": ("new", "request_claimed", ""),
    "give_up": ("claimed", "request_given_up", ""),
    "schedule": ("claimed", "request_scheduled", ""),
    "close": ("claimed", "request_closed", "other"),
    "mark_spam": ("new", "request_marked_spam", ""),
    "reopen": ("closed", "request_reopened", ""),
}
LATER = NOON + timedelta(hours=1)


def test_every_look_leaves_a_row_of_its_own(storage: Storage) -> None:
    with storage.begin() as session:
        ana, eva = add_staff(session, "ana"), add_staff(session, "eva")
        send(session)
        for person in (ana, ana, eva):
            requests.look_at(session, REFERENCE, person, LATER)
        rows = audit.of_subject(session, REFERENCE)
    assert [(row.at, row.staff_id, row.action) for row in rows] == [
        (LATER, person.id, "request_viewed") for person in (ana, ana, eva)
    ]


def test_a_look_changes_neither_the_request_nor_its_last_day(storage: Storage) -> None:
    with storage.begin() as session:
        ana, before = add_staff(session, "ana"), send(session)
        requests.look_at(session, REFERENCE, ana, LATER)
    assert present(storage) == before


@pytest.mark.parametrize("role", ROLES)
def test_only_roles_that_may_see_requests_look(storage: Storage, role: Role) -> None:
    with storage.begin() as session:
        send(session)
        person = add_staff(session, "eva", role)
        if role in PERMISSIONS["see_requests"]:
            view = requests.look_at(session, REFERENCE, person, LATER)
            assert view.consultation.answers == ANSWERS
            return
        with pytest.raises(NotAllowed):
            requests.look_at(session, REFERENCE, person, LATER)
        assert audit.of_subject(session, REFERENCE) == []


@pytest.mark.parametrize("is_draft", [True, False], ids=["draft", "unknown"])
def test_what_was_not_sent_cannot_be_looked_at(
    storage: Storage, is_draft: bool
) -> None:
    with storage.begin() as session:
        ana = add_staff(session, "ana")
        if is_draft:
            begin(session)
        with pytest.raises(RequestGone):
            requests.look_at(session, REFERENCE, ana, LATER)


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_noted_with_who_did_it(
    storage: Storage, step: requests.Step
) -> None:
    state, action, detail = NOTED[step]
    with storage.begin() as session:
        ana, eva = add_staff(session, "ana"), add_staff(session, "eva")
        before = bring_to(session, state, ana)  # type: ignore[arg-type]
        take(session, step, eva, before.version)
        last = audit.of_subject(session, REFERENCE)[-1]
    assert (last.at, last.staff_id, last.action, last.detail) == (
        *(LATER, eva.id),
        *(action, detail),
    )


def test_a_look_shows_the_notes_the_history_and_whose_they_are(
    storage: Storage,
) -> None:
    with storage.begin() as session:
        ana, eva = add_staff(session, "ana"), add_staff(session, "eva")
        bring_to(session, "claimed", ana)
        requests.add_note(session, REFERENCE, eva, " Called.\r\nNo answer. ", LATER)
        view = requests.look_at(session, REFERENCE, ana, LATER)
    assert [(note.staff_id, note.text, note.at) for note in view.notes] == [
        (eva.id, "Called.\nNo answer.", LATER)
    ]
    assert [row.action for row in view.history] == [
        *("request_claimed", "request_noted", "request_viewed")
    ]
    assert view.staff_names == {ana.id: "Ana", eva.id: "Eva"}
    assert view.consent_text == "Usted acepta."


def test_a_look_does_not_show_what_the_form_noted_for_itself(storage: Storage) -> None:
    with storage.begin() as session:
        ana = add_staff(session, "ana")
        send(session, answers={**ANSWERS, "_last": "key of a message"})
        view = requests.look_at(session, REFERENCE, ana, LATER)
        kept = consultations.find(session, view.consultation.id)
    assert view.consultation.answers == ANSWERS
    assert kept is not None
    assert kept.answers["_last"] == "key of a message"


def test_a_look_does_not_show_what_was_done_to_an_older_request_of_that_reference(
    storage: Storage,
) -> None:
    with storage.begin() as session:
        ana = add_staff(session, "ana")
        bring_to(session, "closed", ana)
        assert withdraw(session, number_of(), KEY, LATER)
        send(session, at=NOON + KEPT)
        view = requests.look_at(session, REFERENCE, ana, NOON + KEPT)
    assert [row.action for row in view.history] == ["request_viewed"]


@pytest.mark.parametrize(
    "text", ["", " \n ", "x" * 2001], ids=["none", "blank", "long"]
)
def test_a_note_that_does_not_fit_is_refused(storage: Storage, text: str) -> None:
    with storage.begin() as session:
        ana, before = add_staff(session, "ana"), send(session)
        with pytest.raises(NotAllowed):
            requests.add_note(session, REFERENCE, ana, text, LATER)
        assert audit.of_subject(session, REFERENCE) == []
    assert present(storage) == before


def test_a_note_moves_the_last_day_and_is_in_nobodys_way(storage: Storage) -> None:
    with storage.begin() as session:
        ana, before = add_staff(session, "ana"), send(session)
        requests.add_note(session, REFERENCE, ana, "x" * 2000, LATER)
        after = requests.claim(session, REFERENCE, ana, before.version, LATER)
    assert after.delete_at == LATER + KEPT


def test_the_latest_rows_come_page_by_page(storage: Storage) -> None:
    with storage.begin() as session:
        for number in range(5):
            audit.note(session, NOON, None, "signed_in", f"person{number}")
        first = audit.latest(session, 2)
        second = audit.latest(session, 2, before_id=first[-1].id)
    assert [row.subject for row in first] == ["person4", "person3"]
    assert [row.subject for row in second] == ["person2", "person1"]


@pytest.mark.parametrize(
    "spoil",
    [update(AuditRow).values(action="nothing"), delete(AuditRow)],
    ids=["changed", "deleted"],
)
def test_a_row_of_the_audit_cannot_be_spoilt(storage: Storage, spoil: object) -> None:
    with storage.begin() as session:
        audit.note(session, NOON, None, "signed_in", "ana")
    with pytest.raises(StorageError), storage.begin() as session:
        session.execute(spoil)
    with storage.read() as session:
        assert [row.action for row in audit.latest(session, 9)] == ["signed_in"]


def test_no_word_that_somebody_typed_stands_in_the_audit(storage: Storage) -> None:
    with storage.begin() as session:
        ana = add_staff(session, "ana")
        found = bring_to(session, "scheduled", ana)
        requests.add_note(session, REFERENCE, ana, "Canario Negro", LATER)
        requests.close(session, REFERENCE, ana, found.version, "declined", LATER)
        assert withdraw(session, number_of(), KEY, LATER)
        rows = audit.latest(session, 50)
    said = [*ANSWERS.values(), "Canario", number_of()]
    assert len(rows) == 5
    for row in rows:
        assert not any(word in f"{row.subject} {row.detail}" for word in said)


def test_the_words_of_a_consent_are_kept_once_and_stay(storage: Storage) -> None:
    with storage.begin() as session:
        consents.keep_text(session, "v1.en", "en", "You agree.", NOON)
        consents.keep_text(session, "v1.en", "en", "You agree to all.", NOON)
        assert consents.text_of(session, "v1.en") == "You agree."
        assert consents.text_of(session, "v2.en") is None
