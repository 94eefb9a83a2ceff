"""make compare: us, stock Rasa, plain BM25 and the encoder alone, on the same files.

Everything is trained on the same knowledge and asked the same messages in one run.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from bench.figures import Figures, read_files
from bench.systems import measure_ours, measure_searches, measure_stock
from bot.commands.evaluating import OUTCOMES
from bot.knowledge.loader import load_knowledge
from bot.settings import PROJECT_ROOT, load_settings

# Stock Rasa's own default; fewer epochs are said in the table.
_EPOCHS: Final = int(os.environ.get("COMPARE_EPOCHS", "100"))
_QUESTIONS: Final = int(os.environ.get("COMPARE_QUESTIONS", "0"))
_MEASURES: Final[tuple[tuple[str, Callable[[Figures], float | None]], ...]] = (
    ("training, s", lambda figures: figures.training_s),
    ("start to first answer, s", lambda figures: figures.start_s),
    ("memory of all processes, MB", lambda figures: figures.memory_mb),
    ("one at a time, p50 ms", lambda figures: figures.p50_ms),
    ("4 visitors, messages a second", lambda figures: figures.per_second),
)


def main(rasa: Path, files: Sequence[Path]) -> None:
    """Measure all four and print them side by side."""
    if not rasa.is_file():
        raise SystemExit(f"{rasa} is missing: make compare sets it up")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = place / "knowledge"
        copy_knowledge(load_settings().KNOWLEDGE_DIR, source, _QUESTIONS)
        knowledge = load_knowledge(source)
        rows = read_files(files, knowledge)
        every = [
            measure_ours(place, source, knowledge, rows),
            measure_stock(place / "stock", rasa, knowledge, rows, _EPOCHS),
            *measure_searches(knowledge, rows),
        ]
    report(every)


def copy_knowledge(source: Path, target: Path, most: int) -> None:
    """Copy the knowledge folder; with `most`, that many questions a file (0: all).

    Stock Rasa needs minutes an epoch for all questions; fewer for all systems alike
    let it train to the end in an hour.
    """
    shutil.copytree(source, target)
    for path in target.glob("*/*.md") if most else ():
        head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
        lines = head.split("\n")
        asked = [n for n, line in enumerate(lines) if line.startswith("  - ")]
        kept = {asked[n * len(asked) // most] for n in range(min(most, len(asked)))}
        head = "\n".join(
            line for n, line in enumerate(lines) if n not in asked or n in kept
        )
        path.write_text(f"{head}\n---\n{body}", encoding="utf-8")


def report(every: Sequence[Figures]) -> None:
    """Print the tables; the figures also go to results/compare.json."""
    console = Console(width=150)
    table = Table(title="right / offered / referred / refused / wrong, %")
    table.add_column("messages")
    for figures in every:
        table.add_column(figures.name, justify="right")
    for key in every[0].outcomes:
        cells = [
            " / ".join(f"{figures.outcomes[key].get(o, 0.0):.1f}" for o in OUTCOMES)
            for figures in every
        ]
        table.add_row(key, *cells)
    for name, read in _MEASURES:
        values = [read(figures) for figures in every]
        table.add_row(name, *("-" if v is None else f"{v:.1f}" for v in values))
    console.print(table)
    for figures in every:
        if figures.note:
            console.print(f"{figures.name}: {figures.note}")
    path = PROJECT_ROOT / "results" / "compare.json"
    path.parent.mkdir(exist_ok=True)
    data = [asdict(figures) for figures in every]
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), [Path(name) for name in sys.argv[2:]])
