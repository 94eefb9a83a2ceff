"""Knows how often each entry is what somebody asks about."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np

from bot.core.errors import SetupError

ASKED: Final = Path(__file__).with_name("asked.json")


def how_often(path: Path = ASKED) -> dict[str, float]:
    """Return for each entry how often it is asked for, beside the usual one.

    As a logarithm: 0 for one that is asked for as often as most; so counts one that
    is missing.

    Raises:
        SetupError: the file is missing or damaged.
    """
    try:
        counts: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
        logs = {entry: float(np.log(count)) for entry, count in counts.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise SetupError(
            f"{path} is missing or damaged: fetch the project again, or make calibrate."
        ) from error
    usual = float(np.median(list(logs.values()))) if logs else 0.0
    return {entry: value - usual for entry, value in logs.items()}


def write_how_often(
    accepted: Iterable[Iterable[str]], entries: Iterable[str], path: Path = ASKED
) -> None:
    """Write how many messages each entry answers, by the entries that answer each.

    One that answers a message beside others counts a part of it; nobody counts 0.
    """
    counts = dict.fromkeys(sorted(entries), 1.0)
    for names in accepted:
        several = list(names)
        for name in several:
            counts[name] += 1 / len(several)
    rounded = {name: round(count, 2) for name, count in counts.items()}
    path.write_text(json.dumps(rounded, indent=0) + "\n", encoding="utf-8")
