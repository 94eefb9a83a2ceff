"""Trains and runs a stock Rasa project in its own environment, for comparing."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import signal
import statistics
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

import aiohttp

from bench.assistant import free_port
from bench.load import QUESTIONS

_START_SECONDS: Final = 600


class StockRasa:
    """`rasa train` and `rasa run` as its makers describe them."""

    def __init__(self, project: Path, rasa: Path) -> None:
        self._project = project
        self._rasa = rasa
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            **os.environ,
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "2",
        }

    def train(self) -> float:
        """Train and return the seconds it took.

        Raises:
            RuntimeError: training failed; the message has the end of its log.
        """
        started = time.monotonic()
        log = self._project / "train.log"
        with log.open("wb") as file:
            done = subprocess.run(
                [str(self._rasa), "train", "--force"],
                cwd=self._project,
                env=self._environment,
                stdout=file,
                stderr=file,
                check=False,
            )
        if done.returncode:
            raise RuntimeError(log.read_text(errors="replace")[-2_000:])
        return time.monotonic() - started

    def start(self) -> float:
        """Start, wait for the first answer, and return the seconds it took."""
        started = time.monotonic()
        with (self._project / "run.log").open("wb") as file:
            self._process = subprocess.Popen(
                [str(self._rasa), "run", "-i", "127.0.0.1", "-p", str(self.port)],
                cwd=self._project,
                env=self._environment,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        while time.monotonic() - started < _START_SECONDS:
            if self._answers():
                return time.monotonic() - started
            time.sleep(0.2)
        self.stop()
        raise TimeoutError(f"stock Rasa was not ready after {_START_SECONDS} s")

    def _answers(self) -> bool:
        request = urllib.request.Request(  # noqa: S310
            f"{self.address}/webhooks/rest/webhook",
            data=b'{"sender": "ready", "message": "what is a detainer"}',
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                return len(answer.read()) > 2
        except (urllib.error.URLError, OSError):
            return False

    def training_note(self) -> str:
        """Return what its log says of how far training came: the last accuracies."""
        log = (self._project / "train.log").read_text(errors="replace")
        found = re.findall(r"\b([ir]_acc=[\d.]+)", log)
        last = {entry.split("=")[0]: entry for entry in found}
        return "at the end of training " + ", ".join(last.values())

    async def load(self, visitors: int, seconds: float) -> tuple[float, float]:
        """Return the median milliseconds of a turn, and messages a second."""
        taken: list[float] = []
        until = time.monotonic() + seconds
        async with aiohttp.ClientSession(self.address) as session:

            async def visit(sender: str) -> None:
                for question in itertools.cycle(QUESTIONS):
                    started = time.perf_counter()
                    body = {"sender": sender, "message": question}
                    async with session.post(
                        "/webhooks/rest/webhook", json=body
                    ) as answer:
                        await answer.read()
                    taken.append((time.perf_counter() - started) * 1000)
                    if time.monotonic() >= until:
                        return

            started = time.monotonic()
            await asyncio.gather(*(visit(f"visitor{n}") for n in range(visitors)))
            elapsed = time.monotonic() - started
        return statistics.median(taken), len(taken) / elapsed

    def memory_mb(self) -> float:
        """Return the resident memory of its process in MB."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        line = next(row for row in status.splitlines() if row.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    def stop(self) -> None:
        """Stop it."""
        if self._process is None or self._process.poll() is not None:
            return
        os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(5)
