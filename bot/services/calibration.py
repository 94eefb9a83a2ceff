"""Learns how sure a ranking is, and chooses the thresholds from a curve of errors."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.core.languages import Language
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.coverage import Coverage
from bot.knowledge.encoder import Vectors, encode
from bot.knowledge.examples import REJECTED, Example
from bot.knowledge.index import Ranking, SearchIndex
from bot.services.thresholds import FEATURES, Thresholds, features

_FOLDS: Final = 5
# A message we should refuse weighs as much as several that we should answer: a wrong
# answer does more harm than a question back.
_REJECTED_WEIGHT: Final = 2.0
MAX_WRONG: Final = 0.04
MAX_OUT_OF_SCOPE_ANSWERED: Final = 0.035
MAX_OUT_OF_SCOPE_CLARIFIED: Final = 0.25


@dataclass(frozen=True)
class Row:
    """A measuring message: its text and the right entries (none: refuse)."""

    text: str
    accept: frozenset[str]


@dataclass(frozen=True)
class CurvePoint:
    """What one answer threshold does to the measuring messages, as shares."""

    threshold: float
    right: float
    wrong: float
    out_of_scope_answered: float


@dataclass(frozen=True)
class RiskPoint:
    """How much is answered from a certainty on, and how much of it wrongly (shares)."""

    certainty: float
    coverage: float
    wrong: float


def risk_curve(
    judge: Thresholds, index: SearchIndex, rows: Sequence[Row]
) -> list[RiskPoint]:
    """Return wrong answers against coverage of answerable messages, surest first."""
    rankings = _rankings(index, rows)
    sure = sorted(
        (
            (judge.certainty(ranking), ranking.candidates[0].entry in row.accept)
            for ranking, row in zip(rankings, rows)
        ),
        reverse=True,
    )
    points, wrong = [], 0
    for place, (certainty, right) in enumerate(sure, start=1):
        wrong += not right
        points.append(RiskPoint(certainty, place / len(sure), wrong / len(sure)))
    return points


def point_at(curve: Sequence[RiskPoint], certainty: float) -> RiskPoint:
    """Return the last point of a risk curve that is at least this certain."""
    reached = [point for point in curve if point.certainty >= certainty]
    return reached[-1] if reached else RiskPoint(1.0, 0.0, 0.0)


def cross_validated(
    examples: Sequence[Example], vectors: Vectors, coverage: Coverage
) -> list[Ranking]:
    """Return for each example its ranking in an index that has not seen it."""
    folds = np.random.default_rng(0).integers(0, _FOLDS, len(examples))
    rankings: dict[int, Ranking] = {}
    for fold in range(_FOLDS):
        seen, held = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        index = SearchIndex.build(
            [examples[row] for row in seen], vectors[seen], coverage
        )
        texts = [examples[row].text for row in held]
        owners = [examples[row].entry for row in held]
        rankings.update(zip(held.tolist(), index.search(texts, vectors[held], owners)))
    return [rankings[row] for row in range(len(examples))]


def fit_judge(examples: Sequence[Example], rankings: Sequence[Ranking]) -> Thresholds:
    """Return a judge of rankings, with no thresholds chosen yet."""
    table = np.array([features(ranking) for ranking in rankings])
    right = [r.candidates[0].entry == e.entry for e, r in zip(examples, rankings)]
    weights = [_REJECTED_WEIGHT if e.entry == REJECTED else 1.0 for e in examples]
    spread = table.std(axis=0)
    judge = LogisticRegression().fit(table / spread, right, sample_weight=weights)
    learned = tuple((judge.coef_[0] / spread).tolist())
    return Thresholds(learned, float(judge.intercept_[0]), 1.0, 1.0)


def choose_thresholds(
    judge: Thresholds,
    index: SearchIndex,
    answerable: Sequence[Row],
    unanswerable: Sequence[Row],
) -> tuple[Thresholds, list[CurvePoint]]:
    """Return the judge with chosen thresholds, and the curve they come from."""
    known = _rankings(index, answerable)
    sure = np.array([judge.certainty(ranking) for ranking in known])
    right = np.array(
        [r.candidates[0].entry in row.accept for r, row in zip(known, answerable)]
    )
    alien = np.array([judge.certainty(r) for r in _rankings(index, unanswerable)])
    curve = [_point(t, sure, right, alien) for t in np.linspace(0.2, 0.95, 76)]
    fitting = [
        point.threshold
        for point in curve
        if point.wrong <= MAX_WRONG
        and point.out_of_scope_answered <= MAX_OUT_OF_SCOPE_ANSWERED
    ]
    answer = min(fitting, default=curve[-1].threshold)
    clarify = min(
        (
            t
            for t in np.linspace(0.05, answer, 60)
            if np.mean(alien >= t) <= MAX_OUT_OF_SCOPE_CLARIFIED
        ),
        default=answer,
    )
    return Thresholds(judge.weights, judge.bias, answer, float(clarify)), curve


def read_rows(
    path: Path, knowledge: KnowledgeBase, language: Language | None = None
) -> tuple[list[Row], list[Row]]:
    """Return the answerable and the unanswerable rows of a JSONL file.

    Rows whose accepted entries do not exist are left out, and those in another
    language than the one named.
    """
    answerable, unanswerable = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        row: Mapping[str, Any] = json.loads(line)
        if language and row.get("lang") != language:
            continue
        found = [knowledge.find(str(name)) for name in row.get("accept", [])]
        accept = frozenset(entry.id for entry in found if entry is not None)
        if accept:
            answerable.append(Row(row["q"], accept))
        elif not row.get("accept") and not row.get("in_kb"):
            unanswerable.append(Row(row["q"], accept))
    return answerable, unanswerable


def write_thresholds(thresholds: Thresholds, path: Path) -> None:
    """Write the thresholds as JSON."""
    data = {
        "written_by": "python -m bot calibrate",
        "answer": round(thresholds.answer, 4),
        "clarify": round(thresholds.clarify, 4),
        "bias": round(thresholds.bias, 4),
        "weights": {n: round(w, 4) for n, w in zip(FEATURES, thresholds.weights)},
    }
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def write_curve(curve: Sequence[CurvePoint], path: Path) -> None:
    """Write the curve as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(asdict(curve[0])))
        writer.writeheader()
        for point in curve:
            writer.writerow(
                {name: round(value, 4) for name, value in asdict(point).items()}
            )


def _rankings(index: SearchIndex, rows: Sequence[Row]) -> list[Ranking]:
    texts = [row.text for row in rows]
    return index.search(texts, encode(texts)) if texts else []


def _point(
    threshold: float,
    sure: NDArray[np.float64],
    right: NDArray[np.bool_],
    alien: NDArray[np.float64],
) -> CurvePoint:
    answered = sure >= threshold
    return CurvePoint(
        float(threshold),
        float(np.mean(answered & right)),
        float(np.mean(answered & ~right)),
        float(np.mean(alien >= threshold)) if len(alien) else 0.0,
    )
