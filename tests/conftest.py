"""What all tests share: no other machine, a private folder, a clock that obeys."""

from __future__ import annotations

import socket
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.settings import PROJECT_ROOT, Settings, load_settings

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection to another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if (
            self.family in (socket.AF_INET, socket.AF_INET6)
            and address[0] not in LOOPBACK
        ):
            raise AssertionError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


class FakeClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def __call__(self) -> datetime:
        return self.moment

    def pass_time(self, **amount: float) -> None:
        """Move forward: pass_time(hours=49)."""
        self.moment += timedelta(**amount)


@pytest.fixture
def clock() -> FakeClock:
    """A clock at noon on a day in July 2026, before any review is overdue."""
    return FakeClock(datetime(2026, 7, 20, 12, 0, tzinfo=timezone.utc))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation of its own, in a folder of its own."""
    return load_settings({"DATA_DIR": str(tmp_path / "var")})


@pytest.fixture(scope="session")
def knowledge() -> KnowledgeBase:
    """The real knowledge folder."""
    return load_knowledge(PROJECT_ROOT / "knowledge")
