"""What the gateway's routes work with, built once when the process starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from bot.gateway.dispatcher import Dispatcher
from bot.gateway.metrics import Metrics
from bot.gateway.providers import Provider
from bot.gateway.rasa_client import RasaClient
from bot.gateway.rate_limits import RateLimits
from bot.gateway.wakeups import Wakeups
from bot.gateway.widget_shelf import WidgetShelf
from bot.services.library import KnowledgeShelf
from bot.settings import Settings
from bot.storage.engine import Storage


@dataclass
class World:
    """Storage, knowledge, the way to Rasa, limits, counts and the clock."""

    settings: Settings
    storage: Storage
    shelf: KnowledgeShelf
    rasa: RasaClient
    dispatcher: Dispatcher
    wakeups: Wakeups
    metrics: Metrics
    limits: RateLimits
    widget: WidgetShelf
    providers: dict[str, Provider]
    key: bytes
    now: Callable[[], datetime]
    is_ready: bool = False


def world_of(request: Request) -> World:
    """Return the world of the application that a request came to."""
    world: World = request.app.state.world
    return world
