"""The people who may sign in: adding, roles, new links, shutting out. Admins only."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from typing import Any, Final

from starlette.responses import Response

from bot.core.languages import as_language
from bot.core.staff import ROLES, Staff
from bot.gateway.console.desk import (
    PREFIX,
    ConsolePage,
    Visit,
    desk_of,
    go_to,
    read_fields,
    show,
)
from bot.services import accounts
from bot.storage import staff
from bot.storage.engine import Transaction

_NOTHING_TYPED: Final = {"login": "", "name": "", "role": "", "language": ""}


async def show_people(visit: Visit) -> Response:
    """Show everybody who may sign in, or could."""
    return await _people_page(visit)


async def take_person(visit: Visit) -> Response:
    """Add a person and show their one-time link, once."""
    fields = await read_fields(visit)
    language = as_language(fields.get("language")) or visit.staff.language

    def add(session: Transaction) -> Staff:
        return accounts.add(
            session,
            visit.staff.id,
            fields.get("login", ""),
            fields.get("name", ""),
            fields.get("role", ""),
            language,
            visit.now,
        )

    try:
        return await _show_link(visit, add)
    except accounts.Refused as refused:
        return await _people_page(visit, refused.reason, fields)


async def take_link(visit: Visit) -> Response:
    """Show a new one-time link, once; the person's password and phone are void."""
    staff_id = _whom(visit)
    if staff_id == visit.staff.id:
        return await _people_page(visit, "is_yourself")

    def same(session: Transaction) -> Staff | None:
        account = staff.find(session, staff_id)
        return account.staff if account else None

    return await _changing(visit, lambda: _show_link(visit, same))


async def take_role(visit: Visit) -> Response:
    """Give a person another role."""
    fields = await read_fields(visit)
    role, whom = fields.get("role", ""), _whom(visit)
    return await _change(
        visit,
        lambda session: accounts.change_role(
            session, visit.staff.id, whom, role, visit.now
        ),
    )


async def take_disable(visit: Visit) -> Response:
    """Shut a person out."""
    whom = _whom(visit)
    return await _change(
        visit,
        lambda session: accounts.disable(session, visit.staff.id, whom, visit.now),
    )


async def take_enable(visit: Visit) -> Response:
    """Let a person in again."""
    whom = _whom(visit)
    return await _change(
        visit,
        lambda session: accounts.enable(session, visit.staff.id, whom, visit.now),
    )


def link_address(base: str, token: str) -> str:
    """Return the address of a one-time link.

    >>> link_address("https://chat.office.example/", "abc")
    'https://chat.office.example/staff/join?token=abc'
    """
    return f"{base.rstrip('/')}{PREFIX}/join?token={token}"


def _whom(visit: Visit) -> int:
    return int(visit.request.path_params["staff_id"])


async def _show_link(
    visit: Visit, find: Callable[[Transaction], Staff | None]
) -> Response:
    token = secrets.token_urlsafe(32)
    key = desk_of(visit.request).session_key

    def invite() -> Staff:
        with visit.world.storage.begin() as session:
            found = find(session)
            whom = found.id if found else 0
            return accounts.invite(session, visit.staff.id, whom, token, key, visit.now)

    person = await asyncio.to_thread(invite)
    base = visit.world.settings.PUBLIC_URL or str(
        visit.request.base_url.replace(path="")
    )
    return show(
        visit,
        "staff_link.html",
        person=person,
        link=link_address(base, token),
        hours=accounts.INVITE_HOURS,
    )


async def _change(visit: Visit, change: Callable[[Transaction], None]) -> Response:
    def write() -> None:
        with visit.world.storage.begin() as session:
            change(session)

    async def change_and_return() -> Response:
        await asyncio.to_thread(write)
        return go_to(visit, "/staff", notice="staff.changed")

    return await _changing(visit, change_and_return)


async def _changing(visit: Visit, answer: Callable[[], Any]) -> Response:
    try:
        response: Response = await answer()
    except accounts.Refused as refused:
        return await _people_page(visit, refused.reason)
    return response


async def _people_page(
    visit: Visit, problem: str = "", fields: dict[str, str] | None = None
) -> Response:
    def read() -> list[staff.Account]:
        with visit.world.storage.read() as session:
            return staff.everybody(session)

    people = await asyncio.to_thread(read)
    return show(
        visit,
        "staff.html",
        422 if problem else 200,
        people=people,
        roles=ROLES,
        problem=problem,
        fields={**_NOTHING_TYPED, **(fields or {})},
    )


pages: Final = (
    ConsolePage("/staff", show_people, "manage_staff"),
    ConsolePage("/staff", take_person, "manage_staff", ("POST",)),
    ConsolePage("/staff/{staff_id:int}/role", take_role, "manage_staff", ("POST",)),
    ConsolePage("/staff/{staff_id:int}/link", take_link, "manage_staff", ("POST",)),
    ConsolePage(
        "/staff/{staff_id:int}/disable", take_disable, "manage_staff", ("POST",)
    ),
    ConsolePage("/staff/{staff_id:int}/enable", take_enable, "manage_staff", ("POST",)),
)
