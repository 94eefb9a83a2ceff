"""Imports ICE's list of 287(g) agreements and tells what it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import PurePath
from typing import Final, Literal

from bot.core.agreement_terms import tidy
from bot.core.agreements import Agreement, Remark, SheetRefused, Snapshot, remark
from bot.core.errors import RequestGone
from bot.services.agreement_changes import (
    Change,
    Totals,
    check_against,
    compare,
    count,
    find_alarms,
)
from bot.services.agreement_dates import date_sheet
from bot.services.agreement_sheet import Sheet, read_sheet
from bot.storage import agreements as lists
from bot.storage import audit
from bot.storage.agreements import KeptList, Swap
from bot.storage.engine import Storage, Transaction

# Of the audit: what was done is noted about this subject.
SUBJECT: Final = "agreements"
LATE_DAYS: Final = 45
TOO_OLD_DAYS: Final = 120
_MOST_SIGNS: Final = 300
_MOST_DETAIL: Final = 100

State = Literal["refused", "same", "waiting", "current"]
Step = Literal["reading", "comparing", "keeping"]


@dataclass(frozen=True)
class ImportReport:
    """What became of a sheet, and what it changes.

    "refused": nothing was kept; `reasons` say why. "same": it is the current list
    already. "waiting": it is kept, but the list before still counts. "current": it
    counts. `before` is the list that it is compared with; `follows` is what
    `make_current` wants to know.
    """

    state: State
    reasons: tuple[Remark, ...] = ()
    kept: KeptList | None = None
    before: KeptList | None = None
    totals: Totals | None = None
    changes: tuple[Change, ...] = ()
    alarms: tuple[Remark, ...] = ()
    follows: int = 0

    @property
    def warnings(self) -> tuple[Remark, ...]:
        """What a person should look at in the sheet itself."""
        return self.kept.remarks if self.kept else ()


@dataclass(frozen=True)
class _Incoming:
    """A file on its way in: what is known of it, and who brings it."""

    given_name: str
    given_source: str
    sha256: str
    downloaded: date | None
    now: datetime
    staff_id: int | None

    @property
    def name(self) -> str:
        """The file's name without the folders of somebody's machine."""
        return tidy(PurePath(self.given_name.replace("\\", "/")).name)

    @property
    def source(self) -> str:
        """Where it comes from."""
        return (self.given_source or self.name)[:_MOST_SIGNS]


def current(session: Transaction) -> Snapshot | None:
    """Return the list that counts, or None while none was imported."""
    swaps = lists.last_swaps(session, 1)
    return lists.snapshot(session, swaps[0].snapshot_id) if swaps else None


def import_sheet(
    storage: Storage,
    data: bytes,
    name: str,
    now: datetime,
    *,
    confirm: bool = False,
    downloaded: date | None = None,
    source: str = "",
    staff_id: int | None = None,
    tell: Callable[[Step], None] = lambda _step: None,
) -> ImportReport:
    """Keep a sheet and return what it changes; `confirm`: it becomes current at once.

    `downloaded` is the day on which ICE's page offered it, if that is known. `source`
    is where it comes from, if not simply a file of that name.

    Raises:
        ChangedByOther: another list became current while this one was read.
        StorageError: the database did not answer; nothing was kept.
    """
    came = _Incoming(name, source, sha256(data).hexdigest(), downloaded, now, staff_id)
    with storage.read() as session:
        before, follows = current(session), _last_place(session)
        known = lists.find_by_hash(session, came.sha256)
        if known and before and known.id == before.id:
            return replace(report_on(session, known.id), state="same")
    try:
        tell("reading")
        sheet = read_sheet(data, now.date())
        tell("comparing")
        kept = known or _date(sheet, came, before)
        _check_follows(before, kept.dated, sheet.agreements)
    except SheetRefused as refused:
        return _refuse(storage, refused.reasons, before, came)
    tell("keeping")
    with storage.begin() as session:
        number = _keep(session, came, kept, sheet)
        if confirm:
            _swap(session, number, kept.dated, follows, now, staff_id)
        elif known is None:
            _note(session, "agreements_kept", kept.dated.isoformat(), now, staff_id)
        return report_on(session, number)


def report_on(session: Transaction, snapshot_id: int) -> ImportReport:
    """Return what a kept list changes: the current one against the one before it.

    Raises:
        RequestGone: there is no such list.
    """
    swaps = lists.last_swaps(session, 2)
    here = lists.snapshot(session, snapshot_id)
    kept = lists.find_list(session, snapshot_id)
    if here is None or kept is None:
        raise RequestGone
    is_current = bool(swaps) and swaps[0].snapshot_id == snapshot_id
    other = _compared_with(swaps, is_current)
    before = lists.snapshot(session, other) if other else None
    old: Sequence[Agreement] = before.agreements if before else ()
    changes = tuple(compare(old, here.agreements)) if before else ()
    return ImportReport(
        state="current" if is_current else "waiting",
        kept=kept,
        before=lists.find_list(session, other) if other else None,
        totals=count(here.agreements),
        changes=changes,
        alarms=tuple(find_alarms(old, here.agreements, changes)),
        follows=swaps[0].place if swaps else 0,
    )


def make_current(
    storage: Storage,
    snapshot_id: int,
    follows: int,
    now: datetime,
    staff_id: int | None = None,
) -> None:
    """Make a kept list the current one: the new one, or an older one again.

    Raises:
        ChangedByOther: another list became current since the report was made.
        RequestGone: there is no such list.
    """
    with storage.begin() as session:
        kept = lists.find_list(session, snapshot_id)
        if kept is None:
            raise RequestGone
        _swap(session, snapshot_id, kept.dated, follows, now, staff_id)


def _date(sheet: Sheet, came: _Incoming, before: Snapshot | None) -> KeptList:
    last = before.dated if before else None
    today, name = came.now.date(), came.name
    dated = date_sheet(name, sheet.latest_signed, came.downloaded, today, last)
    remarks = (*((dated.doubt,) if dated.doubt else ()), *sheet.warnings)
    return KeptList(0, dated.day, came.downloaded, came.now, came.source, remarks)


def _keep(session: Transaction, came: _Incoming, kept: KeptList, sheet: Sheet) -> int:
    return lists.keep(
        session,
        dated=kept.dated,
        downloaded=came.downloaded,
        source=came.source,
        sha256=came.sha256,
        remarks=kept.remarks,
        agreements=sheet.agreements,
        now=came.now,
    )


def _check_follows(
    before: Snapshot | None, dated: date, agreements: Sequence[Agreement]
) -> None:
    if before is None:
        return
    if dated < before.dated:
        days = {"day": dated.isoformat(), "before": before.dated.isoformat()}
        raise SheetRefused(remark("older", **days))
    check_against(before.agreements, agreements)


def _refuse(
    storage: Storage,
    reasons: tuple[Remark, ...],
    before: Snapshot | None,
    came: _Incoming,
) -> ImportReport:
    # Codes only: what stands in a strange file does not belong into the audit.
    codes = ", ".join(dict.fromkeys(reason.code for reason in reasons))
    with storage.begin() as session:
        _note(session, "agreements_refused", codes, came.now, came.staff_id)
        kept = lists.find_list(session, before.id) if before else None
    return ImportReport("refused", reasons, before=kept)


def _swap(
    session: Transaction,
    snapshot_id: int,
    dated: date,
    follows: int,
    now: datetime,
    staff_id: int | None,
) -> None:
    lists.make_current(session, snapshot_id, follows, now)
    _note(session, "agreements_current", dated.isoformat(), now, staff_id)


def _note(
    session: Transaction, action: str, detail: str, now: datetime, staff_id: int | None
) -> None:
    audit.note(session, now, staff_id, action, SUBJECT, detail[:_MOST_DETAIL])


def _last_place(session: Transaction) -> int:
    swaps = lists.last_swaps(session, 1)
    return swaps[0].place if swaps else 0


def _compared_with(swaps: Sequence[Swap], is_current: bool) -> int | None:
    if is_current:
        return swaps[1].snapshot_id if len(swaps) > 1 else None
    return swaps[0].snapshot_id if swaps else None
