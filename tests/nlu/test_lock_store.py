"""Messages of one conversation wait for each other, and never a whole second."""

from __future__ import annotations

import asyncio
import time

from bot.rasa_server.lock_store import QuickLockStore


async def _turn(store: QuickLockStore, name: str, done: list[str]) -> None:
    async with store.lock("conversation"):
        done.append(f"{name} begins")
        await asyncio.sleep(0.02)
        done.append(f"{name} ends")


async def _two_turns(store: QuickLockStore, done: list[str]) -> None:
    await asyncio.gather(_turn(store, "first", done), _turn(store, "second", done))


def test_second_message_waits_for_the_first() -> None:
    done: list[str] = []
    asyncio.run(_two_turns(QuickLockStore(), done))
    assert done == ["first begins", "first ends", "second begins", "second ends"]


def test_second_message_waits_less_than_rasas_second() -> None:
    # The quickest of three: a machine may stand still for a second of its own.
    assert min(_seconds_of_two_turns() for _ in range(3)) < 0.8


def _seconds_of_two_turns() -> float:
    started = time.monotonic()
    asyncio.run(_two_turns(QuickLockStore(), []))
    return time.monotonic() - started
