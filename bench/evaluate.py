"""make eval: starts the assistant, asks it every message, and writes the report."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.assistant import Assistant
from bot.commands.eval_report import write_report
from bot.commands.evaluating import evaluate
from bot.commands.training import train
from bot.core.languages import LANGUAGES
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.knowledge.rejected import read_rejected
from bot.services.calibration import read_rows
from bot.services.indexing import load_or_build_index
from bot.services.risk import RiskPoint, point_at, risk_curve
from bot.services.thresholds import load_thresholds
from bot.settings import NLU_FOLDER, PROJECT_ROOT, load_settings


def main(files: Sequence[Path]) -> None:
    """Ask, count, draw."""
    settings = load_settings()
    knowledge = load_knowledge(settings.KNOWLEDGE_DIR)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "var"
        train(settings)
        # A data folder of its own, with the index that training made.
        index = settings.DATA_DIR / "index"
        load_or_build_index(knowledge, read_rejected(NLU_FOLDER), index)
        shutil.copytree(index, data / "index")
        assistant = Assistant(data, RATE_LIMITS="off")
        assistant.start()
        try:
            results = evaluate(list(files), assistant.address)
        finally:
            assistant.stop()
        curves, chosen = risk_curves(files, knowledge, data / "index")
    path = write_report(
        PROJECT_ROOT / "results" / "eval", results, curves, chosen, knowledge
    )
    print(f"written: {path.relative_to(PROJECT_ROOT)}")


def risk_curves(
    files: Sequence[Path], knowledge: KnowledgeBase, folder: Path
) -> tuple[dict[str, list[RiskPoint]], dict[str, RiskPoint]]:
    """Return for each language the curve, and the point where the assistant answers."""
    index = load_or_build_index(knowledge, read_rejected(NLU_FOLDER), folder)
    thresholds = load_thresholds(load_settings().THRESHOLDS_FILE)
    curves, chosen = {}, {}
    for language in LANGUAGES:
        rows = [
            row for path in files for row in read_rows(path, knowledge, language)[0]
        ]
        if rows:
            curves[language] = risk_curve(thresholds, index, rows)
            judge = thresholds.second.get(language, thresholds)
            chosen[language] = point_at(curves[language], judge.answer)
    return curves, chosen


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
