"""How sure the assistant must be to answer, to ask back, or to say it does not know."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.knowledge.index import Ranking

FEATURES: Final = (
    "score",
    "margin",
    "nearest",
    "rejected",
    "coverage",
    "agree_all",
    "agree_meaning",
    "agree_spelling",
    "rejected_meaning",
    "rejected_spelling",
    "words",
)


@dataclass(frozen=True)
class Thresholds:
    """A judge of rankings; written by `python -m bot calibrate`, never by hand."""

    weights: tuple[float, ...]
    bias: float
    answer: float
    clarify: float

    def certainty(self, ranking: Ranking) -> float:
        """Return how likely the first candidate is right, 0 to 1."""
        if not ranking.candidates:
            return 0.0
        score = sum(w * f for w, f in zip(self.weights, features(ranking))) + self.bias
        return 1.0 / (1.0 + math.exp(-score))


def features(ranking: Ranking) -> tuple[float, ...]:
    """Return what speaks for and against the first candidate, in FEATURES' order."""
    first = ranking.candidates[0]
    second = ranking.candidates[1].score if len(ranking.candidates) > 1 else 0.0
    return (
        first.score,
        first.score - second,
        first.nearest,
        ranking.rejected,
        first.coverage,
        ranking.agreement.all,
        ranking.agreement.meaning,
        ranking.agreement.spelling,
        ranking.agreement.rejected_meaning,
        ranking.agreement.rejected_spelling,
        math.log1p(ranking.words),
    )


def load_thresholds(path: Path) -> Thresholds:
    """Return the thresholds in use."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Thresholds(
        tuple(data["weights"][name] for name in FEATURES),
        data["bias"],
        data["answer"],
        data["clarify"],
    )
