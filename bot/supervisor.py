"""Starts gateway, rasa and actions, each again if it dies, and stops all together.

When staff have changed what visitors ask, it has the model trained anew beside them.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.core.errors import SettingsError
from bot.knowledge.entry_pairs import Stamp, stamps_of
from bot.settings import PROJECT_ROOT, Settings

_STOP_SECONDS: Final = 12.0
_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 10.0
_LOOK_SECONDS: Final = 5.0
# A process that lived this long was healthy: its next pause is short again.
_HEALTHY_SECONDS: Final = 20.0
MODULES: Final = {
    "actions": "actions",
    "rasa": "bot.rasa_server",
    "gateway": "bot.gateway",
}


@dataclass
class Watched:
    """One of the three processes."""

    name: str
    process: asyncio.subprocess.Process | None = None
    pause: float = _FIRST_PAUSE
    started: float = field(default_factory=time.monotonic)


def check_ports(settings: Settings) -> None:
    """Make sure that no other program has our ports.

    Raises:
        SettingsError: naming each port in use and the setting to change.
    """
    problems = []
    for name, host in (
        ("PORT", settings.HOST),
        ("RASA_PORT", ""),
        ("ACTIONS_PORT", ""),
    ):
        port = getattr(settings, name)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host or "127.0.0.1", port))
            except OSError:
                problems.append(
                    f"Port {port} is in use by another program. Stop that program, "
                    f"or choose another port: {name}={port + 1} make run"
                )
    if problems:
        raise SettingsError(problems)


class Supervisor:
    """Keeps the three processes running."""

    def __init__(
        self, settings: Settings, modules: Mapping[str, str] = MODULES
    ) -> None:
        self._settings = settings
        self._modules = modules
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Run until a signal says stop."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stopping.set)
        watched = [Watched(name) for name in self._modules]
        trainer = Watched("training")
        tasks = [asyncio.create_task(self._keep(one)) for one in watched]
        tasks.append(asyncio.create_task(self._keep_trained(trainer)))
        await self._stopping.wait()
        _say("stopping ...")
        # A process that is being started now is ended with its task.
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # The gateway first: the turns it has begun need the others to their end.
        for names in (("gateway",), ("rasa", "actions", "training")):
            ending = (_stop(one) for one in (*watched, trainer) if one.name in names)
            await asyncio.gather(*ending)
        _say("stopped")

    async def _keep(self, one: Watched) -> None:
        while True:
            one.started = time.monotonic()
            one.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                self._modules[one.name],
                cwd=PROJECT_ROOT,
                env=self._environment(),
                start_new_session=True,
            )
            code = await one.process.wait()
            if time.monotonic() - one.started > _HEALTHY_SECONDS:
                one.pause = _FIRST_PAUSE
            _say(
                f"{one.name} ended (code {code}); "
                f"starting it again in {one.pause:.1f} s"
            )
            await asyncio.sleep(one.pause)
            one.pause = min(one.pause * 2, _LONGEST_PAUSE)

    async def _keep_trained(self, trainer: Watched) -> None:
        """Let the model learn changed questions, once the files have come to rest.

        Staff save often while they work: training waits until they pause.
        """
        rest = self._settings.RETRAIN_AFTER_SECONDS
        if not rest:
            return
        learned: object = None
        before = self._files()
        quiet_since = time.monotonic()
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            now = await asyncio.to_thread(self._files)
            if now != before:
                before, quiet_since = now, time.monotonic()
            if now == learned or time.monotonic() - quiet_since < rest:
                continue
            learned = now
            trainer.process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", "train", "--beside"),
                cwd=PROJECT_ROOT,
                env=self._environment(),
                start_new_session=True,
            )
            await trainer.process.wait()

    def _files(self) -> dict[Path, Stamp]:
        return stamps_of(self._settings.KNOWLEDGE_DIR)

    def _environment(self) -> dict[str, str]:
        environment = {
            **os.environ,
            "PYTHONWARNINGS": "ignore",
            "OPENBLAS_NUM_THREADS": "1",
        }
        # Fewer heaps a process: threads would else hold memory apart from one another.
        environment["MALLOC_ARENA_MAX"] = "2"
        for name in ("PORT", "RASA_PORT", "ACTIONS_PORT", "DATA_DIR"):
            environment[name] = str(getattr(self._settings, name))
        return environment


async def _stop(one: Watched) -> None:
    if one.process is None or one.process.returncode is not None:
        return
    one.process.terminate()
    try:
        await asyncio.wait_for(one.process.wait(), _STOP_SECONDS)
    except asyncio.TimeoutError:
        one.process.kill()
        await one.process.wait()


def _say(text: str) -> None:
    print(f"rights-desk: {text}", flush=True)


def run(settings: Settings) -> None:
    """Start everything and stay until Ctrl-C."""
    check_ports(settings)
    asyncio.run(Supervisor(settings).run())
