"""Whoever connects and sends nothing, or never ends, does not keep others out."""

from __future__ import annotations

import asyncio
import logging
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.gateway.patience import MOST_HEAD_BYTES, PatientProtocol
from bot.gateway.quiet import Quiet
from bot.gateway.reading import MAX_FORM_BYTES, read_bytes
from tests.standins.serving import local_client, serve

BIG = MAX_FORM_BYTES - 1_000
POST = b"POST /size HTTP/1.1\r\nHost: o\r\nContent-Length: %d\r\n\r\n"


class Impatient(PatientProtocol):
    """The same, in a time that a test can wait for."""

    head_seconds = 0.3
    body_seconds = 0.5


async def size(request: Request) -> Response:
    body = await read_bytes(request, MAX_FORM_BYTES)
    return PlainTextResponse(str(len(body)))


async def slow(_request: Request) -> Response:
    await asyncio.sleep(0.8)
    return PlainTextResponse("after a while")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server with the gateway's own patience, shortened."""
    app = Starlette(
        routes=[Route("/size", size, methods=["POST"]), Route("/slow", slow)]
    )
    with serve(Quiet(app), http=Impatient) as found:
        yield found


def connect(address: str) -> socket.socket:
    parts = urlsplit(address)
    assert parts.hostname
    assert parts.port
    return socket.create_connection((parts.hostname, parts.port), timeout=5)


def send_nothing(caller: socket.socket) -> None:
    pass


def send_half_a_head(caller: socket.socket) -> None:
    caller.sendall(b"GET /slow HTTP/1.1\r\nHost: o\r\n")


def send_half_a_body(caller: socket.socket) -> None:
    caller.sendall(POST % 100 + b"half")


def send_a_second_half(caller: socket.socket) -> None:
    caller.sendall(POST % 1 + b"x")
    assert caller.recv(1_000).endswith(b"1")
    caller.sendall(b"GET /slow HT")


@pytest.mark.parametrize(
    "send", [send_nothing, send_half_a_head, send_half_a_body, send_a_second_half]
)
def test_a_connection_that_falls_silent_is_closed(
    address: str,
    send: Callable[[socket.socket], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO), connect(address) as caller:
        send(caller)
        assert caller.recv(1_000) == b""
    assert "incident" not in caplog.text


def test_a_head_that_comes_in_drops_is_not_waited_for(address: str) -> None:
    with connect(address) as caller:
        caller.sendall(b"GET /slow HTTP/1.1\r\n")
        until = time.monotonic() + 5
        with suppress(ConnectionError):
            while time.monotonic() < until:
                caller.sendall(b"X-Drop: 1\r\n")
                time.sleep(0.05)
    assert time.monotonic() < until


def test_a_head_without_an_end_is_cut_off(address: str) -> None:
    sent, line = 0, b"X-More: " + b"m" * 1_000 + b"\r\n"
    with connect(address) as caller, suppress(ConnectionError):
        caller.sendall(b"GET /slow HTTP/1.1\r\n")
        while sent < 100 * MOST_HEAD_BYTES:
            caller.sendall(line)
            sent += len(line)
    assert sent < 100 * MOST_HEAD_BYTES


def test_an_answer_may_take_longer_than_a_request(address: str) -> None:
    with local_client() as client:
        assert client.get(f"{address}/slow").text == "after a while"


def test_one_connection_brings_many_large_messages(address: str) -> None:
    with local_client() as client:
        for _ in range(5):
            answer = client.post(f"{address}/size", content=b"m" * BIG)
            assert answer.text == str(BIG)


@pytest.mark.parametrize("soft", [128, 4_096])
def test_the_gateway_takes_the_descriptors_that_the_system_allows(soft: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    code = (
        "import resource as r; from bot.gateway.patience import allow_descriptors;"
        f"r.setrlimit(r.RLIMIT_NOFILE, ({soft}, {hard})); allow_descriptors();"
        "print(r.getrlimit(r.RLIMIT_NOFILE)[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    most = 65_536
    assert int(done.stdout) == (most if hard < 0 else max(soft, min(most, hard)))
