"""Thousands of connections that say nothing hold up nobody (fault F15)."""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

import pytest

from bench.assistant import Assistant
from bot.gateway.patience import HEAD_SECONDS, allow_descriptors
from tests.e2e.conftest import Talk, entries

_MANY: Final = 5_000
# What the test itself and the gateway hold besides.
_OTHERS: Final = 300
QUESTION = "what is an ice detainer"


@contextmanager
def idle_connections(port: int) -> Iterator[list[socket.socket]]:
    """Hold as many silent connections as this machine lets one process hold."""
    allow_descriptors()
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    with ExitStack() as stack:
        count = min(_MANY, soft - _OTHERS)
        yield [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), 10))
            for _ in range(count)
        ]


def is_open(connection: socket.socket) -> bool:
    """Return whether the other side has not closed a connection."""
    connection.setblocking(False)
    try:
        return connection.recv(1) != b""
    except BlockingIOError:
        return True
    except ConnectionError:
        return False


@pytest.mark.alone
def test_visitors_are_answered_beside_thousands_of_silent_connections(
    assistant: Assistant,
) -> None:
    gateway = assistant.pids()["gateway"]
    talk, waits = Talk(assistant.address, "en"), []
    with idle_connections(assistant.port) as silent:
        opened = time.monotonic()
        for _ in range(20):
            started = time.monotonic()
            assert entries(talk.say(QUESTION)) == ["what_is_detainer"]
            waits.append(time.monotonic() - started)
        time.sleep(max(0.0, opened + HEAD_SECONDS + 2 - time.monotonic()))
        assert sum(map(is_open, silent)) == 0
    assert sorted(waits)[18] < 1
    assert assistant.pids()["gateway"] == gateway
