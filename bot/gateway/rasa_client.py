"""Asks Rasa for the reply to one message, within the time a visitor can wait."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final

import aiohttp

from bot.core.errors import DialogueError
from bot.core.languages import Language
from bot.core.messages import Channel, Reply, reply_from_json

SECRET_HEADER: Final = "X-Internal-Secret"  # noqa: S105 - a header's name
_TURN_SECONDS: Final = 7.5
_PAUSE_SECONDS: Final = 0.2


class _TurnFailed(Exception):
    """Rasa met an error in the middle of a turn, and forgot the turn."""


class RasaClient:
    """The one caller of Rasa's private channel."""

    def __init__(
        self, port: int, secret: str, turn_seconds: float = _TURN_SECONDS
    ) -> None:
        self._address = f"http://127.0.0.1:{port}/webhooks/gateway/messages"
        self._headers = {SECRET_HEADER: secret}
        self._turn_seconds = turn_seconds
        self._session: aiohttp.ClientSession | None = None

    async def send(
        self,
        conversation: str,
        message_id: str,
        text: str | None,
        payload: str | None,
        language: Language | None,
        channel: Channel = "web",
        is_late: bool = False,
    ) -> Reply:
        """Return the reply to a message; a late one answers no question of a form.

        While Rasa is starting again the message waits; Rasa itself runs a message
        id once only, so that asking again does no harm.

        Raises:
            DialogueError: no usable reply in time.
        """
        body = {
            "conversation": conversation,
            "id": message_id,
            "language": language,
            "channel": channel,
            "late": is_late,
            **({"payload": payload} if payload is not None else {"text": text}),
        }
        until = time.monotonic() + self._turn_seconds
        pause = _PAUSE_SECONDS
        while True:
            try:
                return await self._ask(body, max(until - time.monotonic(), 0.1))
            except asyncio.TimeoutError:
                raise DialogueError("rasa took too long") from None
            except _TurnFailed:
                # Nothing of it was kept: the action server may be starting again.
                pause *= 2
                if time.monotonic() + pause >= until:
                    raise DialogueError("rasa answered 500") from None
            except aiohttp.ClientError:
                if time.monotonic() + pause >= until:
                    raise DialogueError("rasa is not running") from None
            await asyncio.sleep(pause)

    async def _ask(self, body: dict[str, Any], seconds: float) -> Reply:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=100)
            self._session = aiohttp.ClientSession(
                connector=connector, headers=self._headers
            )
        timeout = aiohttp.ClientTimeout(total=seconds)
        async with self._session.post(
            self._address, json=body, timeout=timeout
        ) as response:
            if response.status == 500:
                raise _TurnFailed
            if response.status != 200:
                raise DialogueError(f"rasa answered {response.status}")
            data = await response.json()
        try:
            return reply_from_json(data["messages"][0])
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):
            raise DialogueError("rasa gave no reply") from None

    async def close(self) -> None:
        """Give the connections back."""
        if self._session is not None:
            await self._session.close()
