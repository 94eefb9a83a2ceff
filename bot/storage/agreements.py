"""Keeps ICE's 287(g) lists: each one that was imported, and which one counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, insert, select

from bot.core.agreements import Agreement, Remark, Snapshot
from bot.core.errors import ChangedByOther
from bot.storage.agreement_tables import (
    AgreementRow,
    AgreementSnapshotRow,
    AgreementSwapRow,
)
from bot.storage.engine import Transaction
from bot.storage.upserts import insert_into

_LISTS: Final = AgreementSnapshotRow.__table__
_ROWS: Final = AgreementRow.__table__
_SWAPS: Final = AgreementSwapRow.__table__
_COLUMNS: Final = (
    *("state", "agency", "kind", "county", "model", "signed"),
    *("moa_url", "addendum_url", "flags"),
)


@dataclass(frozen=True)
class KeptList:
    """A list that was imported, without its lines."""

    id: int
    dated: date
    downloaded: date | None
    imported_at: datetime
    source: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Swap:
    """That a list became the current one; `place` counts the swaps."""

    place: int
    snapshot_id: int
    at: datetime


def keep(
    session: Transaction,
    *,
    dated: date,
    downloaded: date | None,
    source: str,
    sha256: str,
    remarks: Sequence[Remark],
    agreements: Sequence[Agreement],
    now: datetime,
) -> int:
    """Keep a list and return its id; the same file again keeps what was there."""
    told = [{"code": r.code, "values": dict(r.values)} for r in remarks]
    values = {
        "dated": dated,
        "downloaded": downloaded,
        "imported_at": now,
        "source": source,
        "sha256": sha256,
        "remarks": json.dumps(told, ensure_ascii=False),
    }
    added = session.execute(
        insert_into(session, _LISTS).values(values).on_conflict_do_nothing()
    )
    number = session.execute(
        select(_LISTS.c.id).where(_LISTS.c.sha256 == sha256)
    ).scalar_one()
    if added.rowcount:
        rows = [
            {"snapshot_id": number, "place": place, **_values(one)}
            for place, one in enumerate(agreements)
        ]
        session.execute(insert(_ROWS), rows)
    return int(number)


def find_by_hash(session: Transaction, sha256: str) -> KeptList | None:
    """Return the list of a file that was imported before, or None."""
    return _one_list(session, _LISTS.c.sha256 == sha256)


def find_list(session: Transaction, snapshot_id: int) -> KeptList | None:
    """Return a list without its lines, or None."""
    return _one_list(session, _LISTS.c.id == snapshot_id)


def kept_lists(session: Transaction, limit: int) -> list[KeptList]:
    """Return the lists imported last, newest first."""
    statement = select(_LISTS).order_by(_LISTS.c.id.desc()).limit(limit)
    return [_kept(row) for row in session.execute(statement)]


def snapshot(session: Transaction, snapshot_id: int) -> Snapshot | None:
    """Return a list with its lines as they stood in the sheet, or None."""
    found = find_list(session, snapshot_id)
    if found is None:
        return None
    statement = (
        select(*(_ROWS.c[name] for name in _COLUMNS))
        .where(_ROWS.c.snapshot_id == snapshot_id)
        .order_by(_ROWS.c.place)
    )
    lines = tuple(_agreement(row) for row in session.execute(statement))
    return Snapshot(found.id, found.dated, found.imported_at, found.source, lines)


def last_swaps(session: Transaction, limit: int) -> list[Swap]:
    """Return the last swaps, newest first: the first one tells the current list."""
    statement = select(_SWAPS).order_by(_SWAPS.c.place.desc()).limit(limit)
    return [Swap(*row) for row in session.execute(statement)]


def make_current(
    session: Transaction, snapshot_id: int, expected_place: int, now: datetime
) -> None:
    """Make a list the current one, in one step.

    `expected_place` is the place of the last swap that the person knew of; 0: none.

    Raises:
        ChangedByOther: another list became current in the meantime.
    """
    last = session.execute(select(func.max(_SWAPS.c.place))).scalar_one() or 0
    values = {"place": expected_place + 1, "snapshot_id": snapshot_id, "at": now}
    if last != expected_place:
        raise ChangedByOther
    swapped = session.execute(
        insert_into(session, _SWAPS).values(values).on_conflict_do_nothing()
    )
    if not swapped.rowcount:
        raise ChangedByOther


def _one_list(session: Transaction, condition: Any) -> KeptList | None:
    row = session.execute(select(_LISTS).where(condition)).first()
    return _kept(row) if row is not None else None


def _kept(row: Any) -> KeptList:
    remarks = tuple(Remark(r["code"], r["values"]) for r in json.loads(row.remarks))
    return KeptList(
        row.id, row.dated, row.downloaded, row.imported_at, row.source, remarks
    )


def _agreement(row: Any) -> Agreement:
    return Agreement(
        state=row.state,
        agency=row.agency,
        kind=row.kind,
        county=row.county,
        model=row.model,
        signed=row.signed,
        moa_url=row.moa_url,
        addendum_url=row.addendum_url,
        flags=tuple(row.flags.split()),
    )


def _values(one: Agreement) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _COLUMNS}
    # No flag has a space in it.
    return {**values, "flags": " ".join(one.flags)}
