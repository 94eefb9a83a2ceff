"""make bench: training, start-up, memory, time of a turn and messages a second."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import tempfile
import time
from pathlib import Path

from bench.assistant import Assistant
from bench.load import measure
from bot.settings import PROJECT_ROOT

_SECONDS = float(os.environ.get("BENCH_SECONDS", "15"))


def main() -> None:
    """Measure and print; the figures also go to results/bench.json."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        data, models = Path(folder) / "var", Path(folder) / "models"
        assistant = Assistant(data, models, RATE_LIMITS="off")
        started = time.monotonic()
        trained = assistant.command("train", "--force")
        if trained.returncode:
            raise SystemExit(trained.stdout + trained.stderr)
        figures["index and training, s"] = time.monotonic() - started
        figures["first start to first answer, s"] = assistant.start()
        assistant.stop()
        figures["next start to first answer, s"] = assistant.start()
        try:
            asyncio.run(measure(assistant.address, 2, 3))
            one = asyncio.run(measure(assistant.address, 1, _SECONDS))
            figures["one at a time, p50 ms"] = one.p50
            figures["one at a time, p95 ms"] = one.p95
            for visitors in (4, 16):
                many = asyncio.run(measure(assistant.address, visitors, _SECONDS))
                figures[f"{visitors} visitors, messages a second"] = many.per_second
                figures[f"{visitors} visitors, p50 ms"] = many.p50
                figures[f"{visitors} visitors, p95 ms"] = many.p95
                figures[f"{visitors} visitors, apologies"] = many.failed
            for name, size in assistant.memory_mb().items():
                figures[f"memory of {name}, MB"] = size
        finally:
            assistant.stop()
    _report(figures)


def _report(figures: dict[str, float]) -> None:
    cores = len(os.sched_getaffinity(0))
    print(f"\n{cores} cores, {platform.machine()}, Python {platform.python_version()}")
    for name, value in figures.items():
        print(f"{name:40s} {value:10.1f}")
    path = PROJECT_ROOT / "results" / "bench.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
