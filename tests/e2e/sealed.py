"""Run where no network but the machine itself exists: counts who tries to get out.

`unshare -rn python -m tests.e2e.sealed visit FOLDER` starts the assistant and visits
it; `... call` tries to get out, so that a test can see that it would be counted.
"""

from __future__ import annotations

import fcntl
import json
import socket
import struct
import sys
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

import httpx

from bench.assistant import Assistant, lend_index
from bot.settings import PROJECT_ROOT
from tests.e2e.conftest import Talk
from tests.e2e.intake_walk import answers_near, walk

_SET_FLAGS: Final = 0x8914
_UP_AND_RUNNING: Final = 0x1 | 0x40
# Packets without a way out, and questions to a name server on the machine itself.
_COUNTED: Final = frozenset({"OutNoRoutes", "NoPorts"})
_COUNTED_6: Final = frozenset({"Ip6OutNoRoutes", "Udp6NoPorts"})
_PAGES: Final = ("/", "/agreements?q=polk", "/incidents", "/request", "/chat?lang=es")
_SAID: Final = (
    "what do I have to prove for a writ of mandamus",
    "la migra está tocando la puerta",
    "do the police in polk county florida work with ice",
    "how are you today my friend",
)


def raise_loopback() -> None:
    """Let the processes in here reach one another."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh", b"lo", _UP_AND_RUNNING)
        fcntl.ioctl(any_socket, _SET_FLAGS, request)


def attempts() -> dict[str, int]:
    """Return the kernel's counts of what found no way out of this network."""
    lines = Path("/proc/net/snmp").read_text().splitlines()
    counts = {}
    for names, values in zip(lines[::2], lines[1::2]):
        if names.startswith(("Ip:", "Udp:")):
            counts |= dict(zip(names.split()[1:], values.split()[1:]))
    found = {name: int(counts[name]) for name in _COUNTED}
    for line in Path("/proc/net/snmp6").read_text().splitlines():
        name, value = line.split()
        if name in _COUNTED_6:
            found[name] = int(value)
    return found


def visit(folder: Path) -> None:
    """Start the assistant, ask, send a request, look at the pages, delete, stop."""
    lend_index(folder / "var")
    assistant = Assistant(folder / "var", PROJECT_ROOT / "models", RATE_LIMITS="off")
    assistant.start()
    try:
        for language in ("en", "es"):
            talk = Talk(assistant.address, language)
            for text in _SAID:
                talk.say(text)
        soon = datetime.now(timezone.utc).date() + timedelta(days=5)
        heard = walk(
            Talk(assistant.address, "en"), answers_near(soon), lambda asked: None
        )
        assert "R-" in heard
        for page in _PAGES:
            address = f"{assistant.address}{page}"
            assert httpx.get(address, trust_env=False).status_code == 200
        path = f"{assistant.address}/api/chat/sessions"
        httpx.delete(path, headers=talk.headers, trust_env=False).raise_for_status()
        assert assistant.command("knowledge", "check").returncode == 0
    finally:
        assistant.stop()


def call() -> None:
    """Try to get out in each of the ways that are counted."""
    for family, address in (
        (socket.AF_INET, "192.0.2.1"),
        (socket.AF_INET6, "2001:db8::1"),
    ):
        with socket.socket(family) as caller, suppress(OSError):
            caller.connect((address, 443))
    with suppress(OSError):
        socket.getaddrinfo("example.org", 443)


if __name__ == "__main__":
    raise_loopback()
    if sys.argv[1] == "visit":
        visit(Path(sys.argv[2]))
    else:
        call()
    print(json.dumps(attempts()))
