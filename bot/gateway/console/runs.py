"""Runs a slow command beside the gateway: one at a time, politely, not for ever."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import secrets
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from bot.settings import PROJECT_ROOT, Settings

SECONDS: Final = 90.0
_MOST_KEPT: Final = 20
# What is told before the first run has shown how long one takes.
_USUAL_SECONDS: Final = 15.0
_LOW_PRIORITY: Final = 15
_COMMAND: Final = (sys.executable, "-m", "bot")

State = Literal["waiting", "done", "failed", "too_slow"]


@dataclass
class Run:
    """One command that was asked for, and what came of it."""

    staff_id: int
    subject: str
    key: str = ""
    # Names what was typed into it, without keeping the words.
    mark: str = ""
    state: State = "waiting"
    result: dict[str, Any] = field(default_factory=dict)
    task: asyncio.Task[None] | None = None
    # What its person pressed and is to be done once it has ended.
    pending: Mapping[str, str] = field(default_factory=dict)
    begun: float = field(default_factory=time.monotonic)


class Runs:
    """The commands of this gateway: the newest few are remembered, one is running."""

    def __init__(
        self, command: Sequence[str] = _COMMAND, seconds: float = SECONDS
    ) -> None:
        self._command = tuple(command)
        self._seconds = seconds
        self._one_at_a_time = asyncio.Lock()
        self._runs: dict[str, Run] = {}
        self._usual = _USUAL_SECONDS

    def start(
        self,
        settings: Settings,
        staff_id: int,
        subject: str,
        options: Sequence[str],
        typed: str,
    ) -> str:
        """Begin a command, `typed` being its input; return the key to ask with.

        An earlier one of the same person about the same thing is given up.
        """
        for key, run in list(self._runs.items()):
            if (run.staff_id, run.subject) == (staff_id, subject):
                self._forget(key)
        while len(self._runs) >= _MOST_KEPT:
            self._forget(next(iter(self._runs)))
        key = secrets.token_urlsafe(12)
        run = Run(staff_id, subject, key, mark_of(typed))
        self._runs[key] = run
        run.task = asyncio.create_task(self._work(run, settings, options, typed))
        return key

    def find(self, key: str, staff_id: int, subject: str) -> Run | None:
        """Return a run of this person by its key, if it is still remembered."""
        run = self._runs.get(key)
        is_theirs = run is not None and (run.staff_id, run.subject) == (
            staff_id,
            subject,
        )
        return run if is_theirs else None

    def made_of(self, mark: str, staff_id: int, subject: str) -> Run | None:
        """Return a run of this person that was begun with the same words, if any."""
        for run in self._runs.values():
            if (run.mark, run.staff_id, run.subject) == (mark, staff_id, subject):
                return run
        return None

    async def wait(self, run: Run, seconds: float | None = None) -> None:
        """Wait until a run has ended, well or not, or for so many seconds."""
        if run.task is not None:
            await asyncio.wait([run.task], timeout=seconds)

    def seconds_left(self, run: Run) -> int:
        """Return about how long a run still takes, by the one before; 5 at least."""
        left = self._usual - (time.monotonic() - run.begun)
        return max(5, 5 * round(left / 5))

    def _forget(self, key: str) -> None:
        run = self._runs.pop(key)
        if run.task is not None:
            run.task.cancel()

    async def _work(
        self, run: Run, settings: Settings, options: Sequence[str], typed: str
    ) -> None:
        try:
            async with self._one_at_a_time:
                said = await asyncio.wait_for(
                    self._ask(settings, options, typed), self._seconds
                )
            result = json.loads(said)
            run.result = result if isinstance(result, dict) else {}
            run.state = "done" if run.result else "failed"
            self._usual = time.monotonic() - run.begun
        except asyncio.TimeoutError:
            run.state = "too_slow"
        except (OSError, ValueError):
            run.state = "failed"

    async def _ask(
        self, settings: Settings, options: Sequence[str], typed: str
    ) -> bytes:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            *options,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # What went wrong there could name what somebody typed.
            stderr=asyncio.subprocess.DEVNULL,
            cwd=PROJECT_ROOT,
            env=_environment(settings),
        )
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, _LOW_PRIORITY)
        try:
            said, _ = await process.communicate(typed.encode())
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return said


def mark_of(typed: str) -> str:
    """Return what names a command's input."""
    return hashlib.sha256(typed.encode("utf-8", "replace")).hexdigest()[:32]


def _environment(settings: Settings) -> dict[str, str]:
    """The gateway's own settings, wherever they came from."""
    names = ("DATA_DIR", "KNOWLEDGE_DIR", "MODEL_DIR", "THRESHOLDS_FILE")
    own = {name: str(getattr(settings, name)) for name in names}
    own["DATABASE_URL"] = settings.database_url
    own["REQUIRE_APPROVED"] = str(int(settings.REQUIRE_APPROVED))
    return {**os.environ, **own}
