"""Accounts, sign-ins and links as they are kept: once each, and only as hashes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.staff import Staff
from bot.services import sign_ins
from bot.services.sign_ins import token_key
from bot.storage import invites, staff, staff_sessions
from bot.storage.engine import Storage
from bot.storage.office_tables import InviteRow, StaffRow, StaffSessionRow
from tests.builders import NOON

KEY = b"k" * 32


@pytest.fixture
def ana(storage: Storage) -> Staff:
    """Somebody with an account."""
    with storage.begin() as session:
        person = staff.add(session, "ana", "Ana", "intake", "es", NOON)
    assert person is not None
    return person


def test_a_login_is_taken_once(storage: Storage, ana: Staff) -> None:
    with storage.begin() as session:
        assert staff.add(session, "ana", "Another", "admin", "en", NOON) is None
        assert [one.staff for one in staff.everybody(session)] == [ana]


def test_an_account_is_active_once_it_has_a_password_and_a_second_factor(
    storage: Storage, ana: Staff
) -> None:
    with storage.begin() as session:
        for values, is_active in (
            ({}, False),
            ({"password_hash": "hash"}, False),
            ({"totp_secret": "secret"}, True),
            ({"disabled_at": NOON}, False),
        ):
            staff.change(session, ana.id, {"name": "Ana", **values})
            account = staff.find(session, ana.id)
            assert account is not None
            assert account.is_active is is_active


def test_the_step_of_a_code_is_used_once_and_never_goes_back(
    storage: Storage, ana: Staff
) -> None:
    with storage.begin() as session:
        used = [staff.use_code(session, ana.id, step) for step in (10, 10, 9, 11)]
    assert used == [True, False, False, True]


def test_a_link_is_used_once_and_in_time(storage: Storage, ana: Staff) -> None:
    end = NOON + timedelta(hours=24)
    with storage.begin() as session:
        invites.make(session, "first", ana.id, end)
        invites.make(session, "second", ana.id, end)
        assert invites.find(session, "first", NOON) is None
        assert invites.find(session, "second", NOON) == ana.id
        assert invites.find(session, "second", end) is None
        assert not invites.use(session, "second", end)
        assert invites.use(session, "second", NOON)
        assert not invites.use(session, "second", NOON)


def test_all_sign_ins_of_one_person_end_and_of_nobody_else(
    storage: Storage, ana: Staff
) -> None:
    with storage.begin() as session:
        bob = staff.add(session, "bob", "Bob", "admin", "en", NOON)
        assert bob is not None
        for key, whose in (("a1", ana), ("a2", ana), ("b1", bob)):
            staff_sessions.start(session, key, whose.id, NOON, NOON)
        staff_sessions.end_all(session, ana.id)
        left = [key for key in ("a1", "a2", "b1") if staff_sessions.find(session, key)]
    assert left == ["b1"]


def test_what_is_over_is_deleted(storage: Storage, ana: Staff) -> None:
    with storage.begin() as session:
        hours = timedelta(hours=12)
        staff_sessions.start(session, "idle", ana.id, NOON, NOON + hours)
        staff_sessions.start(session, "old", ana.id, NOON, NOON + timedelta(minutes=9))
        invites.make(session, "link", ana.id, NOON + timedelta(minutes=9))
    later = NOON + timedelta(minutes=10)
    sign_ins.forget_over(storage, later)
    with storage.read() as session:
        assert staff_sessions.find(session, "idle") is not None
        assert session.get(StaffSessionRow, "old") is None
        assert session.get(InviteRow, "link") is None
    sign_ins.forget_over(storage, NOON + timedelta(minutes=30))
    with storage.read() as session:
        assert staff_sessions.find(session, "idle") is None


def test_the_use_of_a_sign_in_is_written_at_most_once_a_minute(
    storage: Storage, ana: Staff
) -> None:
    with storage.begin() as session:
        factor = {"password_hash": "hash", "totp_secret": "secret"}
        staff.change(session, ana.id, factor)
        staff_sessions.start(session, "key", ana.id, NOON, NOON + timedelta(hours=12))
    for seconds, noted in ((59, 0), (60, 60), (90, 60)):
        now = NOON + timedelta(seconds=seconds)
        assert sign_ins.staff_of(storage, "key", now, is_use=True) == ana
        with storage.read() as session:
            kept = staff_sessions.find(session, "key")
        assert kept is not None
        assert kept.used_at == NOON + timedelta(seconds=noted)


def test_neither_tokens_nor_the_second_factor_stand_in_the_database(
    storage: Storage, ana: Staff
) -> None:
    token, secret = "a-token-that-only-a-browser-has", "JBSWY3DPEHPK3PXP"
    with storage.begin() as session:
        end = NOON + timedelta(hours=12)
        key = token_key(token, KEY)
        staff_sessions.start(session, key, ana.id, NOON, end)
        invites.make(session, key, ana.id, end)
        staff.change(session, ana.id, {"totp_secret": secret})
        assert session.get(StaffRow, ana.id).totp_secret == secret
    folder = storage.engine.url.database.rsplit("/", 1)[0]
    with open(f"{folder}/rights_desk.db", "rb") as main:
        written = main.read()
    with open(f"{folder}/rights_desk.db-wal", "rb") as log:
        written += log.read()
    assert b"Ana" in written
    assert token.encode() not in written
    assert secret.encode() not in written
