"""One's own account: language, password, second factor, signing out everywhere."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from typing import Final

from markupsafe import Markup
from starlette.responses import Response

from bot.core.languages import as_language
from bot.gateway.console.desk import (
    ConsolePage,
    Visit,
    desk_of,
    go_to,
    own_path,
    read_fields,
    show,
)
from bot.gateway.console.sign_in import forget_token, hash_password, keep_token
from bot.gateway.problems import Problem
from bot.services import accounts, sign_ins
from bot.services.passwords import find_weakness
from bot.services.second_factor import derive_secret, in_groups, setup_picture
from bot.services.sign_ins import token_key
from bot.storage import staff
from bot.storage.engine import Transaction


async def show_account(visit: Visit) -> Response:
    """Show who one is and what one can change."""
    return _account_page(visit)


async def take_language(visit: Visit) -> Response:
    """Keep another language and go back to the page where it was chosen."""
    fields = await read_fields(visit)
    language = as_language(fields.get("language"))
    if language is None:
        raise Problem("bad_request")
    values = {"language": language}
    await _write(visit, lambda session: staff.change(session, visit.staff.id, values))
    return go_to(visit, own_path(fields.get("back")))


async def take_password(visit: Visit) -> Response:
    """Keep a new password; other sign-ins end."""
    fields = await read_fields(visit)
    password = fields.get("password", "")
    problem = find_weakness(password, visit.staff.login, visit.staff.name)
    if problem is None and password != fields.get("again", ""):
        problem = "not_the_same"
    if problem is None and not await _knows_password(visit, fields):
        problem = "wrong_password"
    if problem is not None:
        return _account_page(visit, problem)
    hashed = await hash_password(desk_of(visit.request), password)
    return await _change_and_stay(
        visit,
        "account.password_changed",
        lambda session: accounts.change_password(
            session, visit.staff.id, hashed, visit.now
        ),
    )


async def show_factor(visit: Visit) -> Response:
    """Show the picture of a new second factor; the present one goes on working."""
    return _factor_page(visit)


async def take_factor(visit: Visit) -> Response:
    """Keep the new second factor once its first code came; other sign-ins end."""
    fields = await read_fields(visit)
    if not await _knows_password(visit, fields):
        return _factor_page(visit, "wrong_password")
    code, secret = fields.get("code", ""), _new_secret(visit)
    try:
        return await _change_and_stay(
            visit,
            "account.factor_changed",
            lambda session: accounts.change_factor(
                session, visit.staff.id, secret, code, visit.now
            ),
        )
    except accounts.Refused as refused:
        return _factor_page(visit, refused.reason)


async def take_everywhere(visit: Visit) -> Response:
    """Sign out of every browser, this one too."""
    await _write(
        visit,
        lambda session: sign_ins.sign_out_everywhere(session, visit.staff, visit.now),
    )
    response = go_to(visit, "/sign-in", notice="sign_in.signed_out")
    forget_token(response)
    return response


def _account_page(visit: Visit, problem: str = "") -> Response:
    return show(visit, "account.html", 422 if problem else 200, problem=problem)


def _factor_page(visit: Visit, problem: str = "") -> Response:
    secret = _new_secret(visit)
    return show(
        visit,
        "account_factor.html",
        422 if problem else 200,
        problem=problem,
        picture=Markup(setup_picture(secret, visit.staff.login)),  # noqa: S704
        secret=in_groups(secret),
    )


def _new_secret(visit: Visit) -> str:
    # Another sign-in, another secret: and after each change the sign-in is another.
    key = desk_of(visit.request).factor_key
    return derive_secret(key, f"account:{visit.session_key}")


async def _knows_password(visit: Visit, fields: dict[str, str]) -> bool:
    desk = desk_of(visit.request)
    async with desk.hashing:
        return await asyncio.to_thread(
            sign_ins.confirm_password,
            visit.world.storage,
            desk.passwords,
            visit.staff.id,
            fields.get("present", ""),
            visit.now,
        )


async def _change_and_stay(
    visit: Visit, notice: str, change: Callable[[Transaction], None]
) -> Response:
    token = secrets.token_urlsafe(32)
    key = token_key(token, desk_of(visit.request).session_key)

    def change_and_renew(session: Transaction) -> None:
        change(session)
        sign_ins.renew_session(session, visit.staff, key, visit.now)

    await _write(visit, change_and_renew)
    response = go_to(visit, "/account", notice=notice)
    keep_token(response, token)
    return response


async def _write(visit: Visit, change: Callable[[Transaction], None]) -> None:
    def write() -> None:
        with visit.world.storage.begin() as session:
            change(session)

    await asyncio.to_thread(write)


pages: Final = (
    ConsolePage("/account", show_account, "see_own_account"),
    ConsolePage("/account/language", take_language, "see_own_account", ("POST",)),
    ConsolePage("/account/password", take_password, "see_own_account", ("POST",)),
    ConsolePage("/account/factor", show_factor, "see_own_account"),
    ConsolePage("/account/factor", take_factor, "see_own_account", ("POST",)),
    ConsolePage("/account/everywhere", take_everywhere, "see_own_account", ("POST",)),
)
