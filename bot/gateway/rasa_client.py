"""Asks Rasa for the reply to one message, within the time a visitor can wait."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final

import httpx

from bot.core.errors import DialogueError
from bot.core.languages import Language
from bot.core.messages import Reply, reply_from_json

SECRET_HEADER: Final = "X-Internal-Secret"
_TURN_SECONDS: Final = 7.5
_PAUSE_SECONDS: Final = 0.2


class RasaClient:
    """The one caller of Rasa's private channel."""

    def __init__(self, port: int, secret: str, client: httpx.AsyncClient | None = None) -> None:
        self._address = f"http://127.0.0.1:{port}/webhooks/gateway/messages"
        self._headers = {SECRET_HEADER: secret}
        limits = httpx.Limits(max_connections=100, max_keepalive_connections=50)
        self._client = client or httpx.AsyncClient(limits=limits, trust_env=False)

    async def send(
        self,
        conversation: str,
        message_id: str,
        text: str | None,
        payload: str | None,
        language: Language | None,
    ) -> Reply:
        """Return the reply to a message.

        While Rasa is starting again the message waits; Rasa itself runs a message
        id once only, so that asking again does no harm.

        Raises:
            DialogueError: no usable reply in time.
        """
        body = {
            "conversation": conversation,
            "id": message_id,
            "language": language,
            **({"payload": payload} if payload is not None else {"text": text}),
        }
        until = time.monotonic() + _TURN_SECONDS
        while True:
            try:
                left = until - time.monotonic()
                response = await self._client.post(
                    self._address, json=body, headers=self._headers, timeout=max(left, 0.1)
                )
                return _reply(response)
            except (httpx.ConnectError, httpx.RemoteProtocolError, httpx.ReadError):
                if time.monotonic() + _PAUSE_SECONDS >= until:
                    raise DialogueError("rasa is not running") from None
                await asyncio.sleep(_PAUSE_SECONDS)
            except httpx.HTTPError as error:
                raise DialogueError(type(error).__name__) from None

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()


def _reply(response: httpx.Response) -> Reply:
    if response.status_code != 200:
        raise DialogueError(f"rasa answered {response.status_code}")
    try:
        messages: list[dict[str, Any]] = response.json()["messages"]
        return reply_from_json(messages[0])
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise DialogueError("rasa gave no reply") from None
