"""python -m bot calibrate: chooses the thresholds and writes their curve."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.encoder import VectorCache
from bot.knowledge.examples import examples_of
from bot.knowledge.loader import load_knowledge
from bot.knowledge.rejected import read_rejected
from bot.services.calibration import (
    Row,
    choose_thresholds,
    cross_validated,
    fit_judge,
    read_rows,
    write_curve,
    write_thresholds,
)
from bot.services.library import coverage_of, load_or_build_index
from bot.services.thresholds import FILE
from bot.settings import NLU_FOLDER, PROJECT_ROOT, load_settings

CURVE = PROJECT_ROOT / "docs" / "calibration.csv"


def calibrate(files: list[Path]) -> int:
    """Learn the judge from our examples, choose thresholds on the files, write both."""
    settings = load_settings()
    knowledge = load_knowledge(settings.KNOWLEDGE_DIR)
    rejected = read_rejected(NLU_FOLDER)
    examples = examples_of(knowledge, rejected)
    folder = settings.DATA_DIR / "index"
    index = load_or_build_index(knowledge, rejected, folder)
    vectors = VectorCache(folder / "vectors.npz").encode([e.text for e in examples])
    print(
        f"judging {len(examples)} examples, each by an index that has not seen it ..."
    )
    coverage = coverage_of(knowledge, examples)
    judge = fit_judge(examples, cross_validated(examples, vectors, coverage))
    answerable: list[Row] = []
    unanswerable: list[Row] = []
    for path in files:
        known, unknown = read_rows(path, knowledge)
        answerable += known
        unanswerable += unknown
    thresholds, curve = choose_thresholds(judge, index, answerable, unanswerable)
    write_thresholds(thresholds, FILE)
    write_curve(curve, CURVE)
    print(f"{len(answerable)} answerable and {len(unanswerable)} unanswerable messages")
    print(
        f"answer from {thresholds.answer:.2f}, ask back from {thresholds.clarify:.2f}"
    )
    print(
        f"written: {FILE.relative_to(PROJECT_ROOT)}, {CURVE.relative_to(PROJECT_ROOT)}"
    )
    return 0
