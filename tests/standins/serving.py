"""Runs a small web server beside the test, on this machine only."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn
from starlette.types import ASGIApp


@contextmanager
def serve(app: ASGIApp, **options: Any) -> Iterator[str]:
    """Serve an app from a thread; yield its address."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, log_level="critical", lifespan="off", ws="none", **options
    )
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, args=([sock],), daemon=True).start()
    wait_until(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    finally:
        # The thread ends within half a second, which no test need wait for.
        server.should_exit = server.force_exit = True
        sock.close()


def local_client(**options: Any) -> httpx.Client:
    """Return a client for this machine: without certificates it starts at once."""
    no_certificates = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return httpx.Client(verify=no_certificates, trust_env=False, **options)


def wait_until(is_true: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until something is true, or fail."""
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)
