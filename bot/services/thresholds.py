"""How sure the assistant must be to answer, to ask back, or to say it does not know."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from bot.core.languages import LANGUAGES, Language
from bot.knowledge.ranking import Ranking
from bot.knowledge.second_look import Opinion

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
# What the second look adds.
_OPINION: Final = tuple(Opinion.__dataclass_fields__)
OPINION: Final = tuple(f"second_{name}" for name in _OPINION)


@dataclass(frozen=True)
class Thresholds:
    """A judge of rankings; written by `python -m bot calibrate`, never by hand.

    `second` judges those with a second opinion, each language by its own thresholds.
    """

    weights: tuple[float, ...]
    bias: float
    answer: float
    clarify: float
    second: Mapping[Language, Thresholds] = field(default_factory=dict)

    def of(self, ranking: Ranking) -> Thresholds:
        """Return the judge for a ranking."""
        if ranking.opinion is None or ranking.language is None:
            return self
        return self.second.get(ranking.language, self)

    def certainty(self, ranking: Ranking) -> float:
        """Return how likely the first candidate is right, 0 to 1."""
        if not ranking.candidates:
            return 0.0
        score = sum(w * f for w, f in zip(self.weights, features(ranking))) + self.bias
        return 1.0 / (1.0 + math.exp(-score))


def features(ranking: Ranking) -> tuple[float, ...]:
    """Return what speaks for and against the first candidate, in FEATURES' order.

    With a second opinion, that follows, in OPINION's order.
    """
    first, opinion = ranking.candidates[0], ranking.opinion
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
        *((getattr(opinion, name) for name in _OPINION) if opinion else ()),
    )


def load_thresholds(path: Path) -> Thresholds:
    """Return the thresholds in use."""
    data = json.loads(path.read_text(encoding="utf-8"))
    heard = data["with_second_opinion"]
    second = {
        code: _read({**heard, **heard["thresholds"][code]}, (*FEATURES, *OPINION))
        for code in LANGUAGES
    }
    return replace(_read(data, FEATURES), second=second)


def _read(data: Mapping[str, Any], names: Sequence[str]) -> Thresholds:
    return Thresholds(
        tuple(data["weights"][name] for name in names),
        data["bias"],
        data["answer"],
        data["clarify"],
    )
