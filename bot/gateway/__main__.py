"""Starts the gateway."""

from __future__ import annotations

import logging
import os

import uvicorn

from bot.gateway.app import build_world, create_app
from bot.settings import load_settings
from bot.storage.engine import upgrade


def main() -> None:
    """Serve until told to stop."""
    os.umask(0o077)
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings = load_settings()
    upgrade(settings)
    uvicorn.run(
        create_app(build_world(settings)),
        host=settings.HOST,
        port=settings.PORT,
        access_log=False,
        log_level="warning",
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=16_384,
    )


if __name__ == "__main__":
    main()
