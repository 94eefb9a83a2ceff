"""Drafts, versions and monthly copies are kept as they were given."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.errors import ChangedByOther
from bot.storage import knowledge_edits as edits
from bot.storage import knowledge_snapshots as snapshots
from bot.storage.engine import Storage
from bot.storage.knowledge_edits import Draft, KeptVersion
from tests.builders import NOON

LATER = NOON + timedelta(days=1)
DRAFT = Draft(
    *("door_knock", "rights", {"en": "a ñ 🦊\n", "es": "b\n"}, "c" * 64, "draft"),
    *(7, NOON, 1, "a note"),
)
VERSION = KeptVersion(
    *("door_knock", NOON, 7, "Ana", 8, "knowledge_published", "why"),
    *({"en": "a", "es": "b"}, "c" * 64),
)


def kept(storage: Storage, *drafts: Draft) -> None:
    """Keep drafts of which there were none."""
    with storage.begin() as session:
        for draft in drafts:
            edits.keep_draft(session, draft, 0)


def test_a_draft_comes_back_as_it_was_kept(storage: Storage) -> None:
    kept(storage, DRAFT)
    with storage.read() as session:
        assert edits.draft_of(session, "door_knock") == DRAFT
        assert edits.draft_of(session, "other") is None


def test_a_draft_takes_the_place_of_the_version_it_was_made_from(
    storage: Storage,
) -> None:
    kept(storage, DRAFT)
    sent = replace(DRAFT, state="in_review", sent_by=7, sent_at=LATER, version=2)
    with storage.begin() as session:
        edits.keep_draft(session, sent, 1)
    with storage.read() as session:
        assert edits.draft_of(session, "door_knock") == sent


@pytest.mark.parametrize("was", [0, 2])
def test_a_draft_over_another_version_is_refused(storage: Storage, was: int) -> None:
    kept(storage, DRAFT)
    with pytest.raises(ChangedByOther), storage.begin() as session:
        edits.keep_draft(session, replace(DRAFT, version=9), was)
    with storage.read() as session:
        assert edits.draft_of(session, "door_knock") == DRAFT


def test_only_the_version_that_was_seen_can_be_dropped(storage: Storage) -> None:
    kept(storage, DRAFT)
    with pytest.raises(ChangedByOther), storage.begin() as session:
        edits.drop_draft(session, "door_knock", 2)
    with storage.begin() as session:
        edits.drop_draft(session, "door_knock", 1)
        assert edits.all_drafts(session) == []


def test_drafts_that_wait_for_review_come_first(storage: Storage) -> None:
    kept(
        storage,
        replace(DRAFT, entry="b"),
        replace(DRAFT, entry="a"),
        replace(DRAFT, entry="z", state="in_review"),
    )
    with storage.read() as session:
        assert [draft.entry for draft in edits.all_drafts(session)] == ["z", "a", "b"]


def test_versions_come_back_newest_first(storage: Storage) -> None:
    with storage.begin() as session:
        first = edits.add_version(session, VERSION)
        second = edits.add_version(session, replace(VERSION, base="d" * 64))
        edits.add_versions(session, [replace(VERSION, entry="other", staff_id=None)])
        edits.add_versions(session, [])
        edits.note_commit(session, first, "abc")
        assert edits.versions_of(session, "door_knock") == [
            replace(VERSION, base="d" * 64, id=second),
            replace(VERSION, commit="abc", id=first),
        ]
        latest = edits.latest_version(session, "door_knock")
        assert latest is not None
        assert latest.id == second
        assert edits.latest_version(session, "none") is None
        bases = {"door_knock": "d" * 64, "other": "c" * 64}
        assert edits.latest_bases(session) == bases


def test_taking_a_turn_never_refuses_the_next(storage: Storage) -> None:
    for moment in (NOON, NOON, NOON - timedelta(hours=1), LATER):
        with storage.begin() as session:
            edits.take_turn(session, moment)


def test_a_month_has_one_copy_that_is_never_replaced(storage: Storage) -> None:
    with storage.begin() as session:
        assert snapshots.keep_snapshot(session, "2026-07", NOON, 3, "a" * 64, b"zip")
        assert not snapshots.keep_snapshot(
            session, "2026-07", LATER, 4, "b" * 64, b"other"
        )
    with storage.read() as session:
        assert snapshots.zipped_of(session, "2026-07") == b"zip"
        assert snapshots.zipped_of(session, "2026-08") is None
        assert snapshots.has_snapshot(session, "2026-07")
        (copy,) = snapshots.kept_snapshots(session)
    assert (copy.month, copy.entries, copy.size, copy.taken_at) == (
        *("2026-07", 3, 3, NOON),
    )


def test_only_copies_of_earlier_months_are_forgotten(storage: Storage) -> None:
    with storage.begin() as session:
        for month in ("2023-05", "2023-06", "2026-07"):
            snapshots.keep_snapshot(session, month, NOON, 1, "a" * 64, b"zip")
        assert snapshots.forget_snapshots_before(session, "2023-06") == 1
        months = [copy.month for copy in snapshots.kept_snapshots(session)]
    assert months == ["2026-07", "2023-06"]
