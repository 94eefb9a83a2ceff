"""Starts an assistant of its own for measuring: other ports, an empty data folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

from bot.settings import PROJECT_ROOT, load_settings

_START_SECONDS: Final = 120
PROCESSES: Final = {
    "rasa": "bot.rasa_server",
    "actions": "actions",
    "gateway": "bot.gateway",
}


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def lend_index(data: Path) -> None:
    """Give an assistant's data folder the search index that was trained already."""
    shutil.copytree(
        load_settings().DATA_DIR / "index", data / "index", copy_function=_link_or_copy
    )


def _link_or_copy(source: str, target: str) -> None:
    # Files of the index are replaced, never changed: links are safe, and at once there.
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


class Assistant:
    """The three processes under their supervisor, as `make run` starts them."""

    def __init__(self, data: Path, models: Path | None = None, **settings: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "PORT": str(self.port),
            "RASA_PORT": str(free_port()),
            "ACTIONS_PORT": str(free_port()),
            "DATA_DIR": str(data),
            "RETRAIN_AFTER_SECONDS": "0",
            **({"MODEL_DIR": str(models)} if models else {}),
            **settings,
        }
        self.log = data.parent / "assistant.log"
        self._process: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the command line with this assistant's settings."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=PROJECT_ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self) -> float:
        """Start, wait until a question is answered, and return the seconds it took.

        Raises:
            TimeoutError: not ready in time; the message has the end of its log.
        """
        started = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=PROJECT_ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while time.monotonic() - started < _START_SECONDS:
            if self.is_ready():
                return time.monotonic() - started
            time.sleep(0.05)
        tail = self.log.read_text(errors="replace")[-2_000:]
        self.stop()
        raise TimeoutError(f"not ready after {_START_SECONDS} s:\n{tail}")

    def is_ready(self) -> bool:
        """Return whether a question would be answered now."""
        try:
            with urllib.request.urlopen(f"{self.address}/readyz", timeout=1) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def pids(self) -> dict[str, int]:
        """Return the process ids by name; a process that is away is left out."""
        assert self._process is not None
        found = {}
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                status = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except (OSError, IndexError):
                continue
            if int(status[1]) != self._process.pid:
                continue
            for name, module in PROCESSES.items():
                if module.encode() in words:
                    found[name] = int(folder.name)
        return found

    def memory_mb(self) -> dict[str, float]:
        """Return the resident memory of each process in MB."""
        sizes = {}
        for name, pid in self.pids().items():
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    sizes[name] = int(line.split()[1]) / 1024
        return sizes

    def stop(self) -> None:
        """Stop all of it."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(5)
