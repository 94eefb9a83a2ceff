"""The ways in and out of the console: sign-in, one-time link, sign-out."""

from __future__ import annotations

import asyncio
import secrets
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.errors import RequestGone, TooManyMessages
from bot.core.languages import Language, as_language
from bot.core.staff import Staff
from bot.gateway.console.desk import (
    PREFIX,
    ConsolePage,
    Desk,
    Visit,
    desk_of,
    go_to,
    language_of,
    own_path,
    render,
)
from bot.gateway.console.door import (
    SESSION_COOKIE,
    is_from_own_page,
    tell,
    told_in_words,
)
from bot.gateway.reading import read_form
from bot.services import accounts, sign_ins
from bot.services.passwords import find_weakness
from bot.services.second_factor import derive_secret, in_groups, setup_picture
from bot.services.sign_ins import Credentials, token_key

# With no-referrer browsers name no origin when they post; this tells it, and nothing
# of the address that holds the token.
_JOIN_HEADERS: Final = {"Referrer-Policy": "strict-origin"}


async def show_sign_in(request: Request) -> Response:
    """Show the form for signing in."""
    following = own_path(request.query_params.get("next"))
    return _sign_in_page(request, language_of(request), following)


async def take_sign_in(request: Request) -> Response:
    """Sign in; every failure looks the same."""
    desk = desk_of(request)
    if not is_from_own_page(request):
        return tell(request, 403, "foreign")
    fields = await read_form(request)
    language = as_language(fields.get("language")) or language_of(request)
    following = own_path(fields.get("next"))
    login = fields.get("login", "")
    try:
        desk.limits.count_session(_address(request))
    except TooManyMessages as wait:
        refused = _sign_in_page(request, language, following, login, 429)
        refused.headers["Retry-After"] = str(wait.retry_after_seconds)
        return refused
    given = Credentials(login, fields.get("password", ""), fields.get("code", ""))
    token = secrets.token_urlsafe(32)
    async with desk.hashing:
        person = await asyncio.to_thread(
            sign_ins.sign_in,
            desk.world.storage,
            desk.passwords,
            given,
            token_key(token, desk.session_key),
            desk.world.now(),
        )
    if person is None:
        return _sign_in_page(request, language, following, login, 401)
    response = RedirectResponse(f"{PREFIX}{following}", 303)
    keep_token(response, token)
    return response


async def show_join(request: Request) -> Response:
    """Show what somebody with a one-time link chooses."""
    token = request.query_params.get("token", "")
    return await _join_page(request, await _joining(request, token), token)


async def take_join(request: Request) -> Response:
    """Keep what was chosen; then the link is dead."""
    if not is_from_own_page(request):
        return tell(request, 403, "foreign")
    fields = await read_form(request)
    token = fields.get("token", "")
    wanted = as_language(fields.get("language"))
    language = wanted or await _joining(request, token)
    try:
        await _join(desk_of(request), fields, language)
    except accounts.Refused as refused:
        return await _join_page(request, language, token, fields, refused.reason)
    except RequestGone:
        return await _join_page(request, language, "")
    page = render(request, "sign_in_ready.html", language=language)
    page.headers.update(_JOIN_HEADERS)
    return page


async def go_home(visit: Visit) -> Response:
    """Open the page that this person works with."""
    is_intake = visit.staff.may("see_requests")
    return go_to(visit, "/requests" if is_intake else "/knowledge")


async def take_sign_out(visit: Visit) -> Response:
    """End this sign-in."""

    def sign_out() -> None:
        with visit.world.storage.begin() as session:
            sign_ins.sign_out(session, visit.staff, visit.session_key, visit.now)

    await asyncio.to_thread(sign_out)
    response = go_to(visit, "/sign-in", notice="sign_in.signed_out")
    forget_token(response)
    return response


def keep_token(response: Response, token: str) -> None:
    """Give the browser the token of a sign-in; it goes when the browser is closed."""
    response.set_cookie(
        SESSION_COOKIE, token, path="/", secure=True, httponly=True, samesite="strict"
    )


def forget_token(response: Response) -> None:
    """Take the token back from the browser."""
    response.delete_cookie(
        SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="strict"
    )


async def hash_password(desk: Desk, password: str) -> str:
    """Return the hash of a password; not more than a few are made at once."""
    async with desk.hashing:
        return await asyncio.to_thread(desk.passwords.hash, password)


def _sign_in_page(
    request: Request,
    language: Language,
    following: str,
    login: str = "",
    status: int = 200,
) -> Response:
    return render(
        request,
        "sign_in.html",
        status,
        language=language,
        following=following,
        login=login,
        is_wrong=status != 200,
    )


async def _join(desk: Desk, fields: dict[str, str], language: Language) -> None:
    storage, now, token = desk.world.storage, desk.world.now(), fields.get("token", "")
    person = await asyncio.to_thread(_invited, desk, token)
    if person is None:
        raise RequestGone
    name, password = (
        accounts.as_name(fields.get("name", "")),
        fields.get("password", ""),
    )
    weakness = find_weakness(password, person.login, name)
    if weakness is None and password != fields.get("again", ""):
        weakness = "not_the_same"
    if weakness is not None:
        raise accounts.Refused(weakness)
    secret = _secret_of(desk, token)
    hashed = await hash_password(desk, password)
    code = fields.get("code", "")
    chosen = accounts.SetUp(name, language, hashed, secret, code)

    def complete() -> None:
        with storage.begin() as session:
            accounts.join(session, token, desk.session_key, chosen, now)

    await asyncio.to_thread(complete)


async def _join_page(
    request: Request,
    language: Language,
    token: str,
    fields: dict[str, str] | None = None,
    problem: str = "",
) -> Response:
    desk = desk_of(request)
    person = await asyncio.to_thread(_invited, desk, token) if token else None
    if person is None:
        page = render(request, "sign_in_dead.html", 404, language=language)
    else:
        secret = _secret_of(desk, token)
        page = render(
            request,
            "join.html",
            422 if problem else 200,
            language=language,
            token=token,
            login=person.login,
            name=(fields or {}).get("name", person.name),
            problem=problem,
            picture=Markup(setup_picture(secret, person.login)),  # noqa: S704
            secret=in_groups(secret),
        )
    page.headers.update(_JOIN_HEADERS)
    return page


async def _joining(request: Request, token: str) -> Language:
    """Return the language of the account, unless another is asked for."""
    person = await asyncio.to_thread(_invited, desk_of(request), token)
    wanted = as_language(request.query_params.get("lang"))
    return wanted or (person.language if person else language_of(request))


def _invited(desk: Desk, token: str) -> Staff | None:
    with desk.world.storage.read() as session:
        return accounts.invited(session, token, desk.session_key, desk.world.now())


def _secret_of(desk: Desk, token: str) -> str:
    return derive_secret(desk.factor_key, f"invite:{token}")


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


open_routes: Final = (
    Route("/sign-in", told_in_words(show_sign_in), methods=["GET"]),
    Route("/sign-in", told_in_words(take_sign_in), methods=["POST"]),
    Route("/join", told_in_words(show_join), methods=["GET"]),
    Route("/join", told_in_words(take_join), methods=["POST"]),
)
pages: Final = (
    ConsolePage("/", go_home, "see_own_account"),
    ConsolePage("/sign-out", take_sign_out, "see_own_account", ("POST",)),
)
