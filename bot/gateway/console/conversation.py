"""The page of a conversation: read it, take it over, write in it, hand it back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, get_args

from starlette.responses import Response

from bot.core.errors import ChangedByOther, NotAllowed, RequestGone, StorageError
from bot.gateway import typing
from bot.gateway.console.desk import (
    ConsolePage,
    Visit,
    go_to,
    is_fragment,
    read_fields,
    show,
)
from bot.gateway.worker import BELL
from bot.knowledge.base import KnowledgeBase
from bot.services import handoffs
from bot.services.canned import canned_replies, with_canned
from bot.services.handoff_messages import MAX_REPLY, clean_reply
from bot.services.talks import Mode, Talk, look_at_talk, read_talk
from bot.storage import consultations
from bot.storage.engine import Transaction

_PAGE: Final = "conversation.html"
_MODES: Final = frozenset(get_args(Mode))
# Only what is known of the conversation is wanted, not what was said in it.
_NO_MESSAGES: Final = 999_999_999


async def show_conversation(visit: Visit) -> Response:
    """Show the conversation; htmx asks every second for what is new only."""
    if is_fragment(visit):
        return await _show_news(visit)
    talk = await asyncio.to_thread(_look, visit)
    return _show(visit, talk)


async def take_over(visit: Visit) -> Response:
    """Take the conversation from the assistant; what was typed stays in the box."""
    fields = await read_fields(visit)
    text = fields.get("text", "")
    try:
        await asyncio.to_thread(_join, visit)
    except (ChangedByOther, NotAllowed):
        return await _show_problem(visit, "not_taken", text, 409)
    except StorageError:
        return await _show_problem(visit, "not_saved", text, 503)
    if text.strip():
        return _show(visit, await asyncio.to_thread(_read, visit), text)
    return _back_to_page(visit, "conversation.taken")


async def reply(visit: Visit) -> Response:
    """Send what was typed, or put a ready reply into the box."""
    fields = await read_fields(visit)
    text = fields.get("text", "")
    if key := fields.get("canned"):
        talk = await asyncio.to_thread(_read, visit)
        knowledge = visit.world.shelf.current
        return _show(visit, talk, with_canned(knowledge, talk.language, key, text))
    if problem := _find_problem(text):
        return await _show_problem(visit, problem, text, 422)
    try:
        await asyncio.to_thread(_say, visit, text)
    except NotAllowed:
        return await _show_problem(visit, "not_sent", text, 409)
    except StorageError:
        return await _show_problem(visit, "not_saved", text, 503)
    return _back_to_page(visit)


async def hand_back(visit: Visit) -> Response:
    """Give the conversation back to the assistant; unsent words stay in the box."""
    text = (await read_fields(visit)).get("text", "")
    if text.strip():
        return await _show_problem(visit, "unsent", text, 422)
    try:
        await asyncio.to_thread(_hand_back, visit)
    except NotAllowed:
        return await _show_problem(visit, "not_yours", text, 409)
    except StorageError:
        return await _show_problem(visit, "not_saved", text, 503)
    return _back_to_page(visit, "conversation.handed_back")


async def note_typing(visit: Visit) -> Response:
    """Tell the visitor that somebody is writing; the words stay in the browser."""
    talk = await asyncio.to_thread(_read, visit, _NO_MESSAGES)
    if talk.request.conversation and talk.mode(visit.staff) == "reply":
        whose = talk.request.conversation
        await asyncio.to_thread(typing.note_typing, visit.world, whose, "staff")
        visit.world.wakeups.ring(whose)
    return Response(status_code=204)


async def _show_news(visit: Visit) -> Response:
    """Show what came after a number, and how things stand if that has changed."""
    query = visit.request.query_params
    after = query.get("after", "0")
    is_number = after.isascii() and after.isdigit() and len(after) <= 9
    talk = await asyncio.to_thread(_read, visit, int(after) if is_number else 0)
    shown, mode = query.get("mark", ""), query.get("mode", "")
    if not talk.lines and talk.mark == shown:
        return Response(status_code=204)
    return show(
        visit,
        "conversation_news.html",
        talk=talk,
        mode=talk.mode(visit.staff),
        shown_mode=mode if mode in _MODES else "",
        has_changed=talk.mark != shown,
        asking=_asking(visit),
    )


def _show(
    visit: Visit, talk: Talk, text: str = "", problem: str = "", status: int = 200
) -> Response:
    mode = talk.mode(visit.staff)
    return show(
        visit,
        _PAGE,
        status,
        talk=talk,
        mode=mode,
        shown_mode=mode,
        text=text,
        problem=problem,
        most=MAX_REPLY,
        asking=_asking(visit),
        canned=canned_replies(visit.world.shelf.current, talk.language),
    )


async def _show_problem(visit: Visit, problem: str, text: str, status: int) -> Response:
    """Show the page once more, with what was typed, and why it went no further."""
    try:
        talk = await asyncio.to_thread(_read, visit)
    except StorageError:
        return show(visit, "conversation_kept.html", 503, text=text, problem=problem)
    if talk.hindrance and problem in ("not_sent", "not_taken"):
        problem = talk.hindrance
    return _show(visit, talk, text, problem, status)


def _find_problem(text: str) -> str:
    length = len(clean_reply(text))
    return "too_long" if length > MAX_REPLY else "" if length else "empty"


def _back_to_page(visit: Visit, notice: str | None = None) -> Response:
    return go_to(visit, f"/requests/{_reference(visit)}/conversation", notice)


def _reference(visit: Visit) -> str:
    return str(visit.request.path_params["reference"])


def _look(visit: Visit) -> Talk:
    with visit.world.storage.begin() as session:
        return look_at_talk(session, _reference(visit), visit.staff, visit.now)


def _read(visit: Visit, after: int = 0) -> Talk:
    with visit.world.storage.read() as session:
        return read_talk(session, _reference(visit), visit.now, after)


def _change(
    visit: Visit, do: Callable[[Transaction, str, KnowledgeBase], object]
) -> None:
    """Do something in one transaction, then wake whoever waits for its message.

    Raises:
        NotAllowed: the conversation is gone, or it does not fit how things stand.
    """
    knowledge = visit.world.shelf.knowledge()
    with visit.world.storage.begin() as session:
        request = consultations.find_by_reference(session, _reference(visit))
        if request is None or request.conversation is None:
            raise NotAllowed
        try:
            do(session, request.conversation, knowledge)
        except RequestGone:
            raise NotAllowed from None
    visit.world.wakeups.ring(request.conversation)
    visit.world.wakeups.ring(BELL)


def _join(visit: Visit) -> None:
    _change(
        visit,
        lambda session, whose, knowledge: handoffs.join(
            session, whose, visit.staff, knowledge, visit.now
        ),
    )


def _say(visit: Visit, text: str) -> None:
    _change(
        visit,
        lambda session, whose, knowledge: handoffs.say(
            session, whose, visit.staff, text, knowledge, visit.now, _asking(visit)
        ),
    )


def _asking(visit: Visit) -> frozenset[str]:
    """The channels where a template can ask somebody to write first."""
    providers = visit.world.providers
    return frozenset(name for name, each in providers.items() if each.has_template)


def _hand_back(visit: Visit) -> None:
    _change(
        visit,
        lambda session, whose, knowledge: handoffs.hand_back(
            session, whose, visit.staff, knowledge, visit.now, handoffs.HANDED_BACK
        ),
    )


_ADDRESS: Final = "/requests/{reference}/conversation"
pages: Final = (
    ConsolePage(_ADDRESS, show_conversation, "talk"),
    ConsolePage(f"{_ADDRESS}/take", take_over, "talk", ("POST",)),
    ConsolePage(f"{_ADDRESS}/reply", reply, "talk", ("POST",)),
    ConsolePage(f"{_ADDRESS}/hand-back", hand_back, "talk", ("POST",)),
    ConsolePage(f"{_ADDRESS}/typing", note_typing, "talk", ("POST",)),
)
