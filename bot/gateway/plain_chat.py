"""The page /chat: the assistant for browsers that run no JavaScript."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.channels.web import present
from bot.core.conversations import conversation_id, is_token
from bot.core.errors import StorageError
from bot.core.languages import Language, as_language
from bot.gateway import visits
from bot.gateway.plain_form import (
    PlainForm,
    first_token,
    new_message_id,
    read_plain_form,
)
from bot.gateway.plain_view import Page, render_page
from bot.gateway.problems import Problem, ProblemResponse
from bot.gateway.reading import preferred_language, read_address, read_form
from bot.gateway.world import World, world_of
from bot.services.showing import say

PATH: Final = "/chat"
_HEADERS: Final = {
    "Cache-Control": "no-store",
    # With the guard's no-referrer, browsers name no origin when they post this form,
    # and the guard would take it for a foreign website's.
    "Referrer-Policy": "same-origin",
}
# What each refusal is in a visitor's words; the others are told as "not read".
_TOLD: Final = {
    "internal": "apology",
    "no_session": "plain_ended",
    "too_large": "plain_too_large",
    "too_many_messages": "plain_busy",
    "unavailable": "apology",
    "unknown_button": "plain_button_gone",
}
# After these the same message may be sent again, and must not run twice.
_PASSING: Final = frozenset({"internal", "too_many_messages", "unavailable"})
_UNREAD: Final = 422
_SHORTEST_WAIT: Final = 2

Handler = Callable[[Request, Exception], Awaitable[ProblemResponse]]


async def show_page(request: Request) -> Response:
    """Show the greeting and an empty form; nothing is kept yet."""
    world = world_of(request)
    await _look_for_edits(world)
    wanted = as_language(request.query_params.get("lang"))
    language = wanted or preferred_language(request)
    return await _respond(world, _fresh_page(world, PlainForm(language)))


async def take_form(request: Request) -> Response:
    """Do what the visitor wants and show the whole conversation."""
    world, preferred = world_of(request), preferred_language(request)
    await _look_for_edits(world)
    form = read_plain_form(await read_form(request), preferred)
    request.state.plain_form = form
    if form.is_delete:
        return await _delete(world, form)
    if form.is_switch and not form.token:
        form = form.in_other_language()
        return await _respond(world, _fresh_page(world, form))
    sent = form.sent_message()
    token = form.token or first_token(sent, world.key)
    if not is_token(token):
        raise Problem("no_session")
    _count(world, form, token, read_address(request))
    objection = visits.find_objection(sent)
    if objection is not None:
        return await _object(world, form, objection)
    if not form.token:
        await visits.start_visit(world, token, form.language, form.language)
    await visits.hear_message(world, conversation_id(token, world.key), sent)
    form = replace(form, token=token)
    if form.is_switch:
        form = form.in_other_language()
    return await _respond(world, await _page_of(world, form, form.kept_text))


async def _look_for_edits(world: World) -> None:
    # Reading it anew takes seconds: in a thread, before the page asks for it.
    await asyncio.to_thread(world.shelf.knowledge)


def _count(world: World, form: PlainForm, token: str, address: str) -> None:
    if not form.token:
        world.limits.count_session(address)
    world.limits.count_message(conversation_id(token, world.key), address)


async def _object(world: World, form: PlainForm, objection: str) -> Response:
    page = await _page_of(world, form, form.unsent_text)
    told = say(world.shelf.knowledge(), objection, form.language)
    page = replace(page, problem=(told,), is_text_wrong=True)
    return await _respond(world, page, _UNREAD)


async def _delete(world: World, form: PlainForm) -> Response:
    if is_token(form.token):
        # Gone already is what the visitor wants, too.
        with suppress(Problem):
            await visits.delete_visit(world, conversation_id(form.token, world.key))
    told = say(world.shelf.knowledge(), "plain_deleted", form.language)
    page = _fresh_page(world, PlainForm(form.language, text=form.text))
    return await _respond(world, replace(page, notice=told))


def as_page(handler: Handler) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return a handler that tells the visitors of this page in a page what went wrong.

    Everybody else gets what the given handler answers.
    """

    async def tell(request: Request, error: Exception) -> Response:
        refused = await handler(request, error)
        if request.url.path != PATH:
            return refused
        return await _tell(request, refused)

    return tell


async def _tell(request: Request, refused: ProblemResponse) -> Response:
    world, nothing = world_of(request), PlainForm(preferred_language(request))
    form: PlainForm = getattr(request.state, "plain_form", nothing)
    if refused.code == "no_session":
        form = replace(form, token="")
    page = await _page_of(world, form, form.unsent_text)
    if refused.code in _PASSING:
        page = replace(page, message_id=form.message_id or page.message_id)
    page = replace(page, problem=_explain(world, form, refused))
    wait = refused.headers.get("Retry-After")
    return await _respond(
        world, page, refused.status_code, {"Retry-After": wait} if wait else {}
    )


def _explain(
    world: World, form: PlainForm, refused: ProblemResponse
) -> tuple[str, ...]:
    knowledge = world.shelf.knowledge()
    key = _TOLD.get(refused.code, "plain_not_read")
    if form.is_delete and refused.code in _PASSING:
        key = "plain_not_deleted"
    seconds = max(_SHORTEST_WAIT, int(refused.headers.get("Retry-After", "0")))
    told = say(knowledge, key, form.language, seconds=str(seconds))
    kept = say(knowledge, "plain_kept", form.language)
    return (told, kept) if form.unsent_text else (told,)


async def _page_of(world: World, form: PlainForm, text: str) -> Page:
    page = replace(_fresh_page(world, form), text=text)
    if not is_token(form.token):
        return page
    try:
        found = await visits.read_on(world, conversation_id(form.token, world.key))
    except StorageError:
        return page
    except Problem:
        return replace(page, token="")
    return replace(page, messages=found)


def _fresh_page(world: World, form: PlainForm) -> Page:
    return Page(
        language=form.language,
        messages=[_greeting(world, form.language)],
        message_id=new_message_id(),
        token=form.token,
        text=form.text,
    )


def _greeting(world: World, language: Language) -> dict[str, Any]:
    return present({"seq": 0, **visits.greeting(world, language)})


async def _respond(
    world: World, page: Page, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    html = await asyncio.to_thread(render_page, page, world.shelf.knowledge())
    return HTMLResponse(html, status, {**_HEADERS, **(headers or {})})


routes = [
    Route(PATH, show_page, methods=["GET"]),
    Route(PATH, take_form, methods=["POST"]),
]
