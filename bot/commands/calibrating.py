"""python -m bot calibrate: chooses the thresholds and writes their curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.knowledge.asked_often import write_how_often
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.knowledge.rejected import read_rejected
from bot.services.calibration import (
    Measured,
    calibrated,
    read_rows,
    write_curve,
    write_thresholds,
)
from bot.services.indexing import load_or_build_index
from bot.settings import NLU_FOLDER, PROJECT_ROOT, Settings, load_settings

CURVE = PROJECT_ROOT / "docs" / "calibration.csv"


def calibrate(
    files: Sequence[Path], learn_only: Sequence[Path], limit_only: Sequence[Path]
) -> int:
    """Learn the judge and choose its thresholds on the files; write both."""
    settings = load_settings()
    knowledge = load_knowledge(settings.KNOWLEDGE_DIR)
    file = settings.THRESHOLDS_FILE
    in_use = file == Settings.__fields__["THRESHOLDS_FILE"].default
    measured = [
        *(_measured(path, knowledge) for path in files),
        *(replace(_measured(path, knowledge), limiting=False) for path in learn_only),
        *(replace(_measured(path, knowledge), teaching=False) for path in limit_only),
    ]
    if in_use:
        teaching = [row for one in measured if one.teaching for row in one.answerable]
        write_how_often((row.accept for row in teaching), knowledge.entries)
    rejected = read_rejected(NLU_FOLDER)
    index = load_or_build_index(knowledge, rejected, settings.DATA_DIR / "index")
    thresholds, curves = calibrated(index, measured)
    curve_file = CURVE if in_use else file.with_suffix(".csv")
    write_thresholds(thresholds, file)
    written = [file]
    for name, curve in curves.items():
        written.append(curve_file.with_stem(f"{curve_file.stem}_{name}"))
        write_curve(curve, written[-1])
    answerable = sum(len(file.answerable) for file in measured)
    unanswerable = sum(len(file.unanswerable) for file in measured)
    print(f"{answerable} answerable and {unanswerable} unanswerable messages")
    for name, judge in (("first look", thresholds), *thresholds.second.items()):
        limits = f"answer from {judge.answer:.2f}, ask back from {judge.clarify:.2f}"
        print(f"{name}: {limits}")
    print(f"written: {', '.join(map(str, written))}")
    return 0


def _measured(path: Path, knowledge: KnowledgeBase) -> Measured:
    answerable, unanswerable = read_rows(path, knowledge)
    return Measured(tuple(answerable), tuple(unanswerable))
