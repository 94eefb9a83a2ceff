"""The page /request: a visitor sees by the private number how the request stands."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.core.consultations import Consultation
from bot.core.errors import StorageError, TooManyMessages
from bot.core.languages import Language, as_language, other_language
from bot.gateway import problems
from bot.gateway.problems import Problem, ProblemResponse
from bot.gateway.reading import preferred_language, read_address, read_form
from bot.gateway.request_view import (
    StatusPage,
    Step,
    appointment_of,
    is_told,
    render_status,
    status_lines,
)
from bot.gateway.world import World, world_of
from bot.services.request_calendar import event_uid, write_calendar
from bot.services.request_codes import status_of, withdraw
from bot.services.showing import say
from bot.storage.keys import derived_key

PATH: Final = "/request"
_HEADERS: Final = {
    "Cache-Control": "no-store",
    # With no-referrer, browsers name no origin when they post this form, and the guard
    # would take it for a foreign website's. The address never holds the number.
    "Referrer-Policy": "same-origin",
}
_LONGEST_NUMBER: Final = 100
_UNKNOWN: Final = 404
_CONFLICT: Final = 409
_MINUTE: Final = 60
_STEPS: Final[Mapping[str, Step]] = {"request": "request", "sure": "sure"}
# Which button leads to what is shown, so that it is shown in the other language.
_AGAIN: Final[Mapping[Step, str]] = {"request": "look", "sure": "delete"}
_FILES: Final[Mapping[Language, str]] = {"en": "appointment.ics", "es": "cita.ics"}
_TOLD: Final = {
    "too_many_messages": "request_page_busy",
    "unavailable": "request_page_away",
}
# The number was not tried and stays in its box.
_UNTRIED: Final = frozenset(_TOLD)
_HANDLERS: Final[
    Mapping[type[Exception], Callable[[Request, Exception], Awaitable[ProblemResponse]]]
] = {
    Problem: problems.on_problem,
    StorageError: problems.on_storage_error,
    TooManyMessages: problems.on_too_many,
}


@dataclass(frozen=True)
class StatusForm:
    """The page's form as it came back; `step` is what the page showed."""

    language: Language
    number: str = ""
    step: Step = "number"
    action: str = "look"

    @property
    def is_leaving(self) -> bool:
        """Whether the visitor wants the empty form, without a look at a request."""
        return self.action == "leave"

    @property
    def is_switch(self) -> bool:
        """Whether the visitor wants the other language."""
        return self.action == "switch"

    def in_other_language(self) -> StatusForm:
        """Return the form that shows the same in the other language."""
        return replace(
            self,
            language=other_language(self.language),
            action=_AGAIN.get(self.step, ""),
        )


async def show_page(request: Request) -> Response:
    """Show the form for the number."""
    wanted = as_language(request.query_params.get("lang"))
    page = StatusPage(wanted or preferred_language(request))
    return await _respond(world_of(request), page)


async def take_form(request: Request) -> Response:
    """Do what the visitor wants; what went wrong is told in a page, too."""
    try:
        return await _take_form(request)
    except tuple(_HANDLERS) as error:
        handlers = (
            handler for kind, handler in _HANDLERS.items() if isinstance(error, kind)
        )
        return await _tell(request, await next(handlers)(request, error))


async def _take_form(request: Request) -> Response:
    world = world_of(request)
    form = read_status_form(await read_form(request), preferred_language(request))
    request.state.status_form = form
    if form.is_leaving:
        return await _respond(world, StatusPage(form.language))
    if form.is_switch:
        form = form.in_other_language()
        if form.step == "number":
            return await _respond(world, StatusPage(form.language, number=form.number))
    world.limits.count_try(read_address(request))
    if form.action == "delete_now":
        is_done = await asyncio.to_thread(_withdraw, world, form.number)
        return await (_tell_deleted if is_done else _tell_unknown)(world, form)
    found = await asyncio.to_thread(_find, world, form.number)
    if found is None:
        return await _tell_unknown(world, form)
    if form.action == "calendar":
        return await _calendar(world, form, found)
    step: Step = "sure" if form.action == "delete" else "request"
    return await _respond(world, _page_of(world, form, found, step))


def read_status_form(fields: Mapping[str, str], preferred: Language) -> StatusForm:
    """Return the page's form from the fields that came."""
    return StatusForm(
        language=as_language(fields.get("language")) or preferred,
        number=fields.get("number", "").strip()[:_LONGEST_NUMBER],
        step=_STEPS.get(fields.get("step", ""), "number"),
        action=fields.get("action", "look"),
    )


def _find(world: World, number: str) -> Consultation | None:
    key = derived_key(world.settings, "requests")
    with world.storage.read() as session:
        found = status_of(session, number, key)
    return found if found is not None and is_told(found) else None


def _withdraw(world: World, number: str) -> bool:
    key = derived_key(world.settings, "requests")
    with world.storage.begin() as session:
        is_done = withdraw(session, number, key, world.now())
    if is_done:
        world.storage.forget_deleted()
    return is_done


async def _tell_deleted(world: World, form: StatusForm) -> Response:
    notice = say(world.shelf.knowledge(), "request_page_deleted", form.language)
    return await _respond(world, StatusPage(form.language, notice=notice))


async def _tell_unknown(world: World, form: StatusForm) -> Response:
    # One answer for a number that is unknown, wrong or no number at all; what was
    # typed may be another number of somebody's, so it is not shown again.
    problem = say(world.shelf.knowledge(), "request_page_unknown", form.language)
    return await _respond(world, StatusPage(form.language, problem=problem), _UNKNOWN)


async def _calendar(world: World, form: StatusForm, found: Consultation) -> Response:
    knowledge = world.shelf.knowledge()
    appointment = appointment_of(found)
    if appointment is None:
        page = _page_of(world, form, found, "request")
        problem = say(knowledge, "request_page_no_appointment", form.language)
        return await _respond(world, replace(page, problem=problem), _CONFLICT)
    content = await asyncio.to_thread(
        write_calendar,
        appointment,
        event_uid(found.reference, derived_key(world.settings, "requests")),
        say(knowledge, "request_page_event", form.language),
        found.version,
        world.now(),
    )
    name = _FILES[form.language]
    headers = {**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type="text/calendar")


def _page_of(
    world: World, form: StatusForm, found: Consultation, step: Step
) -> StatusPage:
    return StatusPage(
        language=form.language,
        step=step,
        number=form.number,
        lines=status_lines(found, world.shelf.knowledge(), form.language),
        has_appointment=appointment_of(found) is not None,
    )


async def _tell(request: Request, refused: ProblemResponse) -> Response:
    world = world_of(request)
    nothing = StatusForm(preferred_language(request))
    form: StatusForm = getattr(request.state, "status_form", nothing)
    wait = refused.headers.get("Retry-After")
    minutes = math.ceil(int(wait or _MINUTE) / _MINUTE)
    problem = say(
        world.shelf.knowledge(),
        _TOLD.get(refused.code, "request_page_not_read"),
        form.language,
        minutes=str(minutes),
    )
    number = form.number if refused.code in _UNTRIED else ""
    page = StatusPage(form.language, number=number, problem=problem)
    headers = {"Retry-After": wait} if wait else {}
    return await _respond(world, page, refused.status_code, headers)


async def _respond(
    world: World,
    page: StatusPage,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    def render() -> str:
        # Reading edited knowledge takes seconds: in a thread, as the page is laid out.
        return render_status(page, world.shelf.knowledge())

    html = await asyncio.to_thread(render)
    return HTMLResponse(html, status, {**_HEADERS, **(headers or {})})


routes = [
    Route(PATH, show_page, methods=["GET"]),
    Route(PATH, take_form, methods=["POST"]),
]
