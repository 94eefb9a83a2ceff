"""Puts the gateway together: one place where everything is built and wired."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timezone
from typing import Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from bot.core.errors import (
    StorageError,
    TooManyMessages,
    UnknownAnswer,
    UnknownConversation,
)
from bot.core.quiet_memory import settle
from bot.gateway import (
    chat,
    feedback,
    health,
    pages,
    plain_chat,
    problems,
    whatsapp,
    widget,
)
from bot.gateway.deliveries import Deliveries
from bot.gateway.dispatcher import Dispatcher
from bot.gateway.guard import Guard
from bot.gateway.metrics import Metrics
from bot.gateway.providers import open_providers
from bot.gateway.rasa_client import RasaClient
from bot.gateway.rate_limits import RateLimits
from bot.gateway.turns import Turns
from bot.gateway.wakeups import Wakeups
from bot.gateway.widget_shelf import WidgetShelf
from bot.gateway.worker import Worker
from bot.gateway.world import World
from bot.services.library import KnowledgeShelf
from bot.services.retention import delete_old_conversations
from bot.settings import Settings
from bot.storage.engine import open_storage
from bot.storage.keys import derived_key, internal_secret

logger: Final = logging.getLogger(__name__)
_CLEANING_SECONDS: Final = 600.0


def build_world(settings: Settings) -> World:
    """Return everything that the routes work with."""
    storage = open_storage(settings)
    shelf = KnowledgeShelf(settings.KNOWLEDGE_DIR)
    rasa = RasaClient(settings.RASA_PORT, internal_secret(settings))
    wakeups, counts, key = Wakeups(), Metrics(), derived_key(settings, "conversations")
    return World(
        settings=settings,
        storage=storage,
        shelf=shelf,
        rasa=rasa,
        dispatcher=Dispatcher(
            storage,
            shelf,
            rasa,
            wakeups,
            counts,
            key,
            utc_now,
            settings.REQUIRE_APPROVED,
        ),
        wakeups=wakeups,
        metrics=counts,
        limits=RateLimits(time.monotonic, settings.RATE_LIMITS == "on"),
        widget=WidgetShelf(settings.REQUIRE_APPROVED),
        providers=open_providers(settings),
        key=key,
        now=utc_now,
    )


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(timezone.utc)


def create_app(world: World) -> Starlette:
    """Return the gateway's application."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        settle()
        workers = _whatsapp_workers(world)
        tasks = [
            asyncio.create_task(health.keep_asking(world)),
            asyncio.create_task(_finish_left_over(world)),
            asyncio.create_task(_keep_clean(world)),
            *(asyncio.create_task(worker.run()) for worker in workers),
        ]
        yield
        for worker in workers:
            worker.stop()
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
        await world.rasa.close()
        for provider in world.providers.values():
            await provider.close()
        world.storage.close()

    app = Starlette(
        routes=[
            *chat.routes,
            *feedback.routes,
            *health.routes,
            *pages.routes,
            *plain_chat.routes,
            *widget.routes,
            *whatsapp.routes_for(world),
        ],
        middleware=[Middleware(Guard, origins=world.settings.origins)],
        exception_handlers=_handlers(),
        lifespan=lifespan,
    )
    app.state.world = world
    return app


def _whatsapp_workers(world: World) -> list[Worker]:
    if not world.providers:
        return []
    holder = secrets.token_hex(16)
    turns = Turns(
        world.storage,
        world.shelf,
        world.rasa,
        world.providers,
        world.wakeups,
        world.metrics,
        world.now,
        holder,
        world.settings.REQUIRE_APPROVED,
    )
    deliveries = Deliveries(
        world.storage,
        world.providers,
        world.wakeups,
        world.metrics,
        world.key,
        world.now,
        random.random,
        holder,
    )
    return [turns, deliveries]


def _handlers() -> dict[Any, Any]:
    handlers: dict[Any, Any] = {
        problems.Problem: problems.on_problem,
        TooManyMessages: problems.on_too_many,
        StorageError: problems.on_storage_error,
        UnknownAnswer: problems.on_unknown_answer,
        UnknownConversation: problems.on_unknown_conversation,
        HTTPException: problems.on_http_error,
        Exception: problems.on_error,
    }
    return {error: plain_chat.as_page(handler) for error, handler in handlers.items()}


async def _finish_left_over(world: World) -> None:
    try:
        count = await world.dispatcher.finish_left_over()
    except StorageError:
        return
    if count:
        logger.info("answered %d messages that were left over", count)


async def _keep_clean(world: World) -> None:
    while True:
        try:
            deleted = await asyncio.to_thread(
                delete_old_conversations,
                world.storage,
                world.now(),
                world.settings.RETENTION_HOURS,
            )
        except StorageError:
            logger.error("old conversations not deleted; trying again later")
        else:
            world.metrics.deleted.inc(deleted)
        await asyncio.sleep(_CLEANING_SECONDS)
