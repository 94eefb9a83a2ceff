"""Of two people who change a request at once one is told; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier
from typing import Any

import pytest

from bot.core.errors import BotError, ChangedByOther, RequestGone
from bot.services import requests
from bot.services.request_codes import withdraw
from bot.settings import Settings
from bot.storage import audit, consultations, notes, notices
from bot.storage.conversations import delete_conversations
from bot.storage.engine import Storage, Transaction, open_storage
from tests.builders import NOON
from tests.storage.conftest import CONVERSATION
from tests.storage.office_requests import (
    KEPT,
    KEY,
    REFERENCE,
    add_staff,
    begin,
    number_of,
    present,
    send,
)

Work = Callable[[Transaction], Any]
TRIES = range(5)


def at_once(settings: Settings, works: list[Work]) -> list[Any]:
    """Return what pieces of work gave or raised, each in a process's own storage."""
    barrier = Barrier(len(works))

    def run(storage: Storage, work: Work) -> Any:
        barrier.wait()
        try:
            with storage.begin() as session:
                return work(session)
        except BotError as error:
            return type(error)

    with ExitStack() as stack:
        opened = [open_storage(settings) for _ in works]
        for storage in opened:
            stack.callback(storage.close)
        with ThreadPoolExecutor(len(works)) as pool:
            return list(pool.map(run, opened, works))


def claiming(person: Any, version: int) -> Work:
    """Return the work of a person who claims the request."""
    return lambda s: requests.claim(s, REFERENCE, person, version, NOON).staff_id


@pytest.mark.parametrize("attempt", TRIES)
def test_of_two_takers_at_once_one_has_it_and_the_other_is_told(
    storage: Storage, settings: Settings, attempt: int
) -> None:
    with storage.begin() as session:
        people = [add_staff(session, "ana"), add_staff(session, "eva")]
        version = send(session).version
    results = at_once(settings, [claiming(person, version) for person in people])
    assert results.count(ChangedByOther) == 1
    assert present(storage).staff_id in results
    with storage.read() as session:
        actions = [row.action for row in audit.of_subject(session, REFERENCE)]
    assert actions == ["request_claimed"]


@pytest.mark.parametrize("attempt", TRIES)
def test_a_request_confirmed_four_times_at_once_is_sent_once(
    storage: Storage, settings: Settings, attempt: int
) -> None:
    with storage.begin() as session:
        name = begin(session)

    def sending(number: int) -> Work:
        return lambda s: consultations.submit(
            s,
            name,
            code_key="k",
            sent_by=f"m{number}",
            now=NOON,
            delete_at=NOON + KEPT,
        )

    results = at_once(settings, [sending(number) for number in range(4)])
    assert results.count(ChangedByOther) == 3
    assert present(storage) in results


@pytest.mark.parametrize("attempt", TRIES)
def test_a_note_written_while_the_visitor_deletes_does_not_stay_behind(
    storage: Storage, settings: Settings, attempt: int
) -> None:
    with storage.begin() as session:
        ana, found = add_staff(session, "ana"), send(session)
    noted, withdrawn = at_once(
        settings,
        [
            lambda s: requests.add_note(s, REFERENCE, ana, "Called.", NOON),
            lambda s: withdraw(s, number_of(), KEY, NOON),
        ],
    )
    assert noted in (None, RequestGone)
    assert withdrawn is True
    with storage.read() as session:
        assert consultations.find(session, found.id) is None
        assert notes.notes_of(session, found.id) == []


@pytest.mark.parametrize("attempt", TRIES)
def test_a_visitor_who_deletes_twice_at_once_leaves_one_row_and_one_notice(
    storage: Storage, settings: Settings, attempt: int
) -> None:
    with storage.begin() as session:
        ana, found = add_staff(session, "ana"), send(session)
        requests.claim(session, REFERENCE, ana, found.version, NOON)
    results = at_once(settings, [lambda s: withdraw(s, number_of(), KEY, NOON)] * 2)
    assert sorted(results) == [False, True]
    with storage.read() as session:
        rows = [row.action for row in audit.of_subject(session, REFERENCE)]
        told = [notice.kind for notice in notices.due_notices(session, NOON)]
    assert (rows, told) == (["request_claimed", "request_withdrawn"], ["withdrawn"])


@pytest.mark.parametrize("attempt", TRIES)
def test_a_request_sent_while_its_conversation_is_deleted_stays_whole_or_goes(
    storage: Storage, settings: Settings, attempt: int
) -> None:
    with storage.begin() as session:
        name = begin(session)
    results = at_once(
        settings,
        [
            lambda s: (
                consultations.submit(
                    s, name, code_key="k", sent_by="m", now=NOON, delete_at=NOON + KEPT
                ).state
            ),
            lambda s: delete_conversations(s, [CONVERSATION]),
        ],
    )
    with storage.read() as session:
        kept = consultations.find(session, name)
    if results[0] == "new":
        assert kept is not None
        assert (kept.state, kept.conversation) == ("new", None)
    else:
        assert (results[0], kept) == (ChangedByOther, None)
