"""Before anything starts, a port in use is told with the words that help."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from bot.core.errors import SettingsError
from bot.settings import load_settings
from bot.supervisor import check_ports

PORTS = ("PORT", "RASA_PORT", "ACTIONS_PORT")


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
