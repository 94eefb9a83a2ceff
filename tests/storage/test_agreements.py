"""Lists are kept for ever, one counts, and a swap happens whole or not at all."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest

from bot.core.agreements import Snapshot
from bot.core.errors import ChangedByOther, RequestGone
from bot.services.agreements import (
    ImportReport,
    current,
    import_sheet,
    make_current,
    report_on,
)
from bot.storage import agreements as lists
from bot.storage import audit
from bot.storage.engine import Storage
from tests.builders import NOON
from tests.sheets import DIRTY, NAME, Line, lines, workbook

LATER = NOON + timedelta(days=1)
NEXT = "participatingAgencies07162026am.xlsx"
FIRST = lines(20)


def bring(
    storage: Storage, rows: list[Line], name: str = NAME, **options: Any
) -> ImportReport:
    """Import a sheet of rows, to be current at once if nothing else is said."""
    options = {"confirm": True, **options}
    return import_sheet(storage, workbook(rows), name, NOON, **options)


def now_current(storage: Storage) -> Snapshot | None:
    """Return the list that counts."""
    with storage.read() as session:
        return current(session)


def done(storage: Storage) -> list[tuple[str, str]]:
    """Return what was noted about the lists."""
    with storage.read() as session:
        return [(e.action, e.detail) for e in audit.of_subject(session, "agreements")]


def codes(report: ImportReport) -> list[str]:
    """Return why a sheet was refused."""
    return [reason.code for reason in report.reasons]


def test_before_any_import_there_is_no_list(storage: Storage) -> None:
    assert now_current(storage) is None


def test_what_was_imported_comes_back_as_it_was(storage: Storage) -> None:
    report = bring(storage, [*FIRST, *DIRTY])
    kept = now_current(storage)
    assert kept is not None
    assert report.state == "current"
    assert (kept.dated, kept.source, kept.imported_at) == (
        *(date(2026, 7, 15), NAME),
        NOON,
    )
    assert len(kept.agreements) == 32
    assert [a.agency for a in kept.agreements[:2]] == [
        *("Place0 Police Department", "Place1 Police Department")
    ]
    village = kept.agreements[29]
    assert (village.state, village.signed) == ("NY", None)
    assert village.flags[0] == "signed_year_suspect"
    assert "signed_year_suspect" in [r.code for r in report.warnings]


def test_a_sheet_that_nobody_confirmed_does_not_count(storage: Storage) -> None:
    report = bring(storage, FIRST, confirm=False)
    assert report.state == "waiting"
    assert now_current(storage) is None
    assert report.kept is not None
    make_current(storage, report.kept.id, report.follows, LATER)
    assert now_current(storage) is not None


def test_the_same_file_twice_is_nothing_new(storage: Storage) -> None:
    bring(storage, FIRST)
    again = bring(storage, FIRST, NEXT)
    assert again.state == "same"
    with storage.read() as session:
        assert len(lists.kept_lists(session, 9)) == 1
        assert len(lists.last_swaps(session, 9)) == 1


def test_a_new_list_tells_what_came_went_and_changed(storage: Storage) -> None:
    bring(storage, FIRST)
    rows = [FIRST[0].but(model="Warrant Service Officer"), *FIRST[2:], Line()]
    report = bring(storage, rows, NEXT)
    told = sorted((c.kind, c.agreement.agency.split()[0]) for c in report.changes)
    assert told == [("added", "Palmetto"), ("changed", "Place0"), ("removed", "Place1")]
    assert report.before is not None
    assert report.before.dated == date(2026, 7, 15)


def test_the_list_before_stays_and_can_count_again(storage: Storage) -> None:
    first = bring(storage, FIRST).kept
    second = bring(storage, [*FIRST, Line()], NEXT)
    assert first is not None
    with storage.read() as session:
        old = lists.snapshot(session, first.id)
    assert old is not None
    assert len(old.agreements) == 20
    assert second.follows == 2
    make_current(storage, first.id, second.follows, LATER)
    assert now_current(storage) == old


REFUSED: dict[str, tuple[list[Line], str, str]] = {
    "too few": (FIRST[:15], NEXT, "too_few"),
    "others": ([line.but(state="IOWA") for line in FIRST], NEXT, "too_different"),
    "unknown model": ([*FIRST, Line(model="Tribal")], NEXT, "model_unknown"),
    "unknown state": ([*FIRST, Line(state="Atlantis")], NEXT, "state_unknown"),
    "older": (FIRST[:19], "participatingAgencies07142026am.xlsx", "older"),
    "undated": (FIRST[:19], "participatingAgencies.xlsx", "older"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_suspicious_sheet_is_refused_and_the_old_list_stays(
    storage: Storage, case: str
) -> None:
    rows, name, code = REFUSED[case]
    bring(storage, FIRST)
    before = now_current(storage)
    report = bring(storage, rows, name)
    assert (report.state, codes(report)) == ("refused", [code])
    assert now_current(storage) == before
    assert done(storage)[-1] == ("agreements_refused", code)
    with storage.read() as session:
        assert len(lists.kept_lists(session, 9)) == 1


def test_a_file_that_is_no_workbook_is_refused(storage: Storage) -> None:
    report = import_sheet(storage, b"<html>", NAME, NOON, confirm=True)
    assert codes(report) == ["not_a_workbook"]


def test_an_older_sheet_counts_if_it_was_saved_later(storage: Storage) -> None:
    bring(storage, FIRST)
    name = "participatingAgencies07142026am.xlsx"
    report = bring(storage, FIRST[:19], name, downloaded=NOON.date())
    assert report.state == "current"
    assert report.kept is not None
    assert report.kept.dated == NOON.date()
    assert [r.code for r in report.warnings] == ["name_before_last"]


def test_a_list_that_was_current_before_is_not_brought_back_by_an_import(
    storage: Storage,
) -> None:
    bring(storage, FIRST)
    bring(storage, [*FIRST, Line()], NEXT)
    assert codes(bring(storage, FIRST)) == ["older"]


def test_a_state_that_vanishes_is_told_and_the_sheet_still_counts(
    storage: Storage,
) -> None:
    bring(storage, [*FIRST, Line(state="MARYLAND")])
    report = bring(storage, FIRST, NEXT)
    assert report.state == "current"
    assert [alarm.code for alarm in report.alarms] == ["state_gone"]


def test_a_corrected_spelling_is_no_alarm(storage: Storage) -> None:
    bring(storage, [*FIRST, Line(state="WEST VIRIGINA")])
    report = bring(storage, [*FIRST, Line(state="WEST VIRGINIA")], NEXT)
    assert (report.alarms, report.changes) == ((), ())


def test_of_two_people_who_swap_at_once_one_is_told(storage: Storage) -> None:
    reports = [
        bring(storage, [*FIRST, *lines(20 + n)[20:]], NEXT, confirm=False)
        for n in range(1, 6)
    ]
    outcomes: list[str] = []

    def swap(report: ImportReport) -> None:
        assert report.kept is not None
        try:
            make_current(storage, report.kept.id, report.follows, LATER)
        except ChangedByOther:
            outcomes.append("told")
        else:
            outcomes.append("swapped")

    threads = [threading.Thread(target=swap, args=(r,)) for r in reports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["swapped", *["told"] * 4]


def test_a_list_that_is_not_there_cannot_count(storage: Storage) -> None:
    with pytest.raises(RequestGone):
        make_current(storage, 99, 0, NOON)
    with storage.read() as session, pytest.raises(RequestGone):
        report_on(session, 99)


def test_what_was_done_is_noted_without_words_of_the_file(storage: Storage) -> None:
    bring(storage, FIRST, confirm=False)
    bring(storage, FIRST)
    bring(storage, [*FIRST, Line(state="CANARY STATE")], NEXT)
    assert done(storage) == [
        ("agreements_kept", "2026-07-15"),
        ("agreements_current", "2026-07-15"),
        ("agreements_refused", "state_unknown"),
    ]


def test_the_path_of_a_file_is_not_kept(storage: Storage) -> None:
    report = bring(storage, FIRST, f"C:\\Users\\ana\\{NAME}")
    assert report.kept is not None
    assert report.kept.source == NAME
