"""A port in use is told with the words that help; the processes end in good order."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.errors import SettingsError
from bot.settings import load_settings
from bot.supervisor import MODULES, Supervisor, check_ports

PORTS = ("PORT", "RASA_PORT", "ACTIONS_PORT")

# Writes down that it runs, and when told to stop, that it ended, but not at once.
PROGRAM = """
import signal, sys, time
def note(word):
    with open({notes!r}, "a") as notes:
        notes.write(word + " {name}\\n")
def end(*_):
    time.sleep(0.3)
    note("ended")
    sys.exit()
signal.signal(signal.SIGTERM, end)
note("begun")
time.sleep(60)
"""


@pytest.fixture
def listening() -> Iterator[dict[str, int]]:
    """Three ports that another program listens on."""
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in PORTS]
    yield {name: one.getsockname()[1] for name, one in zip(PORTS, taken)}
    for one in taken:
        one.close()


@pytest.fixture
def free() -> dict[str, int]:
    """Three ports that nobody listens on."""
    found = [socket.create_server(("127.0.0.1", 0)) for _ in PORTS]
    ports = {name: one.getsockname()[1] for name, one in zip(PORTS, found)}
    for one in found:
        one.close()
    return ports


def check(ports: dict[str, int]) -> None:
    """Check the ports of an installation."""
    check_ports(load_settings({name: str(port) for name, port in ports.items()}))


@pytest.mark.parametrize("name", PORTS)
def test_a_port_in_use_is_told_with_the_setting_to_change(
    listening: dict[str, int], free: dict[str, int], name: str
) -> None:
    port = listening[name]
    with pytest.raises(SettingsError) as raised:
        check({**free, name: port})
    (problem,) = raised.value.problems
    assert f"Port {port} is in use by another program." in problem
    assert problem.endswith(f"{name}={port + 1} make run")


def test_all_ports_in_use_are_told_at_once(listening: dict[str, int]) -> None:
    with pytest.raises(SettingsError) as raised:
        check(listening)
    assert len(raised.value.problems) == 3


def test_free_ports_are_no_problem(free: dict[str, int]) -> None:
    check(free)


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where three small programs in the places of ours write what they do."""
    notes = tmp_path / "notes"
    notes.touch()
    for name in MODULES:
        program = PROGRAM.format(notes=str(notes), name=name)
        (tmp_path / f"small_{name}.py").write_text(program)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return notes


def test_the_gateway_ends_first_since_its_turns_need_the_others(notes: Path) -> None:
    programs = {name: f"small_{name}" for name in MODULES}
    supervisor = Supervisor(load_settings({"RETRAIN_AFTER_SECONDS": "0"}), programs)

    async def run_for_a_moment() -> None:
        running = asyncio.create_task(supervisor.run())
        while notes.read_text().count("begun") < len(MODULES):
            await asyncio.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(running, 20)

    asyncio.run(run_for_a_moment())
    ended = [line for line in notes.read_text().splitlines() if "ended" in line]
    assert ended[0] == "ended gateway"
    assert sorted(ended) == ["ended actions", "ended gateway", "ended rasa"]
