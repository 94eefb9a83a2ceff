"""Keeps unforeseen errors from the web server, which would log their text."""

from __future__ import annotations

import logging
import secrets
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

logger: Final = logging.getLogger(__name__)


class Quiet:
    """The application, of whose errors only the kind is written down.

    Starlette answers such an error and raises it again; the text and the traceback
    that the web server would log can hold what a visitor typed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve; what goes wrong at the start is still told to who starts it."""
        try:
            await self._app(scope, receive, send)
        except ClientDisconnect:
            # Who hung up in the middle of a message needs no answer.
            logger.debug("hung up")
        except Exception as error:
            if scope["type"] == "lifespan":
                raise
            logger.error("incident %s: %s", secrets.token_hex(4), type(error).__name__)
