"""The page of ICE's list of 287(g) agreements: age, numbers, importing a sheet."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from bot.core.agreement_terms import state_names
from bot.core.agreements import ICE_PAGE, Agreement, Override
from bot.core.dates import spoken_date
from bot.core.errors import ContentError, Fault, NotAllowed, RequestGone
from bot.gateway.console.desk import ConsolePage, Visit, go_to, read_fields, show
from bot.gateway.console.file_form import sent_file, with_file
from bot.services.agreement_overrides import read_overrides
from bot.services.agreement_package import MAX_BYTES
from bot.services.agreements import (
    LATE_DAYS,
    SUBJECT,
    TOO_OLD_DAYS,
    ImportReport,
    current,
    import_sheet,
    make_current,
    report_on,
)
from bot.storage import audit
from bot.storage.agreements import KeptList, kept_lists
from bot.storage.audit import AuditEntry

_SHOWN_LISTS: Final = 10
_SHOWN_DEEDS: Final = 8
_SHOWN_CHANGES: Final = 200
_MOST_DIGITS: Final = 9


@dataclass(frozen=True)
class _Overview:
    report: ImportReport | None
    rows: list[Agreement]
    kept: list[KeptList]
    deeds: list[AuditEntry]


async def show_list(visit: Visit) -> Response:
    """Show the current list: its age, counts by state, alarms, and the form."""
    return await _list_page(visit)


async def take_sheet(visit: Visit) -> Response:
    """Keep a sheet that was sent and show what it would change."""
    fields, file = await read_fields(visit), sent_file(visit)
    given = fields.get("downloaded", "").strip()
    try:
        downloaded = date.fromisoformat(given) if given else None
    except ValueError:
        return await _list_page(visit, problem="bad_day")
    if file is None:
        return await _list_page(visit, problem="file_missing")
    report = await asyncio.to_thread(
        import_sheet,
        visit.world.storage,
        file.data,
        file.name,
        visit.now,
        downloaded=downloaded,
        staff_id=visit.staff.id,
    )
    if report.state == "refused":
        return await _list_page(visit, refused=report)
    if report.state == "same" or report.kept is None:
        return go_to(visit, "/agreements", notice="agreements.nothing_new")
    return go_to(visit, f"/agreements/{report.kept.id}")


async def show_report(visit: Visit) -> Response:
    """Show what a kept list changes, before it counts or after."""

    snapshot_id = int(visit.request.path_params["snapshot_id"])

    def read() -> ImportReport:
        if snapshot_id >= 10**_MOST_DIGITS:
            raise RequestGone
        with visit.world.storage.read() as session:
            return report_on(session, snapshot_id)

    report = await asyncio.to_thread(read)
    return show(
        visit,
        "agreements_report.html",
        report=report,
        shown=report.changes[:_SHOWN_CHANGES],
        more=max(0, len(report.changes) - _SHOWN_CHANGES),
        spoken=partial(spoken_date, language=visit.staff.language),
    )


async def take_current(visit: Visit) -> Response:
    """Make a kept list the current one.

    Raises:
        ChangedByOther: another list became current since the report was shown.
        NotAllowed: the form does not say which list, and after which one.
        RequestGone: there is no such list.
    """
    fields = await read_fields(visit)
    snapshot, follows = fields.get("snapshot", ""), fields.get("follows", "")
    if not (_is_number(snapshot) and _is_number(follows)):
        raise NotAllowed
    await asyncio.to_thread(
        make_current,
        visit.world.storage,
        int(snapshot),
        int(follows),
        visit.now,
        visit.staff.id,
    )
    return go_to(visit, "/agreements", notice="agreements.now_current")


async def _list_page(
    visit: Visit, problem: str = "", refused: ImportReport | None = None
) -> Response:
    state = visit.request.query_params.get("state", "")
    overview = await asyncio.to_thread(_read, visit, state)
    overrides, faults = await asyncio.to_thread(_read_overrides, visit)
    kept = overview.report.kept if overview.report else None
    today = visit.world.shelf.knowledge().desk.local(visit.now).date()
    age = (today - kept.dated).days if kept else 0
    return show(
        visit,
        "agreements.html",
        422 if problem or refused else 200,
        report=overview.report,
        age=age,
        freshness=_freshness(age),
        rows=overview.rows,
        chosen=state if overview.rows else "",
        kept=overview.kept,
        deeds=overview.deeds,
        overrides=overrides,
        faults=faults,
        today=today,
        problem=problem,
        refused=refused,
        names=state_names(),
        ice_page=ICE_PAGE,
        spoken=partial(spoken_date, language=visit.staff.language),
    )


def _read(visit: Visit, state: str) -> _Overview:
    with visit.world.storage.read() as session:
        here = current(session)
        return _Overview(
            report_on(session, here.id) if here else None,
            [one for one in here.agreements if one.state == state] if here else [],
            kept_lists(session, _SHOWN_LISTS),
            audit.of_subject(session, SUBJECT)[: -_SHOWN_DEEDS - 1 : -1],
        )


def _read_overrides(visit: Visit) -> tuple[Mapping[str, Override], list[Fault]]:
    try:
        return read_overrides(visit.world.settings.KNOWLEDGE_DIR), []
    except ContentError as error:
        return {}, error.faults


def _freshness(age: int) -> str:
    if age > TOO_OLD_DAYS:
        return "too_old"
    return "late" if age > LATE_DAYS else "fresh"


def _is_number(given: str) -> bool:
    return given.isascii() and given.isdigit() and len(given) < _MOST_DIGITS


_UPLOAD: Final = ConsolePage("/agreements", take_sheet, "edit_knowledge", ("POST",))
pages: Final = (
    ConsolePage("/agreements", show_list, "edit_knowledge"),
    _UPLOAD,
    ConsolePage("/agreements/{snapshot_id:int}", show_report, "edit_knowledge"),
    ConsolePage("/agreements/current", take_current, "edit_knowledge", ("POST",)),
)
# Before the pages: the same address, with a form that brings a file.
file_routes: Final = (
    Route(_UPLOAD.path, with_file(_UPLOAD, MAX_BYTES), methods=["POST"]),
)
