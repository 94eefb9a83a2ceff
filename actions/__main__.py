"""Starts the action server: on loopback, behind a secret, silent about callers."""

from __future__ import annotations

import hmac
import logging
import os
import threading
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.base import answers, library
from actions.misses import start_watch
from bot.core.quiet_memory import settle
from bot.services.library import keep_looking
from bot.settings import load_settings
from bot.storage.keys import internal_secret

SECRET_HEADER = "X-Internal-Secret"  # noqa: S105 - a header's name


def protect(app: Any, secret: str) -> None:
    """Refuse callers without the secret, packed bodies, and chatty error pages."""

    async def check(request: Request) -> HTTPResponse | None:
        if request.path == "/health":
            return None
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return HTTPResponse(status=401)
        if request.headers.get("Content-Encoding"):
            return HTTPResponse(status=400)
        return None

    async def hide(_request: Request, error: Exception) -> HTTPResponse:
        status = getattr(error, "status_code", 500)
        logging.getLogger(__name__).error("request refused: %s", type(error).__name__)
        return json({"error": "refused"}, status=status)

    app.middleware("request")(check)
    app.exception(Exception)(hide)


def main() -> None:
    """Load the services, then serve until told to stop."""
    os.umask(0o077)
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
    settings = load_settings()
    answers()
    watcher = threading.Thread(
        target=keep_looking, args=(library(), lambda: True), daemon=True
    )
    watcher.start()
    start_watch(settings)
    settle()
    from rasa_sdk.endpoint import create_app

    app = create_app("actions")
    # No browser ever calls us: the SDK's headers for other websites must not be sent.
    app.response_middleware.clear()
    protect(app, internal_secret(settings))
    app.config.REQUEST_MAX_SIZE = 256_000
    app.run(
        host="127.0.0.1",
        port=settings.ACTIONS_PORT,
        workers=1,
        access_log=False,
        motd=False,
    )


if __name__ == "__main__":
    main()
