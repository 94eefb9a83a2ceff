"""Puts the gateway together: one place where everything is built and wired."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from typing import Any

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
    agreements_page,
    chat,
    feedback,
    health,
    incidents_page,
    pages,
    plain_chat,
    problems,
    request_status,
    typing,
    whatsapp,
    widget,
)
from bot.gateway.background import background_of
from bot.gateway.console.routes import console_routes
from bot.gateway.dispatcher import Dispatcher
from bot.gateway.guard import Guard
from bot.gateway.metrics import Metrics
from bot.gateway.providers import open_providers
from bot.gateway.rasa_client import RasaClient
from bot.gateway.rate_limits import RateLimits
from bot.gateway.wakeups import Wakeups
from bot.gateway.widget_shelf import WidgetShelf
from bot.gateway.world import World
from bot.services.library import KnowledgeShelf, good_copy_of
from bot.settings import Settings
from bot.storage.engine import open_storage
from bot.storage.keys import derived_key, internal_secret


def build_world(settings: Settings, shelf: KnowledgeShelf | None = None) -> World:
    """Return everything that the routes work with; `shelf` if it was made before."""
    storage = open_storage(settings)
    if shelf is None:
        shelf = KnowledgeShelf(settings.KNOWLEDGE_DIR, good_copy_of(settings))
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
        async with background_of(world):
            yield
        await world.rasa.close()
        for provider in world.providers.values():
            await provider.close()
        world.storage.close()

    app = Starlette(
        routes=[
            *agreements_page.routes,
            *chat.routes,
            *feedback.routes,
            *health.routes,
            *incidents_page.routes,
            *pages.routes,
            *plain_chat.routes,
            *request_status.routes,
            *typing.routes,
            *widget.routes,
            *console_routes(world),
            *whatsapp.routes_for(world),
        ],
        middleware=[Middleware(Guard, origins=world.settings.origins)],
        exception_handlers=_handlers(),
        lifespan=lifespan,
    )
    app.state.world = world
    return app


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
