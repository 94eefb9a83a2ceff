"""python -m bot agreements: imports ICE's list of 287(g) agreements and shows it."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Final, TextIO

from rich.console import Console
from rich.table import Table

from bot.core.agreements import ICE_PAGE, Remark
from bot.core.errors import BotError, ChangedByOther
from bot.gateway.console.words import Words, load_words
from bot.services.agreement_changes import Change
from bot.services.agreement_overrides import read_overrides
from bot.services.agreement_package import MAX_BYTES
from bot.services.agreement_page import FoundSheet, fetch_sheet
from bot.services.agreements import (
    LATE_DAYS,
    TOO_OLD_DAYS,
    ImportReport,
    Step,
    import_sheet,
    report_on,
)
from bot.settings import Settings, load_settings
from bot.storage.agreements import last_swaps
from bot.storage.engine import Storage, open_storage, upgrade

# What a timed job may act on: 0 done or nothing new, 1 refused, 3 done but look at it.
REFUSED: Final = 1
LOOK: Final = 3
_SHOWN: Final = 15
_STEPS: Final[dict[Step, str]] = {
    "reading": "reading the sheet ...",
    "comparing": "comparing it with the list before ...",
    "keeping": "keeping it ...",
}


def run(options: argparse.Namespace) -> int:
    """Import a file, look at ICE's page, or show the list; return the exit code."""
    settings = load_settings()
    with _storage(settings) as storage:
        if options.task == "show":
            return show(settings, storage, _now())
        if options.task == "update":
            return update(storage, fetch_sheet)
        return import_file(storage, options.file, options.downloaded, not options.check)


def import_file(
    storage: Storage, file: Path, downloaded: date | None, confirm: bool
) -> int:
    """Import a sheet that somebody saved; return the exit code.

    Raises:
        BotError: there is no such file, or it is far too large.
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            raise BotError(f"{file.name} is larger than any list: nothing was read.")
        data = file.read_bytes()
    except OSError as error:
        raise BotError(f"{file} cannot be read: {error.strerror}.") from None
    return _import(storage, data, file.name, downloaded, confirm, "")


def update(storage: Storage, fetch: Callable[[], FoundSheet]) -> int:
    """Import the sheet that ICE's page offers today; return the exit code.

    Raises:
        PageProblem: the page has none, or cannot be read.
    """
    print(f"looking at {ICE_PAGE} ...", flush=True)
    found = fetch()
    print(f"found {found.name}, {len(found.data) // 1000} kB", flush=True)
    today = _now().date()
    return _import(storage, found.data, found.name, today, True, found.address)


def show(settings: Settings, storage: Storage, now: datetime) -> int:
    """Print the current list's date, age and counts, and the overrides."""
    with storage.read() as session:
        swaps = last_swaps(session, 1)
        report = report_on(session, swaps[0].snapshot_id) if swaps else None
    if report is None or report.kept is None or report.totals is None:
        print("No list was imported yet: python -m bot agreements import FILE.xlsx")
        print(f"Until then the assistant names ICE's page: {ICE_PAGE}")
    else:
        kept, totals = report.kept, report.totals
        age = (now.date() - kept.dated).days
        print(f"ICE list of {kept.dated}, {age} days old. From: {kept.source}")
        print(_about_age(age))
        print(
            f"{totals.rows} agreements of {totals.agencies} agencies in "
            f"{len(totals.states)} states and territories; {totals.pending} not posted "
            f"yet, {totals.without_county} without a county."
        )
        _print_table(totals.states, totals.models)
    for state, override in sorted(read_overrides(settings.KNOWLEDGE_DIR).items()):
        late = " - REVIEW IT" if now.date() > override.review_by else ""
        days = f"as of {override.as_of}, review by {override.review_by}"
        print(f"{state}: knowledge/agreements/overrides.yml wins ({days}){late}")
    return 0


def _import(
    storage: Storage,
    data: bytes,
    name: str,
    downloaded: date | None,
    confirm: bool,
    source: str,
) -> int:
    try:
        report = import_sheet(
            storage,
            data,
            name,
            _now(),
            confirm=confirm,
            downloaded=downloaded,
            source=source,
            tell=lambda step: print(_STEPS[step], flush=True),
        )
    except ChangedByOther:
        raise BotError(
            "Somebody else imported a list at the same moment. Nothing was changed: "
            "look at python -m bot agreements show, then try again."
        ) from None
    return _tell(report, load_words())


def _tell(report: ImportReport, words: Words) -> int:
    if report.state == "refused":
        print("Refused. The list before stays as it was:", file=sys.stderr)
        _print_remarks(report.reasons, words, sys.stderr)
        return REFUSED
    if report.kept is None or report.totals is None:
        return REFUSED
    if report.state == "same":
        print(f"Nothing new: this is the current list, of {report.kept.dated}.")
        return 0
    kept, totals = report.kept, report.totals
    print(f"{totals.rows} agreements of {totals.agencies} agencies, as of {kept.dated}")
    if report.before:
        kinds = Counter(change.kind for change in report.changes)
        told = ", ".join(f"{kinds[k]} {k}" for k in ("added", "removed", "changed"))
        print(f"Compared with the list of {report.before.dated}: {told}")
        _print_changes(report.changes)
    for title, remarks in (
        ("LOOK AT THIS:", report.alarms),
        ("Please check:", report.warnings),
    ):
        if remarks:
            print(title)
            _print_remarks(remarks, words, sys.stdout)
    if report.state == "waiting":
        print("Not made current. Import it without --check, or use the console.")
    else:
        print(f"This is now the current list. {_about_age(_age(kept.dated))}")
    return LOOK if report.alarms else 0


def _print_changes(changes: Iterable[Change]) -> None:
    signs = {"added": "+", "removed": "-", "changed": "~"}
    lines = []
    for change in changes:
        one = change.agreement
        what = f": {', '.join(change.what)}" if change.what else ""
        lines.append(
            f"  {signs[change.kind]} {one.state} {one.agency} {one.model}{what}"
        )
    for line in lines[:_SHOWN]:
        print(line)
    if len(lines) > _SHOWN:
        print(f"  ... and {len(lines) - _SHOWN} more: see Agreements in the console")


def _print_remarks(remarks: Iterable[Remark], words: Words, out: TextIO) -> None:
    for one in remarks:
        said = words.say(f"agreements.{one.code}", language="en", **one.values)
        print(f"- {said}", file=out)


def _print_table(states: dict[str, int], models: dict[str, int]) -> None:
    table = Table("model or state")
    table.add_column("agreements", justify="right")
    for name, number in (*models.items(), *states.items()):
        table.add_row(name, str(number))
    Console(highlight=False, markup=False).print(table)


def _about_age(age: int) -> str:
    if age > TOO_OLD_DAYS:
        return f"Older than {TOO_OLD_DAYS} days: answers only name ICE's page."
    if age > LATE_DAYS:
        return f"Older than {LATE_DAYS} days: answers begin by saying so."
    return "Fresh enough to answer from."


def _age(dated: date) -> int:
    return (_now().date() - dated).days


def _now() -> datetime:
    return datetime.now(timezone.utc)


@contextmanager
def _storage(settings: Settings) -> Iterator[Storage]:
    upgrade(settings)
    storage = open_storage(settings)
    try:
        yield storage
    finally:
        storage.close()
