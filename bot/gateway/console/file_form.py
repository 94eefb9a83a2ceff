"""Takes a form with a file: puts the file aside and hands the rest to the door.

The console's door reads plain forms only. Behind it the file waits at
`visit.request.state.file`; nothing of it is read before the sign-in, the permission and
the origin were checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from bot.gateway.console.desk import ConsolePage, Visit
from bot.gateway.console.door import Answer, open_to_staff
from bot.gateway.problems import Problem
from bot.gateway.reading import read_bytes

_FORM: Final = b"application/x-www-form-urlencoded"
_BOUNDARY: Final = re.compile(
    r"multipart/form-data;\s*boundary=\"?(?P<mark>[0-9A-Za-z'()+_,./:=? -]{1,70})\"?",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    rb"^content-disposition: form-data; name=\"(?P<name>[^\"\r\n]{1,60})\""
    rb"(?:; filename=\"(?P<file>[^\"\r\n]{0,300})\")?(?=\r\n|\Z)",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_PARTS: Final = 12
_ROOM_FOR_FIELDS: Final = 65_536


@dataclass(frozen=True)
class SentFile:
    """A file of a form: the name that it had there, and what is in it."""

    name: str
    data: bytes


def with_file(page: ConsolePage, most: int) -> Answer:
    """Return what answers a page whose form has one file of at most `most` bytes."""
    answer = open_to_staff(page)

    async def take(request: Request) -> Response:
        found = _BOUNDARY.fullmatch(request.headers.get("content-type", ""))
        if found is None:
            return await answer(request)
        state: dict[str, object] = dict(request.scope.get("state", {}))

        async def receive() -> Message:
            # Called when the door reads the form, not before.
            body = await read_bytes(request, most + _ROOM_FOR_FIELDS)
            fields, state["file"] = split_form(body, found["mark"].encode())
            plain = urlencode(fields).encode()
            return {"type": "http.request", "body": plain, "more_body": False}

        scope = {**request.scope, "state": state, "headers": _plain_headers(request)}
        return await answer(Request(scope, receive))

    return take


def sent_file(visit: Visit) -> SentFile | None:
    """Return the file that came with a form; None if none was chosen."""
    found: SentFile | None = getattr(visit.request.state, "file", None)
    return found if found and found.name else None


def split_form(body: bytes, mark: bytes) -> tuple[Mapping[str, str], SentFile | None]:
    """Return the fields and the file of a form's body.

    Raises:
        Problem: it is no such form, or has anything twice.
    """
    first, *parts = (b"\r\n" + body).split(b"\r\n--" + mark, _MOST_PARTS)
    if first or not parts or not parts.pop().startswith(b"--"):
        raise Problem("bad_request")
    fields: dict[str, str] = {}
    file: SentFile | None = None
    for part in parts:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        found = _PART.search(head)
        if found is None:
            raise Problem("bad_request")
        try:
            name = found["name"].decode()
            if found["file"] is None and name not in fields:
                fields[name] = content.decode()
            elif found["file"] is not None and file is None:
                file = SentFile(found["file"].decode(), content)
            else:
                raise Problem("bad_request")
        except UnicodeDecodeError:
            raise Problem("bad_request") from None
    return fields, file


def _plain_headers(request: Request) -> list[tuple[bytes, bytes]]:
    kept = [
        (name, value)
        for name, value in request.scope["headers"]
        if name not in (b"content-type", b"content-length")
    ]
    return [*kept, (b"content-type", _FORM)]
