"""Looks at the examples nearest to a message: how near, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
_FEW: Final = 5
_VOTERS: Final = 10


@dataclass(frozen=True)
class Look:
    """How like a message each example of one entry is, by meaning and by spelling."""

    meaning: Scores
    spelling: Scores

    def without(self, example: int) -> Look:
        """Return the look at all examples but this one."""
        return Look(np.delete(self.meaning, example), np.delete(self.spelling, example))

    def nearest(self) -> tuple[float, float]:
        """Return how like the nearest example is, and the nearest few on average."""
        likeness = self.meaning + self.spelling
        if not len(likeness):
            return 0.0, 0.0
        if len(likeness) > _FEW:
            likeness = np.partition(likeness, -_FEW)[-_FEW:]
        return float(likeness.max()), float(likeness.mean())


@dataclass(frozen=True)
class Agreement:
    """Which share of the ten nearest examples are the first entry's, or rejected ones.

    By everything, by meaning alone, by spelling alone: where the three disagree,
    the first entry is less sure.
    """

    all: float
    meaning: float
    spelling: float
    rejected_meaning: float
    rejected_spelling: float


NO_AGREEMENT: Final = Agreement(0.0, 0.0, 0.0, 0.0, 0.0)


def agreement_of(looks: Sequence[Look], first: int) -> Agreement:
    """Return the agreement on one of the looks; the last look is of rejected ones."""
    owners = np.repeat(np.arange(len(looks)), [len(look.meaning) for look in looks])
    meaning = np.concatenate([look.meaning for look in looks])
    spelling = np.concatenate([look.spelling for look in looks])
    if len(owners) <= _VOTERS:
        return NO_AGREEMENT
    shares = [
        _shares(owners, likeness, first, len(looks) - 1)
        for likeness in (meaning + spelling, meaning, spelling)
    ]
    (both, _), (meant, meant_no), (spelt, spelt_no) = shares
    return Agreement(both, meant, spelt, meant_no, spelt_no)


def _shares(
    owners: NDArray[np.int64], likeness: Scores, first: int, rejected: int
) -> tuple[float, float]:
    voters = owners[np.argpartition(likeness, -_VOTERS)[-_VOTERS:]]
    return float(np.mean(voters == first)), float(np.mean(voters == rejected))
