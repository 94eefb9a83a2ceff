"""A request lives as long as was promised; then nothing of it is left."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

import pytest

from bot.core.consultations import State
from bot.services import requests
from bot.services.request_codes import code_key, status_of, withdraw
from bot.services.retention import delete_old_conversations
from bot.settings import Settings
from bot.storage import audit, consultations, conversations, notes, notices
from bot.storage.engine import Storage
from tests.builders import NOON
from tests.storage.conftest import CONVERSATION, OTHER
from tests.storage.office_requests import (
    ANSWERS,
    DRAFT_LIVES,
    KEPT,
    KEY,
    REFERENCE,
    add_staff,
    begin,
    bring_to,
    number_of,
    present,
    send,
)
from tests.storage.test_deleting import traces

PHONE = "+12015550187"
NAME = "Canario Azul Núñez"
EMAIL = "canario-rojo@example.org"
NOTE = "Canario Negro called back"
CANARIES = [PHONE.encode(), NAME.encode(), EMAIL.encode(), NOTE.encode()]
MINUTE = timedelta(minutes=1)
SENT_BY = "m" * 40
LAST = NOON + KEPT
DAYS_91 = NOON + timedelta(days=91)


def cipher_texts(settings: Settings) -> set[bytes]:
    """Return the cipher texts of requests and notes as they stand in the tables."""
    with sqlite3.connect(settings.DATA_DIR / "rights_desk.db") as connection:
        found = {
            row[0]
            for table in ("consultations", "notes")
            for row in connection.execute(f"SELECT content FROM {table}")  # noqa: S608
        }
    connection.close()
    return found


def live_through(storage: Storage, settings: Settings) -> list[bytes]:
    """Let a request be typed, sent, noted and scheduled; return all its marks."""
    marks = set()
    with storage.begin() as session:
        ana = add_staff(session, "ana")
        name = begin(session, answers={**ANSWERS, "address": PHONE})
    marks |= cipher_texts(settings)
    with storage.begin() as session:
        consultations.save_draft(session, name, ANSWERS, True, "es", NOON)
    marks |= cipher_texts(settings)
    key = code_key(number_of(), KEY)
    with storage.begin() as session:
        consultations.submit(
            session, name, code_key=key, sent_by=SENT_BY, now=NOON, delete_at=LAST
        )
        found = requests.claim(session, REFERENCE, ana, 5, NOON)
        requests.add_note(session, REFERENCE, ana, NOTE, NOON)
    marks |= cipher_texts(settings)
    with storage.begin() as session:
        requests.close(session, REFERENCE, ana, found.version, "handled", NOON)
    marks |= cipher_texts(settings)
    assert len(marks) == 5
    return [*CANARIES, *marks, name.encode(), key.encode(), SENT_BY.encode()]


def test_what_a_person_wrote_stands_nowhere_in_plain(
    started: Storage, settings: Settings
) -> None:
    live_through(started, settings)
    assert traces(settings.DATA_DIR, CANARIES) == []


def test_91_days_later_no_file_holds_a_trace_of_the_person(
    started: Storage, settings: Settings
) -> None:
    marks = live_through(started, settings)
    assert traces(settings.DATA_DIR, marks) != []
    delete_old_conversations(started, DAYS_91, 48)
    assert traces(settings.DATA_DIR, marks) == []


def test_a_withdrawn_request_leaves_no_trace_of_the_person_in_any_file(
    started: Storage, settings: Settings
) -> None:
    marks = live_through(started, settings)
    with started.begin() as session:
        assert withdraw(session, number_of(), KEY, NOON)
    started.forget_deleted()
    assert traces(settings.DATA_DIR, marks) == []


@pytest.mark.parametrize(
    ("moment", "is_kept"),
    [(LAST - MINUTE, True), (LAST, False)],
    ids=["before", "when its time is over"],
)
def test_a_request_is_deleted_with_its_notes_when_its_time_is_over(
    storage: Storage, moment: datetime, is_kept: bool
) -> None:
    with storage.begin() as session:
        ana, found = add_staff(session, "ana"), send(session)
        requests.add_note(session, REFERENCE, ana, NOTE, NOON)
    delete_old_conversations(storage, moment, 48)
    with storage.read() as session:
        rows = [(row.action, row.staff_id) for row in audit.of_subject(session, "4F2K")]
        assert (consultations.find(session, found.id) is not None) is is_kept
        assert (notes.notes_of(session, found.id) != []) is is_kept
    expired = [] if is_kept else [("request_expired", None)]
    assert rows == [("request_noted", ana.id), *expired]


def test_a_change_keeps_a_request_as_long_as_was_promised(storage: Storage) -> None:
    later = LAST - MINUTE
    with storage.begin() as session:
        ana, found = add_staff(session, "ana"), send(session)
        requests.claim(session, REFERENCE, ana, found.version, later)
    delete_old_conversations(storage, NOON + KEPT, 48)
    assert present(storage).delete_at == later + KEPT


def test_a_draft_is_deleted_when_its_time_is_over_and_leaves_no_row(
    storage: Storage,
) -> None:
    with storage.begin() as session:
        name = begin(session)
        later = NOON + DRAFT_LIVES - MINUTE
        consultations.save_draft(session, name, ANSWERS, False, "es", later)
    for moment, is_kept in (
        (NOON + DRAFT_LIVES - MINUTE, True),
        (later + MINUTE, False),
    ):
        delete_old_conversations(storage, moment, 48)
        with storage.read() as session:
            assert (consultations.find(session, name) is not None) is is_kept
            assert audit.latest(session, 9) == []


def test_more_requests_than_one_batch_are_all_deleted(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consultations, "_BATCH", 3)
    with storage.begin() as session:
        for number in range(7):
            begin(session, f"{number:04}")
        send(session, at=DAYS_91)
    delete_old_conversations(storage, DAYS_91, 48)
    with storage.read() as session:
        assert consultations.count_by_state(session) == {"new": 1}


def test_a_deleted_conversation_takes_its_drafts_and_leaves_what_was_sent(
    started: Storage,
) -> None:
    with started.begin() as session:
        sent, draft = send(session), begin(session, "AAAA")
        other = begin(session, "BBBB", conversation=OTHER)
        conversations.delete_conversations(session, [CONVERSATION])
        assert consultations.find(session, draft) is None
        assert consultations.find(session, other) is not None
        assert consultations.of_conversation(session, CONVERSATION) == []
    after = present(started)
    assert (after.conversation, after.version) == (None, sent.version)
    assert (after.answers, after.delete_at) == (sent.answers, sent.delete_at)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("new", []),
        ("claimed", ["withdrawn"]),
        ("scheduled", ["withdrawn"]),
        ("closed", []),
        ("spam", []),
    ],
)
def test_a_visitor_deletes_a_request_and_staff_who_had_it_are_told(
    storage: Storage, state: State, told: list[str]
) -> None:
    with storage.begin() as session:
        found = bring_to(session, state, add_staff(session, "ana"))
        assert withdraw(session, number_of(), KEY, NOON)
        assert consultations.find(session, found.id) is None
        assert not withdraw(session, number_of(), KEY, NOON)
        last = audit.of_subject(session, REFERENCE)[-1]
        assert (last.action, last.staff_id) == ("request_withdrawn", None)
        assert [notice.kind for notice in notices.due_notices(session, NOON)] == told


@pytest.mark.parametrize(
    "typed",
    [
        number_of(),
        number_of().lower(),
        number_of().replace("-", " "),
        number_of().replace("-", ""),
        number_of()[2:],
        f" {number_of().replace('-', '–')} ",
    ],
    ids=["as shown", "small", "spaces", "together", "without R", "other dashes"],
)
def test_the_private_number_opens_its_request_however_it_is_typed(
    storage: Storage, typed: str
) -> None:
    with storage.begin() as session:
        assert status_of(session, typed, KEY) is None
        found = send(session)
        send(session, "AAAA")
        assert status_of(session, typed, KEY) == found


def near_numbers() -> list[str]:
    """Return numbers that differ from the right one in one place, and the like."""
    right, signs = number_of(), "23456789ABCDEFGHJKMNPQRSTVWXYZ"
    near = [
        right[:place] + sign + right[place + 1 :]
        for place in range(2, len(right))
        for sign in signs
        if right[place] not in ("-", sign)
    ]
    return [*near, right[:-1], right + "2", "R" + right, right[::-1]]


def test_no_near_number_opens_or_deletes_a_request(storage: Storage) -> None:
    near = near_numbers()
    assert len(near) == 12 * 29 + 4
    with storage.begin() as session:
        found = send(session)
        for number in near:
            assert status_of(session, number, KEY) is None
            assert not withdraw(session, number, KEY, NOON)
        assert status_of(session, number_of(), KEY) == found


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "R-",
        REFERENCE,
        f"R-{REFERENCE}",
        f"R-{REFERENCE}--",
        "%",
        "\ud800",
        "' OR 1",
    ],
)
def test_a_reference_or_another_text_opens_nothing_for_a_visitor(
    storage: Storage, typed: str
) -> None:
    with storage.begin() as session:
        send(session)
        begin(session, "AAAA")
        assert status_of(session, typed, KEY) is None
        assert not withdraw(session, typed, KEY, NOON)


def test_the_number_of_a_draft_or_under_another_key_opens_nothing(
    storage: Storage,
) -> None:
    with storage.begin() as session:
        begin(session, "AAAA")
        send(session)
        assert status_of(session, number_of("AAAA"), KEY) is None
        assert status_of(session, number_of(), b"another key") is None


def test_a_number_kept_for_another_request_by_mistake_opens_nothing(
    storage: Storage,
) -> None:
    key = code_key(number_of("BBBB"), KEY)
    with storage.begin() as session:
        name = begin(session)
        consultations.submit(
            session, name, code_key=key, sent_by="m", now=NOON, delete_at=LAST
        )
        assert consultations.find_by_code(session, key) is not None
        assert status_of(session, number_of("BBBB"), KEY) is None
