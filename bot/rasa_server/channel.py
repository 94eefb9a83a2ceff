"""The only door into Rasa: one private address that our gateway alone may call."""

from __future__ import annotations

import hmac
import logging
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import (
    CollectingOutputChannel,
    InputChannel,
    UserMessage,
)
from rasa.shared.core.events import BotUttered, UserUttered
from sanic import Blueprint
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.core.conversations import is_conversation_id
from bot.core.safety import is_too_long, visitor_text
from bot.settings import load_settings
from bot.storage.keys import internal_secret

SECRET_HEADER = "X-Internal-Secret"  # noqa: S105 - a header's name
logger = logging.getLogger(__name__)
_REMEMBERED = 10_000
# What the gateway tells about a message beside its words; nothing personal.
_ABOUT = ("language", "channel", "late")
Handler = Callable[[UserMessage], Awaitable[Any]]


class WholeMessages(CollectingOutputChannel):
    """Collects replies whole; Rasa's own channel would cut them at blank lines."""

    async def send_text_message(
        self,
        recipient_id: str,
        text: str,
        **kwargs: Any,  # noqa: ARG002 - Rasa's signature
    ) -> None:
        """Collect a text as one message."""
        await self._persist_message(self._message(recipient_id, text=text))

    async def send_custom_json(
        self,
        recipient_id: str,
        json_message: dict[str, Any],
        **kwargs: Any,  # noqa: ARG002
    ) -> None:
        """Collect a Reply as it is."""
        await self._persist_message(
            self._message(recipient_id, custom=dict(json_message))
        )


class GatewayInput(InputChannel):
    """POST /webhooks/gateway/messages, with the shared secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._seen: OrderedDict[str, str] = OrderedDict()

    @classmethod
    def name(cls) -> str:
        """Return the channel's name, part of its address."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GatewayInput:  # noqa: ARG003
        """Create the channel; the secret comes from the installation's keys."""
        return cls(internal_secret(load_settings()))

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Return the one route."""
        routes = Blueprint("gateway_input")

        async def receive(request: Request) -> HTTPResponse:
            given = request.headers.get(SECRET_HEADER, "")
            if not hmac.compare_digest(given.encode(), self._secret.encode()):
                return HTTPResponse(status=401)
            message = read_message(request)
            if message is None:
                return HTTPResponse(status=400)
            replies = await answer(request, message, on_new_message, self._seen)
            return json({"messages": replies})

        routes.post("/messages")(receive)
        routes.exception(Exception)(hide)
        return routes


async def hide(_request: Request, error: Exception) -> HTTPResponse:
    """Return an incident's number only: an error's text may quote the visitor."""
    incident = secrets.token_hex(4)
    logger.error("turn failed, incident %s: %s", incident, type(error).__name__)
    return json({"error": incident}, status=500)


def read_message(request: Request) -> UserMessage | None:
    """Return the message in a request, or None if it is not of our form."""
    try:
        body = request.json
    except InvalidUsage:
        return None
    if not isinstance(body, dict) or not is_conversation_id(body.get("conversation")):
        return None
    text, payload, message_id = body.get("text"), body.get("payload"), body.get("id")
    if not isinstance(message_id, str) or len(message_id) > 80:
        return None
    if isinstance(payload, str) and payload.startswith("/") and text is None:
        words = payload
    elif isinstance(text, str) and payload is None and not is_too_long(text):
        words = visitor_text(text)
    else:
        return None
    return UserMessage(
        words,
        WholeMessages(),
        body["conversation"],
        input_channel=GatewayInput.name(),
        message_id=message_id,
        metadata={name: body.get(name) for name in _ABOUT},
    )


async def answer(
    request: Request,
    message: UserMessage,
    on_new_message: Handler,
    seen: OrderedDict[str, str],
) -> list[dict[str, Any]]:
    """Return the replies to a message; one that was answered before is not run again.

    `seen` holds the last message id of recent conversations: only when a message
    might be a repeat (the same id, or the first since a start) is the memory read.
    """
    if seen.get(message.sender_id, message.message_id) == message.message_id:
        done = await _earlier_replies(request, message)
        if done is not None:
            return done
    await on_new_message(message)
    seen[message.sender_id] = message.message_id
    seen.move_to_end(message.sender_id)
    if len(seen) > _REMEMBERED:
        seen.popitem(last=False)
    output = message.output_channel
    assert isinstance(output, WholeMessages)
    return [found["custom"] for found in output.messages if "custom" in found]


async def _earlier_replies(
    request: Request, message: UserMessage
) -> list[dict[str, Any]] | None:
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None or agent.tracker_store is None:
        return None
    tracker = await agent.tracker_store.retrieve(message.sender_id)
    latest = tracker.latest_message if tracker else None
    if tracker is None or latest is None or latest.message_id != message.message_id:
        return None
    replies: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered) and (event.data or {}).get("custom"):
            replies.insert(0, event.data["custom"])
    return replies or None
