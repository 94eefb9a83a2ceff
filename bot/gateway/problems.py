"""What is said when a request cannot be served: short JSON, never a traceback."""

from __future__ import annotations

import logging
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.core.errors import StorageError, TooManyMessages

logger: Final = logging.getLogger(__name__)

_MESSAGES: Final[dict[str, tuple[int, str]]] = {
    "bad_request": (400, "The request is not of the form that the chat API takes."),
    "no_session": (
        401,
        "This conversation is not known or has ended. Start a new one.",
    ),
    "unsigned": (403, "The signature of this call is missing or wrong."),
    "foreign_origin": (403, "This website may not use the chat."),
    "not_found": (404, "There is nothing at this address."),
    "unknown_answer": (404, "There is no such answer in this conversation."),
    "method_not_allowed": (405, "This address does not take that method."),
    "unknown_button": (
        409,
        "This button is no longer there. Type your question instead.",
    ),
    "too_large": (413, "The request is too large."),
    "unsupported_media_type": (415, "Send JSON with Content-Type: application/json."),
    "too_many_messages": (
        429,
        "Too many messages at once. Wait a little, then try again.",
    ),
    "unavailable": (
        503,
        "Temporarily unavailable. Nothing was saved. Try again in a minute.",
    ),
    "internal": (500, "Something went wrong on our side. Try again in a minute."),
}
_CODE_OF_STATUS: Final = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
}


class Problem(Exception):
    """A request that is refused, with the code that the answer carries."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class ProblemResponse(JSONResponse):
    """The answer to a refused request; its code is for pages that say it in words."""

    def __init__(self, code: str, status: int, body: Any, headers: Any) -> None:
        super().__init__(body, status, headers)
        self.code = code


def problem_response(code: str, retry_after: int | None = None) -> ProblemResponse:
    """Return the JSON answer to a refused request."""
    status, message = _MESSAGES[code]
    headers = {"Cache-Control": "no-store"}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    body = {"error": {"code": code, "message": message}}
    return ProblemResponse(code, status, body, headers)


async def on_problem(_request: Request, error: Exception) -> ProblemResponse:
    """Answer a Problem."""
    return problem_response(error.code if isinstance(error, Problem) else "internal")


async def on_too_many(_request: Request, error: Exception) -> ProblemResponse:
    """Answer a visitor who sends too much."""
    wait = error.retry_after_seconds if isinstance(error, TooManyMessages) else 1
    return problem_response("too_many_messages", wait)


async def on_unknown_conversation(
    _request: Request, _error: Exception
) -> ProblemResponse:
    """Answer a token whose conversation is gone."""
    return problem_response("no_session")


async def on_unknown_answer(_request: Request, _error: Exception) -> ProblemResponse:
    """Answer a vote on what was not answered."""
    return problem_response("unknown_answer")


async def on_storage_error(_request: Request, error: Exception) -> ProblemResponse:
    """Answer while the database is away."""
    logger.error("database: %s", error if isinstance(error, StorageError) else "error")
    return problem_response("unavailable", 10)


async def on_http_error(_request: Request, error: Exception) -> ProblemResponse:
    """Answer what Starlette itself refuses."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return problem_response(_CODE_OF_STATUS.get(status, "internal"))


async def on_error(_request: Request, _error: Exception) -> ProblemResponse:
    """Answer what nobody foresaw."""
    return problem_response("internal")
