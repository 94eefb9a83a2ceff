"""Sends questions through the gateway as visitors do, and times each."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import aiohttp

QUESTIONS: Final = (
    "what do I have to prove for a writ of mandamus",
    "la migra está tocando la puerta, ¿tengo que abrir?",
    "how long can the jail keep him for ICE",
    "¿cuánto cuesta una demanda de mandamus?",
    "tell me more",
    "what is the difference between an ICE warrant and a judge's warrant",
    "my cousin was taken this morning and nobody tells us where he is, we called "
    "the police and they say ask immigration, what do we do first",
    "what's the weather",
)
# A conversation of people is short; each begins anew after this many messages.
_TURNS: Final = 8


@dataclass(frozen=True)
class Timing:
    """How long turns took, in milliseconds, and how many were answered a second."""

    p50: float
    p95: float
    longest: float
    per_second: float
    failed: int


async def measure(address: str, visitors: int, seconds: float) -> Timing:
    """Let some visitors ask one question after another for a time."""
    taken: list[float] = []
    failed = 0
    until = time.monotonic() + seconds
    connector = aiohttp.TCPConnector(limit=visitors)
    async with aiohttp.ClientSession(address, connector=connector) as session:

        async def visit(questions: Iterator[str]) -> None:
            nonlocal failed
            while time.monotonic() < until:
                headers = await _begin(session)
                for question in itertools.islice(questions, _TURNS):
                    started = time.perf_counter()
                    kind = await _ask(session, headers, question)
                    taken.append((time.perf_counter() - started) * 1000)
                    failed += kind == "apology"
                    if time.monotonic() >= until:
                        return

        started = time.monotonic()
        shifted = (itertools.cycle(QUESTIONS[n:] + QUESTIONS[:n]) for n in range(8))
        await asyncio.gather(
            *(visit(q) for q in itertools.islice(itertools.cycle(shifted), visitors))
        )
        elapsed = time.monotonic() - started
    taken.sort()
    return Timing(
        statistics.median(taken),
        taken[int(0.95 * len(taken))],
        taken[-1],
        len(taken) / elapsed,
        failed,
    )


async def _begin(session: aiohttp.ClientSession) -> dict[str, str]:
    async with session.post("/api/chat/sessions", json={"language": "en"}) as response:
        response.raise_for_status()
        token = (await response.json())["token"]
    return {"Authorization": f"Bearer {token}"}


async def _ask(
    session: aiohttp.ClientSession, headers: dict[str, str], text: str
) -> str:
    body = {"id": str(uuid.uuid4()), "text": text}
    path = "/api/chat/messages"
    async with session.post(path, json=body, headers=headers) as response:
        response.raise_for_status()
        message = (await response.json())["messages"][-1]
    # Only a turn that failed ends in a notice with neither entry nor topic.
    is_apology = message["kind"] == "notice" and "not lost" in message["text"]
    return "apology" if is_apology else str(message["kind"])
