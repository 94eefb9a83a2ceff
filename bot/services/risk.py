"""Draws how many answers are wrong against how many messages are answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.index import SearchIndex
from bot.services.calibration import Row, rankings_of
from bot.services.thresholds import Thresholds


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
    rankings = rankings_of(index, rows, twice=bool(judge.second))
    sure = sorted(
        (
            (
                judge.of(ranking).certainty(ranking),
                ranking.candidates[0].entry in row.accept,
            )
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
