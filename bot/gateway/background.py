"""What the gateway does beside answering: deliver, watch, tell staff, keep clean."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Final

from bot.gateway import health
from bot.gateway.deliveries import Deliveries
from bot.gateway.knowledge_watch import KnowledgeWatch
from bot.gateway.loops import keep_doing
from bot.gateway.notifier import Notifier
from bot.gateway.turns import Turns
from bot.gateway.watch import Watch
from bot.gateway.worker import Worker
from bot.gateway.world import World
from bot.services import sign_ins
from bot.services.retention import delete_old_conversations

logger: Final = logging.getLogger(__name__)
_CLEANING_SECONDS: Final = 600.0


@asynccontextmanager
async def background_of(world: World) -> AsyncIterator[None]:
    """Do all of it while the block lasts; then stop, losing nothing."""
    workers = _workers(world)
    tasks = [
        asyncio.create_task(health.keep_asking(world)),
        asyncio.create_task(_finish_left_over(world)),
        _again("old conversations", partial(_clean, world)),
        _again("old sign-ins", partial(_forget_sign_ins, world)),
        asyncio.create_task(_watch(world).run()),
        asyncio.create_task(_knowledge_watch(world).run()),
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


def _again(name: str, step: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
    return asyncio.create_task(keep_doing(name, step, _CLEANING_SECONDS))


def _workers(world: World) -> list[Worker]:
    holder = secrets.token_hex(16)
    notifier = Notifier(
        world.storage,
        world.settings,
        world.shelf.knowledge,
        world.now,
        random.random,
        world.metrics,
        holder,
        world.wakeups,
    )
    if not world.providers:
        return [notifier]
    return [notifier, *_whatsapp_workers(world, holder)]


def _whatsapp_workers(world: World, holder: str) -> list[Worker]:
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
        lambda moment: world.shelf.knowledge().desk.local(moment).date(),
    )
    return [turns, deliveries]


def _watch(world: World) -> Watch:
    silence = timedelta(minutes=world.settings.HANDOFF_SILENCE_MINUTES)
    return Watch(world.storage, world.shelf, world.wakeups, world.now, silence)


def _knowledge_watch(world: World) -> KnowledgeWatch:
    settings = world.settings
    return KnowledgeWatch(
        world.storage,
        world.shelf,
        settings.KNOWLEDGE_DIR,
        settings.REQUIRE_APPROVED,
        settings.MODEL_DIR,
        world.now,
    )


async def _finish_left_over(world: World) -> None:
    try:
        count = await world.dispatcher.finish_left_over()
    except Exception as error:
        logger.error("messages left over: not answered: %s", type(error).__name__)
        return
    if count:
        logger.info("answered %d messages that were left over", count)


async def _clean(world: World) -> None:
    deleted = await asyncio.to_thread(
        delete_old_conversations,
        world.storage,
        world.now(),
        world.settings.RETENTION_HOURS,
    )
    world.metrics.deleted.inc(deleted)


async def _forget_sign_ins(world: World) -> None:
    await asyncio.to_thread(sign_ins.forget_over, world.storage, world.now())
