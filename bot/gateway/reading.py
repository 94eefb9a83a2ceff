"""Reads a request safely: size, type, form, token, in that order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.requests import Request

from bot.core.conversations import conversation_id, is_token
from bot.core.languages import Language
from bot.gateway.problems import Problem
from bot.services.feedback import Ballot

MAX_BODY_BYTES: Final = 65_536
# A form comes back with what was typed, however long: only here it would be lost.
MAX_FORM_BYTES: Final = 262_144
_FORM: Final = "application/x-www-form-urlencoded"
_MAX_ID: Final = 64
_MAX_FIELDS: Final = 20
_MAX_SEQ: Final = 999_999_999


@dataclass(frozen=True)
class SentMessage:
    """What a visitor sends: an id of its own and either words or a button."""

    id: str
    text: str | None
    button: tuple[int, int] | None


async def read_json(request: Request) -> dict[str, Any]:
    """Return the JSON object in a request's body.

    Raises:
        Problem: the body is too large, is not JSON or is no object.
    """
    body = await _read_body(request, "application/json", MAX_BODY_BYTES)
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise Problem("bad_request") from None
    if not isinstance(data, dict):
        raise Problem("bad_request")
    return data


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form in a request's body, each once.

    Raises:
        Problem: the body is too large or is not such a form.
    """
    body = await _read_body(request, _FORM, MAX_FORM_BYTES)
    try:
        fields = parse_qs(
            body,
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except ValueError:
        raise Problem("bad_request") from None
    if any(len(values) > 1 for values in fields.values()):
        raise Problem("bad_request")
    return {name: values[0] for name, values in fields.items()}


async def read_bytes(request: Request, most: int = MAX_BODY_BYTES) -> bytes:
    """Return a request's body.

    Raises:
        Problem: the body is too large.
    """
    announced = request.headers.get("content-length", "0")
    if not announced.isdigit() or int(announced) > most:
        raise Problem("too_large" if announced.isdigit() else "bad_request")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Problem("too_large")
    return bytes(body)


async def _read_body(request: Request, wanted: str, most: int) -> str:
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > most:
        raise Problem("too_large")
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != wanted:
        raise Problem("unsupported_media_type")
    try:
        return (await read_bytes(request, most)).decode("utf-8")
    except ValueError:
        raise Problem("bad_request") from None


def read_message(data: dict[str, Any]) -> SentMessage:
    """Return the message in a body.

    Raises:
        Problem: a field is missing, of a wrong type, or not one of ours.
    """
    message_id, text, button = data.get("id"), data.get("text"), data.get("button")
    if not isinstance(message_id, str) or not 1 <= len(message_id) <= _MAX_ID:
        raise Problem("bad_request")
    if not (message_id.isascii() and message_id.isprintable()):
        raise Problem("bad_request")
    if isinstance(text, str) and button is None:
        return SentMessage(message_id, text, None)
    if isinstance(button, str) and text is None:
        return SentMessage(message_id, None, _button(button))
    raise Problem("bad_request")


def _button(button: str) -> tuple[int, int]:
    seq, dot, place = button.partition(".")
    short = len(button) <= 12 and dot
    if not (
        short
        and seq.isascii()
        and seq.isdigit()
        and place.isascii()
        and place.isdigit()
    ):
        raise Problem("bad_request")
    return int(seq), int(place)


def read_ballot(conversation: str, data: dict[str, Any]) -> Ballot:
    """Return the vote in a body.

    Raises:
        Problem: a field is missing, of a wrong type, or not one of ours.
    """
    seq, entry = data.get("seq"), data.get("entry")
    helpful, share = data.get("helpful"), data.get("share", False)
    # True and False are numbers to Python, but not to us.
    if not isinstance(seq, int) or isinstance(seq, bool) or not 0 < seq <= _MAX_SEQ:
        raise Problem("bad_request")
    if not isinstance(entry, str) or not entry:
        raise Problem("bad_request")
    if not isinstance(helpful, bool) or not isinstance(share, bool):
        raise Problem("bad_request")
    return Ballot(conversation, seq, entry, helpful, share)


def read_token(request: Request) -> str:
    """Return the visitor's token.

    Raises:
        Problem: there is none, or it has not the form of ours.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not is_token(token.strip()):
        raise Problem("no_session")
    return token.strip()


def read_conversation(request: Request, key: bytes) -> str:
    """Return the conversation that the request's token opens."""
    return conversation_id(read_token(request), key)


def read_address(request: Request) -> str:
    """Return the network address that a request comes from, empty where unknown."""
    return request.client.host if request.client else ""


def preferred_language(request: Request) -> Language:
    """Return the language that a visitor's browser prefers."""
    first = request.headers.get("accept-language", "").strip().lower()
    return "es" if first.startswith("es") else "en"
