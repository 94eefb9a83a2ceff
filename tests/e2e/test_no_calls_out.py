"""While visitors ask, the assistant calls nobody outside its machine (promise P3)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT_ROOT

SEAL = ["unshare", "--map-root-user", "--net"]


def can_seal() -> bool:
    """Return whether this machine lets us make a network of our own."""
    if shutil.which(SEAL[0]) is None:
        return False
    return (
        subprocess.run([*SEAL, "true"], capture_output=True, check=False).returncode
        == 0
    )


pytestmark = pytest.mark.skipif(
    not can_seal(), reason="this machine lets nobody make a network namespace"
)


def attempts_of(*task: str) -> dict[str, int]:
    """Return what a task in a sealed network tried, as the kernel counted it."""
    done = subprocess.run(
        [*SEAL, sys.executable, "-m", "tests.e2e.sealed", *task],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    counts: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return counts


def test_the_kernel_counts_who_tries_to_get_out() -> None:
    counts = attempts_of("call")
    assert counts["OutNoRoutes"] + counts["NoPorts"] >= 2
    assert counts["Ip6OutNoRoutes"] >= 1


def test_a_start_and_visits_try_nothing_outside_the_machine(tmp_path: Path) -> None:
    assert set(attempts_of("visit", str(tmp_path)).values()) == {0}
