"""Starts the gateway."""

from __future__ import annotations

import logging
import os
import socket

import uvicorn

from bot.gateway.app import build_world, create_app
from bot.gateway.patience import PatientProtocol, allow_descriptors
from bot.gateway.quiet import Quiet
from bot.gateway.world import World
from bot.settings import load_settings
from bot.storage.engine import upgrade


class EndingServer(uvicorn.Server):
    """Ends open event streams when it is told to stop, instead of waiting for them."""

    def __init__(self, config: uvicorn.Config, world: World) -> None:
        super().__init__(config)
        self._world = world

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; visitors' pages come back to the next gateway by themselves."""
        self._world.wakeups.close()
        await super().shutdown(sockets)


def main() -> None:
    """Serve until told to stop."""
    os.umask(0o077)
    allow_descriptors()
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings = load_settings()
    upgrade(settings)
    world = build_world(settings)
    config = uvicorn.Config(
        Quiet(create_app(world)),
        host=settings.HOST,
        port=settings.PORT,
        access_log=False,
        log_level="warning",
        server_header=False,
        http=PatientProtocol,
        ws="none",
        timeout_graceful_shutdown=10,
    )
    EndingServer(config, world).run()


if __name__ == "__main__":
    main()
