"""Takes a form with very many or very long fields, such as a whole entry.

The console's door reads small forms only. Behind it the fields of a large one wait at
`visit.request.state.wide`; nothing of them is read before the sign-in, the permission
and the origin were checked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from bot.core.staff import Staff
from bot.gateway.console.desk import (
    ConsolePage,
    Visit,
    desk_of,
    language_of,
    render,
    wants_fragment,
)
from bot.gateway.console.door import (
    SESSION_COOKIE,
    Answer,
    csrf_token,
    is_from_own_page,
    open_to_staff,
)
from bot.gateway.problems import Problem
from bot.gateway.reading import read_bytes
from bot.services.sign_ins import token_key

# Two files of 200 kB, every sign of which a form may write as nine.
MAX_BYTES: Final = 4_000_000
_MAX_FIELDS: Final = 80
# Refusals after which nobody shall have to type again, and the words for each.
_REFUSED: Final = {
    401: "rescue_signed_out",
    403: "rescue_foreign",
    500: "rescue_failed",
    503: "rescue_unavailable",
}


def with_many_fields(page: ConsolePage) -> Answer:
    """Return what answers a page whose form has many fields."""
    answer = open_to_staff(page)

    async def take(request: Request) -> Response:
        state: dict[str, object] = dict(request.scope.get("state", {}))

        async def receive() -> Message:
            # Called when the door reads the form, not before.
            fields = split_fields(await read_bytes(request, MAX_BYTES))
            own = urlencode({"csrf": fields.pop("csrf", "")}).encode()
            state["wide"] = fields
            return {"type": "http.request", "body": own, "more_body": False}

        headers = [
            (name, value)
            for name, value in request.scope["headers"]
            if name != b"content-length"
        ]
        scope = {**request.scope, "state": state, "headers": headers}
        inner = Request(scope, receive)
        response = await answer(inner)
        if response.status_code in _REFUSED:
            return await _give_back(inner, receive, page, response)
        return response

    return take


async def _give_back(
    request: Request,
    receive: Callable[[], Awaitable[Message]],
    page: ConsolePage,
    refused: Response,
) -> Response:
    """Return what was typed together with why it was not taken.

    Browsers forget a form that is sent to a page which they may not keep. Only forms
    that surely come from a page of our own are shown again.
    """
    staff: Staff | None = getattr(request.state, "staff", None)
    is_ours = "origin" in request.headers and is_from_own_page(request)
    if (
        not is_ours
        or wants_fragment(request)
        or (staff is not None and not staff.may(page.permission))
    ):
        return refused
    try:
        if not hasattr(request.state, "wide"):
            await receive()
    except Problem:
        return refused
    fields: dict[str, str] = request.state.wide
    if "shown_as" not in fields:
        return refused
    desk = desk_of(request)
    key = token_key(request.cookies.get(SESSION_COOKIE, ""), desk.session_key)
    return render(
        request,
        "knowledge_rescue.html",
        refused.status_code,
        language=staff.language if staff else language_of(request),
        staff=staff,
        csrf=csrf_token(desk.session_key, key) if staff else "",
        problem=_REFUSED[refused.status_code],
        fields=fields,
    )


def wide_fields(visit: Visit) -> dict[str, str]:
    """Return the fields of the form that was sent, lines ending as in our files."""
    fields: dict[str, str] = getattr(visit.request.state, "wide", {})
    return {
        name: value.replace("\r\n", "\n").replace("\r", "\n")
        for name, value in fields.items()
    }


def split_fields(body: bytes) -> dict[str, str]:
    """Return the fields of a form's body, each once.

    Raises:
        Problem: it is no such form.
    """
    try:
        fields = parse_qs(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except ValueError:
        raise Problem("bad_request") from None
    if any(len(values) > 1 for values in fields.values()):
        raise Problem("bad_request")
    return {name: values[0] for name, values in fields.items()}
