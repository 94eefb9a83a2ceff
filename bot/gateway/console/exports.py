"""The files that staff save of one request: PDF, a line for Clio, the appointment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal

from starlette.responses import Response

from bot.core.consultations import Consultation, shown_reference
from bot.core.errors import NotAllowed
from bot.gateway.console.desk import ConsolePage, Visit, desk_of
from bot.gateway.console.request_paper import Speaker, lay_out
from bot.services import requests
from bot.services.intake_replies import summary_lines
from bot.services.request_calendar import event_uid, write_calendar
from bot.services.request_csv import MESSAGE_FIELDS, write_lead
from bot.services.request_pdf import draw_request
from bot.services.requests import RequestView
from bot.storage import audit
from bot.storage.keys import derived_key

Kind = Literal["pdf", "csv", "ics"]
_TYPES: Final[dict[Kind, str]] = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "ics": "text/calendar",
}


async def save_pdf(visit: Visit) -> Response:
    """Give all of a request as a PDF."""
    return await _save(visit, "pdf", _pdf)


async def save_csv(visit: Visit) -> Response:
    """Give what a first call needs as a line for Clio."""
    return await _save(visit, "csv", _csv)


async def save_calendar(visit: Visit) -> Response:
    """Give the appointment as a calendar file.

    Raises:
        NotAllowed: the request has none.
    """
    return await _save(visit, "ics", _calendar)


async def _save(
    visit: Visit, kind: Kind, write: Callable[[Visit, RequestView], bytes]
) -> Response:
    def work() -> tuple[str, bytes]:
        view = _look(visit, kind)
        return shown_reference(view.consultation.reference), write(visit, view)

    name, content = await asyncio.to_thread(work)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, headers=headers, media_type=_TYPES[kind])


def _look(visit: Visit, kind: Kind) -> RequestView:
    reference = str(visit.request.path_params["reference"]).upper()
    staff, now = visit.staff, visit.now
    with visit.world.storage.begin() as session:
        view = requests.look_at(session, reference, staff, now)
        if kind == "ics" and not _has_appointment(view.consultation):
            raise NotAllowed
        subject = view.consultation.reference
        audit.note(session, now, staff.id, "request_exported", subject, kind)
    return view


def _has_appointment(found: Consultation) -> bool:
    return found.state == "scheduled" and found.appointment is not None


def _csv(visit: Visit, view: RequestView) -> bytes:
    found = view.consultation
    told: dict[str, str] = {
        f: found.answers[f] for f in MESSAGE_FIELDS if f in found.answers
    }
    lines = summary_lines(
        replace(found, answers=told), visit.world.shelf.current, visit.staff.language
    )
    return write_lead(found, lines)


def _calendar(visit: Visit, view: RequestView) -> bytes:
    found = view.consultation
    if found.appointment is None:
        raise NotAllowed
    # The visitor's own file has the same name: one calendar takes both as one event.
    uid = event_uid(found.reference, derived_key(visit.world.settings, "requests"))
    summary = _speaker(visit).say("exports.event")
    return write_calendar(found.appointment, uid, summary, found.version, visit.now)


def _pdf(visit: Visit, view: RequestView) -> bytes:
    return draw_request(lay_out(_speaker(visit), view, visit.now), visit.now)


def _speaker(visit: Visit) -> Speaker:
    words = desk_of(visit.request).words
    return Speaker(words, visit.staff.language, visit.world.shelf.current)


pages: Final = (
    ConsolePage("/requests/{reference}.pdf", save_pdf, "export_requests"),
    ConsolePage("/requests/{reference}.csv", save_csv, "export_requests"),
    ConsolePage("/requests/{reference}.ics", save_calendar, "export_requests"),
)
