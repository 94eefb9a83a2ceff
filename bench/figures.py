"""What is measured of a system, and how its answers to messages are counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.commands.evaluating import judge
from bot.knowledge.base import KnowledgeBase

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass
class Figures:
    """What was measured of one system; None where it does not apply.

    `outcomes`: for each file and language the share of each outcome in percent.
    """

    name: str
    outcomes: dict[str, dict[str, float]] = field(default_factory=dict)
    training_s: float | None = None
    start_s: float | None = None
    memory_mb: float | None = None
    p50_ms: float | None = None
    per_second: float | None = None
    note: str = ""


def read_files(files: Sequence[Path], knowledge: KnowledgeBase) -> Rows:
    """Return the rows of each file, with the ids that count as right."""
    found: Rows = {}
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        found[path.name] = []
        for row in (json.loads(line) for line in lines if line.strip()):
            known = {e.id for n in row.get("accept", ()) if (e := knowledge.find(n))}
            if known or not row.get("accept"):
                found[path.name].append({**row, "accept_known": sorted(known)})
    return found


def count_outcomes(
    rows: Rows, ask: Callable[[Row], str]
) -> dict[str, dict[str, float]]:
    """Return for each file and language the share of each outcome, in percent."""
    shares: dict[str, dict[str, float]] = {}
    for name, part in rows.items():
        counts: dict[str, Counter[str]] = {}
        for row in part:
            scope = "answerable" if row["accept_known"] else "outside"
            key = f"{name}, {scope}, {row['lang']}"
            counts.setdefault(key, Counter())[ask(row)] += 1
        for key, count in sorted(counts.items()):
            shares[key] = {o: 100 * n / count.total() for o, n in count.items()}
    return shares


def outcome_of(row: Row, entry: str, refused: bool) -> str:
    """Return how a reply that is one entry, or a refusal, is judged."""
    if refused:
        return judge(row, "no_answer", (), ())
    return judge(row, "answer", (entry,), ())
